//! The day of a text without a dateline: not before the latest time that it tells of.

use jiff::ToSpan;
use jiff::civil::Date;

use super::super::{Expression, ExpressionKind, Interval, Point, tense};
use super::{Dated, has_year, month};
use crate::document::ParsedDocument;
use crate::note::Note;

/// Days after the last one that a text tells of, within which news of it is taken to appear.
const NEWS: i32 = 7;
/// The same for texts that name no weekday and no "yesterday".
const REVIEW: i32 = 31;
/// Months before a full date in which a month without a year is taken to lie before it, and not after.
const BEFORE: i8 = 4;

/// Dates a text by the latest time it tells of, and by "yesterday" or "today, Saturday" beside that.
pub(super) fn find(parsed: &ParsedDocument, times: &[Expression], today: Date, notes: &[Note]) -> Option<Dated> {
    let told = |t: &&Expression| is_told(parsed, t) && !notes.iter().any(|n| n.span.is_some_and(|s| s.meets(t.span)));
    let told: Vec<&Expression> = times.iter().filter(told).collect();
    let dated =
        told.iter().filter(|t| has_year(parsed, t) && matches!(t.interval.and_then(|i| i.end), Some(Point::Day(_))));
    let (stated, words) = latest(dated.filter_map(|t| Some((t.interval?.last_day()?, *t))), today)?;
    let (day, words) = carried_on(parsed, &told, (stated, words), today);
    let text = parsed.document.slice(words.span);
    if let Some(steps) = times.iter().filter(|t| beside(t, words)).find_map(|t| steps(parsed.document.slice(t.span))) {
        let how = format!("the text tells of {text} as seen from its own day");
        return Some(Dated { interval: Interval::day(day.checked_add(steps.days()).ok()?), how });
    }
    let how = format!("the latest time that the text tells of is {text}");
    Some(Dated { interval: window(parsed, times, (day, words), today), how })
}

/// Whether an expression names a day or month that does not lie ahead of the text.
fn is_told(parsed: &ParsedDocument, time: &Expression) -> bool {
    let Some(paragraph) = parsed.paragraphs.get(time.paragraph) else { return false };
    let ahead = tense::looks_ahead(&paragraph.parse, time.tokens.start, time.tokens.end);
    let bounded = time.interval.is_none_or(|i| i.start.is_some());
    let decade = matches!(time.interval.and_then(|i| i.start), Some(Point::Year(_)));
    month(time).is_some() && bounded && !ahead && !decade && time.kind != ExpressionKind::Set
}

/// The latest day that the text comes to where it goes on from a date with its year to months and days without one:
/// "9 November 2020 … in January … mid-May … at the beginning of July and, on the 20th".
fn carried_on<'a>(
    parsed: &ParsedDocument,
    told: &[&'a Expression],
    stated: (Date, &'a Expression),
    today: Date,
) -> (Date, &'a Expression) {
    let bare = told.iter().filter(|t| !has_year(parsed, t));
    let placed = |time: &Expression, known: Date| match day_alone(parsed.document.slice(time.span)) {
        Some(day) => Date::new(known.year(), known.month(), day).ok(),
        None => placed_after(time, known),
    };
    bare.fold(stated, |(known, words), time| match placed(time, known) {
        Some(day) if day > known && day <= today => (day, *time),
        _ => (known, words),
    })
}

/// The latest day that a text without a date tells of within some days after `known`, a day that it is not older than:
/// "the agreement of 5 March … on 6 March" goes on in that year.
pub(super) fn goes_on(parsed: &ParsedDocument, times: &[Expression], known: Date, within: i32) -> Option<Date> {
    let until = known.checked_add(within.days()).ok()?;
    let named = |t: &&Expression| t.timex.starts_with("XXXX-") && t.timex.get(8..10).is_some() && is_told(parsed, t);
    let days = times.iter().filter(named).filter_map(|t| placed_after(t, known));
    days.filter(|day| *day > known && *day <= until).max()
}

fn latest<'a>(times: impl Iterator<Item = (Date, &'a Expression)>, today: Date) -> Option<(Date, &'a Expression)> {
    times.filter(|(day, _)| *day <= today).max_by_key(|(day, _)| *day)
}

/// The end of a month or day that is named without a year, after the latest date that has one; `None` where it more
/// likely lies before.
fn placed_after(time: &Expression, stated: Date) -> Option<Date> {
    let month = month(time)?;
    let back = (stated.month() - month).rem_euclid(12);
    if (1..=BEFORE).contains(&back) {
        return None;
    }
    let year = if month >= stated.month() { stated.year() } else { stated.year() + 1 };
    let first = Date::new(year, month, 1).ok()?;
    match time.timex.get(8..10).and_then(|d| d.parse().ok()) {
        Some(day) => Date::new(year, month, day).ok(),
        None => time
            .interval
            .and_then(Interval::last_day)
            .and_then(|d| Date::new(year, month, d.day()).ok())
            .or(Some(first)),
    }
}

/// The day of "the 20th", which lies in the month that was named before.
fn day_alone(words: &str) -> Option<i8> {
    let number = words.strip_prefix("the ").unwrap_or(words);
    ["st", "nd", "rd", "th"].iter().find_map(|ending| number.strip_suffix(ending))?.parse().ok()
}

fn beside(one: &Expression, other: &Expression) -> bool {
    let gap = |a: &Expression, b: &Expression| b.tokens.start.checked_sub(a.tokens.end);
    let near = gap(one, other).or_else(|| gap(other, one)).is_some_and(|gap| gap <= 2);
    one.paragraph == other.paragraph && near
}

/// Days from what a deictic word names to the day of speaking.
fn steps(words: &str) -> Option<i32> {
    match words.to_lowercase().split(' ').next()? {
        "today" | "tonight" => Some(0),
        "yesterday" => Some(1),
        _ => None,
    }
}

/// The days in which a text that tells of `day` may have appeared, narrowed by the weekdays that it names.
fn window(parsed: &ParsedDocument, times: &[Expression], (day, words): (Date, &Expression), today: Date) -> Interval {
    let weekday = |t: &Expression| t.timex.strip_prefix("XXXX-WXX-")?.get(..1)?.parse::<i8>().ok();
    let weekdays: Vec<i8> = times.iter().filter(|t| t.kind != ExpressionKind::Set).filter_map(weekday).collect();
    let spoken = !weekdays.is_empty() || times.iter().any(|t| steps(parsed.document.slice(t.span)).is_some());
    // News gives no year to the days of its own week; a date that has one may lie far back.
    let news = spoken && !has_year(parsed, words);
    let plus = |n: i32| day.checked_add(n.days()).unwrap_or(day);
    let named = |d: &Date| weekdays.contains(&d.weekday().to_monday_one_offset());
    let first = (1..NEWS).map(plus).find(named).unwrap_or(day);
    let last = plus(if news { NEWS } else { REVIEW }).min(today.max(first));
    let found = Interval::days(first, last);
    if news { found } else { found.about() }
}
