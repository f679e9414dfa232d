// The review: the current item's words lit in the source, everything by keyboard, others' changes every few seconds.

import { light, offsetAt, selectionSpan, showSpan, takeUp } from "./source.js";

const POLL = 3000; // milliseconds: others' changes are seen within five seconds
const root = document.querySelector("[data-review]");
const list = () => root.querySelector("#review-items");
const items = () => [...(list()?.querySelectorAll("[data-item]") ?? [])].filter((item) => item.childElementCount > 0);
const spansOf = (element) => JSON.parse(element?.dataset.spans || "[]");

let currentId = "";
const current = () => items().find((item) => item.dataset.item === currentId) ?? null;

function choose(item, { scroll = true, focus = true } = {}) {
  list()?.querySelectorAll(".item-current").forEach((each) => each.classList.remove("item-current"));
  currentId = item?.dataset.item ?? "";
  if (!item) return light("current", []);
  item.classList.add("item-current");
  if (focus) item.focus({ preventScroll: true });
  if (scroll) item.scrollIntoView({ block: "nearest" });
  lightWords(item, scroll);
}

function lightWords(item, scroll) {
  light("current", spansOf(item));
  light("value", []);
  if (scroll) showSpan(spansOf(item)[0]);
}

function step(by) {
  const all = items();
  const at = all.findIndex((item) => item.dataset.item === currentId);
  choose(all[Math.max(0, Math.min(all.length - 1, at + by))]);
}

function nextPending(after) {
  const all = items();
  const at = all.findIndex((item) => item.dataset.item === after);
  const waits = (item) => item.dataset.state === "pending" && item.dataset.item !== after;
  return all.slice(at + 1).find(waits) ?? all.find(waits) ?? null;
}

// All of this page is decided, and more waits on the next: what waits comes first in a list without filters.
function pageIsDone() {
  const filters = root.querySelector("[data-filter]").elements;
  const plain = !filters.kind.value && !filters.state.value && filters.order.value === "doubt";
  return plain && !nextPending("") && Number(root.querySelector("#review-progress").dataset.pending) > 0;
}

function act(name) {
  current()?.querySelector(`[data-act="${name}"]`)?.click();
}

function decide(name) {
  const item = current();
  if (!item || (name === "accept" && item.dataset.state !== "pending")) return step(1);
  const next = nextPending(item.dataset.item);
  act(name);
  if (next) choose(next);
}

function addSelected() {
  const span = selectionSpan();
  const url = new URL(root.dataset.addUrl, location.href);
  if (span) {
    url.searchParams.set("start", span[0]);
    url.searchParams.set("end", span[1]);
  }
  show("items");
  htmx.ajax("GET", url.pathname + url.search, { target: "#review-new", swap: "innerHTML" });
}

function show(what) {
  root.dataset.showing = what;
  root.querySelectorAll("[data-show]").forEach((button) => button.setAttribute("aria-pressed", button.dataset.show === what));
}

const KEYS = {
  j: () => step(1),
  k: () => step(-1),
  ArrowDown: () => step(1),
  ArrowUp: () => step(-1),
  Enter: () => decide("accept"),
  x: () => decide("reject"),
  e: () => act("edit"),
  s: () => act("split"),
  m: () => act("merge"),
  u: () => root.querySelector("[data-undo]")?.requestSubmit(),
  A: () => root.querySelector("[data-sure]")?.requestSubmit(),
  a: addSelected,
};

function typing(target) {
  return target.closest("input, textarea, select, [contenteditable], dialog, .ts-wrapper") !== null;
}

document.addEventListener("keydown", (event) => {
  if (event.isComposing || document.querySelector("dialog[open]")) return;
  const form = event.target.closest("[data-editing]") ?? root.querySelector("[data-editing]");
  if (event.key === "Escape" && form) {
    event.preventDefault();
    form.querySelector("[data-cancel]")?.click();
    return;
  }
  if (event.key === "Enter" && (event.ctrlKey || event.metaKey) && form) {
    event.preventDefault();
    form.querySelector("form")?.requestSubmit();
    return;
  }
  if (event.ctrlKey || event.metaKey || event.altKey || typing(event.target) || event.target.closest("[data-editing]")) return;
  const onControl = event.target.closest("button, a, summary") && event.key === "Enter";
  if (onControl || !KEYS[event.key]) return;
  event.preventDefault();
  KEYS[event.key]();
});

