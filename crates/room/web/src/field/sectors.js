/** Field reports on the map: the sector in which a thing was, and where the observers stood. The list says the same. */
import * as L from "leaflet/dist/leaflet-src.esm.js";
import { fetched, html, sameSite } from "../dom.js";
import { addBase } from "../map/base.js";
import { colours, onColourChange } from "../map/colours.js";
import { drawn } from "../map/map.js";

const CLOSEST_AT_FIRST = 11;
const LEGEND = "Each area is where a thing was, as far as its observers can tell: between two directions and two distances, widened by the doubt of their own position. Points are where observers stood.";

/** @param {HTMLElement} element with `data-src` (GeoJSON of reports) and `data-base` */
export async function enhance(element) {
  const [found, base] = await Promise.all([fetched(element.dataset.src ?? ""), fetched(element.dataset.base ?? "/static/base.json")]);
  if (found.features.length === 0) return;
  const canvas = html("div", { class: "map-canvas", role: "region", "aria-label": "Map of the field reports listed on this page" });
  element.replaceChildren(canvas, html("p", { class: "legend" }, LEGEND));
  const map = drawn(canvas);
  map.setView([0, 0], 1);
  addBase(map, base);
  const areas = L.geoJSON(found, { style, pointToLayer: (_, at) => stood(at), onEachFeature: named }).addTo(map);
  const points = found.features.filter(({ properties }) => properties.shape === "sector" && properties.at);
  const bounds = areas.getBounds();
  for (const { properties } of points) {
    const at = [properties.at[1], properties.at[0]];
    named({ properties }, stood(at).addTo(map));
    bounds.extend(at);
  }
  map.fitBounds(bounds, { padding: [36, 36], maxZoom: CLOSEST_AT_FIRST, animate: false });
  onColourChange(() => areas.setStyle(style()));
}

function style() {
  return { color: colours().accent, weight: 2, fillColor: colours().accent, fillOpacity: 0.18, dashArray: "6 3" };
}

function stood(at) {
  return L.circleMarker(at, { radius: 6, color: colours().line, weight: 2, fillOpacity: 0.6 });
}

function named({ properties }, layer) {
  const href = sameSite(properties.href);
  const name = `${properties.number}, ${properties.observer}`;
  layer.bindPopup(() => html("div", {}, href ? html("a", { href }, name) : name, html("p", {}, properties.told)));
}
