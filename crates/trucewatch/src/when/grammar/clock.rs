//! Hours: "12:00 pm today", "at 3 am local time", "20:00 GMT", "noon", "Friday morning", "the night of 4 May".

use super::super::meaning::{Base, Clock, Meaning};
use super::super::shape::{self, Figures};
use super::super::words::{Part, Sense, Unit};
use super::{Found, Line, day};

/// An hour, with the zone and the day that follow it; or a part of the day by itself.
pub(super) fn clock(line: &Line, at: usize) -> Option<Found> {
    if let Some((clock, end)) = hour(line, at) {
        let end = zone(line, end);
        let meaning = Meaning { clock: Some(clock), ..Meaning::of(Base::Hour) };
        return Some(with_day(line, Found { run: at..end, meaning }));
    }
    part_alone(line, at)
}

/// The hour at `at` and where its words end.
fn hour(line: &Line, at: usize) -> Option<(Clock, usize)> {
    match line.sense(at)? {
        Sense::Hour(hour) => Some((Clock { hour, minute: 0, exact: true }, at + 1)),
        Sense::Figures(Figures::Hour(hour)) => Some((Clock { hour, minute: 0, exact: false }, at + 1)),
        Sense::Figures(Figures::Clock(hour, minute)) => Some(with_meridiem(line, at + 1, hour, minute)),
        Sense::Figures(Figures::Number(n, digits)) => bare_hour(line, at, n, digits),
        Sense::Counting => {
            let n = line.number(at)?;
            let hour = u16::try_from(n.whole()?).ok()?;
            bare_hour(line, n.run.end.checked_sub(1)?, hour, 2)
        }
        _ => None,
    }
}

fn with_meridiem(line: &Line, at: usize, hour: i8, minute: i8) -> (Clock, usize) {
    let Some(Sense::Meridiem(pm)) = line.sense(at) else {
        return (Clock { hour, minute, exact: true }, at);
    };
    let hour = u16::try_from(hour).ok().and_then(|h| shape::hour(h, pm)).unwrap_or(hour);
    (Clock { hour, minute, exact: true }, at + 1)
}

/// "3 am", "2101 GMT", "1800 hours", "five o'clock".
fn bare_hour(line: &Line, at: usize, n: u16, digits: u8) -> Option<(Clock, usize)> {
    match line.sense(at + 1) {
        Some(Sense::Meridiem(pm)) => {
            let hour = shape::hour(n, pm)?;
            return Some((Clock { hour, minute: 0, exact: false }, at + 2));
        }
        Some(Sense::Zone | Sense::Unit(Unit::Hour)) if digits == 4 && n / 100 < 25 && n % 100 < 60 => {
            let end = if line.is(at + 1, &["hours", "hrs"]) { at + 2 } else { at + 1 };
            let (hour, minute) = (i8::try_from(n / 100).ok()?, i8::try_from(n % 100).ok()?);
            return Some((Clock { hour, minute, exact: true }, end));
        }
        _ => {}
    }
    let oclock = line.is(at + 1, &["o'clock", "o’clock"]);
    (oclock && n <= 12).then(|| i8::try_from(n).ok().map(|hour| (Clock { hour, minute: 0, exact: false }, at + 2)))?
}

/// The end of the words that name a zone after an hour: "GMT", "local time", "Vesk time".
fn zone(line: &Line, at: usize) -> usize {
    let named = match line.sense(at) {
        Some(Sense::Zone) => at + 1,
        _ => at,
    };
    if line.is(named, &["time"]) && named > at {
        return named + 1;
    }
    let word = line.parse.tokens().get(at).is_some_and(|t| &*t.lower == "local" || t.pos == syntax::Pos::Propn);
    if named == at && word && line.is(at + 1, &["time"]) { at + 2 } else { named }
}

/// Takes in a day that follows an hour without a preposition: "15:00 GMT Saturday", "12:00 pm today".
fn with_day(line: &Line, found: Found) -> Found {
    let next = line.skip(found.run.end, &[","]);
    let date = day::relative(line, next).or_else(|| day::weekday(line, next)).or_else(|| day::day_first(line, next));
    let date = date.or_else(|| day::month_first(line, next)).filter(|d| d.meaning.is_day());
    // "8 pm, May 4" belongs together, "8 pm, Friday's talks" may not.
    match date {
        Some(date) if next == found.run.end || !line.is(date.run.end, &["'s", "’s"]) => Found {
            run: found.run.start..date.run.end,
            meaning: Meaning { clock: found.meaning.clock, ..date.meaning },
        },
        _ => found,
    }
}

/// "morning", "overnight", "the night", of a day that the text names elsewhere.
fn part_alone(line: &Line, at: usize) -> Option<Found> {
    let Some(Sense::Part(part)) = line.sense(at) else { return None };
    let plain = line.is(at, &["overnight"]) || (line.before(at) == "the" && !line.is(at + 1, &["-"]));
    let named = line.is(at, &["dawn", "dusk", "midday"])
        && matches!(line.before(at), "at" | "by" | "before" | "since" | "until");
    let found = Found { run: at..at + 1, meaning: Meaning { part: Some(part), ..Meaning::of(Base::Hour) } };
    (plain || named).then(|| part_of_day(line, found, part))
}

/// "the night of 4 May", "overnight Wednesday".
fn part_of_day(line: &Line, found: Found, part: Part) -> Found {
    let next = line.skip(found.run.end, &["of"]);
    let date = day::weekday(line, next).or_else(|| day::day_first(line, next)).or_else(|| day::month_first(line, next));
    match date.filter(|d| d.meaning.is_day()) {
        Some(date) => {
            Found { run: found.run.start..date.run.end, meaning: Meaning { part: Some(part), ..date.meaning } }
        }
        None => found,
    }
}

/// Adds the part of the day that follows a day: "Friday morning", "yesterday evening", "4 May overnight".
pub(super) fn beside_day(line: &Line, mut found: Found) -> Found {
    if !found.meaning.is_day() || found.meaning.clock.is_some() {
        return found;
    }
    let said = &line.parse.tokens()[found.run.end - 1].lower;
    if &**said == "tonight" || (matches!(&**said, "night" | "nights")) {
        found.meaning.part = Some(Part::Night);
    }
    let next = line.skip(found.run.end, &["late", "early", "-"]);
    if let Some(Sense::Part(part)) = line.sense(next) {
        found.meaning.part = Some(part);
        found.run.end = next + 1;
    }
    found
}
