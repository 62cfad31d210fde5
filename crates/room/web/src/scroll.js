/** Tables that are wider than the window move within their frame; where nothing in one takes the focus, the frame does. */

const FRAMES = ".scroll, table.data, pre:not(.text)";
const FOCUSABLE = "a[href], button, input, select, textarea, summary";

export function reachScrolling() {
  const frames = [...document.querySelectorAll(FRAMES)].filter((frame) => frame.querySelector(FOCUSABLE) === null);
  const watch = new ResizeObserver((entries) => entries.forEach(({ target }) => reach(target)));
  frames.forEach((frame) => watch.observe(frame));
}

/** Brings the page on which one is into view, where the navigation is one row that moves. */
export function showPlace() {
  for (const row of document.querySelectorAll("nav ul")) {
    const here = row.querySelector("[aria-current]");
    if (here && row.scrollWidth > row.clientWidth) row.scrollLeft = here.offsetLeft - row.offsetLeft - 24;
  }
}

/** @param {Element} frame */
function reach(frame) {
  const moves = frame.scrollWidth > frame.clientWidth || frame.scrollHeight > frame.clientHeight + 1;
  if (moves) frame.setAttribute("tabindex", "0");
  else frame.removeAttribute("tabindex");
}
