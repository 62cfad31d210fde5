/** Positions in a stored text count Unicode code points; a browser counts UTF-16 units. Pure. */

/** @param {string} text @returns {number} its code points; a lone surrogate is one */
export function codePoints(text) {
  let count = 0;
  for (const _ of text) count += 1;
  return count;
}

/**
 * The span of selected words without the blanks round them.
 * @param {number} start code points before the selection @param {string} selected
 * @returns {{start: number, end: number, words: string} | null} nothing where only blanks were selected
 */
export function span(start, selected) {
  const words = selected.trim();
  if (words === "") return null;
  const from = start + codePoints(selected.slice(0, selected.length - selected.trimStart().length));
  return { start: from, end: from + codePoints(words), words };
}
