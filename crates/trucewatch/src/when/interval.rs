//! Points and intervals of time with the precision that the words gave, written as EDTF.

use std::fmt;

use jiff::ToSpan;
use jiff::civil::{Date, DateTime, date};

/// A point of time with its precision.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Point {
    /// A whole year.
    Year(i16),
    /// A whole month: year and month (1-12).
    Month(i16, i8),
    /// A whole day.
    Day(Date),
    /// A minute, in the local time of the text.
    Minute(DateTime),
}

impl Point {
    /// First day that the point covers.
    #[must_use]
    pub fn first_day(self) -> Date {
        match self {
            Point::Year(y) => day(y, 1),
            Point::Month(y, m) => day(y, m),
            Point::Day(d) => d,
            Point::Minute(t) => t.date(),
        }
    }

    /// Last day that the point covers.
    #[must_use]
    pub fn last_day(self) -> Date {
        match self {
            Point::Year(y) => day(y, 12).last_of_month(),
            Point::Month(..) => self.first_day().last_of_month(),
            Point::Day(d) => d,
            Point::Minute(t) => t.date(),
        }
    }
}

fn day(year: i16, month: i8) -> Date {
    Date::new(year, month, 1).unwrap_or(date(1, 1, 1))
}

impl fmt::Display for Point {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Point::Year(y) => write!(f, "{y:04}"),
            Point::Month(y, m) => write!(f, "{y:04}-{m:02}"),
            Point::Day(d) => write!(f, "{d}"),
            Point::Minute(t) => write!(f, "{}T{:02}:{:02}", t.date(), t.hour(), t.minute()),
        }
    }
}

/// A stretch of time, possibly open at an end, possibly approximate.
///
/// `2020-10-10` is one point; `2020-09-27/..` began then and goes on; `2021-05-11/2021-05-20` has both ends;
/// `2021-05~` is about May 2021. Written and read in the Extended Date/Time Format (ISO 8601-2).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Interval {
    /// Where it begins; `None` where that is open.
    pub start: Option<Point>,
    /// Where it ends; `None` where it goes on.
    pub end: Option<Point>,
    /// Whether the words only say "about".
    pub approx: bool,
}

impl Interval {
    /// Exactly the time that a point covers.
    #[must_use]
    pub fn at(point: Point) -> Interval {
        Interval { start: Some(point), end: Some(point), approx: false }
    }

    /// One day.
    #[must_use]
    pub fn day(day: Date) -> Interval {
        Interval::at(Point::Day(day))
    }

    /// From the first to the last of two days.
    #[must_use]
    pub fn days(first: Date, last: Date) -> Interval {
        Interval { start: Some(Point::Day(first)), end: Some(Point::Day(last)), approx: false }
    }

    /// From a point on, still going on.
    #[must_use]
    pub fn since(point: Point) -> Interval {
        Interval { start: Some(point), end: None, approx: false }
    }

    /// The same, only about.
    #[must_use]
    pub fn about(self) -> Interval {
        Interval { approx: true, ..self }
    }

    /// First day, where there is one.
    #[must_use]
    pub fn first_day(self) -> Option<Date> {
        self.start.map(Point::first_day)
    }

    /// Last day, where there is one.
    #[must_use]
    pub fn last_day(self) -> Option<Date> {
        self.end.map(Point::last_day)
    }

    /// Whether the two share a day; open ends reach without limit.
    #[must_use]
    pub fn meets(self, other: Interval) -> bool {
        let before = |a: Interval, b: Interval| matches!((a.last_day(), b.first_day()), (Some(x), Some(y)) if x < y);
        !before(self, other) && !before(other, self)
    }

    /// Number of days from first to last, both counted; `None` where an end is open.
    #[must_use]
    pub fn length_in_days(self) -> Option<i32> {
        let (first, last) = (self.first_day()?, self.last_day()?);
        first.until(last.checked_add(1.day()).ok()?).ok().map(|span| span.get_days())
    }
}

impl fmt::Display for Interval {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let tilde = if self.approx { "~" } else { "" };
        match (self.start, self.end) {
            (Some(a), Some(b)) if a == b => write!(f, "{a}{tilde}"),
            (Some(a), Some(b)) => write!(f, "{a}{tilde}/{b}{tilde}"),
            (Some(a), None) => write!(f, "{a}{tilde}/.."),
            (None, Some(b)) => write!(f, "../{b}{tilde}"),
            (None, None) => write!(f, "../.."),
        }
    }
}

/// Error for a text that is no EDTF date or interval of the kinds used here.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is not a date such as 2020-10-10, 2020-10-10T12:00, 2020-10, 2020-09-27/.. or 2021-05~")]
pub struct IntervalError(String);

impl std::str::FromStr for Interval {
    type Err = IntervalError;
    fn from_str(text: &str) -> Result<Interval, IntervalError> {
        let wrong = || IntervalError(text.to_owned());
        let bare = text.trim().replace(['~', '?', '%'], "");
        let approx = bare.len() < text.trim().len();
        let point = |part: &str| match part {
            "" | ".." => Ok(None),
            part => point(part).map(Some).ok_or_else(wrong),
        };
        let (start, end) = match bare.split_once('/') {
            Some((a, b)) => (point(a)?, point(b)?),
            None => (point(&bare)?, point(&bare)?),
        };
        if start.is_none() && end.is_none() {
            return Err(wrong());
        }
        Ok(Interval { start, end, approx })
    }
}

fn point(text: &str) -> Option<Point> {
    let digits = |s: &str| s.chars().all(|c| c.is_ascii_digit());
    match text.len() {
        4 if digits(text) => text.parse().ok().map(Point::Year),
        7 => {
            let first: Date = format!("{text}-01").parse().ok()?;
            Some(Point::Month(first.year(), first.month()))
        }
        10 => text.parse().ok().map(Point::Day),
        _ if text.contains('T') => text.parse().ok().map(Point::Minute),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Interval {
        text.parse().unwrap()
    }

    #[test]
    fn other_texts_are_refused() {
        for text in ["", "..", "2020-13", "2020-02-30", "yesterday", "20201010", "../.."] {
            assert!(text.parse::<Interval>().is_err(), "{text}");
        }
    }

    #[test]
    fn what_is_read_is_written() {
        for text in
            ["2020", "2020-10", "2020-10-10", "2020-10-10T12:00", "2020-09-27/..", "2021-05-11/2021-05-20", "2021-05~"]
        {
            assert_eq!(read(text).to_string(), text);
        }
    }

    #[test]
    fn meeting() {
        assert!(read("2020-10").meets(read("2020-10-31")));
        assert!(read("2020-09-27/..").meets(read("2021")));
        assert!(!read("2020-09-27/..").meets(read("2020-09-26")));
        assert_eq!(read("2020-02").length_in_days(), Some(29));
    }
}
