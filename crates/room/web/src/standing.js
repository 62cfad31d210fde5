/** What the voices on an incident amount to: a sign for each, told apart by shape. The words stay the server's. */
import contested from "../icons/contested.svg";
import corroborated from "../icons/corroborated.svg";
import mutual from "../icons/mutual.svg";
import oneSided from "../icons/one-sided.svg";
import uncontested from "../icons/uncontested.svg";
import unknown from "../icons/unknown.svg";
import verified from "../icons/verified.svg";
import { html } from "./dom.js";

const SIGNS = { contested, corroborated, mutual, "one-sided": oneSided, uncontested, verified };

/** @param {string | null | undefined} standing @returns {string} the class of its badge; one for all that are not known here */
export function standingClass(standing) {
  return standing && Object.hasOwn(SIGNS, standing) ? `standing-${standing}` : "standing-unknown";
}

/** @param {string | null | undefined} standing @returns {SVGElement} its sign, to be coloured by `fill` */
export function sign(standing) {
  const text = standing && Object.hasOwn(SIGNS, standing) ? SIGNS[standing] : unknown;
  const drawn = document.importNode(new DOMParser().parseFromString(text, "image/svg+xml").documentElement, true);
  drawn.setAttribute("aria-hidden", "true");
  return /** @type {any} */ (drawn);
}

/** @param {string | null | undefined} standing @returns {HTMLElement} sign and word, as the pages have them */
export function badge(standing) {
  return html("span", { class: `standing ${standingClass(standing)}` }, standing ?? "unknown");
}
