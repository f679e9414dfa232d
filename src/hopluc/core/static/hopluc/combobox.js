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
    load(query, found) {
      search(select.dataset.source, query).then(
        (results) => {
          this.clearOptions();
          found(results);
        },
        () => {
          found();
          document.body.dispatchEvent(new CustomEvent("htmx:sendError", { bubbles: true }));
        },
      );
    },
  };
}

function enhance(select) {
  const box = new TomSelect(select, options(select));
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
