import assert from "node:assert/strict";
import { test } from "node:test";
import { codePoints, span } from "../src/document/offsets.js";

test("blanks alone are no selection", () => {
  assert.equal(span(4, ""), null);
  assert.equal(span(4, " \n\t"), null);
});

test("one sign is one, however many units or bytes it takes", () => {
  assert.equal(codePoints("abc"), 3);
  assert.equal(codePoints("🕊 и é"), 5);
  assert.equal(codePoints("e\u0301"), 2);
  assert.equal(codePoints("👩‍👧"), 3);
  assert.equal(codePoints("\ud83d"), 1);
  assert.equal(codePoints("مرحبا"), 5);
});

test("the span leaves out the blanks and counts signs before it", () => {
  assert.deepEqual(span(10, "\n 🕊 flew off "), { start: 12, end: 22, words: "🕊 flew off" });
  assert.deepEqual(span(0, "x"), { start: 0, end: 1, words: "x" });
});