root.addEventListener("click", (event) => {
  const shown = event.target.closest("[data-show]");
  if (shown) return show(shown.dataset.show);
  const clear = event.target.closest("[data-clear]");
  if (clear) return document.querySelector(clear.dataset.clear).replaceChildren();
  const fact = event.target.closest(".fact");
  if (fact) {
    light("value", spansOf(fact));
    showSpan(spansOf(fact)[0]);
  }
  const item = event.target.closest("[data-item]");
  if (item && item.dataset.item !== currentId) {
    choose(item, { scroll: false, focus: !event.target.closest("button, input, select, textarea") });
    if (!fact) showSpan(spansOf(item)[0]);
  }
  if (event.target.closest("[data-source]") && getSelection().isCollapsed) pick(offsetAt(event));
});

// A click into the source finds the item that the words belong to: the one with the shortest span around them.
function pick(offset) {
  if (offset === null) return;
  const length = (item) => spansOf(item).reduce((sum, [start, end]) => sum + end - start, 0);
  const hit = items().filter((item) => spansOf(item).some(([start, end]) => start <= offset && offset < end));
  hit.sort((a, b) => length(a) - length(b));
  if (hit[0]) choose(hit[0]);
}

// A form that htmx has not taken up yet would be sent by the browser, which leaves this page: htmx takes it up first.
root.addEventListener("submit", (event) => {
  const form = event.target;
  if (event.defaultPrevented || !form.matches("[hx-post], [hx-get]")) return;
  event.preventDefault();
  htmx.process(form);
  setTimeout(() => form.requestSubmit()); // no form is sent anew while it is being sent
});

// Splitting: the cursor of the text says where. Acts on the whole list keep the list's filters.
document.body.addEventListener("htmx:configRequest", (event) => {
  const form = event.target.closest?.("[data-split]");
  if (form) event.detail.parameters.set("cut", form.querySelector("textarea").selectionStart);
  for (const field of root.querySelector("[data-filter]")?.elements ?? []) {
    if (field.name && event.detail.verb === "post" && !event.detail.parameters.has(field.name)) event.detail.parameters.set(field.name, field.value);
  }
});

// An item that was corrected is done: the next one is up.
let saved = "";
root.addEventListener("htmx:beforeRequest", (event) => {
  const form = event.target.closest("[data-editing]");
  if (form && event.detail.requestConfig.verb === "post") saved = form.dataset.item ?? "";
});

document.body.addEventListener("htmx:afterSettle", (event) => {
  if (event.detail.target?.matches("[data-words]")) {
    takeUp();
    lightWords(current(), true); // the list stays where somebody may have scrolled to meanwhile
    return;
  }
  const form = root.querySelector("[data-editing]");
  if (form) {
    const inside = form.contains(document.activeElement) && document.activeElement !== form;
    if (!inside) (form.querySelector("[data-first]") ?? form.querySelector("textarea, input:not([type=hidden])"))?.focus();
    light("current", spansOf(form));
    return;
  }
  const whole = event.detail.target?.id === "review-panel";
  if (saved && items().find((item) => item.dataset.item === saved)?.dataset.state === "accepted") {
    choose(nextPending(saved) ?? current());
    saved = "";
    return;
  }
  if (!whole && pageIsDone()) {
    root.querySelector("[data-filter]").requestSubmit();
    return;
  }
  const made = whole && items().find((item) => item.dataset.item === event.detail.target.dataset.chosen);
  const here = made || (current() ?? nextPending("") ?? items()[0] ?? null);
  if (whole || here?.dataset.item !== currentId) choose(here);
  else here?.classList.add("item-current");
});

// Others' changes, every few seconds. They never tear away what is being written here; an item that this page does not show
// yet brings the whole list anew.
function takeIn(answer) {
  const page = document.createElement("template");
  page.innerHTML = answer;
  let unknown = false;
  for (const item of page.content.querySelectorAll("[data-item]")) {
    const here = document.getElementById(item.id);
    unknown ||= !here && item.dataset.state !== "replaced";
    if (!here || here.matches("[data-editing]") || here.dataset.revision === item.dataset.revision) continue;
    here.replaceWith(item);
    htmx.process(item);
    if (item.dataset.item === currentId) choose(item, { scroll: false, focus: false });
  }
  root.querySelector("#review-progress").replaceWith(page.content.querySelector("#review-progress"));
  if (unknown && !root.querySelector("[data-editing]")) root.querySelector("[data-filter]").requestSubmit();
}

async function poll() {
  const clock = root.querySelector("#review-progress")?.dataset.clock;
  if (!clock || document.visibilityState !== "visible") return;
  const answer = await fetch(`${root.dataset.changesUrl}&clock=${clock}`);
  if (answer.redirected || answer.headers.has("HX-Refresh")) location.reload();
  else if (answer.status === 200) takeIn(await answer.text());
}

setInterval(() => poll().catch(() => {}), POLL); // a poll that fails is made again

show("items");
choose(nextPending("") ?? items()[0] ?? null, { focus: true });
