/** Which row each interval stands in, and how many fall on each stretch of days where there are too many for rows. */

/**
 * Puts each interval into the first row where nothing stands in its way.
 * @template {{left: number, right: number}} T
 * @param {T[]} bars pixels, labels included, in the order in which they are to be placed @param {number} gap pixels
 * @returns {{bar: T, lane: number}[]} in the same order
 */
export function lanes(bars, gap = 8) {
  /** @type {number[]} */
  const ends = [];
  return bars.map((bar) => {
    const free = ends.findIndex((end) => end + gap <= bar.left);
    const lane = free < 0 ? ends.length : free;
    ends[lane] = bar.right;
    return { bar, lane };
  });
}

/**
 * How many intervals touch each stretch of `step` days.
 * @param {{first: number, last: number}[]} intervals @param {{first: number, last: number}} days @param {number} step
 * @returns {{first: number, last: number, count: number}[]} every stretch, the empty ones too
 */
export function counts(intervals, days, step) {
  const change = new Map();
  const size = Math.ceil((days.last - days.first + 1) / step);
  const at = (day) => Math.floor((day - days.first) / step);
  for (const { first, last } of intervals) {
    if (last < days.first || first > days.last) continue;
    const from = Math.max(0, at(first));
    const to = Math.min(size - 1, at(last));
    change.set(from, (change.get(from) ?? 0) + 1);
    change.set(to + 1, (change.get(to + 1) ?? 0) - 1);
  }
  let count = 0;
  return Array.from({ length: size }, (_, n) => {
    count += change.get(n) ?? 0;
    const first = days.first + n * step;
    return { first, last: Math.min(days.last, first + step - 1), count };
  });
}
