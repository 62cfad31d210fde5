/** What opens at a place: its incidents, each with days, standing and the way to its page. */
import { html, sameSite } from "../dom.js";
import { inWords, period } from "../period.js";
import { badge } from "../standing.js";

/** @param {import("./places.js").Place} place @returns {HTMLElement} */
export function popup({ incidents, radius }) {
  const near = radius > 0 ? html("p", { class: "legend" }, `Somewhere within ${radius / 1000} km of here.`) : null;
  return html("div", { class: "map-popup" }, near, html("ul", {}, ...incidents.map(entry)));
}

function entry(incident) {
  const days = inWords(period(incident.date_from, incident.date_to), incident.approximate === true);
  const parties = (incident.parties ?? []).join(", ");
  return html("li", {},
    html("a", { href: sameSite(incident.href), dir: "auto" }, incident.title), html("br"),
    html("span", { class: "days" }, days), " ", badge(incident.standing),
    parties ? html("span", { class: "legend", dir: "auto" }, ` ${parties}`) : null);
}
