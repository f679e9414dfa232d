// Maps of units: every <figure data-map> gets its SVG, at once and whenever htmx puts a new one on the page.
//
// data-geo    address of the outlines (geo/*.json)
// data-units  {key: [name, address, colour 0–6, note, short name]}; data-lit: keys that the page is about, none: all alike
// data-kind   `country` (long) or `communes` (square)
// Inside: [data-paper] takes the drawing, [data-says] the name of what is under the finger.

import { drawing } from "./topo.js";

const SVG = "http://www.w3.org/2000/svg";
// Degrees: east of these lines lie the two archipelagos and nothing else, so that the mainland need not be tiny.
const HOANG_SA = ([east, north]) => east > 110.3 && north > 14;
const TRUONG_SA = ([east, north]) => (east > 110.3 && north <= 14) || (east > 109 && north < 9.5);
const MAINLAND = (place) => !HOANG_SA(place) && !TRUONG_SA(place);
const ISLANDS = [
  { name: "Hoàng Sa", keep: HOANG_SA, share: 0.32 },
  { name: "Trường Sa", keep: TRUONG_SA, share: 0.4 },
];
const SIZES = { country: { width: 640, height: 860 }, communes: { width: 640, height: 560 } };
const FRAME = 184; // width of the islands' frames

const outlines = new Map(); // by address: the same file is asked for once

function outline(address) {
  if (!outlines.has(address)) outlines.set(address, fetch(address).then((answer) => answer.json()));
  return outlines.get(address);
}

function element(name, attributes = {}, ...children) {
  const made = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  made.append(...children);
  return made;
}

function link(unit, about, lit, within = "") {
  const [name, address, tone, note] = about;
  const shade = lit.size ? (lit.has(unit.key) ? "lit" : "faint") : `tone-${tone || 1}`;
  const says = [within ? `${within}, ${name}` : name, note].filter(Boolean).join(": ");
  const shape = element("path", { d: unit.path, "fill-rule": "evenodd" });
  return element("a", { href: address, class: `map-unit ${shade}`, "aria-label": says, "data-key": unit.key }, shape);
}

function links(drawn, units, lit, within) {
  return drawn.units.filter(({ key }) => units[key]).map((unit) => link(unit, units[unit.key], lit, within));
}

function frame({ name, keep, share }, topology, units, lit, { x, y, height }) {
  const drawn = drawing(topology, { width: FRAME - 16, height: height - 30, margin: 6, keep });
  if (!drawn.units.length) return null;
  const inner = element("svg", { x: 8, y: 24, width: FRAME - 16, height: height - 30, viewBox: drawn.viewBox, class: "map-islands" });
  inner.append(...links(drawn, units, lit, name));
  const caption = element("text", { x: FRAME / 2, y: 17, "text-anchor": "middle", class: "map-frame-name" }, name);
  const box = element("rect", { width: FRAME, height, rx: 6, class: "map-frame" });
  return element("g", { transform: `translate(${x} ${y})` }, box, inner, caption);
}

function frames(topology, units, lit, { width, height }) {
  let y = height * 0.3;
  const made = [];
  for (const islands of ISLANDS) {
    const tall = Math.min(width, height) * 0.8 * islands.share;
    const one = frame(islands, topology, units, lit, { x: width - FRAME - 2, y, height: tall });
    if (one) made.push(one);
    y += tall + 14;
  }
  return made;
}

/** Names that fit into their units and leave one another room; each is written whole in its link's label. */
function names(svg, drawn, units) {
  const group = element("g", { class: "map-names", "aria-hidden": "true" });
  svg.append(group);
  const taken = [];
  const size = (unit) => svg.querySelector(`[data-key="${CSS.escape(unit.key)}"] path`).getBBox();
  const sized = drawn.units.filter(({ key }) => units[key]).map((unit) => ({ ...unit, box: size(unit) }));
  sized.sort((a, b) => b.box.width * b.box.height - a.box.width * a.box.height);
  for (const { key, label: [x, y], box } of sized) {
    const text = element("text", { x, y: y + 4, "text-anchor": "middle" }, units[key][4]);
    group.append(text);
    const wide = text.getComputedTextLength() / 2 + 1;
    const place = [x - wide, y - 7, x + wide, y + 7];
    const clash = ([a, b, c, d]) => a < place[2] && place[0] < c && b < place[3] && place[1] < d;
    if (2 * wide > box.width || box.height < 15 || taken.some(clash)) text.remove();
    else taken.push(place);
  }
}

function draw(figure, topology) {
  const { kind, units: listed, lit: shown = "[]" } = figure.dataset;
  const units = JSON.parse(listed);
  const lit = new Set(JSON.parse(shown));
  const size = SIZES[kind];
  const islands = frames(topology, units, lit, size);
  const room = { ...size, width: islands.length ? size.width - FRAME * (kind === "country" ? 0.85 : 1.05) : size.width };
  const drawn = drawing(topology, { ...room, keep: MAINLAND });
  const label = figure.getAttribute("aria-label");
  const svg = element("svg", { viewBox: `0 0 ${size.width} ${size.height}`, role: "group", "aria-label": label, class: "map-svg" });
  svg.append(element("g", {}, ...links(drawn, units, lit)), ...islands);
  figure.querySelector("[data-paper]").replaceChildren(svg);
  names(svg, drawn, units);
  listen(figure, svg);
}

function listen(figure, svg) {
  const says = figure.querySelector("[data-says]");
  const before = says.textContent;
  const say = (event) => {
    const unit = event.target.closest?.("[data-key]");
    says.textContent = unit ? unit.getAttribute("aria-label") : before;
    says.classList.toggle("is-said", Boolean(unit));
  };
  svg.addEventListener("pointerover", say);
  svg.addEventListener("focusin", say);
  svg.addEventListener("pointerleave", say);
}

async function drawAll() {
  for (const figure of document.querySelectorAll("[data-map]:not([data-drawn])")) {
    figure.dataset.drawn = "";
    draw(figure, await outline(figure.dataset.geo));
  }
}

drawAll();
document.addEventListener("htmx:afterSwap", drawAll);
