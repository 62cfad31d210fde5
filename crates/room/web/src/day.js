/**
 * Civil days as whole numbers. A day of a report has no time zone, so nothing here makes a `Date`: a day is the number
 * of days since 1970-01-01 in the proleptic Gregorian calendar, and stays that day wherever the reader is.
 *
 * @typedef {{first: number, last: number}} Days  both ends included
 */

export const MONTHS = ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October",
  "November", "December"];

/** Whole numbers of days in 400 years and up to 1970-01-01 from 0000-03-01. */
const ERA_DAYS = 146097;
const EPOCH = 719468;

/**
 * The number of a day (Hinnant, "chrono-compatible low-level date algorithms").
 * @param {number} year @param {number} month 1 to 12 @param {number} day 1 to 31 @returns {number}
 */
export function dayNumber(year, month, day) {
  const y = month <= 2 ? year - 1 : year;
  const era = Math.floor(y / 400);
  const ofEra = y - era * 400;
  const ofYear = Math.floor((153 * (month + (month > 2 ? -3 : 9)) + 2) / 5) + day - 1;
  return era * ERA_DAYS + ofEra * 365 + Math.floor(ofEra / 4) - Math.floor(ofEra / 100) + ofYear - EPOCH;
}

/**
 * Year, month and day of a day's number.
 * @param {number} number @returns {{year: number, month: number, day: number}}
 */
export function civil(number) {
  const z = number + EPOCH;
  const era = Math.floor(z / ERA_DAYS);
  const d = z - era * ERA_DAYS;
  const y = Math.floor((d - Math.floor(d / 1460) + Math.floor(d / 36524) - Math.floor(d / 146096)) / 365);
  const ofYear = d - (365 * y + Math.floor(y / 4) - Math.floor(y / 100));
  const m = Math.floor((5 * ofYear + 2) / 153);
  const month = m < 10 ? m + 3 : m - 9;
  return { year: y + era * 400 + (month <= 2 ? 1 : 0), month, day: ofYear - Math.floor((153 * m + 2) / 5) + 1 };
}

/** @param {number} year @param {number} month @returns {number} */
export function daysInMonth(year, month) {
  return month === 12 ? 31 : dayNumber(year, month + 1, 1) - dayNumber(year, month, 1);
}

/**
 * The days that a year, month or day names; hours and marks of doubt (`2031-03-02T21:40`, `2031-03~`) are left aside.
 * @param {string | null | undefined} text @returns {Days | null} nothing where it names none, or one that is not there
 */
export function daysOf(text) {
  const found = /^(\d{4})(?:-(\d\d)(?:-(\d\d))?)?(?:T[\d:.]+(?:Z|[+-]\d\d:?\d\d)?)?[~?%]?$/.exec(text ?? "");
  if (!found) return null;
  const [year, month, day] = found.slice(1).map((part) => (part === undefined ? null : Number(part)));
  if (month === null) return { first: dayNumber(year, 1, 1), last: dayNumber(year, 12, 31) };
  if (month < 1 || month > 12) return null;
  const longest = daysInMonth(year, month);
  if (day === null) return { first: dayNumber(year, month, 1), last: dayNumber(year, month, longest) };
  if (day < 1 || day > longest) return null;
  const number = dayNumber(year, month, day);
  return { first: number, last: number };
}

/** @param {number} number @returns {string} the day as ISO 8601 writes it */
export function iso(number) {
  const { year, month, day } = civil(number);
  return [String(year).padStart(4, "0"), String(month).padStart(2, "0"), String(day).padStart(2, "0")].join("-");
}

/**
 * The day as people write it.
 * @param {number} number @returns {string} such as "2 March 2031"
 */
export function told(number) {
  const { year, month, day } = civil(number);
  return `${day} ${MONTHS[month - 1]} ${year}`;
}
