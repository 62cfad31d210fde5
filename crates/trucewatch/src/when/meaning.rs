//! What a time expression says before it is set against any day.

use super::words::{Edge, Moment, Part, Season, Shift, Unit};

/// How many of a unit.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Amount {
    /// How many; `None` for "several" and bare plurals.
    pub(super) count: Option<f64>,
    pub(super) unit: Unit,
    /// Whether the words only say "about".
    pub(super) approx: bool,
}

/// Where an amount of time leads.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Way {
    /// "two days ago".
    Ago,
    /// "two days earlier", before the time last named.
    Earlier,
    /// "two days later", after the time last named.
    Later,
    /// "in two days", after the day of speaking.
    Ahead,
    /// "the past two days", a stretch up to the day of speaking.
    Past,
    /// "the next two days", a stretch from the day of speaking.
    Coming,
}

/// An hour, and whether its minutes were said.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Clock {
    /// 0 to 24.
    pub(super) hour: i8,
    pub(super) minute: i8,
    pub(super) exact: bool,
}

/// Days of a month: one, or first and last.
pub(super) type Days = (i8, i8);

/// The core of an expression.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Base {
    Date {
        year: Option<i16>,
        /// The year as told from another: "May last year".
        within: Option<Shift>,
        month: i8,
        days: Option<Days>,
        shift: Option<Shift>,
    },
    /// "the 20th", of a month that the text names elsewhere.
    DayOfMonth(i8),
    Weekday {
        weekday: i8,
        shift: Option<Shift>,
    },
    /// Days from the day of speaking.
    Day(i32),
    /// "last week", "the same day".
    Shifted(Shift, Unit),
    Year(i16),
    /// First year of the decade.
    Decade(i16),
    Century(i16),
    Season {
        season: Season,
        year: Option<i16>,
        shift: Option<Shift>,
    },
    Quarter {
        number: i8,
        year: Option<i16>,
        shift: Option<Shift>,
    },
    Amount(Amount),
    Moved(Amount, Way),
    Moment(Moment),
    /// A time that comes round again, by its TIMEX value.
    Set(String),
    /// Only an hour or a part of the day; the day comes from elsewhere.
    Hour,
}

/// An expression: its core, which part of it, and at which hour.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Meaning {
    pub(super) base: Base,
    pub(super) edge: Option<Edge>,
    pub(super) part: Option<Part>,
    pub(super) clock: Option<Clock>,
}

impl Meaning {
    /// Just the core.
    pub(super) fn of(base: Base) -> Meaning {
        Meaning { base, edge: None, part: None, clock: None }
    }

    /// Whether it names a day or a part of one.
    pub(super) fn is_day(&self) -> bool {
        match &self.base {
            Base::Date { days, .. } => days.is_some(),
            Base::DayOfMonth(_) | Base::Weekday { .. } | Base::Day(_) => true,
            Base::Shifted(_, unit) => matches!(unit, Unit::Day | Unit::Night),
            _ => false,
        }
    }
}
