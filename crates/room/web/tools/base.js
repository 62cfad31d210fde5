/**
 * The base map: the countries of Natural Earth 1:50m (npm world-atlas) as TopoJSON, with a point for each name, and
 * each stretch of border with the two whose it is.
 */
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import polylabel from "polylabel";
import { feature } from "topojson-client";

/** Natural Earth shortens some names for print. */
const IN_FULL = JSON.parse(await readFile(new URL("names.json", import.meta.url), "utf8"));
const SMALLEST = 0.02;

/** @returns {Promise<object>} a topology with the objects `countries` and `borders` */
export async function baseMap() {
  const path = createRequire(import.meta.url).resolve("world-atlas/countries-50m.json");
  const atlas = JSON.parse(await readFile(path, "utf8"));
  const countries = atlas.objects.countries;
  const borders = { type: "GeometryCollection", geometries: sharedArcs(countries.geometries) };
  for (const country of countries.geometries) {
    country.properties = { name: fullName(country), ...labelPoint(feature(atlas, country)) };
    delete country.id;
  }
  return { ...atlas, objects: { countries, borders } };
}

function fullName(country) {
  const name = country.properties.name;
  return IN_FULL[name] ?? name;
}

/** Stretches that exactly two countries share, by pair. */
function sharedArcs(geometries) {
  const owners = new Map();
  for (const country of geometries) {
    for (const arc of country.arcs.flat(Infinity).map((a) => (a < 0 ? ~a : a))) {
      owners.set(arc, new Set(owners.get(arc)).add(fullName(country)));
    }
  }
  const pairs = new Map();
  for (const [arc, names] of owners) {
    const between = [...names].sort();
    const key = between.join("\n");
    if (between.length === 2) pairs.set(key, { between, arcs: [...(pairs.get(key)?.arcs ?? []), [arc]] });
  }
  return [...pairs.values()].map(({ between, arcs }) => ({ type: "MultiLineString", arcs, properties: { between } }));
}

/** Where a country's name goes: the point of its largest part that is furthest from the edge, and how wide that part is. */
function labelPoint(country) {
  const { type, coordinates } = country.geometry;
  const parts = type === "Polygon" ? [coordinates] : coordinates;
  const widths = parts.map(([ring]) => extent(ring));
  const largest = widths.indexOf(Math.max(...widths));
  if (widths[largest] < SMALLEST) return { at: middle(parts[largest][0]), width: round(widths[largest]) };
  const at = polylabel(parts[largest], 0.05);
  return { at: [round(at[0]), round(at[1])], width: round(widths[largest]) };
}

function extent(ring) {
  const [x, y] = [0, 1].map((axis) => ring.map((point) => point[axis]));
  return Math.sqrt((Math.max(...x) - Math.min(...x)) * (Math.max(...y) - Math.min(...y)));
}

function middle(ring) {
  return [0, 1].map((axis) => round(ring.reduce((sum, point) => sum + point[axis], 0) / ring.length));
}

function round(number) {
  return Math.round(number * 1000) / 1000;
}
