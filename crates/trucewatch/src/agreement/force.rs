//! Whether an agreement is in force at a time, to the minute where both say it.

use jiff::Timestamp;
use jiff::civil::{Date, DateTime, Time};
use jiff::tz::{Offset, TimeZone};

use crate::pack::{Agreement, PartyId};
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
    /// All of it while the agreement was suspended.
    Suspended,
    /// Some of it within and some not: the words are not precise enough.
    Undetermined,
}

/// How a stretch of time lies to the time in force for all parties. A clock time in a report is read as local to the
/// agreement's zone. Where the record of the agreement cannot be read, nothing can be told.
#[must_use]
pub fn in_force(agreement: &Agreement, when: Interval) -> Force {
    term_of(agreement, None).map_or(Force::Undetermined, |term| term.holds(when))
}

/// How a stretch of time lies to the time in force for some parties: for any of them, where it differs between them.
#[must_use]
pub fn in_force_for(agreement: &Agreement, parties: &[PartyId], when: Interval) -> Force {
    let own = |p: &&PartyId| agreement.in_force.parties.iter().any(|own| own.party == **p);
    if !parties.iter().any(|p| own(&p)) {
        return in_force(agreement, when);
    }
    let one = |p: &PartyId| term_of(agreement, Some(p)).map_or(Force::Undetermined, |term| term.holds(when));
    let answers: Vec<Force> = parties.iter().map(one).collect();
    let telling = [Force::In, Force::Undetermined].into_iter().find(|f| answers.contains(f));
    telling.or(answers.first().copied()).unwrap_or(Force::Undetermined)
}

/// Minutes below which it is worth telling how near to an edge something was.
const NEAR_MINUTES: i64 = 24 * 60;

/// How near to entry into force, to the end or to a suspension something was, in words, where its minute is known and it
/// was near.
#[must_use]
pub fn edge(agreement: &Agreement, parties: &[PartyId], when: Interval) -> Option<String> {
    let own = parties.iter().find(|p| agreement.in_force.parties.iter().any(|own| own.party == **p));
    let term = term_of(agreement, own)?;
    let (first, last) = stretch(when, &term.zone);
    let exact = first == last && matches!(when.start, Some(Point::Minute(_)));
    let known = term.edges().into_iter().filter(|(at, _)| *at != Timestamp::MIN && *at != Timestamp::MAX);
    let near = known.map(|(at, edge)| (first.duration_since(at).as_mins(), edge));
    let (minutes, edge) = near.min_by_key(|(minutes, _)| minutes.abs())?;
    let unit = if minutes.abs() == 1 { "minute" } else { "minutes" };
    let side = if minutes < 0 { "before" } else { "after" };
    (exact && minutes.abs() < NEAR_MINUTES).then(|| format!("{} {unit} {side} {edge}", minutes.abs()))
}

/// The time in force, with the stretches in which it was not.
struct Term {
    from: Timestamp,
    until: Timestamp,
    suspended: Vec<(Timestamp, Timestamp)>,
    zone: TimeZone,
}

/// The time in force for a party, or for those of whom nothing else is said; none where the record cannot be read.
fn term_of(agreement: &Agreement, party: Option<&PartyId>) -> Option<Term> {
    let force = &agreement.in_force;
    let own = party.and_then(|p| force.parties.iter().find(|own| own.party == *p));
    let zone = zone(&force.zone);
    let span = |from: &str, until: Option<&str>| {
        let from: Interval = from.parse().ok()?;
        let until: Option<Interval> = until.map(str::parse).transpose().ok()?;
        Some(stretch(Interval { start: from.start, end: until.and_then(|u| u.end), approx: false }, &zone))
    };
    let last = force.extended.last().map(|e| e.until.as_str()).or(force.until.as_deref());
    let (from, until) = span(
        own.and_then(|o| o.from.as_deref()).unwrap_or(&force.from),
        own.and_then(|o| o.until.as_deref()).or(last),
    )?;
    let suspended = force.suspended.iter().map(|s| span(&s.from, s.until.as_deref())).collect::<Option<_>>()?;
    Some(Term { from, until, suspended, zone })
}

impl Term {
    /// The instants at which it begins or ceases to hold, with words for them.
    fn edges(&self) -> Vec<(Timestamp, &'static str)> {
        let mut edges = vec![(self.from, "it entered into force"), (self.until, "its end")];
        for (from, until) in &self.suspended {
            edges.extend([(*from, "it was suspended"), (*until, "its suspension ended")]);
        }
        edges
    }

    fn holds(&self, when: Interval) -> Force {
        let (first, last) = stretch(when, &self.zone);
        match compare((first, last), (self.from, self.until)) {
            Force::In => {}
            other => return other,
        }
        match self.suspended.iter().find(|(from, until)| first <= *until && last >= *from) {
            None => Force::In,
            Some((from, until)) if first >= *from && last <= *until => Force::Suspended,
            Some(_) => Force::Undetermined,
        }
    }
}

