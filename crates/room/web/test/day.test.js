import assert from "node:assert/strict";
import { test } from "node:test";
import { civil, dayNumber, daysInMonth, daysOf, iso, told } from "../src/day.js";

test("what names no day gives none", () => {
  for (const text of ["", null, undefined, "..", "March", "2031-13", "2031-02-29", "2031-00-01", "2031-04-31", "31-03-02", "2031-3-2"]) {
    assert.equal(daysOf(text), null, String(text));
  }
});

test("days count from 1970 and come back", () => {
  assert.equal(dayNumber(1970, 1, 1), 0);
  assert.equal(dayNumber(2000, 3, 1) - dayNumber(2000, 2, 28), 2);
  assert.equal(dayNumber(1900, 3, 1) - dayNumber(1900, 2, 28), 1);
  for (let n = -200000; n < 200000; n += 37) {
    const { year, month, day } = civil(n);
    assert.equal(dayNumber(year, month, day), n);
  }
});

test("they agree with the calendar of the language, in its only zone without shifts", () => {
  for (let n = -30000; n < 60000; n += 101) assert.equal(iso(n), new Date(n * 86400000).toISOString().slice(0, 10));
});

test("years, months and days are intervals", () => {
  assert.deepEqual(daysOf("2032"), { first: dayNumber(2032, 1, 1), last: dayNumber(2032, 12, 31) });
  assert.deepEqual(daysOf("2032-02"), { first: dayNumber(2032, 2, 1), last: dayNumber(2032, 2, 29) });
  assert.equal(daysInMonth(2100, 2), 28);
  assert.equal(iso(daysOf("2031-03-02").last), "2031-03-02");
});

test("hours and doubt do not move the day, whatever the zone of the reader", () => {
  const before = process.env.TZ;
  for (const zone of ["Pacific/Kiritimati", "Pacific/Pago_Pago", "America/St_Johns"]) {
    process.env.TZ = zone;
    for (const text of ["2031-03-02T23:59", "2031-03-02T00:00+04:00", "2031-03-02T21:40Z", "2031-03-02~"]) {
      assert.equal(iso(daysOf(text).first), "2031-03-02");
    }
  }
  if (before === undefined) delete process.env.TZ;
  else process.env.TZ = before;
});

test("told in words", () => assert.equal(told(dayNumber(2031, 3, 2)), "2 March 2031"));
