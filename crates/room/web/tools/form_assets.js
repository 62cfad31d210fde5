/** What the form for reports from the field loads, so that its worker can keep it at hand. */
import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { basename } from "node:path";

/** Scripts that the form's page brings up beside what every page does. */
const PARTS = ["src/field/field.js", "src/keyboard.js"];

/**
 * @param {import("esbuild").Metafile} metafile of the scripts @param {string} dist folder that holds what was built
 * @returns {Promise<{assets: string[], version: string}>} addresses, and a hash of what lies there
 */
export async function formAssets({ outputs }, dist) {
  const begun = Object.keys(outputs).filter((path) => basename(path) === "room.js" || PARTS.some((part) => outputs[path].entryPoint?.endsWith(part)));
  const names = [...reached(outputs, begun)].map((path) => basename(path));
  const files = [...names.sort(), "icon.svg", "room.css"];
  const hash = createHash("sha256");
  for (const file of files) hash.update(file).update(await readFile(dist + file));
  return { assets: files.map((file) => `/static/${file}`), version: hash.digest("hex").slice(0, 16) };
}

/** These outputs and what they import at once. */
function reached(outputs, begun) {
  const seen = new Set(begun);
  for (const path of seen) {
    for (const { path: next, kind } of outputs[path].imports) if (kind === "import-statement" && outputs[next]) seen.add(next);
  }
  return seen;
}