/// Days from a stretch of time to the time in force; 0 where they meet.
#[must_use]
pub fn days_off(agreement: &Agreement, when: Interval) -> i64 {
    let day = |text: &str| text.parse::<Interval>().ok();
    let from = day(&agreement.in_force.from).and_then(Interval::first_day);
    let last = agreement.in_force.extended.last().map(|e| e.until.as_str()).or(agreement.in_force.until.as_deref());
    let until = last.and_then(day).and_then(Interval::last_day);
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
    use crate::pack::{Extension, PartyForce, Suspension};

    fn agreement() -> Agreement {
        knowledge().agreements().next().unwrap().clone()
    }

    fn force(when: &str) -> Force {
        in_force(&agreement(), when.parse().unwrap())
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
    fn the_last_minute_counts_and_an_extension_moves_it() {
        let mut ended = agreement();
        ended.in_force.until = Some("2031-03-13T18:00".to_owned());
        let at = |a: &Agreement, when: &str| in_force(a, when.parse().unwrap());
        assert_eq!(at(&ended, "2031-03-13T18:00"), Force::In);
        assert_eq!(at(&ended, "2031-03-13T18:01"), Force::After);
        ended.in_force.extended = vec![Extension { on: "2031-03-12".parse().unwrap(), until: "2031-03-20".to_owned() }];
        assert_eq!(at(&ended, "2031-03-13T18:01"), Force::In);
        assert_eq!(at(&ended, "2031-03-21"), Force::After);
    }

    #[test]
    fn a_suspension_is_no_time_in_force() {
        let mut paused = agreement();
        let (from, until) = ("2031-03-08T06:00".to_owned(), Some("2031-03-08T18:00".to_owned()));
        paused.in_force.suspended = vec![Suspension { from, until, why: None }];
        let at = |when: &str| in_force(&paused, when.parse().unwrap());
        assert_eq!(at("2031-03-08T05:59"), Force::In);
        assert_eq!(at("2031-03-08T06:00"), Force::Suspended);
        assert_eq!(at("2031-03-08T18:01"), Force::In);
        assert_eq!(at("2031-03-08"), Force::Undetermined);
    }

    #[test]
    fn a_party_may_have_an_hour_of_its_own() {
        let mut later = agreement();
        let (party, from) = (PartyId::new("orlava"), Some("2031-03-06T18:00".to_owned()));
        later.in_force.parties = vec![PartyForce { party, from, until: None }];
        let at = |ids: &[&str]| {
            let ids: Vec<PartyId> = ids.iter().map(|id| PartyId::new(id)).collect();
            in_force_for(&later, &ids, "2031-03-06T15:00".parse().unwrap())
        };
        assert_eq!(at(&["orlava"]), Force::Before);
        assert_eq!(at(&["vesk"]), Force::In);
        assert_eq!(at(&["orlava", "vesk"]), Force::In);
        assert_eq!(at(&[]), Force::In);
    }

    #[test]
    fn the_zone_of_the_agreement_is_the_zone_of_the_reports() {
        let mut east = agreement();
        east.in_force.zone = "+04:00".to_owned();
        assert_eq!(in_force(&east, "2031-03-06T11:59".parse().unwrap()), Force::Before);
        assert_eq!(in_force(&east, "2031-03-06T12:00".parse().unwrap()), Force::In);
    }

    #[test]
    fn how_near_to_an_edge() {
        let told = |when: &str| edge(&agreement(), &[], when.parse().unwrap());
        assert_eq!(told("2031-03-06"), None, "no minute");
        assert_eq!(told("2031-03-02T12:00"), None, "days before");
        assert_eq!(told("2031-03-06T11:59").as_deref(), Some("1 minute before it entered into force"));
        assert_eq!(told("2031-03-06T12:20").as_deref(), Some("20 minutes after it entered into force"));
    }

    #[test]
    fn how_near_to_a_suspension() {
        let mut paused = agreement();
        let (from, until) = ("2031-03-08T06:00".to_owned(), Some("2031-03-08T18:00".to_owned()));
        paused.in_force.suspended = vec![Suspension { from, until, why: None }];
        let told = |when: &str| edge(&paused, &[], when.parse().unwrap());
        assert_eq!(told("2031-03-08T05:50").as_deref(), Some("10 minutes before it was suspended"));
        assert_eq!(told("2031-03-08T18:01").as_deref(), Some("1 minute after its suspension ended"));
    }

    #[test]
    fn offsets_are_read() {
        assert_eq!(zone("+04:00"), TimeZone::fixed(Offset::constant(4)));
        assert_eq!(zone("-08:00"), TimeZone::fixed(Offset::constant(-8)));
        assert_eq!(zone("Atlantis/Harbour"), TimeZone::fixed(Offset::UTC));
    }
}
