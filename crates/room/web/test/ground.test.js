import assert from "node:assert/strict";
import { test } from "node:test";
import { mark } from "../src/map/ground_mark.js";

test("a line that nobody agreed to is not drawn as the line", () => {
  assert.equal(mark({ kind: "version", is_the_line: false, state: "demarcated" }), "proposed");
  assert.equal(mark({ kind: "version", is_the_line: true }), "line");
  assert.deepEqual(["first", "second"].map((which) => mark({ kind: "proposal", which })), ["line", "proposed"]);
});

test("a planned post is not drawn as one that stands", () => {
  assert.deepEqual(["planned", "in place", "lacks consent"].map((state) => mark({ kind: "post", state })), ["planned", "post", "waiting"]);
});

test("stretches and incidents by whether anybody could see", () => {
  assert.deepEqual(["observed", "partly", "not", "unknown"].map((state) => mark({ kind: "stretch", state })), ["observed", "partly", "not", "unknown"]);
  assert.deepEqual(["seen", "unseen"].map((state) => mark({ kind: "incident", state })), ["seen", "unseen"]);
  assert.deepEqual([true, false].map((changes) => mark({ kind: "settlement", changes })), ["unseen", "seen"]);
});
