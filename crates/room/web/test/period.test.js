import assert from "node:assert/strict";
import { test } from "node:test";
import { inWords, period } from "../src/period.js";

const words = (from, to, about) => inWords(period(from, to), about);

test("no day stays undated", () => {
  assert.equal(words(null, undefined), "undated");
  assert.equal(words("some day", ""), "undated");
});

test("open ends stay open", () => {
  assert.equal(words("2031-03-02", null), "from 2 March 2031");
  assert.equal(words("..", "2031-03", true), "about until 31 March 2031");
});

test("as short as it can be told", () => {
  assert.equal(words("2031-03-02", "2031-03-02"), "2 March 2031");
  assert.equal(words("2031-03-02", "2031-03-05", true), "about 2–5 March 2031");
  assert.equal(words("2031-02-28", "2031-03-01"), "28 February – 1 March 2031");
  assert.equal(words("2030-12-31", "2031-01-01"), "31 December 2030 – 1 January 2031");
});
