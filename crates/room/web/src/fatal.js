/** Says on the page that one of its parts did not come up. */
import { html } from "./dom.js";

/** @param {HTMLElement} element @param {string} name of the part @param {unknown} error */
export function fatal(element, name, error) {
  const reason = error instanceof Error ? error.message : String(error);
  element.append(html("p", { class: "notice", role: "status" }, `The ${name} could not be shown (${reason}). What it shows is in the lists of this page.`));
  console.error(name, error);
}
