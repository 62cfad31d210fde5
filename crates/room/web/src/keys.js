/** The keys of a page: each part adds its own, `?` shows them, and whoever is disturbed by them turns them off. */
import { html } from "./dom.js";

/** @typedef {{keys: string[], text: string, run: (event: KeyboardEvent) => void}} Key */

const OFF = "trucewatch.keys.off";
/** @type {Key[]} */
const known = [];
let listening = false;

/** @param {Key[]} more */
export function addKeys(more) {
  known.push(...more);
  if (listening) return;
  listening = true;
  known.push({ keys: ["?"], text: "Show the keys", run: showKeys });
  document.addEventListener("keydown", pressed);
}

/** @param {KeyboardEvent} event */
function pressed(event) {
  if (event.defaultPrevented || event.ctrlKey || event.altKey || event.metaKey || isTyping(event.target)) return;
  if (document.querySelector("dialog[open]")) return;
  const found = known.find(({ keys }) => keys.includes(event.key));
  if (!found || (isOff() && event.key !== "?")) return;
  event.preventDefault();
  found.run(event);
}

/** @param {EventTarget | null} target @returns {boolean} */
function isTyping(target) {
  return target instanceof HTMLElement && (target.isContentEditable || target.matches("input:not([type=checkbox], [type=radio], [type=button], [type=submit]), textarea, select"));
}

function isOff() {
  return localStorage.getItem(OFF) === "yes";
}

function showKeys() {
  const rows = [...known].reverse().map(({ keys, text }) => html("div", {}, html("dt", {}, ...keys.flatMap((key, n) => [n > 0 ? " or " : "", html("kbd", {}, key)])), html("dd", {}, text)));
  const off = html("input", { type: "checkbox", change: () => localStorage.setItem(OFF, off.checked ? "yes" : "no") });
  off.checked = isOff();
  const dialog = html("dialog", { class: "keys", "aria-labelledby": "keys-title", close: () => dialog.remove() },
    html("h2", { id: "keys-title" }, "Keys of this page"), html("dl", {}, ...rows),
    html("form", { method: "dialog" }, html("label", { class: "choice" }, off, " Turn these keys off in this browser"), html("button", {}, "Close")));
  document.body.append(dialog);
  dialog.showModal();
}
