/** Days to places on the line, and the marks below it. */
import { civil, dayNumber, MONTHS, told } from "../day.js";

/** @typedef {import("../day.js").Days} Days @typedef {{day: number, label: string}} Tick */

const SPARE = 1;

/**
 * A scale on which a day is a stretch and not a point: it starts where the day before ends.
 * @param {Days} days what is shown @param {number} width in pixels
 * @returns {{start: (day: number) => number, end: (day: number) => number, perDay: number}}
 */
export function scale(days, width) {
  const perDay = width / (days.last - days.first + 1);
  return { perDay, start: (day) => (day - days.first) * perDay, end: (day) => (day + 1 - days.first) * perDay };
}

/**
 * The days that all of these take up, with a little room at both ends.
 * @param {{first: number | null, last: number | null}[]} intervals open ends count for nothing @returns {Days | null}
 */
export function extent(intervals) {
  const known = intervals.flatMap(({ first, last }) => [first, last]).filter((day) => day !== null);
  if (known.length === 0) return null;
  const first = known.reduce((a, b) => Math.min(a, b));
  const last = known.reduce((a, b) => Math.max(a, b));
  const room = Math.max(SPARE, Math.round((last - first) / 40));
  return { first: first - room, last: last + room };
}

/**
 * The days that most items take up: all but one in ten at each end.
 * @param {{first: number | null, last: number | null}[]} intervals @param {Days} all @returns {Days}
 */
export function busiest(intervals, all) {
  const days = intervals.map(({ first, last }) => first ?? last).filter((day) => day !== null).sort((a, b) => a - b);
  const skipped = Math.floor(days.length / 10);
  const within = extent([{ first: days[skipped], last: days[days.length - 1 - skipped] }]) ?? all;
  return within.last - within.first > 0.5 * (all.last - all.first) ? all : within;
}

/**
 * Closer or wider by a factor, round the middle; never closer than three days nor wider than `all`.
 * @param {Days} days @param {number} factor @param {Days} all @returns {Days}
 */
export function zoom(days, factor, all) {
  const length = Math.max(3, Math.round((days.last - days.first + 1) * factor));
  const first = Math.round((days.first + days.last - length + 1) / 2);
  return within({ first, last: first + length - 1 }, all);
}

/**
 * Earlier or later by a part of what is shown.
 * @param {Days} days @param {number} part @param {Days} all @returns {Days}
 */
export function pan(days, part, all) {
  const step = Math.sign(part) * Math.max(1, Math.round(Math.abs(part) * (days.last - days.first + 1)));
  return within({ first: days.first + step, last: days.last + step }, all);
}

/** Moved, and if need be cut, so that it lies within `all`. */
function within(days, all) {
  const length = days.last - days.first;
  if (length >= all.last - all.first) return { ...all };
  const first = Math.min(Math.max(days.first, all.first), all.last - length);
  return { first, last: first + length };
}

/**
 * Marks at days, months or years, whichever stand at least `room` pixels apart.
 * @param {Days} days @param {number} perDay pixels @param {number} room pixels @returns {Tick[]}
 */
export function ticks(days, perDay, room = 84) {
  for (const step of [1, 2, 7, 14]) if (step * perDay >= room) return dayTicks(days, step);
  for (const step of [1, 3, 6]) if (step * 30 * perDay >= room) return monthTicks(days, step);
  const step = [1, 2, 5, 10, 20, 50, 100, 200, 500].find((years) => years * 365 * perDay >= room) ?? 1000;
  return yearTicks(days, step);
}

/** Weeks start on a Monday: 1970-01-05 was one. */
function dayTicks(days, step) {
  const start = days.first + ((((4 - days.first) % step) + step) % step);
  const found = [];
  for (let day = start; day <= days.last; day += step) found.push({ day, label: told(day).replace(/ (\w{3})\w* /, " $1 ") });
  return found;
}

function monthTicks(days, step) {
  const { year, month } = civil(days.first);
  const found = [];
  for (let n = year * 12 + Math.floor((month - 1) / step) * step; ; n += step) {
    const day = dayNumber(Math.floor(n / 12), (n % 12) + 1, 1);
    if (day > days.last) return found;
    if (day >= days.first) found.push({ day, label: `${MONTHS[n % 12].slice(0, 3)} ${Math.floor(n / 12)}` });
  }
}

function yearTicks(days, step) {
  const found = [];
  for (let year = Math.floor(civil(days.first).year / step) * step; ; year += step) {
    const day = dayNumber(year, 1, 1);
    if (day > days.last) return found;
    if (day >= days.first) found.push({ day, label: String(year) });
  }
}
