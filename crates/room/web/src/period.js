/** Days and intervals in words. */
import { civil, daysOf, MONTHS, told } from "./day.js";

/**
 * @typedef {{first: number | null, last: number | null}} Period  an end that is null is open
 */

/**
 * The days between two written ones.
 * @param {string | null | undefined} from @param {string | null | undefined} to @returns {Period}
 */
export function period(from, to) {
  return { first: daysOf(from)?.first ?? null, last: daysOf(to)?.last ?? null };
}

/**
 * @param {Period} period @param {boolean} [approximate] @returns {string} such as "about 2–5 March 2031" or "from 2 March 2031"
 */
export function inWords({ first, last }, approximate = false) {
  const about = approximate ? "about " : "";
  if (first === null && last === null) return "undated";
  if (first === null) return `${about}until ${told(last)}`;
  if (last === null) return `${about}from ${told(first)}`;
  return about + between(first, last);
}

function between(first, last) {
  if (first === last) return told(first);
  const [a, b] = [civil(first), civil(last)];
  if (a.year !== b.year) return `${told(first)} – ${told(last)}`;
  if (a.month !== b.month) return `${a.day} ${MONTHS[a.month - 1]} – ${told(last)}`;
  return `${a.day}–${told(last)}`;
}
