/** What the server lists, as intervals in the order in which they are drawn. Pure. */
import { inWords, period } from "../period.js";

/**
 * @typedef {{id: string, title: string, href: string, from: string | null, to: string | null, approximate: boolean,
 *   standing: string | null, type: string | null, place: string | null}} Listed  as /timeline.json has it
 * @typedef {Listed & {first: number | null, last: number | null, days: string}} Item
 */

/**
 * Items with a day, by their first day, long ones before short ones; and those that name none.
 * @param {{items?: Listed[], undated?: Listed[]}} list @returns {{dated: Item[], undated: Item[]}}
 */
export function items(list) {
  const all = (list.items ?? []).map(item);
  const dated = all.filter(isDated).sort(byTime);
  return { dated, undated: [...all.filter((i) => !isDated(i)), ...(list.undated ?? []).map(item)] };
}

function item(listed) {
  const { first, last } = period(listed.from, listed.to);
  return { ...listed, first, last, days: inWords({ first, last }, listed.approximate) };
}

function isDated({ first, last }) {
  return first !== null || last !== null;
}

function byTime(a, b) {
  const start = (i) => i.first ?? -Infinity;
  const end = (i) => i.last ?? Infinity;
  if (start(a) !== start(b)) return start(a) < start(b) ? -1 : 1;
  if (end(a) !== end(b)) return end(a) > end(b) ? -1 : 1;
  return a.id < b.id ? -1 : Number(a.id > b.id);
}

/**
 * Those that touch the days shown.
 * @param {Item[]} dated @param {{first: number, last: number}} days @returns {Item[]}
 */
export function shown(dated, days) {
  return dated.filter(({ first, last }) => (first ?? -Infinity) <= days.last && (last ?? Infinity) >= days.first);
}
