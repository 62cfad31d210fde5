//! Periods: "last week", "this fiscal year", "early May", "the end of the year", "summer 2020", "the 1990s", "2013".

use syntax::{Dep, EntityKind, Tag};

use super::super::meaning::{Base, Meaning};
use super::super::shape::Figures;
use super::super::words::{Sense, Shift, Unit};
use super::{Found, Line, amount, clock, day};

/// "early May", "mid-2020", "late last Thursday", "the end of the year".
pub(super) fn edged(line: &Line, at: usize) -> Option<Found> {
    let (edge, next) = match line.sense(at) {
        Some(Sense::Edge(edge)) => (edge, line.skip_hyphen(at + 1)),
        _ => return None,
    };
    let next = if adjective(line, at) { line.skip(next, &["in", "on"]) } else { after_of(line, next)? };
    let rules = [day::month_first, day::day_first, day::weekday, shifted, season, ordinal, year, day::relative];
    let found = rules.iter().find_map(|rule| rule(line, next)).or_else(|| bare_unit(line, next))?;
    let found = clock::beside_day(line, found);
    let edge = (!found.meaning.is_day()).then_some(edge);
    Some(Found { run: at..found.run.end, meaning: Meaning { edge, ..found.meaning } })
}

fn adjective(line: &Line, at: usize) -> bool {
    line.is(at, &["early", "mid", "late"])
}

/// After "the end": "of", and the article of what follows.
fn after_of(line: &Line, at: usize) -> Option<usize> {
    line.is(at, &["of"]).then(|| line.skip(at + 1, &["the", "a"]))
}

/// "the end of the year": the one of the day of speaking.
fn bare_unit(line: &Line, at: usize) -> Option<Found> {
    let unit =
        line.unit(at).filter(|u| matches!(u, Unit::Week | Unit::Month | Unit::Quarter | Unit::Year | Unit::Decade))?;
    let singular = !line.lower(at).ends_with('s');
    let of_speaking = matches!(line.before(at), "the" | "of" | "-" | "this");
    (singular && of_speaking).then(|| Found::of(at..at + 1, Base::Shifted(Shift::This, unit)))
}

/// "last week", "this fiscal year", "next May", "the previous day", "the past two weeks".
pub(super) fn shifted(line: &Line, at: usize) -> Option<Found> {
    let shift = line.shift(at)?;
    if let Some(found) = amount::shifted_amount(line, at) {
        return Some(found);
    }
    if shift == Shift::This && line.shift(at + 1) == Some(Shift::Last) {
        return None;
    }
    let next = line.skip(at + 1, &["fiscal", "financial", "calendar", "academic", "very"]);
    match line.sense(next)? {
        Sense::Month(month) if shift != Shift::Same => Some(Found::of(
            at..next + 1,
            Base::Date { year: None, within: None, month, days: None, shift: Some(shift) },
        )),
        Sense::Season(season) => Some(Found::of(at..next + 1, Base::Season { season, year: None, shift: Some(shift) })),
        Sense::Part(part) => part_of_day(line, at, next, shift, part),
        _ => named_unit(line, at, next, shift),
    }
}

/// "this morning", "last night", "that evening", "the previous night".
fn part_of_day(line: &Line, at: usize, next: usize, shift: Shift, part: super::super::words::Part) -> Option<Found> {
    let base = match shift {
        Shift::This => Base::Day(0),
        Shift::Last => Base::Day(-1),
        Shift::Next => Base::Day(1),
        Shift::Same | Shift::Before | Shift::After => Base::Shifted(shift, Unit::Day),
        Shift::Recent => return None,
    };
    let singular = !line.lower(next).ends_with('s');
    let meaning = Meaning { part: Some(part), ..Meaning::of(base) };
    singular.then_some(Found { run: at..next + 1, meaning })
}

fn named_unit(line: &Line, at: usize, next: usize, shift: Shift) -> Option<Found> {
    let unit = line.unit(next).filter(|u| *u >= Unit::Day)?;
    // "same" and "that" point back only at days and longer; "recent year" says nothing.
    let singular = !line.lower(next).ends_with('s') && shift != Shift::Recent;
    singular.then(|| Found::of(at..next + 1, Base::Shifted(shift, unit)))
}

/// "summer", "summer 2020", "the summer of 2020".
pub(super) fn season(line: &Line, at: usize) -> Option<Found> {
    let Some(Sense::Season(season)) = line.sense(at) else { return None };
    let next = line.skip(at + 1, &["of", ","]);
    if let Some(year) = line.year(next) {
        return Some(Found::of(at..next + 1, Base::Season { season, year: Some(year), shift: None }));
    }
    let alone =
        matches!(line.before(at), "in" | "the" | "this" | "since" | "until" | "by" | "early" | "mid" | "late" | "-");
    let modifies = line.parse.tokens()[at].dep == Dep::Compound;
    (alone && !modifies).then(|| Found::of(at..at + 1, Base::Season { season, year: None, shift: None }))
}

/// "the first quarter of 2020", "the 20th century".
pub(super) fn ordinal(line: &Line, at: usize) -> Option<Found> {
    let n = line.ordinal(at)?;
    let next = line.skip_hyphen(at + 1);
    match line.unit(next)? {
        Unit::Century => Some(Found::of(at..next + 1, Base::Century(i16::from(n)))),
        Unit::Quarter if n <= 4 => {
            let after = line.skip(next + 1, &["of"]);
            let year = line.year(after);
            let end = if year.is_some() { after + 1 } else { next + 1 };
            Some(Found::of(at..end, Base::Quarter { number: i8::try_from(n).ok()?, year, shift: None }))
        }
        _ => None,
    }
}

/// "2013", "the 1990s", and the short second year of "2009-10".
pub(super) fn year(line: &Line, at: usize) -> Option<Found> {
    if let Some(Sense::Figures(Figures::Decade(first))) = line.sense(at) {
        return Some(Found::of(at..at + 1, Base::Decade(first)));
    }
    if let Some(year) = line.year(at) {
        return is_year(line, at, year).then(|| Found::of(at..at + 1, Base::Year(year)));
    }
    let before = at.checked_sub(2).filter(|_| matches!(line.before(at), "-" | "–" | "/"))?;
    let year = day::short_year(line, at, line.year(before)?)?;
    Some(Found::of(at..at + 1, Base::Year(year)))
}

/// Words before a number of four digits that make it something other than a year.
const NUMBERED: [&str; 14] = [
    "resolution",
    "resolutions",
    "no",
    "no.",
    "article",
    "paragraph",
    "section",
    "flight",
    "$",
    "€",
    "£",
    "order",
    "page",
    "about",
];

fn is_year(line: &Line, at: usize, year: i16) -> bool {
    if NUMBERED.contains(&line.before(at))
        || line.is(at + 1, &["%", "percent", "km", "metres", "meters", "hours", "gmt"])
    {
        return false;
    }
    let Some(token) = line.parse.tokens().get(at) else { return false };
    let counted = token.head > at && line.parse.tokens()[token.head].tag == Tag::Nns && token.dep == Dep::Nummod;
    let named = line.parse.entity_at(at).is_some_and(|e| e.kind == EntityKind::Date);
    !counted && (named || (1900..=2100).contains(&year))
}
