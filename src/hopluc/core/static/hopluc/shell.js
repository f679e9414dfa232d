// The frame of every page: menu drawer, search key, theme, messages, side panel, list of keys.
// Everything here is an addition: links, forms and <details> work without it. Elements are looked up
// when something happens, not before, so that htmx may exchange any part of the page.

const find = (selector, root = document) => root.querySelector(selector);
const root = document.documentElement;
const typing = (element) => element.matches("input, textarea, select, [contenteditable='true'], [contenteditable='']");

const focusProblem = (part) => find("[data-focus]", part)?.focus(); // what stopped a form

root.classList.add("has-scripts");

// Menu drawer on narrow screens

const drawerOpen = () => find("#rail.is-open") !== null;

function showDrawer(open) {
  const rail = find("#rail");
  rail.classList.toggle("is-open", open);
  find("[data-drawer]").setAttribute("aria-expanded", String(open));
  (open ? find("a[href]", rail) : find("[data-drawer]")).focus();
}

// Theme: a cookie, so that the server sends the next page in it

function switchTheme() {
  const theme = root.dataset.bsTheme === "dark" ? "light" : "dark";
  root.dataset.bsTheme = theme;
  document.cookie = `theme=${theme}; path=/; max-age=31536000; samesite=lax`;
}

// Messages: plain ones leave by themselves; those that can be undone, and errors, stay

const STAY = 8000; // ms

function leaveLater(message) {
  if (!message.matches(".success, .info") || find("form", message)) return;
  setTimeout(() => (message.matches(":hover, :focus-within") ? leaveLater(message) : message.remove()), STAY);
}

const leaveAllLater = (part) => part.querySelectorAll("#flash .flash").forEach(leaveLater);
const tellFailure = () => find("#flash").append(find("#failed").content.cloneNode(true));

leaveAllLater(document);
document.addEventListener("htmx:oobAfterSwap", () => leaveAllLater(document));
document.addEventListener("htmx:responseError", tellFailure);
document.addEventListener("htmx:sendError", tellFailure);

// A signed-out session answers a part of a page with the whole sign-in page: ask for this page anew, which leads there.
document.addEventListener("htmx:beforeSwap", (event) => {
  const { xhr, pathInfo } = event.detail;
  const asked = new URL(pathInfo.requestPath, location.href).pathname;
  const answered = xhr.responseURL ? new URL(xhr.responseURL).pathname : asked;
  if (asked !== answered && /<!doctype/i.test(xhr.responseText)) {
    event.detail.shouldSwap = false;
    location.reload();
  }
});

// Side panel: opened by links with hx-target="#panel" hx-push-url="true", closed by its link to the list

let opener = null;
let list = ""; // the address that the panel was opened from

const panelClose = () => find("#panel [data-panel-close]");

function markOpener(link) {
  find("tr.is-open")?.classList.remove("is-open");
  link?.closest("tr")?.classList.add("is-open");
  opener = link;
}

function closePanel() {
  history.pushState({ htmx: true }, "", list);
  find("#panel").replaceChildren();
  const link = opener;
  markOpener(null);
  (link?.isConnected ? link : find("#content")).focus();
}

document.addEventListener("htmx:beforeRequest", ({ detail }) => {
  if (detail.target?.id === "panel" && !panelClose()) list = location.href;
});
document.addEventListener("htmx:afterSwap", ({ detail }) => {
  focusProblem(detail.target);
  if (detail.target.id !== "panel") return;
  const link = detail.requestConfig.elt;
  if (!detail.target.contains(link)) markOpener(link);
  find("h2", detail.target)?.focus();
});

// Clicks

document.addEventListener("click", (event) => {
  const on = (selector) => event.target.closest(selector);
  for (const menu of document.querySelectorAll("details.menu[open]")) {
    if (!menu.contains(event.target) || on("[data-keys]")) menu.open = false;
  }
  if (on("[data-theme-switch]")) switchTheme();
  if (on("[data-dismiss]")) on(".flash").remove();
  if (on("[data-keys]")) find("#keys").showModal();
  if (on("[data-drawer], [data-drawer-close]")) {
    event.preventDefault();
    showDrawer(Boolean(on("[data-drawer]")));
  } else if (drawerOpen() && !on("#rail")) showDrawer(false);
  // Come with the page itself, the panel closes by following the link: the list may show other rows.
  if (on("[data-panel-close]") && opener) {
    event.preventDefault();
    closePanel();
  }
});

// Keys

function escape(event) {
  const menu = find("details.menu[open]");
  if (menu) {
    menu.open = false;
    find("summary", menu).focus();
  } else if (drawerOpen()) {
    showDrawer(false);
  } else if (typing(event.target)) {
    event.target.blur(); // once more closes the panel: what is being typed is not lost by one key
  } else {
    panelClose()?.click();
  }
}

const acts = {
  "/": () => {
    find("#search").focus();
    find("#search").select();
  },
  "?": () => find("#keys").showModal(),
};

document.addEventListener("keydown", (event) => {
  if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || find("dialog[open]")) return;
  if (event.key === "Escape" && !event.target.closest(".dropdown-active")) escape(event);
  if (typing(event.target) || !(event.key in acts) || !find("#search")) return;
  event.preventDefault();
  acts[event.key]();
});

// What was entered before the scripts had come: whoever waits for a change of it is told now

const chosen = (option) => option.selected !== option.defaultSelected;

function entered(field) {
  if (field.type === "file") return field.files.length > 0;
  if (field.matches("select:not(:has(option[selected]))")) return field.selectedIndex > 0; // the first stood there by itself
  if (field.matches("select")) return [...field.options].some(chosen);
  return field.matches("[type=checkbox], [type=radio]") ? field.checked !== field.defaultChecked : field.value !== field.defaultValue;
}

document.addEventListener("DOMContentLoaded", () => { // htmx has asked for it before, and is ready
  const waited = "[hx-trigger*='change'] :is(input, select, textarea), :is(input, select, textarea)[hx-trigger*='change']";
  for (const field of document.querySelectorAll(waited)) {
    if (field !== document.activeElement && entered(field)) field.dispatchEvent(new Event("change", { bubbles: true }));
  }
});

focusProblem(document);
