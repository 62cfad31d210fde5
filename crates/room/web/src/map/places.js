/** Incidents by place, and places by nearness. Pure. */
import Supercluster from "supercluster";

/**
 * @typedef {{id: string, title: string, type: string, standing: string, date_from: string | null, date_to: string | null,
 *   precision_km: number | null, href: string, parties: string[]}} Incident  properties, as /map.json has them
 * @typedef {{at: [number, number], radius: number, incidents: Incident[]}} Place  longitude and latitude; metres
 */

const RADIUS = 50;
const TILE = 256;

/**
 * Incidents of exactly the same point and precision are one place: no zoom would ever part them.
 * @param {{features?: any[]}} collection GeoJSON @returns {Place[]} in the order in which each place is first named
 */
export function places(collection) {
  const found = new Map();
  for (const { geometry, properties } of collection.features ?? []) {
    if (geometry?.type !== "Point") continue;
    const radius = 1000 * (properties.precision_km ?? 0);
    const key = [...geometry.coordinates, radius].join(" ");
    const place = found.get(key) ?? { at: geometry.coordinates.slice(0, 2), radius, incidents: [] };
    place.incidents.push(properties);
    found.set(key, place);
  }
  return [...found.values()];
}

/**
 * @param {Place[]} all @param {number} deepest zoom of the map @returns {{
 *   within: (box: [number, number, number, number], zoom: number) => ({place: Place} | {at: number[], incidents: number, zoom: () => number})[]
 * }} what to draw in a part of the map: single places, and knots of several with their number of incidents
 */
export function clusters(all, deepest) {
  const index = new Supercluster({
    radius: RADIUS,
    extent: TILE,
    maxZoom: deepest - 1,
    map: ({ place }) => ({ incidents: all[place].incidents.length }),
    reduce: (sum, part) => void (sum.incidents += part.incidents),
  });
  index.load(all.map(({ at }, place) => ({ type: "Feature", geometry: { type: "Point", coordinates: at }, properties: { place } })));
  return {
    within: (box, zoom) => index.getClusters(box, Math.round(zoom)).map(({ geometry, properties, id }) => properties.cluster
      ? { at: geometry.coordinates, incidents: properties.incidents, zoom: () => index.getClusterExpansionZoom(id) }
      : { place: all[properties.place] }),
  };
}

/**
 * The box round all points.
 * @param {[number, number][]} points longitude and latitude @returns {[[number, number], [number, number]] | null} south-west and north-east as latitude and longitude
 */
export function box(points) {
  if (points.length === 0) return null;
  const [lon, lat] = [0, 1].map((axis) => points.map((point) => point[axis]));
  const least = (values) => values.reduce((a, b) => Math.min(a, b));
  const most = (values) => values.reduce((a, b) => Math.max(a, b));
  return [[least(lat), least(lon)], [most(lat), most(lon)]];
}
