//! Whether an agreement is in force at a time, to the minute where both say it.

use jiff::Timestamp;
use jiff::civil::{Date, DateTime, Time};
use jiff::tz::{Offset, TimeZone};

use crate::pack::Agreement;
use crate::when::{Interval, Point};

/// How a stretch of time lies to the time in force.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Force {
    /// All of it within.
    In,
    /// All of it before entry into force.
    Before,
    /// All of it after the end.
    After,
    /// Some of it within and some not: the words are not precise enough.
    Undetermined,
}

/// How a stretch of time lies to the time in force. A clock time in a report is read as local to the agreement's
/// zone. Where the record of the agreement cannot be read, nothing can be told.
#[must_use]
pub fn in_force(agreement: &Agreement, when: Interval) -> Force {
    let Some(from) = agreement.in_force.from.parse::<Interval>().ok() else { return Force::Undetermined };
    let until = agreement.in_force.until.as_deref().map(str::parse::<Interval>);
    if matches!(until, Some(Err(_))) {
        return Force::Undetermined;
    }
    let zone = zone(&agreement.in_force.zone);
    let term = stretch(
        Interval { start: from.start, end: until.and_then(Result::ok).and_then(|u| u.end), approx: false },
        &zone,
    );
    compare(stretch(when, &zone), term)
}

/// Days from a stretch of time to the time in force; 0 where they meet.
#[must_use]
pub fn days_off(agreement: &Agreement, when: Interval) -> i64 {
    let day = |text: &str| text.parse::<Interval>().ok();
    let from = day(&agreement.in_force.from).and_then(Interval::first_day);
    let until = agreement.in_force.until.as_deref().and_then(day).and_then(Interval::last_day);
    let days = |a: Option<Date>, b: Option<Date>| {
        a.zip(b).and_then(|(a, b)| a.until(b).ok()).map_or(0, |s| i64::from(s.get_days()))
    };
    days(when.last_day(), from).max(days(until, when.first_day())).max(0)
}

fn compare((first, last): (Timestamp, Timestamp), (from, until): (Timestamp, Timestamp)) -> Force {
    if last < from {
        Force::Before
    } else if first > until {
        Force::After
    } else if first >= from && last <= until {
        Force::In
    } else {
        Force::Undetermined
    }
}

/// First and last instant that an interval covers in a zone; open ends reach without limit.
fn stretch(interval: Interval, zone: &TimeZone) -> (Timestamp, Timestamp) {
    let first = interval.start.and_then(|p| instant(first_minute(p), zone)).unwrap_or(Timestamp::MIN);
    let last = interval.end.and_then(|p| instant(last_minute(p), zone)).unwrap_or(Timestamp::MAX);
    (first, last)
}

fn instant(local: DateTime, zone: &TimeZone) -> Option<Timestamp> {
    zone.to_timestamp(local).ok()
}

fn first_minute(point: Point) -> DateTime {
    match point {
        Point::Minute(t) => t,
        other => other.first_day().to_datetime(Time::midnight()),
    }
}

fn last_minute(point: Point) -> DateTime {
    match point {
        Point::Minute(t) => t,
        other => other.last_day().at(23, 59, 59, 0),
    }
}

/// The zone of an offset such as `+04:00` or `-08:00`; the zone of Greenwich for anything else, since names of zones
/// would need the machine's own tables.
fn zone(text: &str) -> TimeZone {
    let minutes = |t: &str| -> Option<i32> {
        let (hours, minutes) = t.split_once(':')?;
        Some(hours.parse::<i32>().ok()? * 60 + minutes.parse::<i32>().ok()?)
    };
    let east = text.strip_prefix('+').and_then(minutes);
    let west = text.strip_prefix(['-', '−']).and_then(minutes).map(|m| -m);
    let offset = east.or(west).and_then(|m| Offset::from_seconds(m * 60).ok());
    TimeZone::fixed(offset.unwrap_or(Offset::UTC))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::incident::sample::knowledge;

    fn force(when: &str) -> Force {
        let knowledge = knowledge();
        in_force(knowledge.agreements().next().unwrap(), when.parse().unwrap())
    }

    #[test]
    fn the_day_of_entry_alone_does_not_tell() {
        assert_eq!(force("2031-03-06"), Force::Undetermined);
        assert_eq!(force("2031-03"), Force::Undetermined);
    }

    #[test]
    fn minutes_before_and_after_noon() {
        assert_eq!(force("2031-03-06T11:59"), Force::Before);
        assert_eq!(force("2031-03-06T12:00"), Force::In);
        assert_eq!(force("2031-03-07/.."), Force::In);
        assert_eq!(force("2031-02"), Force::Before);
    }

    #[test]
    fn offsets_are_read() {
        assert_eq!(zone("+04:00"), TimeZone::fixed(Offset::constant(4)));
        assert_eq!(zone("-08:00"), TimeZone::fixed(Offset::constant(-8)));
        assert_eq!(zone("Atlantis/Harbour"), TimeZone::fixed(Offset::UTC));
    }
}
