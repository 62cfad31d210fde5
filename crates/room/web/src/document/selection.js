/** Selecting words of the text fills the form for a claim that was missed. */
import { html } from "../dom.js";
import { addKeys } from "../keys.js";
import { codePoints, span } from "./offsets.js";

const HOLDER = "[data-offset]";
/** What stands in the text on the page and not in the stored one: numbers of lines, of footnotes. */
const EXTRA = "[data-extra]";

/** @param {HTMLElement} element of the document */
export function watchSelection(element) {
  const [start, end] = ["start", "end"].map((name) => element.querySelector(`form input[name=${name}]`));
  if (!start?.form || !end) return;
  const { form } = start;
  const quote = form.querySelector("[name=quote]");
  const told = form.querySelector("output") ?? form.insertBefore(html("output", { class: "selected" }), form.firstChild);
  const add = html("button", { type: "button", class: "primary add-selected", hidden: true, click: () => goToForm(form, add) }, "Add these words as a claim");
  element.append(add);
  document.addEventListener("selectionchange", () => {
    const found = selected(element);
    add.hidden = found === null;
    if (found !== null) fill(found);
  });
  quote?.addEventListener("input", () => fill({ start: "", end: "", words: null }));
  addKeys([{ keys: ["a"], text: "Add the selected words as a claim", run: () => add.hidden || goToForm(form, add) }]);

  function fill({ start: from, end: to, words }) {
    start.value = String(from);
    end.value = String(to);
    told.textContent = words === null ? "" : `“${words}”`;
    if (quote && words !== null) quote.value = words;
  }
}

/** To the first field that the selection does not fill. */
function goToForm(form, button) {
  button.hidden = true;
  form.scrollIntoView({ block: "start" });
  form.querySelector("select, input:not([type=hidden])")?.focus({ preventScroll: true });
}

/**
 * The words selected in the text, if any.
 * @param {HTMLElement} element @returns {{start: number, end: number, words: string} | null}
 */
export function selected(element) {
  const selection = document.getSelection();
  if (!selection || selection.isCollapsed || selection.rangeCount === 0) return null;
  const range = selection.getRangeAt(0);
  const [from, to] = [holderOf(range.startContainer, element), holderOf(range.endContainer, element)];
  if (!from || !to) return null;
  const start = position(from, range.startContainer, range.startOffset);
  const stop = position(to, range.endContainer, range.endOffset);
  if (from !== to) return stop > start ? { start, end: stop, words: selection.toString().trim() } : null;
  return span(start, text(range));
}

function holderOf(node, element) {
  const near = (node instanceof Element ? node : node.parentElement)?.closest(HOLDER);
  return near instanceof HTMLElement && element.contains(near) ? near : null;
}

/** Code points of the stored text before a place on the page. */
function position(holder, node, offset) {
  const range = document.createRange();
  range.setStart(holder, 0);
  range.setEnd(node, offset);
  return Number(holder.dataset.offset) + codePoints(text(range));
}

function text(range) {
  const part = range.cloneContents();
  for (const extra of part.querySelectorAll(EXTRA)) extra.remove();
  return part.textContent ?? "";
}
