/** Sending what waits, one report after another. A report that was sent twice is taken once: the room knows its id. */
import { meant } from "./report.js";

const PATIENCE_MS = 30_000;
const LOOK_MS = 5_000;
const LOCK = "trucewatch-field-send";

/**
 * @typedef {object} Post
 * @property {string} to address that takes reports
 * @property {string} page address of the form
 * @property {string} who name of the account
 * @property {() => string} word of the session's forms
 * @property {(word: string) => void} renew
 */

/** Whether the room can be reached. A browser may think that there is a network where there is none. */
export async function isThere() {
  if (!navigator.onLine) return false;
  const answer = fetch("/healthz", { cache: "no-store", signal: AbortSignal.timeout(LOOK_MS) });
  return answer.then(({ ok }) => ok, () => false);
}

/**
 * Sends what waits; only one page of this browser does at a time.
 * @param {import("./store.js").Store} store @param {Post} post @param {() => Promise<void>} told after each report
 * @returns {Promise<{stopped: string | null, isThere?: boolean}>} why it stopped, where something still waits; whether the room was reached
 */
export async function sendAll(store, post, told) {
  const work = () => sendEach(store, post, told);
  if (!navigator.locks) return work();
  return navigator.locks.request(LOCK, { ifAvailable: true }, (lock) => (lock ? work() : { stopped: "Another page is sending." }));
}

async function sendEach(store, post, told) {
  let [stopped, isThere] = [null, undefined];
  for (const kept of await store.all()) {
    if (kept.state !== "waits") continue;
    if (kept.who !== post.who) {
      stopped = `What ${kept.who} wrote waits until ${kept.who} logs in here.`;
      continue;
    }
    const outcome = await sendOne(kept.report, post);
    if (outcome.state === "waits") return { stopped: null, isThere: false };
    isThere = true;
    if (outcome.state === "barred") return { stopped: `Not sent: ${outcome.why}. Log in again; what waits stays on this device.`, isThere };
    await store.put({ ...kept, ...outcome });
    await told();
  }
  return { stopped, isThere };
}

/** One report; where the session's word is another by now, once more with the new one. */
async function sendOne(report, post) {
  const first = await posted(report, post);
  if (first.state !== "barred") return first;
  return (await renewed(post)) ? posted(report, post) : first;
}

async function posted(report, post) {
  try {
    const answer = await fetch(post.to, {
      method: "POST", credentials: "same-origin", redirect: "manual", signal: AbortSignal.timeout(PATIENCE_MS),
      headers: { "content-type": "application/json", "x-csrf-token": post.word() }, body: JSON.stringify(report),
    });
    return meant(answer.status, await answer.json().catch(() => null));
  } catch {
    return { state: "waits" };
  }
}

/** Asks for the form anew, which holds the word of the session of now. */
async function renewed(post) {
  try {
    const answer = await fetch(post.page, { credentials: "same-origin", redirect: "manual", cache: "no-store", headers: { "x-fresh": "1" } });
    if (!answer.ok) return false;
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const word = page.querySelector("form.field-form input[name=csrf]")?.getAttribute("value");
    const who = page.querySelector("[data-module=field]")?.getAttribute("data-who");
    if (!word || who !== post.who) return false;
    post.renew(word);
    return true;
  } catch {
    return false;
  }
}
