// A form being filled in: what is under way is saved before the page is left, and two versions of one value are settled.

let underWay = 0;
let leaving = null; // a form that waits until everything is saved

const idle = () => underWay === 0;

document.addEventListener("htmx:beforeRequest", () => { underWay += 1; });
document.addEventListener("htmx:afterRequest", () => {
  underWay = Math.max(0, underWay - 1);
  if (leaving && idle()) {
    const form = leaving.form;
    const button = leaving.button;
    leaving = null;
    setTimeout(() => (idle() ? form.requestSubmit(button) : wait(form, button))); // a queued save may have begun
  }
});

function wait(form, button) {
  leaving = { form, button };
}

document.addEventListener("submit", (event) => {
  if (!event.target.matches("[data-settle]") || idle()) return;
  event.preventDefault();
  wait(event.target, event.submitter);
});

window.addEventListener("beforeunload", (event) => {
  if (!idle()) event.preventDefault();
});

// Take what the other person wrote

function choose(input, words) {
  if (input.tagName !== "SELECT") input.value = words;
  else input.selectedIndex = Math.max(0, [...input.options].findIndex((option) => option.text === words));
}

document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-take]");
  if (!button) return;
  const form = button.closest("form");
  const input = form.querySelector("[name=value]");
  choose(input, button.dataset.take);
  form.querySelector("[name=seen]").value = button.dataset.revision;
  button.closest(".ff-note").classList.remove("is-red");
  button.closest(".ff-note").querySelectorAll("p").forEach((line) => line.remove());
  input.focus();
});
