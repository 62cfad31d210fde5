/** A report as it is kept on the device and sent: pure, without a browser. */

/** @typedef {{name: string, sha256: string, bytes: number}} Attachment */
/** @typedef {{id: string, fields: Record<string, string>, attachments: Attachment[]}} Report */
/** @typedef {{field: string, problem: string}} Wrong */
/** @typedef {{id: string, who: string, mission: string, made: number, state: "waits" | "taken" | "refused", report: Report, why?: string, wrong?: Wrong[], entry?: number, href?: string}} Kept */

/** Fields that are the form's own and none of a report. */
const OWN = new Set(["csrf", "instanceid", "attachment"]);
/** Fields whose values the next report begins with: who reports, and from where. */
export const STAY = ["observer", "position_name", "position", "controlled_by"];

/** An id that no other device makes. @param {(bytes: Uint8Array) => Uint8Array} random @returns {string} */
export function newId(random) {
  return [...random(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

/**
 * The fields of a form that are filled in.
 * @param {Iterable<[string, unknown]>} pairs @returns {Record<string, string>}
 */
export function filled(pairs) {
  const fields = {};
  for (const [name, value] of pairs) {
    if (typeof value === "string" && value.trim() !== "" && !OWN.has(name)) fields[name] = value.trim();
  }
  return fields;
}

/**
 * What the answer of the room means for a report that was sent.
 * @param {number} status @param {any} body what the answer holds, or nothing where it broke off
 * @returns {{state: "taken" | "refused" | "waits" | "barred", entry?: number, href?: string, why?: string, wrong?: Wrong[]}}
 */
export function meant(status, body) {
  if ((status === 200 || status === 201) && typeof body?.entry === "number") {
    return { state: "taken", entry: body.entry, href: `/field-reports/${encodeURIComponent(body.id)}` };
  }
  if (status === 401 || status === 403) return { state: "barred", why: body?.error?.message ?? "the room asks for an account" };
  const error = body?.error;
  if (status >= 400 && status < 500 && status !== 408 && status !== 429 && error) {
    return { state: "refused", why: error.message, wrong: error.fields ?? [] };
  }
  return { state: "waits" };
}

/** How many wait, were taken, were refused, in words. @param {Kept[]} all @returns {string} */
export function counted(all) {
  const of = (state) => all.filter((kept) => kept.state === state).length;
  const [waits, taken, refused] = [of("waits"), of("taken"), of("refused")];
  if (all.length === 0) return "No report is kept on this device.";
  return `On this device: ${waits} ${waits === 1 ? "waits" : "wait"} to be sent, ${taken} ${taken === 1 ? "was" : "were"} taken, ${refused} ${refused === 1 ? "was" : "were"} refused.`;
}
