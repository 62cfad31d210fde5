/** The filter form: applied as it is changed, and only what is filled goes into the address. */

const WAIT_MS = 500;
const FOCUS = "trucewatch.filter.focus";

/** @param {HTMLElement} element a form, or what holds one */
export function enhance(element) {
  const form = element.matches("form") ? element : element.querySelector("form");
  if (!(form instanceof HTMLFormElement)) return;
  form.addEventListener("formdata", (event) => dropEmpty(event.formData));
  let timer = 0;
  const soon = (wait) => {
    clearTimeout(timer);
    timer = window.setTimeout(() => send(form), wait);
  };
  form.addEventListener("change", (event) => {
    if (appliesAtOnce(event.target)) soon(WAIT_MS);
  });
  form.addEventListener("submit", () => clearTimeout(timer));
  refocus(form);
}

/** @param {FormData} data */
export function dropEmpty(data) {
  for (const name of new Set(data.keys())) {
    const filled = data.getAll(name).filter((value) => typeof value !== "string" || value.trim() !== "");
    data.delete(name);
    for (const value of filled) data.append(name, value);
  }
}

/** Words and days are complete only when their writer says so, by Enter or the button. */
function appliesAtOnce(field) {
  return field instanceof HTMLSelectElement || (field instanceof HTMLInputElement && /^(checkbox|radio)$/.test(field.type));
}

function send(form) {
  const focused = document.activeElement;
  if (focused && form.contains(focused)) sessionStorage.setItem(FOCUS, `${focused.getAttribute("name")}\n${focused.getAttribute("value") ?? ""}`);
  form.requestSubmit();
}

/** Whoever works through the fields by keyboard goes on from where they were. */
function refocus(form) {
  const kept = sessionStorage.getItem(FOCUS);
  sessionStorage.removeItem(FOCUS);
  if (kept === null) return;
  const [name, value] = kept.split("\n");
  const fields = [...form.elements].filter((field) => field.getAttribute("name") === name);
  const field = fields.find((f) => f.type === "checkbox" || f.type === "radio" ? f.value === value : true);
  field?.focus({ preventScroll: true });
}
