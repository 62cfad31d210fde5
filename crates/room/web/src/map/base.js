/** Land, borders with the two whose they are, and names: Natural Earth, drawn as vectors. */
import * as L from "leaflet/dist/leaflet-src.esm.js";
import { feature } from "topojson-client";
import { html } from "../dom.js";
import { colours, onColourChange } from "./colours.js";
import { countries as named, placeNames } from "./names.js";

const LETTER = 7;
const LEAST_WIDTH = 46;

/** @param {L.Map} map @param {any} topology as dist/base.json has it */
export function addBase(map, topology) {
  map.createPane("base").style.zIndex = "150";
  const renderer = L.canvas({ pane: "base", padding: 0.4 });
  const countries = feature(topology, topology.objects.countries);
  const land = L.geoJSON(countries, { renderer, pane: "base", interactive: false, style: landStyle }).addTo(map);
  const borders = L.geoJSON(feature(topology, topology.objects.borders), { renderer, pane: "base", style: borderStyle }).addTo(map);
  borders.bindTooltip((layer) => html("span", {}, `Border of ${layer.feature.properties.between.join(" and ")}, as Natural Earth draws it`), { sticky: true });
  onColourChange(() => {
    land.setStyle(landStyle());
    borders.setStyle(borderStyle());
  });
  nameCountries(map, countries.features);
}

function landStyle() {
  return { stroke: false, fill: true, fillColor: colours().land, fillOpacity: 1, smoothFactor: 0.6 };
}

function borderStyle() {
  return { fill: false, color: colours().border, weight: 1, dashArray: "5 3", smoothFactor: 0.6 };
}

/** Names of countries where there is room for them. */
function nameCountries(map, features) {
  map.createPane("names").style.zIndex = "350";
  const names = L.layerGroup().addTo(map);
  const all = named(features);
  const place = () => {
    names.clearLayers();
    const view = map.getBounds().pad(-0.05);
    const perDegree = (256 * 2 ** map.getZoom()) / 360;
    const fits = ({ name, width }) => width * perDegree > Math.max(LEAST_WIDTH, name.length * LETTER * 0.8);
    const box = [view.getWest(), view.getSouth(), view.getEast(), view.getNorth()];
    for (const { name, at } of placeNames(all, box, fits)) names.addLayer(label(name, [at[1], at[0]], "country", "names"));
  };
  map.on("moveend", place);
  place();
}

/**
 * Words on the map.
 * @param {string} text @param {[number, number]} at latitude and longitude @param {string} kind class @param {string} pane
 */
export function label(text, at, kind, pane) {
  const content = html("span", { dir: "auto" }, text);
  const icon = L.divIcon({ className: `map-name ${kind}`, html: content, iconSize: [0, 0] });
  return L.marker(at, { icon, pane, interactive: false, keyboard: false });
}
