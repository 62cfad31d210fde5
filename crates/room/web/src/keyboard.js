/** Keys that every page has: search, the next and the previous entry, and whatever carries `data-key`. */
import { addKeys } from "./keys.js";

const ENTRIES = ".card :is(h2, h3, h4) a, table.data tbody tr";

/** @param {HTMLElement} element the page, or the part that has keys */
export function enhance(element) {
  addKeys([...marked(element), ...entries(element), ...search()]);
}

/** A link or button with `data-key="a"` is pressed by that key. */
function marked(element) {
  return [...element.querySelectorAll("[data-key]")].map((target) => ({
    keys: [target.dataset.key],
    text: target.getAttribute("aria-label") ?? target.textContent.trim(),
    run: () => target.click(),
  }));
}

function entries(element) {
  if (document.querySelector("[data-module~=document]")) return [];
  const links = [...element.querySelectorAll(ENTRIES)].map((entry) => (entry.matches("a") ? entry : entry.querySelector("a"))).filter((link) => link !== null);
  if (links.length < 2) return [];
  const step = (by) => {
    const at = links.indexOf(document.activeElement);
    links[Math.min(links.length - 1, Math.max(0, at < 0 ? 0 : at + by))].focus();
  };
  return [{ keys: ["k", "p"], text: "Previous entry", run: () => step(-1) }, { keys: ["j", "n"], text: "Next entry", run: () => step(1) }];
}

function search() {
  const field = document.querySelector("input[type=search]");
  return field instanceof HTMLElement ? [{ keys: ["/"], text: "Search", run: () => field.focus() }] : [];
}
