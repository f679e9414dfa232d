// <select data-source="/units/bodies/?q="> as a field that searches on the server while one types.
// The source answers {"results": [{"value": …, "text": …, "note": …}]} for the words appended to it.
// Without scripts the select keeps the options that the server gave it.
// data-create="new:": what is not found may be kept as typed, with that before it. Sentences stand on <body>, in base.html.

const words = document.body.dataset;

async function search(source, query) {
  const answer = await fetch(source + encodeURIComponent(query), { headers: { Accept: "application/json" } });
  if (!answer.ok) throw new Error(`${answer.status} ${answer.url}`);
  return (await answer.json()).results;
}

function failed() {
  document.body.dispatchEvent(new CustomEvent("htmx:sendError", { bubbles: true }));
}

function renderers() {
  const remove = (name, escape) => escape(words.comboboxRemove.replace("{name}", name));
  return {
    option: (data, escape) =>
      `<div>${escape(data.text)}${data.note ? `<small>${escape(data.note)}</small>` : ""}</div>`,
    item: (data, escape) =>
      `<div>${escape(data.text)}<button type="button" tabindex="-1" class="remove link-button" aria-label="${remove(data.text, escape)}">×</button></div>`,
    option_create: (data, escape) =>
      `<div class="create" role="option">${escape(words.comboboxCreate.replace("{name}", data.input))}</div>`,
    no_results: (data, escape) => `<div class="no-results" role="option" aria-disabled="true">${escape(words.comboboxNone)}</div>`,
  };
}

function options(select) {
  return {
    valueField: "value",
    labelField: "text",
    searchField: ["text"],
    score: () => () => 1, // the server has chosen and ordered: by aliases too, with and without tone marks
    sortField: "$order",
    preload: "focus",
    loadThrottle: 200, // ms
    maxOptions: null,
    create: "create" in select.dataset && ((typed) => ({ value: select.dataset.create + typed, text: typed })),
    render: renderers(),
    shouldLoad: () => true,
    closeAfterSelect: true,
    onItemAdd() {
      this.setTextboxValue(""); // or the next name would be written behind this one
    },
    load(query, found) {
      search(select.dataset.source, query).then(
        (results) => {
          if (query !== this.inputValue()) return passOver(this, found);
          this.clearOptions();
          found(results);
          this.answered = query;
        },
        () => {
          found();
          failed();
        },
      );
    },
  };
}

// Enter or Tab before the answer is there would take what an earlier one left: it is asked for, and its first is taken.
// Ctrl+Enter saves the form around; it takes what is typed here first, and never what the list merely offers.
function hurry(box, source, event) {
  if (!["Enter", "Tab"].includes(event.key)) return;
  const typed = box.inputValue();
  const saving = event.ctrlKey || event.metaKey;
  if (!typed) {
    if (saving) box.clearActiveOption();
    return;
  }
  if (typed !== box.answered) {
    clearTimeout(box.refreshTimeout); // or the list would open once more for what is taken already
    box.setTextboxValue("");
    search(source, typed).then((results) => take(box, typed, results[0]), failed);
  } else if (event.key === "Tab" || saving) {
    if (box.activeOption) box.onOptionSelect(event, box.activeOption);
  } else {
    return;
  }
  if (event.key === "Tab") return;
  event.preventDefault();
  event.stopImmediatePropagation();
}

// An answer to what stands there no more neither fills the list nor opens it.
function passOver(box, found) {
  const open = box.isOpen;
  found();
  if (!open) box.close(false);
}

function take(box, typed, first) {
  const next = box.control_input.value; // the next name may be half written by now
  if (first) {
    box.addOption(first);
    box.addItem(first.value);
  } else if (box.settings.create) {
    box.createItem(typed);
  }
  box.setTextboxValue(next);
  if (!next) box.close(false);
}

function enhance(select) {
  const box = new TomSelect(select, options(select));
  box.control_input.addEventListener("keydown", (event) => hurry(box, select.dataset.source, event), true);
  // To keep words as typed comes last: whoever takes the first choice means a name that is known.
  box.hook("after", "refreshOptions", () => {
    const create = box.dropdown_content.querySelector(".create");
    if (create) box.dropdown_content.append(create);
  });
  // The drop-down takes the select's place: the select only carries the values, so it leaves the accessibility tree.
  select.hidden = true;
  select.required = false;
  for (const name of ["aria-label", "aria-describedby", "aria-invalid"]) {
    if (select.hasAttribute(name)) box.control_input.setAttribute(name, select.getAttribute(name));
  }
  box.control.addEventListener(
    "click",
    (event) => {
      const item = event.target.closest(".remove")?.closest(".item");
      if (!item) return;
      event.stopPropagation();
      box.removeItem(item);
      box.refreshOptions(false);
    },
    true,
  );
}

function enhanceAll(root) {
  root.querySelectorAll("select[data-source]:not(.tomselected)").forEach(enhance);
}

enhanceAll(document);
document.addEventListener("htmx:load", () => enhanceAll(document));
