// The slider over the days of change: each of its places is one of the links below it, which htmx follows without
// leaving the page. The field and the marks follow whatever day is shown.

const range = document.querySelector(".days-range");
const stops = [...document.querySelectorAll("[data-stop]")];
const field = document.querySelector("#on");

const said = (stop) => stop.innerText.replace(/\s+/g, " ").trim();

range.setAttribute("aria-valuetext", said(stops[Number(range.value)]));

let later = 0;
range.addEventListener("input", () => {
  const stop = stops[Number(range.value)];
  range.setAttribute("aria-valuetext", said(stop));
  clearTimeout(later);
  later = setTimeout(() => stop.click(), 120); // ms: whoever slides past a day does not want it
});

document.addEventListener("htmx:afterSwap", ({ detail }) => {
  const shown = document.querySelector("#units-day")?.dataset.on;
  if (detail.target?.id !== "units-day" || !shown) return;
  field.value = shown;
  stops.forEach((stop, place) => {
    if (stop.dataset.stop === shown) {
      stop.setAttribute("aria-current", "date");
      range.value = place;
    } else stop.removeAttribute("aria-current");
  });
});
