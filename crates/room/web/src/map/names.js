/** Where the names of countries go, for any part of the map. Pure. */

const ACROSS = 12;
const DOWN = 8;
const LEAST_SAMPLES = 4;

/** @typedef {{name: string, at: [number, number], width: number, extent: number[], parts: number[][][][]}} Country */

/**
 * @param {any[]} features of the base map @returns {Country[]} with the extent of each, west, south, east and north
 */
export function countries(features) {
  return features.map(({ geometry, properties }) => {
    const parts = geometry.type === "Polygon" ? [geometry.coordinates] : geometry.coordinates;
    return { ...properties, parts, extent: extent(parts.flatMap(([ring]) => ring)) };
  });
}

function extent(points) {
  return points.reduce(([w, s, e, n], [x, y]) => [Math.min(w, x), Math.min(s, y), Math.max(e, x), Math.max(n, y)], [Infinity, Infinity, -Infinity, -Infinity]);
}

/**
 * A point for the name of each country in view: its own, or, where that is out of sight, one amid what is in sight.
 * @param {Country[]} all @param {number[]} view west, south, east, north
 * @param {(country: Country) => boolean} fits whether its name has room at its own point
 * @returns {{name: string, at: [number, number]}[]}
 */
export function placeNames(all, view, fits) {
  const grid = samples(view);
  return all.filter((country) => overlap(country.extent, view)).flatMap((country) => {
    if (inside(country.at, view)) return fits(country) ? [{ name: country.name, at: country.at }] : [];
    const hit = grid.filter((point) => inside(point, country.extent) && covers(country.parts, point));
    return hit.length >= LEAST_SAMPLES ? [{ name: country.name, at: middlemost(hit) }] : [];
  });
}

function samples([west, south, east, north]) {
  const at = (n, of, low, high) => low + ((n + 0.5) / of) * (high - low);
  return Array.from({ length: ACROSS * DOWN }, (_, n) => [at(n % ACROSS, ACROSS, west, east), at(Math.floor(n / ACROSS), DOWN, south, north)]);
}

function overlap(a, b) {
  return a[0] <= b[2] && b[0] <= a[2] && a[1] <= b[3] && b[1] <= a[3];
}

function inside([x, y], [west, south, east, north]) {
  return x >= west && x <= east && y >= south && y <= north;
}

/** The point that is nearest to the mean of all. */
function middlemost(points) {
  const mean = [0, 1].map((axis) => points.reduce((sum, point) => sum + point[axis], 0) / points.length);
  const far = ([x, y]) => (x - mean[0]) ** 2 + (y - mean[1]) ** 2;
  return points.reduce((a, b) => (far(b) < far(a) ? b : a));
}

/** @param {number[][][][]} parts polygons with their holes @param {number[]} point @returns {boolean} */
export function covers(parts, point) {
  return parts.some((rings) => rings.filter((ring) => crossedOdd(ring, point)).length % 2 === 1);
}

function crossedOdd(ring, [x, y]) {
  let odd = false;
  for (let n = 0, before = ring.length - 1; n < ring.length; before = n, n += 1) {
    const [[ax, ay], [bx, by]] = [ring[n], ring[before]];
    if (ay > y !== by > y && x < ((bx - ax) * (y - ay)) / (by - ay) + ax) odd = !odd;
  }
  return odd;
}
