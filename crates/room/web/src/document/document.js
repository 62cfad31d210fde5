/** A stored document: its claims one by one, and words selected for one that was missed. */
import { showClaims } from "./claims.js";
import { watchSelection } from "./selection.js";

/** @param {HTMLElement} element that holds the text, the fields of its claims and the forms */
export function enhance(element) {
  showClaims(element);
  watchSelection(element);
}
