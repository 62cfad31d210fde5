import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";

const TEXT = 4.5;
const SIGN = 3;
const GROUNDS = ["ground", "raised"];
const WORDS = ["ink", "muted", "link", "visited", "danger", "verified", "corroborated", "uncontested", "one-sided", "contested", "mutual"];
const PAIRS = [
  ...GROUNDS.flatMap((ground) => WORDS.map((word) => [word, ground, TEXT])),
  ...GROUNDS.flatMap((ground) => ["focus", "edge", "mark-edge", "notice-edge"].map((sign) => [sign, ground, SIGN])),
  ...["notice", "mark", "mark-current", "selected"].flatMap((ground) => [["ink", ground, TEXT], ["link", ground, TEXT]]),
  ["on-button", "button", TEXT],
  ["on-button", "map-accent", TEXT],
  ["ground", "map-line", TEXT],
  ["muted", "map-land", TEXT],
  ["muted", "map-sea", TEXT],
  ...["map-line", "map-accent", "focus"].flatMap((sign) => [[sign, "map-land", SIGN], [sign, "map-sea", SIGN]]),
];

/** Relative luminance, WCAG 2.2. */
function luminance(colour) {
  const parts = [1, 3, 5].map((at) => parseInt(colour.slice(at, at + 2), 16) / 255);
  const [r, g, b] = parts.map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4));
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

function ratio(one, other) {
  const [high, low] = [luminance(one), luminance(other)].sort((a, b) => b - a);
  return (high + 0.05) / (low + 0.05);
}

function schemes() {
  const css = readFileSync(new URL("../css/tokens.css", import.meta.url), "utf8");
  const read = (part) => Object.fromEntries([...part.matchAll(/--([\w-]+): (#[0-9a-f]{6});/g)].map(([, name, colour]) => [name, colour]));
  const [light, dark] = css.split("@media screen and (prefers-color-scheme: dark)").map(read);
  return { light, dark: { ...light, ...dark } };
}

test("black on white is 21 to 1, and white on white 1", () => {
  assert.equal(ratio("#000000", "#ffffff"), 21);
  assert.equal(ratio("#ffffff", "#ffffff"), 1);
});

for (const [name, colours] of Object.entries(schemes())) {
  test(`${name}: words 4.5 to 1, signs 3 to 1`, () => {
    const ratios = PAIRS.map(([one, other, least]) => ({ one, other, least, found: ratio(colours[one], colours[other]) }));
    const bad = ratios.filter(({ found, least }) => !(found >= least));
    assert.deepEqual(bad, []);
    const lowest = ratios.filter(({ least }) => least === TEXT).reduce((a, b) => (b.found < a.found ? b : a));
    console.log(`${name}: ${ratios.length} pairs, lowest of words ${lowest.found.toFixed(2)} (${lowest.one} on ${lowest.other})`);
  });
}
