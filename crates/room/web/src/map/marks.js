/** Incidents on the map: single places with the sign of their standing, knots with their number, doubt as an area. */
import * as L from "leaflet/dist/leaflet-src.esm.js";
import { html } from "../dom.js";
import { sign, standingClass } from "../standing.js";
import { clusters } from "./places.js";
import { popup } from "./popup.js";

const SIZE = 28;

/** @param {L.Map} map @param {import("./places.js").Place[]} all */
export function addMarks(map, all) {
  const index = clusters(all, map.getMaxZoom());
  /** @type {Map<unknown, L.LayerGroup>} */
  const drawn = new Map();
  const redraw = () => {
    const view = map.getBounds().pad(0.25);
    const found = new Map(index.within([view.getWest(), view.getSouth(), view.getEast(), view.getNorth()], map.getZoom()).map((f) => [keyOf(f), f]));
    for (const [key, layer] of drawn) if (!found.has(key)) gone(drawn, key, layer);
    for (const [key, mark] of found) if (!drawn.has(key)) drawn.set(key, (mark.place ? single(mark.place) : knot(map, mark)).addTo(map));
  };
  map.on("moveend", redraw);
  map.on("popupopen", ({ popup: opened }) => opened.getElement()?.querySelector("a[href]")?.focus({ preventScroll: true }));
  map.getContainer().addEventListener("keydown", (event) => event.key === "Escape" && map.closePopup());
  redraw();
}

/** What stays in view is not drawn anew, so that it keeps the focus and its open popup. */
function keyOf({ place, at, incidents }) {
  return place ?? `${at} ${incidents}`;
}

function gone(drawn, key, layer) {
  drawn.delete(key);
  layer.remove();
}

function single(place) {
  const { incidents, at, radius } = place;
  const point = [at[1], at[0]];
  const [first] = incidents;
  const alike = incidents.every(({ standing }) => standing === first.standing);
  const standing = alike ? first.standing : null;
  const several = incidents.length > 1;
  const name = several ? `${incidents.length} incidents at one place, the first: ${first.title}` : first.title;
  const content = html("span", {}, alike ? sign(standing) : null, several ? html("b", {}, incidents.length) : null);
  const mark = marker(point, content, `map-mark ${standingClass(standing)}${several ? " several" : ""}`, name);
  mark.on("popupclose", () => mark.getElement()?.focus({ preventScroll: true }));
  mark.bindPopup(() => popup(place), { maxHeight: 260, minWidth: 200, maxWidth: 300, autoPanPadding: [24, 24] });
  const area = radius > 0 ? [L.circle(point, { radius, interactive: false, className: "precision" })] : [];
  return L.layerGroup([...area, mark]);
}

function knot(map, { at, incidents, zoom }) {
  const point = [at[1], at[0]];
  const mark = marker(point, html("b", {}, incidents), "map-knot", `${incidents} incidents near each other; come closer`);
  mark.on("click", () => map.setView(point, Math.min(map.getMaxZoom(), Math.max(zoom(), map.getZoom() + 1))));
  return L.layerGroup([mark]);
}

/** A marker that the keyboard reaches and a screen reader names. */
function marker(point, content, className, name) {
  const size = className.startsWith("map-knot") ? SIZE + 8 : SIZE;
  const mark = L.marker(point, { icon: L.divIcon({ className, html: content, iconSize: [size, size] }), title: name });
  return mark.on("add", () => mark.getElement()?.setAttribute("aria-label", name));
}
