// Names after an @: people of the agencies concerned, offered below the note as one types.

const SHOWN = /(?:^|\s)@([^\s@][^@\n]{0,40})?$/u;

function enhance(area, turn) {
  const box = document.createElement("div");
  box.className = "mention-box";
  area.replaceWith(box);
  const list = document.createElement("ul");
  Object.assign(list, { className: "mention-list", id: `mentions-${turn}`, hidden: true });
  list.setAttribute("role", "listbox");
  box.append(area, list);
  area.setAttribute("aria-controls", list.id);
  area.setAttribute("aria-autocomplete", "list");

  let at = -1;
  const options = () => [...list.children];
  const typed = () => SHOWN.exec(area.value.slice(0, area.selectionStart));

  function light(index) {
    at = index;
    options().forEach((option, each) => option.setAttribute("aria-selected", String(each === at)));
    area.setAttribute("aria-activedescendant", options()[at]?.id ?? "");
  }

  function close() {
    list.hidden = true;
    list.replaceChildren();
    area.removeAttribute("aria-activedescendant");
  }

  function take(option) {
    const end = area.selectionStart;
    const start = area.value.lastIndexOf("@", end - 1);
    area.setRangeText(`@${option.textContent} `, start, end, "end");
    close();
    area.focus();
  }

  area.addEventListener("input", async () => {
    const found = typed();
    if (!found) return close();
    const answer = await fetch(`${area.dataset.people}?q=${encodeURIComponent(found[1] ?? "")}`);
    if (!answer.ok || typed()?.[1] !== found[1]) return;
    const { results } = await answer.json();
    list.replaceChildren(
      ...results.map(({ text }, index) => {
        const option = document.createElement("li");
        Object.assign(option, { id: `${list.id}-${index}`, textContent: text });
        option.setAttribute("role", "option");
        return option;
      }),
    );
    list.hidden = results.length === 0;
    if (results.length) light(0);
  });
  area.addEventListener("keydown", (event) => {
    if (list.hidden || event.isComposing) return;
    const count = options().length;
    const acts = {
      ArrowDown: () => light((at + 1) % count),
      ArrowUp: () => light((at + count - 1) % count),
      Enter: () => take(options()[at]),
      Tab: () => take(options()[at]),
      Escape: close,
    };
    if (!(event.key in acts)) return;
    event.preventDefault();
    event.stopPropagation();
    acts[event.key]();
  });
  list.addEventListener("mousedown", (event) => {
    event.preventDefault();
    const option = event.target.closest("[role=option]");
    if (option) take(option);
  });
  area.addEventListener("blur", close);
}

document.querySelectorAll("textarea[data-people]").forEach(enhance);
