/** Selecting words of the text fills the form for a claim that was missed. */
import { html } from "../dom.js";
import { codePoints, span } from "./offsets.js";

const HOLDER = "[data-offset]";
/** What stands in the text on the page and not in the stored one: numbers of lines, of footnotes. */
const EXTRA = "[data-extra]";

/** @param {HTMLElement} element of the document */
export function watchSelection(element) {
  const [start, end] = ["start", "end"].map((name) => element.querySelector(`form input[data-${name}], form input[name=${name}]`));
  if (!start?.form || !end) return;
  const told = start.form.querySelector("output") ?? start.form.insertBefore(html("output", { class: "selected" }), start.form.firstChild);
  const before = told.textContent;
  document.addEventListener("selectionchange", () => {
    const found = selected(element);
    if (found === null) return;
    start.value = String(found.start);
    end.value = String(found.end);
    told.textContent = `“${found.words}”`;
    for (const field of start.form.querySelectorAll("input[name=quote], input[name=words], textarea[name=quote]")) field.value = found.words;
  });
  start.form.addEventListener("reset", () => (told.textContent = before));
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
