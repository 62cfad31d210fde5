import assert from "node:assert/strict";
import { test } from "node:test";
import { dayNumber, iso } from "../src/day.js";
import { counts, lanes } from "../src/timeline/lanes.js";
import { busiest, extent, pan, scale, ticks, zoom } from "../src/timeline/scale.js";

const march = { first: dayNumber(2031, 3, 1), last: dayNumber(2031, 3, 31) };

test("nothing known has no extent, open ends add none", () => {
  assert.equal(extent([]), null);
  assert.equal(extent([{ first: null, last: null }]), null);
  assert.deepEqual(extent([{ first: 5, last: null }]), { first: 4, last: 6 });
});

test("a day is a stretch that ends where the next one starts", () => {
  const { start, end } = scale(march, 310);
  assert.equal(start(march.first), 0);
  assert.equal(end(march.last), 310);
  assert.equal(end(march.first + 4), start(march.first + 5));
});

test("zoom and pan stay within all days", () => {
  assert.deepEqual(zoom(march, 4, march), march);
  const closer = zoom(march, 0.5, march);
  assert.equal(closer.last - closer.first + 1, 16);
  assert.equal(zoom(closer, 0.001, march).last - zoom(closer, 0.001, march).first + 1, 3);
  assert.equal(pan(closer, -9, march).first, march.first);
  assert.equal(pan(closer, 9, march).last, march.last);
  const far = pan(closer, 0.01, march);
  assert.equal(far.first, closer.first + 1);
});

test("marks stand on first days of weeks, months and years, apart from each other", () => {
  const years = { first: dayNumber(1994, 5, 12), last: dayNumber(2031, 3, 9) };
  for (const days of [march, years, { first: march.first, last: march.first + 400 }, { first: 0, last: 300000 }]) {
    for (const width of [300, 900]) {
      const { start, perDay } = scale(days, width);
      const found = ticks(days, perDay);
      assert.ok(found.length > 0 && found.length < 13, `${found.length}`);
      found.slice(1).forEach((tick, n) => assert.ok(start(tick.day) - start(found[n].day) > 78));
    }
  }
  assert.deepEqual(ticks(march, 13, 84).map((tick) => iso(tick.day)).slice(0, 2), ["2031-03-03", "2031-03-10"]);
});

test("bars share a row only where they do not touch", () => {
  const placed = lanes([{ left: 0, right: 50 }, { left: 20, right: 30 }, { left: 60, right: 70 }, { left: 31, right: 90 }]);
  assert.deepEqual(placed.map((p) => p.lane), [0, 1, 0, 2]);
});

test("each stretch counts what touches it", () => {
  const found = counts([{ first: 0, last: 0 }, { first: 1, last: 5 }, { first: 9, last: 30 }, { first: 40, last: 41 }], { first: 0, last: 9 }, 2);
  assert.deepEqual(found.map((f) => f.count), [2, 1, 1, 0, 1]);
  assert.deepEqual([found[4].first, found[4].last], [8, 9]);
});

test("what lies far off does not squeeze the rest", () => {
  const many = Array.from({ length: 40 }, (_, n) => ({ first: 1000 + n, last: 1000 + n }));
  const far = [{ first: -6000, last: -5990 }, ...many];
  const all = extent(far);
  const found = busiest(far, all);
  assert.ok(found.first > 990 && found.last < 1042, JSON.stringify(found));
  assert.deepEqual(busiest(many, extent(many)), extent(many));
});
