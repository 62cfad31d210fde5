/** Lines and zones of the packs: drawn as wide as they are uncertain, named by a letter and in the list under the map. */
import * as L from "leaflet/dist/leaflet-src.esm.js";
import { html } from "../dom.js";
import { label } from "./base.js";
import { letter } from "./letters.js";

const WIDEST = 60;
const METRES_PER_PIXEL = 156543.034;

/**
 * @param {L.Map} map @param {any} collection GeoJSON @returns {{legend: HTMLElement | null, bounds: L.LatLngBounds}}
 */
export function addLines(map, collection) {
  map.createPane("lines").style.zIndex = "300";
  const lines = (collection?.features ?? []).map((feature, n) => line(map, feature, letter(n)));
  const bands = lines.flatMap(({ band }) => (band ? [band] : []));
  const widen = () => bands.forEach((band) => band.path.setStyle({ weight: width(map, band) }));
  map.on("zoomend", widen);
  const bounds = lines.reduce((all, { drawn }) => all.extend(drawn.getBounds()), L.latLngBounds([]));
  return { legend: lines.length > 0 ? legend(lines) : null, bounds };
}

function line(map, feature, mark) {
  const { properties } = feature;
  const zone = /Polygon$/.test(feature.geometry.type);
  const accuracy = properties.accuracy_m ?? 1000 * (properties.accuracy_km ?? 0);
  const band = accuracy > 0 && !zone ? accuracyBand(map, feature, accuracy) : null;
  const drawn = L.geoJSON(feature, { pane: "lines", style: { className: zone ? "pack-zone" : "pack-line" } }).addTo(map);
  const text = `${mark}: ${told(properties, accuracy)}`;
  drawn.bindTooltip(() => html("span", { dir: "auto" }, text), { sticky: true, className: "wide" });
  const middle = drawn.getBounds().getCenter();
  label(mark, zone ? middle : nearest(feature.geometry, middle), "letter", "names").addTo(map);
  return { mark, zone, drawn, band, text: told(properties, accuracy) };
}

function accuracyBand(map, feature, accuracy) {
  const path = L.geoJSON(feature, { pane: "lines", interactive: false, style: { className: "pack-accuracy" } }).addTo(map);
  const band = { path, accuracy, lat: path.getBounds().getCenter().lat };
  path.setStyle({ weight: width(map, band) });
  return band;
}

/** Twice the accuracy in pixels at this zoom, within reason. */
function width(map, { accuracy, lat }) {
  const perPixel = (METRES_PER_PIXEL * Math.cos((lat * Math.PI) / 180)) / 2 ** (map.getZoom() ?? 0);
  return Math.min(WIDEST, (2 * accuracy) / perPixel);
}

function told({ label: name, id, whose, source }, accuracy) {
  const by = whose && whose.length > 0 ? `; of ${[whose].flat().join(", ")}` : "";
  const exact = accuracy > 0 ? `; accurate to ${accuracy >= 1000 ? `${accuracy / 1000} km` : `${accuracy} m`}` : "";
  return `${name ?? id}${by}${exact}${source ? `; source: ${source}` : ""}`;
}

/** The point of a line that is nearest to the middle of its box, so that the letter stands on it. */
function nearest({ type, coordinates }, middle) {
  const points = type === "MultiLineString" ? coordinates.flat() : coordinates;
  const far = ([lon, lat]) => (lon - middle.lng) ** 2 + (lat - middle.lat) ** 2;
  const [lon, lat] = points.reduce((a, b) => (far(b) < far(a) ? b : a));
  return [lat, lon];
}

function legend(lines) {
  const entry = ({ mark, zone, text }) => html("li", {}, html("b", { class: zone ? "zone" : "line" }, mark), " ", html("span", { dir: "auto" }, text));
  return html("details", { class: "map-legend" }, html("summary", {}, `Lines and zones (${lines.length})`), html("ul", {}, ...lines.map(entry)));
}
