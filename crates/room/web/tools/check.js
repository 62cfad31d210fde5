/** `node --check` on every script here. `npm run check`. */
import { spawnSync } from "node:child_process";
import { readdirSync } from "node:fs";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("..", import.meta.url));
const files = readdirSync(root, { recursive: true }).filter((f) => f.endsWith(".js") && !/^(node_modules|dist)\b/.test(f));
const bad = files.filter((file) => spawnSync(process.execPath, ["--check", root + file], { stdio: "inherit" }).status !== 0);
process.exitCode = bad.length > 0 ? 1 : 0;
