/** The map of a page: base, the packs' lines and zones, incidents. The list beside it says the same. */
import * as L from "leaflet/dist/leaflet-src.esm.js";
import { fetched, html } from "../dom.js";
import { addBase } from "./base.js";
import { addLines } from "./lines.js";
import { addMarks } from "./marks.js";
import { box, places } from "./places.js";

const DISCLAIMER = "Borders and names of countries are those of Natural Earth (1:50m, public domain), which draws who holds the ground; lines and zones are those of the packs, by the source named with each. They are coarse, and to show them says nothing about anybody's rights.";
const CLOSEST = 13;
const CLOSEST_AT_FIRST = 9;

/** @param {HTMLElement} element with `data-src` (incidents and lines), `data-base`, and `data-tiles` (TileJSON) where the operator has some */
export async function enhance(element) {
  const { src = "", base: ground = "/static/base.json", tiles } = element.dataset;
  const [found, base, own] = await Promise.all([fetched(src), fetched(ground), tiles ? fetched(tiles) : null]);
  const canvas = html("div", { class: "map-canvas", role: "region", "aria-label": "Map of the incidents listed on this page" });
  element.replaceChildren(canvas);
  const map = drawn(canvas);
  const all = places(found);
  map.setView([0, 0], 1);
  addBase(map, base);
  if (own) addTiles(map, own);
  const { legend, bounds } = addLines(map, found.lines);
  const around = box(all.map(({ at }) => at));
  map.fitBounds(around ?? (bounds.isValid() ? bounds : [[-55, -170], [75, 180]]), { padding: [36, 36], maxZoom: CLOSEST_AT_FIRST, animate: false });
  addMarks(map, all);
  const source = own && html("p", { class: "legend", dir: "auto" }, `Background: ${[own.name, own.attribution].filter(Boolean).join(", ")}; chosen by whoever runs this room.`);
  element.append(...[counted(found, all), source, html("p", { class: "legend" }, DISCLAIMER), legend].filter((part) => part !== null));
}

/** The operator's own background, over the land and under lines and names. @param {L.Map} map @param {any} about TileJSON */
function addTiles(map, { tiles: [address], minzoom, maxzoom, bounds }) {
  map.createPane("own").style.zIndex = "200";
  const within = bounds ? { bounds: [[bounds[1], bounds[0]], [bounds[3], bounds[2]]] } : {};
  L.tileLayer(address, { pane: "own", maxZoom: CLOSEST, minNativeZoom: minzoom, maxNativeZoom: maxzoom, ...within }).addTo(map);
}

/** A map without anything on it. @param {HTMLElement} canvas @returns {L.Map} */
export function drawn(canvas) {
  const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
  const map = L.map(canvas, {
    minZoom: 1, maxZoom: CLOSEST, zoomAnimation: !still, fadeAnimation: !still, markerZoomAnimation: !still, inertia: !still,
    scrollWheelZoom: false, worldCopyJump: true, attributionControl: false,
  });
  L.control.scale({ imperial: false }).addTo(map);
  map.on("focus click", () => map.scrollWheelZoom.enable());
  map.on("blur", () => map.scrollWheelZoom.disable());
  new ResizeObserver(() => map.invalidateSize()).observe(canvas);
  return map;
}

/** How many incidents are on the map and how many are not, so that nothing seems to be gone. */
function counted(found, all) {
  const placed = all.reduce((sum, { incidents }) => sum + incidents.length, 0);
  const unplaced = (found.features ?? []).length - placed;
  const left = found.left_out > 0 ? ` ${found.left_out} older ones are in the list only.` : "";
  const without = unplaced > 0 ? ` ${unplaced} without a place ${unplaced === 1 ? "is" : "are"} in the list only.` : "";
  return html("p", { class: "legend", role: "status" }, `${placed} ${placed === 1 ? "incident" : "incidents"} on the map.${without}${left} Circles show how exactly a place is known.`);
}
