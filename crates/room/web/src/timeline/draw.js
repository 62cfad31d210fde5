/** The timeline as SVG: each item a bar as long as its days, or counts where bars would be too many. */
import { iso, told } from "../day.js";
import { sameSite, svg } from "../dom.js";
import { sign, standingClass } from "../standing.js";
import { counts, lanes } from "./lanes.js";
import { scale, ticks } from "./scale.js";

const ROW = 30;
const LEAST = 10;
const BAR = 12;
const AXIS = 26;
const LETTER = 6.9;
const LONGEST = 42;
const MOST_LANES = 100;
const CHART = 150;

/**
 * @param {import("./items.js").Item[]} items those in view @param {import("../day.js").Days} days @param {number} width
 * @returns {{axis: SVGElement, picture: SVGElement, crowded: boolean}}
 */
export function draw(items, days, width) {
  const line = scale(days, width);
  const placed = lanes(items.map((item) => bar(item, days, line, width)));
  const rows = placed.reduce((most, { lane }) => Math.max(most, lane + 1), 0);
  const crowded = rows > MOST_LANES;
  const height = crowded ? CHART : Math.max(2, rows) * ROW;
  const body = crowded ? columns(items, days, line) : placed.map(({ bar, lane }) => drawnBar(bar, lane));
  const picture = frame(width, height, { role: "list", "aria-label": summary(items, days) });
  picture.append(shades(width, height), ...grid(days, line, height), ...body);
  return { axis: axis(days, line, width), picture, crowded };
}

function frame(width, height, also) {
  return svg("svg", { width, height, viewBox: `0 0 ${width} ${height}`, ...also });
}

function summary(items, days) {
  return `${items.length} ${items.length === 1 ? "item" : "items"} from ${told(days.first)} to ${told(days.last)}`;
}

/** Where the bar and its label go: right of the bar, left of it at the right edge, over it where it fills the width. */
function bar(item, days, line, width) {
  const x = line.start(Math.max(item.first ?? days.first, days.first));
  const end = Math.max(x + LEAST, line.end(Math.min(item.last ?? days.last, days.last)));
  const text = item.title.length > LONGEST ? `${item.title.slice(0, LONGEST - 1).trimEnd()}…` : item.title;
  const label = text.length * LETTER + 24;
  if (end + label <= width) return { item, x, end, text, side: "after", left: x, right: end + label };
  if (x >= label) return { item, x, end, text, side: "before", left: x - label, right: end };
  return { item, x, end, text, side: "over", left: x, right: Math.max(end, x + label) };
}

function drawnBar({ item, x, end, text, side }, lane) {
  const y = lane * ROW + (ROW - BAR) / 2;
  const name = [item.title, item.days, item.standing].filter(Boolean).join(", ");
  const at = side === "after" ? end : x;
  const icon = sign(item.standing);
  icon.classList.add(side);
  for (const [key, value] of Object.entries({ x: at - (side === "before" ? 18 : -5), y: y - 1, width: 13, height: 13 })) icon.setAttribute(key, String(value));
  const rect = svg("rect", { x, y, width: end - x, height: BAR, rx: 2, class: "bar", mask: item.approximate ? "url(#hatched)" : null });
  const anchor = side === "before" ? { x: at - 22, "text-anchor": "end" } : { x: at + 22 };
  const label = svg("text", { ...anchor, y: y + BAR - 1.5, class: side }, text);
  const hit = svg("rect", { x: x - 3, y: lane * ROW + 1, width: end - x + 6, height: ROW - 2, class: "hit" });
  const link = svg("a", { href: sameSite(item.href), class: standingClass(item.standing), "aria-label": name }, svg("title", {}, name), hit, svg("g", { mask: faded(item) }, rect), icon, label);
  return svg("g", { role: "listitem" }, link);
}

/** A day that is not known exactly has faded ends and is hatched, an end that is open fades out. */
function faded({ approximate, first, last }) {
  if (first === null) return "url(#open-start)";
  if (last === null) return "url(#open-end)";
  return approximate ? "url(#faded)" : null;
}

/** The masks that `faded` names. */
function shades(width, height) {
  const fade = (id, stops) => [
    svg("linearGradient", { id: `${id}-shade` }, ...stops.map(([offset, opacity]) => svg("stop", { offset, "stop-color": "#fff", "stop-opacity": opacity }))),
    svg("mask", { id, maskContentUnits: "objectBoundingBox" }, svg("rect", { width: 1, height: 1, fill: `url(#${id}-shade)` })),
  ];
  const stripes = svg("pattern", { id: "stripes", width: 5, height: 5, patternUnits: "userSpaceOnUse", patternTransform: "rotate(45)" }, svg("rect", { width: 3, height: 5, fill: "#fff" }));
  return svg("defs", {}, stripes,
    svg("mask", { id: "hatched", maskUnits: "userSpaceOnUse", x: 0, y: 0, width, height }, svg("rect", { width, height, fill: "url(#stripes)" })),
    ...fade("faded", [[0, 0.2], [0.3, 1], [0.7, 1], [1, 0.2]]),
    ...fade("open-start", [[0, 0], [0.6, 1]]), ...fade("open-end", [[0.4, 1], [1, 0]]));
}

function columns(items, days, line) {
  const step = [1, 7, 30, 91, 365].find((s) => s * line.perDay >= 5) ?? 3650;
  const found = counts(items.map(({ first, last }) => ({ first: first ?? days.first, last: last ?? days.last })), days, step);
  const most = found.reduce((a, { count }) => Math.max(a, count), 1);
  return found.filter(({ count }) => count > 0).map(({ first, last, count }) => {
    const height = (CHART - 12) * (count / most);
    const name = `${count} from ${iso(first)} to ${iso(last)}`;
    const [x, width] = [line.start(first), Math.max(1, line.end(last) - line.start(first) - 1)];
    return svg("g", { role: "listitem", "aria-label": name }, svg("title", {}, name), svg("rect", { x, width, y: CHART - height, height, class: "count" }));
  });
}

function grid(days, line, height) {
  const drawn = ticks(days, line.perDay).map(({ day }) => svg("line", { x1: line.start(day), x2: line.start(day), y1: 0, y2: height, class: "tick" }));
  return [svg("g", { "aria-hidden": "true" }, ...drawn)];
}

/** Days above the bars; it stays in sight while they move under it. */
function axis(days, line, width) {
  const drawn = frame(width, AXIS, { "aria-hidden": "true", class: "axis" });
  for (const { day, label } of ticks(days, line.perDay)) {
    const x = line.start(day);
    const words = x + label.length * LETTER < width ? svg("text", { x: x + 4, y: AXIS - 9, class: "tick" }, label) : "";
    drawn.append(svg("line", { x1: x, x2: x, y1: 4, y2: AXIS, class: "tick" }), words);
  }
  return drawn;
}
