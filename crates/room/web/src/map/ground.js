/** A mission's ground on the map: stretches of a line, posts, plans, lines of a border. Lists and tables say the same. */
import * as L from "leaflet/dist/leaflet-src.esm.js";
import { fetched, html, sameSite } from "../dom.js";
import { addBase } from "./base.js";
import { mark } from "./ground_mark.js";
import { drawn } from "./map.js";

const CLOSEST_AT_FIRST = 11;
/** What is told under each map: the class of a mark, and what it means. */
const LEGENDS = {
  posts: [["observed", "observed all day"], ["partly", "partly"], ["not", "not observed"], ["post", "post in place, with how far it sees"], ["waiting", "post not in place"], ["unseen", "incident where nobody could see"]],
  plans: [["unknown", "the line"], ["planned", "planned post"], ["post", "post in place"]],
  border: [["line", "the agreed line"], ["proposed", "proposed"], ["pillar", "pillar"]],
  compare: [["line", "first line"], ["proposed", "second line"], ["area", "land that would change hands"]],
};

/** @param {HTMLElement} element with `data-src` (GeoJSON), `data-base`, `data-legend` and `data-label` */
export async function enhance(element) {
  const [found, base] = await Promise.all([fetched(element.dataset.src ?? ""), fetched(element.dataset.base ?? "/static/base.json")]);
  if (found.features.length === 0) return;
  const canvas = html("div", { class: "map-canvas", role: "region", "aria-label": element.dataset.label ?? "Map" });
  element.replaceChildren(canvas, legend(LEGENDS[element.dataset.legend] ?? []));
  const map = drawn(canvas);
  map.setView([0, 0], 1);
  addBase(map, base);
  const all = L.geoJSON(found, { style, pointToLayer, onEachFeature: named }).addTo(map);
  map.fitBounds(all.getBounds(), { padding: [36, 36], maxZoom: CLOSEST_AT_FIRST, animate: false });
  for (const { properties, geometry } of found.features) reach(map, properties, geometry);
}

function style({ properties }) {
  return { className: `ground ground-${mark(properties)}` };
}

function pointToLayer({ properties }, at) {
  const radius = ["post", "waiting", "planned", "pillar"].includes(mark(properties)) ? 6 : 4;
  return L.circleMarker(at, { radius, className: `ground ground-${mark(properties)}` });
}

/** How far a post sees. */
function reach(map, { reach_km: km }, { type, coordinates }) {
  if (type !== "Point" || !(km > 0)) return;
  L.circle([coordinates[1], coordinates[0]], { radius: km * 1000, interactive: false, className: "ground ground-reach" }).addTo(map);
}

function named({ properties }, layer) {
  const name = properties.title ?? properties.name ?? (properties.kind === "area" ? `${properties.km2.toFixed(1)} km²` : "");
  const told = properties.told ?? words(properties);
  const href = sameSite(properties.href);
  layer.bindPopup(() => html("div", {}, href ? html("a", { href }, name) : html("b", {}, name), html("p", {}, told)));
}

/** What is told of a line of a border, a pillar, an area. @param {any} properties */
function words({ kind, version, pillar, by, map, state, from, to }) {
  if (kind === "area") return `from ${from} to ${to}`;
  if (kind === "pillar") return `pillar ${pillar}`;
  if (kind === "version") return `version ${version}, ${by}, ${map}; ${state}`;
  return map ?? "";
}

function legend(entries) {
  const entry = ([name, told]) => html("li", {}, html("i", { class: `mark mark-${name}`, "aria-hidden": "true" }), " ", told);
  return html("ul", { class: "legend ground-legend" }, ...entries.map(entry));
}
