/** Serves the fixtures and dist/ under the room's own policy, so that the parts can be tried without the program. */
import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import { extname } from "node:path";

const TYPES = { ".html": "text/html; charset=utf-8", ".json": "application/json", ".js": "text/javascript", ".css": "text/css" };
const POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'";

/** @returns {Promise<{address: string, host: string, stop: () => Promise<void>}>} */
export async function serveFixtures() {
  const server = createServer(answer);
  await new Promise((ready) => server.listen(0, "127.0.0.1", ready));
  const host = `127.0.0.1:${server.address().port}`;
  return { address: `http://${host}`, host, stop: () => new Promise((done) => server.close(done)) };
}

async function answer(request, response) {
  const { pathname } = new URL(request.url, "http://localhost");
  const file = pathname.startsWith("/static/") ? `../dist/${pathname.slice(8)}` : `fixtures${pathname}`;
  try {
    const body = await readFile(new URL(file, import.meta.url));
    response.writeHead(200, { "content-type": TYPES[extname(pathname)], "content-security-policy": POLICY, "x-content-type-options": "nosniff" });
    response.end(body);
  } catch {
    response.writeHead(pathname === "/favicon.ico" ? 204 : 404).end();
  }
}
