import assert from "node:assert/strict";
import { test } from "node:test";
import { box, clusters, places } from "../src/map/places.js";
import { countries, covers, placeNames } from "../src/map/names.js";
import { letter } from "../src/map/letters.js";

const incident = (id, lon, lat, precision_km = 0) => ({ type: "Feature", geometry: { type: "Point", coordinates: [lon, lat] }, properties: { id, precision_km } });
const drawn = (features, zoom) => clusters(places({ features }), 14).within([-180, -85, 180, 85], zoom);

test("what has no point is on no map", () => {
  assert.deepEqual(places({}), []);
  assert.deepEqual(places({ features: [{ geometry: null, properties: {} }] }), []);
  assert.equal(box([]), null);
});

test("one point is one place, however many incidents it has and however close one looks", () => {
  const found = drawn([incident("a", 40, 50), incident("b", 40, 50), incident("c", 40, 50, 25)], 14);
  assert.deepEqual(found.map((f) => f.place.incidents.map((i) => i.id)), [["a", "b"], ["c"]]);
});

test("knots count incidents and not places, and come apart at the zoom that they name", () => {
  const features = [incident("a", 40, 50), incident("b", 40, 50), incident("c", 40.02, 50), incident("d", -125, -45)];
  const far = drawn(features, 3);
  const knot = far.find((f) => f.incidents);
  assert.equal(knot.incidents, 3);
  assert.equal(far.length, 2);
  assert.equal(drawn(features, knot.zoom()).filter((f) => f.place).length, 3);
});

test("the box holds all points", () => assert.deepEqual(box([[40, 50], [-125, -45], [44, 39]]), [[-45, -125], [50, 44]]));

test("letters go on after Z", () => assert.deepEqual([0, 25, 26, 701, 702].map(letter), ["A", "Z", "AA", "ZZ", "AAA"]));

const square = (name, west, south, size) => {
  const ring = [[west, south], [west + size, south], [west + size, south + size], [west, south + size], [west, south]];
  return { geometry: { type: "Polygon", coordinates: [ring] }, properties: { name, at: [west + size / 2, south + size / 2], width: size } };
};
const named = (view, fits = () => true) => placeNames(countries([square("Vesk", 0, 0, 10), square("Orlava", 10, 0, 10)]), view, fits);

test("no name where there is no land of it, or no room", () => {
  assert.deepEqual(named([30, 30, 40, 40]), []);
  assert.deepEqual(named([-5, -5, 25, 15], () => false), []);
});

test("a country's name stands at its own point, or amid what is seen of it", () => {
  assert.deepEqual(named([-5, -5, 25, 15]).map((n) => n.at), [[5, 5], [15, 5]]);
  const close = named([8, 1, 12, 3]);
  assert.deepEqual(close.map((n) => n.name), ["Vesk", "Orlava"]);
  assert.ok(close[0].at[0] > 8 && close[0].at[0] < 10 && close[1].at[0] > 10);
});

test("a hole belongs to somebody else", () => {
  const [[outer]] = [square("Vesk", 0, 0, 10), square("x", 4, 4, 2)].map((s) => s.geometry.coordinates);
  const holed = [[outer, square("x", 4, 4, 2).geometry.coordinates[0]]];
  assert.equal(covers(holed, [5, 5]), false);
  assert.equal(covers(holed, [2, 5]), true);
  assert.equal(covers(holed, [12, 5]), false);
});
