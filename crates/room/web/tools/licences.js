/** The licence texts of the packages whose code or data is in what we serve. */
import { readdir, readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";

const PACKAGES = fileURLToPath(new URL("../node_modules/", import.meta.url));

/**
 * @param {{inputs: Record<string, unknown>}} metafile of the bundle @param {string[]} also further packages
 * @returns {Promise<string>}
 */
export async function licences(metafile, also) {
  const bundled = Object.keys(metafile.inputs).map((path) => /node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(path)?.[1]);
  const names = [...new Set([...bundled.filter((name) => name !== undefined), ...also])].sort();
  const parts = await Promise.all(names.map(licence));
  return ["What stands here is bundled with the pages. Natural Earth's map data is in the public domain.", ...parts].join("\n\n");
}

async function licence(name) {
  const about = JSON.parse(await readFile(`${PACKAGES}${name}/package.json`, "utf8"));
  const file = (await readdir(`${PACKAGES}${name}`)).find((entry) => /^licen[cs]e/i.test(entry));
  if (file === undefined) throw new Error(`${name} has no file with its licence`);
  const text = await readFile(`${PACKAGES}${name}/${file}`, "utf8");
  return `== ${name} ${about.version} (${about.license})\n\n${text.trim()}`;
}
