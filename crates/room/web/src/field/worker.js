/** Keeps the form for reports from the field at hand: it opens without network. Nothing else is kept. */

/** A hash of everything that the form loads, set by the build. */
const CACHE = `trucewatch-field-${VERSION}`;
const FORM = "/field/";
const PATIENCE_MS = 4000;

self.addEventListener("install", (event) => event.waitUntil(install()));
self.addEventListener("activate", (event) => event.waitUntil(activate()));
self.addEventListener("fetch", (event) => {
  const { pathname, origin } = new URL(event.request.url);
  if (event.request.method !== "GET" || origin !== self.location.origin || event.request.headers.has("x-fresh")) return;
  if (event.request.mode === "navigate" && pathname === FORM) event.respondWith(form(event.request));
  else if (ASSETS.includes(pathname)) event.respondWith(asset(event.request));
});

async function install() {
  const cache = await caches.open(CACHE);
  await cache.addAll(ASSETS);
  await keep(await fetch(FORM, { credentials: "same-origin", redirect: "manual" }).catch(() => null));
  await self.skipWaiting();
}

/** Drops what older versions kept, but for the form where this one has none yet. */
async function activate() {
  const cache = await caches.open(CACHE);
  for (const name of await caches.keys()) {
    if (name === CACHE || !name.startsWith("trucewatch-field-")) continue;
    const old = await (await caches.open(name)).match(FORM);
    if (old && !(await cache.match(FORM))) await cache.put(FORM, old);
    await caches.delete(name);
  }
  await self.clients.claim();
}

/** The form as the room gives it; as it was kept, where the room cannot be reached. */
async function form(request) {
  const fresh = fetch(request).then(async (answer) => {
    await keep(answer);
    return answer;
  });
  fresh.catch(() => null);
  const late = new Promise((done) => setTimeout(done, PATIENCE_MS, null));
  const answer = await Promise.race([fresh, late]).catch(() => null);
  if (answer && answer.status < 500) return answer;
  return (await (await caches.open(CACHE)).match(FORM)) ?? answer ?? fresh;
}

/** Keeps the form, if that is what an answer holds: no login page, no refusal. */
async function keep(answer) {
  if (answer?.ok && !answer.redirected && answer.type === "basic") await (await caches.open(CACHE)).put(FORM, answer.clone());
}

async function asset(request) {
  const kept = await (await caches.open(CACHE)).match(request, { ignoreSearch: true });
  return kept ?? fetch(request);
}
