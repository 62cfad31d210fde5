//! The day of a document that does not come with one: from a dateline, else from the times that its body names.

mod dateline;

use jiff::ToSpan;
use jiff::civil::Date;

use super::{Expression, ExpressionKind, Interval, Point, expressions};
use crate::document::ParsedDocument;
use crate::note::{Note, Noted};

/// When a document was published, and how that is known.
#[derive(Debug, Clone, PartialEq)]
pub struct Dated {
    /// Its day, or the days between which it lies.
    pub interval: Interval,
    /// How it is known, in words: "given", or the clue.
    pub how: String,
}

/// Days after the last one that a text names, within which a report of it is taken to appear.
const REPORTED_WITHIN: i32 = 7;

/// Dates a document: as given with it, else by its dateline, else by the latest full date in its body.
///
/// `today` bounds what a text without a year can mean. `None` comes with a note that says why.
#[must_use]
pub fn date_document(parsed: &ParsedDocument, today: Date) -> Noted<Option<Dated>> {
    if let Some(interval) = parsed.document.meta().published {
        return Noted { value: Some(Dated { interval, how: "given".to_owned() }), notes: Vec::new() };
    }
    let times = expressions(parsed, None);
    let mut notes = Vec::new();
    let line = dateline::find(parsed, &times, today).and_then(|line| believed(line, &times, today, &mut notes));
    let value = line.or_else(|| by_body(parsed, &times, today));
    if value.is_none() {
        notes.push(Note::on_document("undated", "nothing in the text says when it was written"));
    }
    Noted { value, notes }
}

/// A dateline, unless it is a lone line at the head of a page that the body contradicts.
fn believed(line: dateline::Dateline, times: &[Expression], today: Date, notes: &mut Vec<Note>) -> Option<Dated> {
    let elsewhere = times.iter().filter(|t| t.span != line.span && !line.span.meets(t.span));
    let months = months_named(elsewhere);
    if line.lone
        && !months.is_empty()
        && !months.contains(&line.day.month())
        && !months.contains(&month_before(line.day))
    {
        let message =
            format!("the date at the head of the page, {}, does not fit the months that the text names", line.words);
        notes.push(Note::at(line.span, "date-header", message));
        return None;
    }
    if line.day > today {
        notes.push(Note::at(line.span, "date-ahead", format!("the text is dated {}, which is yet to come", line.day)));
    }
    Some(Dated { interval: Interval::day(line.day), how: format!("dated in the text: {}", line.words) })
}

fn month_before(day: Date) -> i8 {
    (day.month() + 10) % 12 + 1
}

/// Months that expressions name, from their TIMEX values.
fn months_named<'a>(times: impl Iterator<Item = &'a Expression>) -> Vec<i8> {
    let month = |t: &Expression| t.timex.get(5..7)?.parse().ok().filter(|m| (1..=12).contains(m));
    times.filter(|t| t.kind != ExpressionKind::Set).filter_map(month).collect()
}

/// By the latest full date that the body tells of, and "yesterday", "today, Saturday" beside it.
fn by_body(parsed: &ParsedDocument, times: &[Expression], today: Date) -> Option<Dated> {
    let latest = latest_date(times, today)?;
    let day = latest.interval?.last_day()?;
    let words = parsed.document.slice(latest.span);
    let deictic = times.iter().filter(|t| beside(t, latest)).find_map(|t| steps(parsed.document.slice(t.span)));
    if let Some(steps) = deictic {
        let day = super::calendar::plus_days(day, steps);
        return Some(Dated {
            interval: Interval::day(day),
            how: format!("the text tells of {words} as seen from its own day"),
        });
    }
    let (first, last) = window(times, day);
    let how = format!("the latest day that the text names is {words}");
    Some(Dated { interval: Interval::days(first, last.min(today.max(first))), how })
}

fn latest_date(times: &[Expression], today: Date) -> Option<&Expression> {
    let full = |t: &&Expression| {
        t.kind == ExpressionKind::Date && t.interval.is_some_and(|i| matches!(i.end, Some(Point::Day(d)) if d <= today))
    };
    times.iter().filter(full).max_by_key(|t| t.interval.and_then(Interval::last_day))
}

fn beside(one: &Expression, other: &Expression) -> bool {
    one.paragraph == other.paragraph
        && one.tokens != other.tokens
        && one.tokens.start.abs_diff(other.tokens.end).min(other.tokens.start.abs_diff(one.tokens.end)) <= 2
}

/// Days from what a deictic word names to the day of speaking.
fn steps(words: &str) -> Option<i32> {
    match words.to_lowercase().split(' ').next()? {
        "today" | "tonight" => Some(0),
        "yesterday" => Some(1),
        _ => None,
    }
}

/// The days in which a report of `day` may have appeared, narrowed by the weekdays that the text names.
fn window(times: &[Expression], day: Date) -> (Date, Date) {
    let last = day.checked_add(REPORTED_WITHIN.days()).unwrap_or(day);
    let weekdays: Vec<i8> =
        times.iter().filter_map(|t| t.timex.strip_prefix("XXXX-WXX-")?.get(..1)?.parse().ok()).collect();
    let named = |d: &Date| weekdays.contains(&d.weekday().to_monday_one_offset());
    let first = (1..REPORTED_WITHIN).filter_map(|n| day.checked_add(n.days()).ok()).find(named);
    (first.unwrap_or(day), last)
}
