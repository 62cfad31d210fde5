//! Arithmetic on days, weeks, months and years, and their TIMEX values.

use jiff::civil::Date;
use jiff::{Span, ToSpan};

use super::interval::{Interval, Point};
use super::words::{Season, Unit};

/// A day moved by a span; the day itself where that would leave the calendar.
pub(super) fn moved(day: Date, by: Span) -> Date {
    day.checked_add(by).unwrap_or(day)
}

/// A day moved by some days.
pub(super) fn plus_days(day: Date, days: i32) -> Date {
    moved(day, days.days())
}

/// Monday of the week of a day.
pub(super) fn monday(day: Date) -> Date {
    plus_days(day, 1 - i32::from(day.weekday().to_monday_one_offset()))
}

/// The span of `count` units; halves and the like are rounded.
pub(super) fn span(count: f64, unit: Unit) -> Span {
    #[expect(clippy::cast_possible_truncation, reason = "clamped")]
    let n = |times: f64| (count * times).round().clamp(-90_000.0, 90_000.0) as i32;
    match unit {
        Unit::Second | Unit::Minute => 0.days(),
        Unit::Hour => n(1.0 / 24.0).days(),
        Unit::Day | Unit::Night => n(1.0).days(),
        Unit::Week | Unit::Weekend => n(7.0).days(),
        Unit::Fortnight => n(14.0).days(),
        Unit::Month if count.fract() != 0.0 => n(30.0).days(),
        Unit::Month => n(1.0).months(),
        Unit::Quarter => n(3.0).months(),
        Unit::Year => n(12.0).months(),
        Unit::Decade => n(120.0).months(),
        Unit::Century => n(1200.0).months(),
    }
}

/// The point with the precision of a unit that a day lies in.
pub(super) fn point(day: Date, unit: Unit) -> Point {
    match unit {
        Unit::Month | Unit::Quarter => Point::Month(day.year(), day.month()),
        Unit::Year | Unit::Decade | Unit::Century => Point::Year(day.year()),
        _ => Point::Day(day),
    }
}

/// TIMEX value of the unit that a day lies in: `2013-03-22`, `2013-W12`, `2013-03`, `2013`.
pub(super) fn value(day: Date, unit: Unit) -> String {
    match unit {
        Unit::Week | Unit::Fortnight => week_value(day),
        Unit::Weekend => format!("{}-WE", week_value(day)),
        Unit::Month => format!("{:04}-{:02}", day.year(), day.month()),
        Unit::Quarter => format!("{:04}-Q{}", day.year(), quarter(day)),
        Unit::Year => format!("{:04}", day.year()),
        Unit::Decade => format!("{:03}", day.year() / 10),
        Unit::Century => format!("{:02}", day.year() / 100),
        _ => day.to_string(),
    }
}

fn week_value(day: Date) -> String {
    let week = day.iso_week_date();
    format!("{:04}-W{:02}", week.year(), week.week())
}

fn quarter(day: Date) -> i8 {
    (day.month() - 1) / 3 + 1
}

/// The whole unit that a day lies in.
pub(super) fn whole(day: Date, unit: Unit) -> Interval {
    let years = |first: i16, count: i16| Interval {
        start: Some(Point::Year(first)),
        end: Some(Point::Year(first + count - 1)),
        approx: false,
    };
    match unit {
        Unit::Week | Unit::Fortnight => Interval::days(monday(day), plus_days(monday(day), 6)),
        Unit::Weekend => Interval::days(plus_days(monday(day), 5), plus_days(monday(day), 6)),
        Unit::Month => Interval::at(Point::Month(day.year(), day.month())),
        Unit::Quarter => quarter_months(day.year(), quarter(day)),
        Unit::Year => Interval::at(Point::Year(day.year())),
        Unit::Decade => years(day.year() / 10 * 10, 10),
        Unit::Century => years(day.year() / 100 * 100, 100),
        _ => Interval::day(day),
    }
}

/// The months of a quarter.
pub(super) fn quarter_months(year: i16, number: i8) -> Interval {
    months((year, number * 3 - 2), (year, number * 3))
}

/// From one month to another.
fn months(first: (i16, i8), last: (i16, i8)) -> Interval {
    Interval { start: Some(Point::Month(first.0, first.1)), end: Some(Point::Month(last.0, last.1)), approx: false }
}

/// The months of a season that begins in a year.
pub(super) fn season_months(season: Season, year: i16) -> Interval {
    match season {
        Season::Spring => months((year, 3), (year, 5)),
        Season::Summer => months((year, 6), (year, 8)),
        Season::Autumn => months((year, 9), (year, 11)),
        Season::Winter => months((year, 12), (year + 1, 2)),
    }
}

/// TIMEX code of a season.
pub(super) fn season_code(season: Season) -> &'static str {
    match season {
        Season::Spring => "SP",
        Season::Summer => "SU",
        Season::Autumn => "FA",
        Season::Winter => "WI",
    }
}
