import assert from "node:assert/strict";
import { test } from "node:test";
import { counted, filled, meant, newId } from "../src/field/report.js";

test("what no answer of the room is, takes nothing: the report waits", () => {
  for (const [status, body] of [[200, null], [201, {}], [0, null], [500, { error: { message: "broken" } }], [503, null], [404, null], [408, {}], [429, {}]]) {
    assert.equal(meant(status, body).state, "waits", `${status}`);
  }
});

test("an answer says what became of the report", () => {
  assert.deepEqual(meant(201, { id: "ab", entry: 7, is_new: true }), { state: "taken", entry: 7, href: "/field-reports/ab" });
  assert.equal(meant(200, { id: "ab", entry: 7, is_new: false }).state, "taken");
  assert.equal(meant(403, { error: { message: "no" } }).state, "barred");
  const wrong = [{ field: "at", problem: "is no time" }];
  assert.deepEqual(meant(422, { error: { message: "at: is no time", fields: wrong } }), { state: "refused", why: "at: is no time", wrong });
});

test("only what is filled in is sent, and nothing of the form's own", () => {
  assert.deepEqual(filled([["number", " P3-61 "], ["until", " "], ["csrf", "x"], ["instanceid", "y"], ["attachment", {}]]), { number: "P3-61" });
});

test("ids have 32 digits and differ", () => {
  let n = 0;
  const random = (bytes) => bytes.map(() => n++ % 256);
  assert.match(newId(random), /^[0-9a-f]{32}$/);
  assert.notEqual(newId(random), newId(random));
});

test("what is on the device is counted in words", () => {
  assert.equal(counted([]), "No report is kept on this device.");
  assert.equal(counted([{ state: "waits" }, { state: "taken" }, { state: "taken" }]), "On this device: 1 waits to be sent, 2 were taken, 0 were refused.");
});
