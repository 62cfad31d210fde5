/** Makes dist/: room.js, room.css, icon.svg, base.json and the licences of what is bundled. `npm run build`. */
import { copyFile, mkdir, rm, writeFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { baseMap } from "./tools/base.js";
import { licences } from "./tools/licences.js";
import { formAssets } from "./tools/form_assets.js";

const here = (/** @type {string} */ path) => fileURLToPath(new URL(path, import.meta.url));

await rm(here("dist"), { recursive: true, force: true });
await mkdir(here("dist"), { recursive: true });
const common = { bundle: true, minify: true, legalComments: "none", logLevel: "warning", target: ["es2022"] };
const made = await build({
  ...common,
  entryPoints: { room: here("src/room.js") },
  outdir: here("dist"),
  format: "esm",
  splitting: true,
  chunkNames: "[name]-[hash]",
  loader: { ".svg": "text" },
  metafile: true,
});
await build({ ...common, entryPoints: { room: here("css/room.css") }, outdir: here("dist"), loader: { ".png": "dataurl", ".svg": "dataurl" } });
await writeFile(here("dist/base.json"), JSON.stringify(await baseMap()));
await copyFile(here("icons/room.svg"), here("dist/icon.svg"));
const { assets, version } = await formAssets(made.metafile, here("dist/"));
await build({
  ...common, entryPoints: { "field-worker": here("src/field/worker.js") }, outdir: here("dist"), format: "iife",
  define: { VERSION: JSON.stringify(version), ASSETS: JSON.stringify(assets) },
});
await writeFile(here("dist/licences.txt"), await licences(made.metafile, ["leaflet", "world-atlas"]));
