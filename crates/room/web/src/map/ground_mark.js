/** By which class a feature of a mission's ground is drawn. */

/** @param {any} properties of a feature @returns {string} the class by which it is drawn */
export function mark({ kind, state, is_the_line, which, changes }) {
  if (kind === "stretch") return state;
  if (kind === "version") return is_the_line ? "line" : "proposed";
  if (kind === "proposal") return which === "first" ? "line" : "proposed";
  if (kind === "incident" && state) return state;
  if (kind === "post" && state) return { "in place": "post", planned: "planned" }[state] ?? "waiting";
  if (kind === "area" || kind === "pillar") return kind;
  return changes ? "unseen" : "seen";
}
