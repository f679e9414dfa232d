// My work by keyboard: one item is the current one; its form opens, is filled and saved without the mouse.
// Everything here is an addition: links and forms work without it.

const root = document.querySelector("[data-work]");
const several = document.querySelector("#several");
const items = () => [...root.querySelectorAll("[data-item]")];
const find = (selector, within) => within?.querySelector(selector) ?? null;

let currentId = "";
let wanted = null; // what was asked of a form that is on its way: {claim, words, save}
const idOf = (item) => item?.id || "";
const current = () => items().find((item) => item.id && item.id === currentId) ?? null;
const isForm = (item) => Boolean(item) && "form" in item.dataset;

function choose(item, { focus = true } = {}) {
  root.querySelectorAll(".is-current").forEach((each) => each.classList.remove("is-current"));
  currentId = idOf(item);
  if (!item) return;
  item.classList.add("is-current");
  if (focus) item.focus({ preventScroll: true });
  item.scrollIntoView({ block: "nearest" });
}

function step(by) {
  const all = items();
  const at = all.indexOf(current());
  choose(all[Math.max(0, Math.min(all.length - 1, at + by))]);
}

function nextAfter(id) {
  const all = items();
  const at = all.findIndex((item) => item.id === id);
  return all.slice(at + 1).find((item) => find("[data-act]", item)) ?? null;
}

function act(name) {
  const link = find(`[data-act="${name}"]`, current());
  link?.click();
  return Boolean(link);
}

function open(what = {}) {
  const item = current();
  if (isForm(item)) return fill(item, what);
  wanted = { ...wanted, ...what };
  if (!act("answer")) wanted = null;
}

function fill(item, { claim, words, save }) {
  const radios = item.querySelectorAll('input[name="claim"]');
  if (claim !== undefined && radios[claim]) radios[claim].checked = true;
  if (words) find('[name="words"]', item)?.focus();
  if (save) find("form", item)?.requestSubmit(find("[data-save]", item));
}

function save() {
  const form = document.activeElement?.closest("form.work-form, #several");
  if (form) return form.requestSubmit(find("[data-save]", form) ?? undefined);
  if (isForm(current())) return fill(current(), { save: true });
  if (wanted) wanted.save = true; // its form is on its way
}

function mark(item) {
  const box = find(".work-pick", item);
  if (box) box.checked = !box.checked;
  countMarked();
}

function markGroup() {
  const boxes = [...(current()?.closest("[data-group]") ?? root).querySelectorAll(".work-pick")];
  const all = boxes.every((box) => box.checked);
  for (const box of boxes) box.checked = !all;
  countMarked();
}

function countMarked() {
  if (!several) return;
  const n = root.querySelectorAll(".work-pick:checked").length;
  several.classList.toggle("is-shown", n > 0);
  const said = find("[data-chosen]", several);
  said.textContent = said.dataset.words.replace("{n}", String(n));
}

const KEYS = {
  j: () => step(1),
  k: () => step(-1),
  ArrowDown: () => step(1),
  ArrowUp: () => step(-1),
  Enter: () => open(),
  1: () => open({ claim: 0 }),
  2: () => open({ claim: 1 }),
  w: () => open({ words: true }),
  c: () => act("confirm"),
  r: () => act("return"),
  x: () => mark(current()),
  a: markGroup,
};

const typing = (target) => target.closest("textarea, select, dialog, input:not([type=radio], [type=checkbox])") !== null;

document.addEventListener("keydown", (event) => {
  if (event.isComposing || document.querySelector("dialog[open]")) return;
  if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
    event.preventDefault();
    return save();
  }
  const form = event.target.closest("[data-form]");
  if (event.key === "Escape" && form) {
    event.preventDefault();
    return find("[data-close]", form)?.click();
  }
  if (event.ctrlKey || event.metaKey || event.altKey || typing(event.target) || !(event.key in KEYS)) return;
  if (event.key === "Enter" && event.target.closest("a, button, summary")) return;
  if (event.key.startsWith("Arrow") && event.target.matches("[type=radio]")) return;
  event.preventDefault();
  KEYS[event.key]();
});

root.addEventListener("click", (event) => {
  const item = event.target.closest("[data-item]");
  if (item?.id && item.id !== currentId) choose(item, { focus: false });
});
root.addEventListener("change", (event) => {
  if (event.target.matches(".work-pick")) countMarked();
});

// A row was exchanged: by its form, which is filled as it was asked, or after saving, which leads to the next one.
document.addEventListener("htmx:afterSettle", () => {
  const item = current();
  if (!item) return;
  choose(item, { focus: false });
  if (isForm(item)) {
    const refused = find("[data-focus], [aria-invalid]", item);
    (refused ?? find("[data-first], input[name=claim]:checked", item))?.focus();
    if (wanted && !refused) fill(item, wanted);
    wanted = null;
  } else if (item.classList.contains("is-saved")) {
    choose(nextAfter(item.id) ?? item);
  } else {
    item.focus({ preventScroll: true });
  }
  countMarked();
});

// Numbers of documents, as they are typed
let asked = "";
document.addEventListener("input", async (event) => {
  const field = event.target;
  if (!field.matches("[data-numbers]") || field.value.length < 2 || field.value === asked) return;
  asked = field.value;
  const answer = await fetch(`${root.dataset.documents}?q=${encodeURIComponent(asked)}`);
  if (!answer.ok || field.value !== asked) return;
  const { results } = await answer.json();
  field.list.replaceChildren(
    ...results.map(({ value, text }) => Object.assign(document.createElement("option"), { value, label: text })),
  );
});

// Files may be dropped anywhere on the form of an item.
for (const kind of ["dragover", "drop"]) {
  document.addEventListener(kind, (event) => event.preventDefault()); // a file that misses must not replace the page
}
document.addEventListener("dragover", (event) => {
  find("[data-files]", event.target.closest?.(".work-form"))?.classList.add("is-over");
});
document.addEventListener("dragleave", (event) => {
  find("[data-files]", event.target.closest?.(".work-form"))?.classList.remove("is-over");
});
document.addEventListener("drop", (event) => {
  const zone = find("[data-files]", event.target.closest?.(".work-form"));
  if (!zone || !event.dataTransfer.files.length) return;
  const input = find("input[type=file]", zone);
  const files = new DataTransfer();
  for (const file of [...input.files, ...event.dataTransfer.files]) files.items.add(file);
  input.files = files.files;
  zone.classList.remove("is-over");
});

countMarked();
const first = items().find((item) => item.id);
if (first) choose(first, { focus: false });
