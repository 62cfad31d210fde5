//! The day of a document that does not come with one: from a dateline, else from the times that its body names.

mod body;
mod dateline;

use std::collections::BTreeSet;

use jiff::civil::Date;

use super::{Expression, ExpressionKind, Interval, expressions};
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

/// Days before a page's date within which a text that was written then is taken to name something.
const RECENT: i32 = 62;

/// Dates a document: as given with it, else by its dateline, else by the latest times that its body names.
///
/// `today` bounds what a text without a year can mean. `None` comes with a note that says why.
#[must_use]
pub fn date_document(parsed: &ParsedDocument, today: Date) -> Noted<Option<Dated>> {
    if let Some(interval) = parsed.document.meta().published {
        return Noted { value: Some(Dated { interval, how: "given".to_owned() }), notes: Vec::new() };
    }
    let times = expressions(parsed, None);
    let mut notes = Vec::new();
    let line = dateline::find(parsed, &times, today).and_then(|line| believed(parsed, line, &times, today, &mut notes));
    let value = line.or_else(|| body::find(parsed, &times, today, &notes));
    if value.is_none() {
        notes.push(Note::on_document("undated", "nothing in the text says when it was written"));
    }
    Noted { value, notes }
}

/// The latest day that a text tells of within some days after one that it is not older than.
pub(crate) fn goes_on(parsed: &ParsedDocument, times: &[Expression], known: Date, within: i32) -> Option<Date> {
    body::goes_on(parsed, times, known, within)
}

/// A dateline, unless it is a lone line at the head of a page that the body contradicts.
fn believed(
    parsed: &ParsedDocument,
    line: dateline::Dateline,
    times: &[Expression],
    today: Date,
    notes: &mut Vec<Note>,
) -> Option<Dated> {
    let elsewhere: Vec<&Expression> = times.iter().filter(|t| !line.span.meets(t.span)).collect();
    if line.lone && contradicts(parsed, &elsewhere, line.day) {
        let words = &line.words;
        let message = format!("the date at the head of the page, {words}, does not fit the times that the text names");
        notes.push(Note::at(line.span, "date-header", message));
        return None;
    }
    if line.day > today {
        notes.push(Note::at(line.span, "date-ahead", format!("the text is dated {}, which is yet to come", line.day)));
    }
    Some(Dated { interval: Interval::day(line.day), how: format!("dated in the text: {}", line.words) })
}

/// Whether a text names times of the calendar, but none of the two months before `day`.
fn contradicts(parsed: &ParsedDocument, times: &[&Expression], day: Date) -> bool {
    let (stated, bare): (Vec<&Expression>, Vec<&Expression>) =
        times.iter().filter(|t| month(t).is_some()).partition(|t| has_year(parsed, t));
    let near = |d: Date| d.until(day).is_ok_and(|gap| (-RECENT..=RECENT).contains(&gap.get_days()));
    let of_then = stated.iter().filter_map(|t| t.interval?.last_day()).any(near);
    // A month that the text names with another year elsewhere means that one.
    let elsewhere: BTreeSet<i8> = stated.iter().filter_map(|t| month(t)).collect();
    let mut bare_months = bare.iter().filter_map(|t| month(t)).filter(|m| !elsewhere.contains(m));
    let recent = bare_months.any(|m| (day.month() - m).rem_euclid(12) <= 1);
    !(times.iter().all(|t| month(t).is_none()) || of_then || recent)
}

/// The month that an expression names, from its TIMEX value.
fn month(time: &Expression) -> Option<i8> {
    let dated = matches!(time.kind, ExpressionKind::Date | ExpressionKind::Time);
    time.timex.get(5..7).filter(|_| dated)?.parse().ok().filter(|m| (1..=12).contains(m))
}

/// Whether an expression's own words give the year of its value.
fn has_year(parsed: &ParsedDocument, time: &Expression) -> bool {
    time.timex.get(..4).is_some_and(|year| parsed.document.slice(time.span).contains(year))
}
