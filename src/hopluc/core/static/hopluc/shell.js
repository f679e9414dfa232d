// The frame of every page: menu drawer, search key, theme, messages, side panel, list of keys.
// Everything here is an addition: links, forms and <details> work without it.

const find = (selector, root = document) => root.querySelector(selector);
const root = document.documentElement;
const typing = (element) => element.matches("input, textarea, select, [contenteditable='true'], [contenteditable='']");

root.classList.add("has-scripts");

// Menu drawer on narrow screens

const rail = find("#rail");
const drawer = find("[data-drawer]");

function showDrawer(open) {
  rail.classList.toggle("is-open", open);
  drawer.setAttribute("aria-expanded", String(open));
  (open ? find("a[href]", rail) : drawer).focus();
}

if (drawer) {
  drawer.addEventListener("click", (event) => {
    event.preventDefault();
    showDrawer(true);
  });
  find("[data-drawer-close]").addEventListener("click", (event) => {
    event.preventDefault();
    showDrawer(false);
  });
  document.addEventListener("click", (event) => {
    const outside = !rail.contains(event.target) && !drawer.contains(event.target);
    if (rail.classList.contains("is-open") && outside) showDrawer(false);
  });
}

// Theme: a cookie, so that the server sends the next page in it

const themeSwitch = find("[data-theme-switch]");
if (themeSwitch) {
  themeSwitch.hidden = false;
  themeSwitch.addEventListener("click", () => {
    const theme = root.dataset.bsTheme === "dark" ? "light" : "dark";
    root.dataset.bsTheme = theme;
    document.cookie = `theme=${theme}; path=/; max-age=31536000; samesite=lax`;
  });
}

// Menus: one open at a time, closed by a click elsewhere

document.addEventListener("click", (event) => {
  for (const menu of document.querySelectorAll("details.menu[open]")) {
    if (!menu.contains(event.target)) menu.open = false;
  }
});

// Messages: plain ones leave by themselves; those that can be undone, and errors, stay

const flash = find("#flash");
const STAY = 8000; // ms

function leaveLater(message) {
  if (!message.matches(".success, .info") || find("form", message)) return;
  setTimeout(() => (message.matches(":hover, :focus-within") ? leaveLater(message) : message.remove()), STAY);
}

if (flash) {
  flash.querySelectorAll(".flash").forEach(leaveLater);
  new MutationObserver((changes) => {
    for (const node of changes.flatMap((change) => [...change.addedNodes])) {
      if (node instanceof Element) leaveLater(node);
    }
  }).observe(flash, { childList: true });
  flash.addEventListener("click", (event) => event.target.closest("[data-dismiss]")?.closest(".flash").remove());
}

function tellFailure() {
  flash.append(find("#failed").content.cloneNode(true));
}

document.addEventListener("htmx:responseError", tellFailure);
document.addEventListener("htmx:sendError", tellFailure);

// A signed-out session answers a part of a page with the whole sign-in page: ask for this page anew, which leads there.
document.addEventListener("htmx:beforeSwap", (event) => {
  const { xhr, pathInfo } = event.detail;
  const asked = new URL(pathInfo.requestPath, location.href).pathname;
  const answered = xhr.responseURL ? new URL(xhr.responseURL).pathname : asked;
  if (asked !== answered && /^\s*<!doctype/i.test(xhr.responseText)) {
    event.detail.shouldSwap = false;
    location.reload();
  }
});

// Side panel: opened by links with hx-target="#panel" hx-push-url="true", closed by its link to the list

const panel = find("#panel");
let opener = null;
let list = ""; // the address that the panel was opened from

function markOpener(link) {
  find("tr.is-open")?.classList.remove("is-open");
  link?.closest("tr")?.classList.add("is-open");
  opener = link;
}

function closePanel() {
  const close = find("[data-panel-close]", panel);
  if (!close) return;
  history.pushState({ htmx: true }, "", list);
  panel.replaceChildren();
  const link = opener;
  markOpener(null);
  (link?.isConnected ? link : find("#content")).focus();
}

if (panel) {
  document.addEventListener("htmx:beforeRequest", ({ detail }) => {
    if (detail.target === panel && !panel.firstElementChild) list = location.href;
  });
  panel.addEventListener("htmx:afterSwap", (event) => {
    const link = event.detail.requestConfig?.elt;
    if (!panel.contains(link)) markOpener(link);
    find("h2", panel)?.focus();
  });
  panel.addEventListener("click", (event) => {
    // Opened with the page itself, the panel closes by following the link: the list may show other rows.
    if (!event.target.closest("[data-panel-close]") || !opener) return;
    event.preventDefault();
    closePanel();
  });
}

// Keys

const keys = find("#keys");
const keysButton = find("[data-keys]");
if (keysButton) {
  keysButton.hidden = false;
  keysButton.addEventListener("click", () => {
    keysButton.closest("details").open = false;
    keys.showModal();
  });
}

function escape(event) {
  const menu = find("details.menu[open]");
  if (menu) {
    menu.open = false;
    find("summary", menu).focus();
  } else if (rail?.classList.contains("is-open")) {
    showDrawer(false);
  } else if (typing(event.target)) {
    event.target.blur(); // once more closes the panel: what is being typed is not lost by one key
  } else if (panel && find("[data-panel-close]", panel)) {
    opener ? closePanel() : find("[data-panel-close]", panel).click();
  }
}

document.addEventListener("keydown", (event) => {
  if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || find("dialog[open]")) return;
  if (event.key === "Escape" && !event.target.closest(".dropdown-active")) escape(event);
  if (typing(event.target)) return;
  if (event.key === "/" && find("#search")) {
    event.preventDefault();
    find("#search").focus();
    find("#search").select();
  }
  if (event.key === "?" && keys) {
    event.preventDefault();
    keys.showModal();
  }
});

find("[data-focus]")?.focus(); // what stopped a form
