//! Days: "12 May 2021", "May 12", "Wednesday", "yesterday", "the 20th", "Christmas Eve".

use super::super::meaning::{Base, Days};
use super::super::number;
use super::super::shape::Figures;
use super::super::words::{Sense, Shift, Unit, Words};
use super::{Found, Line, is_month};

/// "22/03/2013", "2013-03-22".
pub(super) fn figures(line: &Line, at: usize) -> Option<Found> {
    if let Some(Sense::Figures(Figures::Full(date))) = line.sense(at) {
        let day = (date.day(), date.day());
        let base =
            Base::Date { year: Some(date.year()), within: None, month: date.month(), days: Some(day), shift: None };
        return Some(Found::of(at..at + 1, base));
    }
    split_figures(line, at)
}

/// The same cut at its hyphens by the tokenizer: "2013 - 03 - 22" or "22 - 03 - 2013".
fn split_figures(line: &Line, at: usize) -> Option<Found> {
    let part = |i: usize| match line.sense(i)? {
        Sense::Figures(Figures::Number(n, 1..=4)) => Some(n),
        _ => None,
    };
    let joined = ["-", "/"].iter().any(|mark| line.is(at + 1, &[mark]) && line.is(at + 3, &[mark]));
    let (a, b, c) = (part(at).filter(|_| joined)?, part(at + 2)?, part(at + 4)?);
    let (year, month, day) = if a > 31 { (a, b, c) } else { (c, b, a) };
    let month = i8::try_from(month).ok().filter(|m| (1..=12).contains(m))?;
    let day = i8::try_from(day).ok().filter(|d| (1..=31).contains(d))?;
    let year = i16::try_from(year).ok().filter(|y| (1900..2100).contains(y))?;
    Some(Found::of(
        at..at + 5,
        Base::Date { year: Some(year), within: None, month, days: Some((day, day)), shift: None },
    ))
}

/// "12 May", "the 12th of May 2021", "10-12 May", "10 and 11 May".
pub(super) fn day_first(line: &Line, at: usize) -> Option<Found> {
    let first = line.day(at)?;
    if let Some(found) = days_month(line, at, at + 1, (first, first)) {
        return Some(found);
    }
    let (last, end) = second_day(line, at + 1)?;
    days_month(line, at, end, (first, last)).filter(|_| first < last)
}

/// The second day of a range: "-12", "to 12", "and 12".
fn second_day(line: &Line, at: usize) -> Option<(i8, usize)> {
    let next = line.skip(at, &["-", "–", "‑", "to", "and"]);
    (next > at).then(|| line.day(next).map(|day| (day, next + 1)))?
}

fn days_month(line: &Line, start: usize, at: usize, days: Days) -> Option<Found> {
    let at = line.skip(at, &["of"]);
    let month = is_month(line.sense(at))?;
    let (year, within, end) = year_beside(line, at + 1);
    Some(Found::of(start..end, Base::Date { year, within, month, days: Some(days), shift: None }))
}

/// The year after a day and month, with or without a comma: its end is `at` where there is none.
fn year_after(line: &Line, at: usize) -> (Option<i16>, usize) {
    let next = line.skip(at, &[",", "of"]);
    match line.year(next) {
        Some(year) if !line.is(next + 1, &["people", "%"]) => (Some(year), next + 1),
        _ => (None, at),
    }
}

/// The year behind a month or day, in figures or told from another: "May last year", "12 May of that year".
fn year_beside(line: &Line, at: usize) -> (Option<i16>, Option<Shift>, usize) {
    let (year, end) = year_after(line, at);
    let next = line.skip(line.skip(at, &["of"]), &["the"]);
    let told = line.shift(next).filter(|s| {
        let singular = line.is(next + 1, &["year"]);
        year.is_none() && singular && *s != Shift::Recent
    });
    (year, told, if told.is_some() { next + 2 } else { end })
}

/// "May", "May 2021", "May 12", "May 12-14", "May 12, 2021".
pub(super) fn month_first(line: &Line, at: usize) -> Option<Found> {
    let month = is_month(line.sense(at))?;
    let next = line.skip(at + 1, &["the"]);
    let Some(first) = line.day(next).filter(|_| !counts(line, next)) else {
        let (year, within, end) = year_beside(line, at + 1);
        return Some(Found::of(at..end, Base::Date { year, within, month, days: None, shift: None }));
    };
    let (last, end) = second_day(line, next + 1).filter(|(last, _)| *last > first).unwrap_or((first, next + 1));
    let (year, within, end) = year_beside(line, end);
    Some(Found::of(at..end, Base::Date { year, within, month, days: Some((first, last)), shift: None }))
}

