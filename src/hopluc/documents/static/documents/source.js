// The source text: which words stand where, lit without touching the page (CSS Custom Highlight API), and back.

const area = document.querySelector("[data-source]");
let blocks = [];
let starts = [];

// Take up the words that are on the page now.
export function takeUp() {
  blocks = area ? [...area.querySelectorAll("[data-s]")] : [];
  starts = blocks.map((block) => Number(block.dataset.s));
}

takeUp();

// The last block that begins at or before this place of the content.
function blockAt(offset) {
  let low = 0;
  let high = starts.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (starts[middle] <= offset) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}

function rangesOf([start, end]) {
  const ranges = [];
  for (let at = Math.max(0, blockAt(start)); at < blocks.length && starts[at] < end; at += 1) {
    const text = blocks[at].firstChild;
    if (!text) continue;
    const from = Math.max(0, start - starts[at]);
    const to = Math.min(text.length, end - starts[at]);
    if (from >= to) continue;
    const range = new Range();
    range.setStart(text, from);
    range.setEnd(text, to);
    ranges.push(range);
  }
  return ranges;
}

// Light the words of these spans under a name; the styles are `::highlight(name)`. Browsers without it get the block marked.
export function light(name, spans) {
  const ranges = spans.flatMap(rangesOf);
  if (globalThis.CSS?.highlights) {
    if (ranges.length) CSS.highlights.set(name, new Highlight(...ranges));
    else CSS.highlights.delete(name);
  }
  area?.querySelectorAll(`.lit-${name}`).forEach((block) => block.classList.remove(`lit-${name}`));
  ranges.forEach((range) => range.startContainer.parentElement.classList.add(`lit-${name}`));
}

// Bring the first words of a span into sight, in the source's own scroll area.
export function showSpan(span) {
  const range = span && rangesOf(span)[0];
  if (!range || !area) return;
  const words = range.getBoundingClientRect();
  const frame = area.getBoundingClientRect();
  if (words.top < frame.top + 24 || words.bottom > frame.bottom - 24) {
    area.scrollTop += words.top - frame.top - frame.height / 3;
  }
}

// What is selected in the source, as a span of the content; null when nothing is. A triple click ends before the next block.
export function selectionSpan() {
  const selection = getSelection();
  if (!selection.rangeCount || selection.isCollapsed || !area) return null;
  const range = selection.getRangeAt(0);
  const chosen = blocks.flatMap((block, at) => {
    const text = block.firstChild;
    if (!text || !range.intersectsNode(text)) return [];
    const from = range.startContainer === text ? range.startOffset : 0;
    const to = range.endContainer === text ? range.endOffset : text.length;
    return from < to ? [[starts[at] + from, starts[at] + to]] : [];
  });
  return chosen.length ? [chosen[0][0], chosen.at(-1)[1]] : null;
}

// The place in the content under the pointer.
export function offsetAt(event) {
  const caret = document.caretPositionFromPoint?.(event.clientX, event.clientY);
  const legacy = caret ? null : document.caretRangeFromPoint?.(event.clientX, event.clientY);
  const node = caret?.offsetNode ?? legacy?.startContainer;
  const block = node?.parentElement?.closest("[data-s]");
  return block ? Number(block.dataset.s) + (caret?.offset ?? legacy.startOffset) : null;
}
