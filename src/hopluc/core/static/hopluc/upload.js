// Files to send: dropped or chosen, checked before they travel, with a bar while they do.
// The markup and every sentence come from core/_upload.html; sending is htmx's (hx-post, hx-encoding).

const find = (selector, root = document) => root.querySelector(selector);
const filled = (sentence, name) => sentence.replaceAll("{name}", name);

function shownSize(bytes) {
  const [amount, unit] = bytes < 1e6 ? [bytes / 1e3, "kilobyte"] : [bytes / 1e6, "megabyte"];
  const digits = amount < 10 ? 1 : 0;
  const options = { style: "unit", unit, maximumFractionDigits: digits };
  return new Intl.NumberFormat(document.documentElement.lang, options).format(amount);
}

function problemOf(file, accepted, { limit, ...sentences }) {
  const kind = file.name.slice(file.name.lastIndexOf(".")).toLowerCase();
  if (!accepted.includes(kind)) return filled(sentences.refused, file.name);
  if (file.size === 0) return filled(sentences.empty, file.name);
  if (file.size > Number(limit)) return filled(sentences.large, file.name);
  return "";
}

const same = (one, other) => one.name === other.name && one.size === other.size;

function enhance(form) {
  const zone = find("[data-drop]", form);
  const input = find("input[type=file]", zone);
  const list = find("[data-drop-files]", form);
  const row = find("[data-drop-row]", form);
  const progress = find("[data-drop-progress]", form);
  const problem = find("[data-drop-problem]", form);
  const accepted = input.accept.toLowerCase().split(",").map((kind) => kind.trim());
  let entries = []; // {file, problem}

  function show() {
    const files = new DataTransfer();
    entries.filter((entry) => !entry.problem).forEach((entry) => files.items.add(entry.file));
    input.files = files.files;
    list.replaceChildren(...entries.map(rowOf));
  }

  function rowOf(entry) {
    const item = row.content.firstElementChild.cloneNode(true);
    const remove = find("button", item);
    find(".file-name", item).textContent = entry.file.name;
    find(".file-size", item).textContent = shownSize(entry.file.size);
    find(".file-problem", item).textContent = entry.problem;
    find(".file-problem", item).hidden = !entry.problem;
    item.classList.toggle("is-refused", Boolean(entry.problem));
    remove.setAttribute("aria-label", filled(zone.dataset.remove, entry.file.name));
    remove.addEventListener("click", () => {
      entries = entries.filter((other) => other !== entry);
      show();
      input.focus();
    });
    return item;
  }

  function add(files) {
    for (const file of files) {
      if (entries.some((entry) => same(entry.file, file))) continue;
      const room = entries.filter((entry) => !entry.problem).length < Number(zone.dataset.most);
      const found = problemOf(file, accepted, zone.dataset) || (room ? "" : filled(zone.dataset.many, file.name));
      entries.push({ file, problem: found });
    }
    problem.hidden = true;
    show();
  }

  input.addEventListener("change", () => add([...input.files]));
  for (const kind of ["dragenter", "dragover"]) {
    zone.addEventListener(kind, () => zone.classList.add("is-over"));
  }
  for (const kind of ["dragleave", "drop"]) {
    zone.addEventListener(kind, () => zone.classList.remove("is-over"));
  }
  zone.addEventListener("drop", (event) => add([...event.dataTransfer.files]));

  form.addEventListener("submit", () => {
    progress.hidden = false;
  });
  window.addEventListener("pageshow", () => {
    progress.hidden = true; // also when one comes back to a page that was kept
  });
  form.addEventListener("htmx:xhr:progress", ({ detail }) => {
    if (detail.lengthComputable) find("progress", progress).value = (100 * detail.loaded) / detail.total;
  });
  form.addEventListener("htmx:afterRequest", () => {
    progress.hidden = true;
  });
  form.addEventListener("htmx:sendError", (event) => {
    event.stopPropagation(); // told here, beside the files
    find("p", problem).textContent = zone.dataset.lost;
    problem.hidden = false;
  });
  add([...input.files]); // chosen before this script had come
}

// A file that misses the zone must not replace the page.
for (const kind of ["dragover", "drop"]) {
  document.addEventListener(kind, (event) => event.preventDefault());
}

function enhanceAll(root) {
  for (const form of root.querySelectorAll("form[data-upload]:not([data-ready]):has([data-drop])")) {
    form.dataset.ready = "";
    enhance(form);
  }
}

enhanceAll(document);
document.addEventListener("htmx:load", () => enhanceAll(document));
