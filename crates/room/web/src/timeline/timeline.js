/** The timeline of a page: what is shown, the controls above it, and the undated apart below it. */
import { daysOf, iso } from "../day.js";
import { fetched, html, sameSite } from "../dom.js";
import { badge } from "../standing.js";
import { draw } from "./draw.js";
import { items, shown } from "./items.js";
import { busiest, extent, pan, zoom } from "./scale.js";

/** @param {HTMLElement} element with `data-src`, which answers with {items, undated, left_out} */
export async function enhance(element) {
  const found = await fetched(element.dataset.src ?? "");
  const list = items(found);
  const all = extent(list.dated);
  element.replaceChildren();
  if (all !== null) new View(element, list.dated, all);
  else element.append(html("p", { class: "empty" }, "Nothing here has a day."));
  if (list.undated.length > 0) element.append(undated(list.undated));
  if (found.left_out > 0) element.append(html("p", { class: "legend" }, `${found.left_out} older ones are in the list only.`));
}

class View {
  /** @param {HTMLElement} element @param {import("./items.js").Item[]} dated @param {import("../day.js").Days} all */
  constructor(element, dated, all) {
    this.dated = dated;
    this.all = all;
    this.days = all;
    this.from = html("input", { type: "date", min: iso(all.first), max: iso(all.last), change: () => this.typed() });
    this.to = html("input", { type: "date", min: iso(all.first), max: iso(all.last), change: () => this.typed() });
    this.picture = html("div", { class: "timeline-picture", keydown: (event) => this.pressed(event) });
    this.note = html("p", { class: "legend", role: "status" });
    element.append(this.controls(), this.picture, this.note);
    this.show(busiest(dated, all));
    new ResizeObserver(() => this.show(this.days)).observe(element);
  }

  controls() {
    const button = (text, days) => html("button", { type: "button", click: () => this.show(days()) }, text);
    return html("div", { class: "controls", role: "group", "aria-label": "Days shown" },
      button("Earlier", () => pan(this.days, -0.5, this.all)), button("Later", () => pan(this.days, 0.5, this.all)),
      button("Closer", () => zoom(this.days, 0.5, this.all)), button("Wider", () => zoom(this.days, 2, this.all)),
      button("All days", () => this.all),
      html("label", {}, "From ", this.from), html("label", {}, "to ", this.to));
  }

  /** Draws these days; nothing happens while the element has no width. */
  show(days) {
    const width = Math.floor(this.picture.clientWidth);
    if (width === 0 || (width === this.width && days === this.days && this.drawn)) return;
    [this.width, this.days, this.drawn] = [width, days, true];
    const inView = shown(this.dated, days);
    const { axis, picture, crowded } = draw(inView, days, width);
    const focused = this.picture.querySelector("a:focus")?.getAttribute("href");
    this.picture.replaceChildren(axis, picture);
    if (focused) [...this.picture.querySelectorAll("a")].find((a) => a.getAttribute("href") === focused)?.focus();
    this.from.value = iso(days.first);
    this.to.value = iso(days.last);
    this.note.textContent = outside(this.dated.length - inView.length) + (crowded ? "Too many to draw each one: the columns count them. Look closer to see each." : legend(inView));
  }

  typed() {
    const [from, to] = [daysOf(this.from.value), daysOf(this.to.value)];
    if (from && to && from.first <= to.last) this.show({ first: from.first, last: to.last });
  }

  /** @param {KeyboardEvent} event */
  pressed(event) {
    const moves = {
      ArrowLeft: () => pan(this.days, -0.25, this.all),
      ArrowRight: () => pan(this.days, 0.25, this.all),
      "+": () => zoom(this.days, 0.5, this.all),
      "-": () => zoom(this.days, 2, this.all),
    };
    if (event.ctrlKey || event.altKey || event.metaKey || !Object.hasOwn(moves, event.key)) return;
    event.preventDefault();
    this.show(moves[event.key]());
  }
}

function outside(count) {
  if (count === 0) return "";
  return `${count} ${count === 1 ? "item lies" : "items lie"} outside the days shown. `;
}

function legend(items) {
  const about = items.some((i) => i.approximate) ? " Hatched bars with faded ends: the day is not known exactly." : "";
  const open = items.some((i) => i.first === null || i.last === null) ? " Bars that fade out at one end: that end is open." : "";
  return `Each bar is as long as the days it may have taken.${about}${open}`;
}

function undated(items) {
  const entry = (item) => html("li", {}, html("a", { href: sameSite(item.href), dir: "auto" }, item.title), " ", badge(item.standing));
  return html("details", { class: "undated", open: items.length <= 8 },
    html("summary", {}, `Without a day: ${items.length}`), html("ul", {}, ...items.map(entry)));
}
