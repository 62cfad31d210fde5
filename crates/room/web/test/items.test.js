import assert from "node:assert/strict";
import { test } from "node:test";
import { dropEmpty } from "../src/filter.js";
import { items, shown } from "../src/timeline/items.js";

const listed = (id, from, to = from) => ({ id, title: id, href: "/", from, to, approximate: false, standing: null, type: null, place: null });

test("what names no day is not dropped but stands apart", () => {
  const found = items({ items: [listed("a", null), listed("b", "some day")], undated: [listed("c", null)] });
  assert.deepEqual(found.dated, []);
  assert.deepEqual(found.undated.map((i) => i.id), ["a", "b", "c"]);
  assert.deepEqual(items({}), { dated: [], undated: [] });
});

test("by first day, the longer before the shorter, and the same on every run", () => {
  const given = [listed("d", "2031-03-02"), listed("b", "2031-03-02", "2031-03-05"), listed("c", "2031-03-02"), listed("e", null, "2031-03-09"), listed("f", "2031-03-02", null)];
  assert.deepEqual(items({ items: given }).dated.map((i) => i.id), ["e", "f", "b", "c", "d"]);
  assert.deepEqual(items({ items: [...given].reverse() }).dated.map((i) => i.id), ["e", "f", "b", "c", "d"]);
});

test("shown is what touches the days, open ends included", () => {
  const { dated } = items({ items: [listed("a", "2031-03-01"), listed("b", "2031-03-01", null), listed("c", null, "2031-03-04"), listed("d", "2031-03-09")] });
  const first = dated.find((i) => i.id === "d").first;
  assert.deepEqual(shown(dated, { first: first - 5, last: first - 1 }).map((i) => i.id), ["c", "b"]);
});

test("empty fields go, filled ones keep their order", () => {
  const data = new FormData();
  for (const [name, value] of [["from", ""], ["party", "vesk"], ["party", " "], ["party", "orlava"], ["words", "  "]]) data.append(name, value);
  dropEmpty(data);
  assert.deepEqual([...data], [["party", "vesk"], ["party", "orlava"]]);
});