/// Whether a small number after a month counts something else: "in May 12 soldiers".
fn counts(line: &Line, at: usize) -> bool {
    let Some(token) = line.parse.tokens().get(at) else { return false };
    let head = &line.parse.tokens()[token.head];
    token.head > at
        && matches!(head.tag, syntax::Tag::Nns | syntax::Tag::Nn)
        && !matches!(line.sense(at), Some(Sense::Figures(Figures::Ordinal(_))))
}

/// "Wednesday", "Wednesday, 12 May", "Wednesday, May 12, 2021", "last Wednesday".
pub(super) fn weekday(line: &Line, at: usize) -> Option<Found> {
    let (shift, day_at) = match line.shift(at) {
        Some(shift) => (Some(shift), at + 1),
        None => (None, at),
    };
    let Some(Sense::Weekday(weekday)) = line.sense(day_at) else { return None };
    let next = line.skip(line.skip(day_at + 1, &[","]), &["the"]);
    let dated = day_first(line, next).or_else(|| month_first(line, next));
    match dated {
        Some(date) if date.meaning.is_day() && shift.is_none() => Some(Found { run: at..date.run.end, ..date }),
        _ => Some(Found::of(at..day_at + 1, Base::Weekday { weekday, shift })),
    }
}

/// "yesterday", "the day before yesterday", "the 20th", "that day".
pub(super) fn relative(line: &Line, at: usize) -> Option<Found> {
    match line.sense(at)? {
        Sense::Day(days) => Some(Found::of(at..at + 1, Base::Day(days))),
        Sense::Unit(Unit::Day) => day_beside(line, at),
        Sense::Figures(Figures::Ordinal(n)) if line.before(at) == "the" => ordinal_day(line, at, n),
        _ => None,
    }
}

/// "the day before yesterday", "the day after tomorrow".
fn day_beside(line: &Line, at: usize) -> Option<Found> {
    let step = match line.lower(at + 1) {
        "before" => -1,
        "after" => 1,
        _ => return None,
    };
    match line.sense(at + 2)? {
        Sense::Day(days) if days != 0 => {
            let start = if line.before(at) == "the" { at - 1 } else { at };
            Some(Found::of(start..at + 3, Base::Day(days + step)))
        }
        _ => None,
    }
}

/// "on the 20th", where no noun follows that would be counted.
fn ordinal_day(line: &Line, at: usize, n: u8) -> Option<Found> {
    let after = at.checked_sub(2).is_some_and(|b| line.is(b, &["on", "since", "until", "till", "by", "from", "of"]));
    let noun = line.parse.tokens().get(at).is_some_and(|t| t.head > at);
    let day = i8::try_from(n).ok().filter(|d| (1..=31).contains(d))?;
    (after && !noun).then(|| Found::of(at..at + 1, Base::DayOfMonth(day)))
}

/// "Christmas Eve", "New Year's Day 2021".
pub(super) fn holiday(line: &Line, at: usize) -> Option<Found> {
    let shift = line.shift(at).filter(|s| matches!(s, Shift::Last | Shift::This | Shift::Next));
    let first = at + usize::from(shift.is_some());
    if line.sense(first) != Some(Sense::Named) || !line.parse.word(first).starts_with(char::is_uppercase) {
        return None;
    }
    let same = |word: &str, at: usize| line.lower(at).replace('’', "'") == word;
    let names = Words::get().holidays(line.lower(first)).iter();
    let (rest, month, day) = names
        .filter(|(rest, ..)| rest.iter().enumerate().all(|(i, word)| same(word, first + 1 + i)))
        .max_by_key(|(rest, ..)| rest.len())?;
    let (year, end) = year_after(line, first + 1 + rest.len());
    Some(Found::of(at..end, Base::Date { year, within: None, month: *month, days: Some((*day, *day)), shift }))
}

/// Whether a number stands for a year in short after a hyphen: "2009-10".
pub(super) fn short_year(line: &Line, at: usize, before: i16) -> Option<i16> {
    match line.sense(at)? {
        Sense::Figures(Figures::Number(n, 2)) => {
            i16::try_from(n).ok().map(|n| before / 100 * 100 + n).filter(|&y| y > before)
        }
        _ => None,
    }
}

/// Whether token `at` is a vague number of units.
pub(super) fn is_vague(line: &Line, at: usize) -> bool {
    number::is_vague(line.lower(at))
}
