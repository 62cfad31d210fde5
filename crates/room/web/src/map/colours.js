/** The map's colours, from the style sheet, for what is drawn on canvas. */

const NAMES = ["land", "border", "line", "accent"];

/** @returns {Record<string, string>} as they are now; they differ by day and by night */
export function colours() {
  const style = getComputedStyle(document.documentElement);
  return Object.fromEntries(NAMES.map((name) => [name, style.getPropertyValue(`--map-${name}`).trim()]));
}

/** @param {() => void} changed called when the reader's system goes from light to dark or back */
export function onColourChange(changed) {
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", changed);
}
