//! Datelines: "VESK, March 3 (Agency) —", "Published: 3 March 2031", a line that is only a date, or that and a name.

use std::ops::Range;

use jiff::civil::Date;
use syntax::Pos;

use super::super::{Expression, ExpressionKind, Interval};
use super::has_year;
use crate::document::{ParsedDocument, ParsedParagraph, Span};

/// A date that a text gives itself.
#[derive(Debug, Clone)]
pub(super) struct Dateline {
    pub(super) span: Span,
    pub(super) words: String,
    pub(super) day: Date,
    /// Whether it is a line of its own without a year, as page headers show the day of the visit.
    pub(super) lone: bool,
}

/// Paragraphs at the head of a document in which a dateline can stand.
const HEAD: usize = 8;

/// Words that the name of an outlet has, at most.
const NAME: usize = 6;

/// Words that say when a text appeared.
const PUBLISHED: [&str; 11] = [
    "published",
    "posted",
    "publication",
    "updated",
    "date",
    "issued",
    "released",
    "modified",
    "dated",
    "created",
    "filed",
];

/// The first dateline of a document. A year that it lacks comes from its weekday, from years the text names, or is
/// the latest that is not after `today`.
pub(super) fn find(parsed: &ParsedDocument, times: &[Expression], today: Date) -> Option<Dateline> {
    let heads = |t: &&Expression| t.paragraph < HEAD && matches!(t.kind, ExpressionKind::Date | ExpressionKind::Time);
    times.iter().filter(heads).find_map(|time| {
        let paragraph = parsed.paragraphs.get(time.paragraph)?;
        stands_as_dateline(paragraph, &time.tokens).then_some(())?;
        let (day, yearless) = day_of(parsed, time, paragraph, times, today)?;
        let lone = yearless && (is_alone(paragraph, &time.tokens) || after_outlet(paragraph, &time.tokens));
        Some(Dateline { span: time.span, words: parsed.document.slice(time.span).to_owned(), day, lone })
    })
}

fn stands_as_dateline(paragraph: &ParsedParagraph, run: &Range<usize>) -> bool {
    is_alone(paragraph, run)
        || opens_text(paragraph, run)
        || after_place(paragraph, run)
        || after_outlet(paragraph, run)
        || is_announced(paragraph, run)
}

/// Whether the paragraph is little more than the date.
fn is_alone(paragraph: &ParsedParagraph, run: &Range<usize>) -> bool {
    paragraph.parse.len() <= run.len() + 2 && !after_preposition(paragraph, run)
}

/// "27 February 2018 The ministry said …": a date with its year that no sentence holds.
fn opens_text(paragraph: &ParsedParagraph, run: &Range<usize>) -> bool {
    let next = paragraph.parse.tokens().get(run.end);
    let capital =
        next.is_some_and(|t| paragraph.parse.word(run.end).starts_with(char::is_uppercase) || t.pos == Pos::Num);
    run.start == 0 && capital && run.len() >= 3
}

/// "VESK, March 3 (Agency) —": after a place in capitals, before a bracket or a dash.
fn after_place(paragraph: &ParsedParagraph, run: &Range<usize>) -> bool {
    let word = |i: usize| paragraph.parse.tokens().get(i).map_or("", |_| paragraph.parse.word(i));
    let closed = matches!(word(run.end), "(" | "-" | "–" | "—" | "--" | "." | ":" | "/");
    let place = run.start >= 2 && run.start <= 8 && word(run.start - 1) == ",";
    let named = place
        && (0..run.start - 1)
            .all(|i| word(i).starts_with(|c: char| c.is_uppercase() || c == '/' || c == ',' || c == '('));
    closed && named
}

/// "Published: 3 March 2031", "Last updated at …", "Posted on …".
fn is_announced(paragraph: &ParsedParagraph, run: &Range<usize>) -> bool {
    let from = run.start.saturating_sub(4);
    let before = paragraph.parse.tokens().get(from..run.start).unwrap_or(&[]);
    from <= 2 && before.iter().any(|t| PUBLISHED.contains(&&*t.lower))
}

/// "Vesk Herald | Tuesday, 4 March 2031": a line of its own that gives a name and a date, and says nothing.
fn after_outlet(paragraph: &ParsedParagraph, run: &Range<usize>) -> bool {
    let word = |i: usize| paragraph.parse.word(i);
    let mark = |i: usize| matches!(word(i), "|" | "," | "-" | "–" | "—" | "·" | "•" | ":" | "/");
    let ends = run.end + 1 >= paragraph.parse.len();
    let Some(parting) = run.start.checked_sub(1).filter(|&i| (1..=NAME).contains(&i) && mark(i) && ends) else {
        return false;
    };
    (0..parting)
        .all(|i| word(i).starts_with(char::is_uppercase) || mark(i) || &*paragraph.parse.tokens()[i].lower == "of")
}

fn after_preposition(paragraph: &ParsedParagraph, run: &Range<usize>) -> bool {
    run.start.checked_sub(1).is_some_and(|b| paragraph.parse.tokens()[b].pos == Pos::Adp)
}

/// The day that an expression names, and whether its year had to be found.
fn day_of(
    parsed: &ParsedDocument,
    time: &Expression,
    paragraph: &ParsedParagraph,
    times: &[Expression],
    today: Date,
) -> Option<(Date, bool)> {
    let written =
        time.interval.filter(|_| time.timex.starts_with(|c: char| c.is_ascii_digit()) && has_year(parsed, time));
    if let Some(interval) = written {
        return single_day(interval).map(|d| (d, false));
    }
    let rest = time.timex.get(4..10)?;
    let on = |year: i16| format!("{year:04}{rest}").parse::<Date>().ok();
    let mut years = years_named(times, paragraph, time);
    years.extend((0..30).map(|back| today.year() - back));
    let fits = |d: &Date| {
        *d <= today && weekday_of(paragraph, &time.tokens).is_none_or(|w| w == d.weekday().to_monday_one_offset())
    };
    years.into_iter().filter_map(on).find(fits).map(|d| (d, true))
}

fn single_day(interval: Interval) -> Option<Date> {
    interval.first_day().filter(|_| interval.first_day() == interval.last_day() && interval.length_in_days() == Some(1))
}

/// Years that the text names elsewhere, the latest first.
fn years_named(times: &[Expression], paragraph: &ParsedParagraph, but: &Expression) -> Vec<i16> {
    let year = |t: &Expression| {
        t.timex.get(..4)?.parse::<i16>().ok().filter(|_| paragraph.span != t.span && t.span != but.span)
    };
    let mut years: Vec<i16> = times.iter().filter_map(year).filter(|y| (1900..2200).contains(y)).collect();
    years.sort_unstable_by(|a, b| b.cmp(a));
    years.dedup();
    years
}

/// The weekday that stands within an expression, Monday being 1.
fn weekday_of(paragraph: &ParsedParagraph, run: &Range<usize>) -> Option<i8> {
    use super::super::words::{Sense, Words};
    let senses = paragraph.parse.tokens().get(run.clone())?.iter().filter_map(|t| Words::get().sense(&t.lower));
    senses.into_iter().find_map(|s| if let Sense::Weekday(day) = s { Some(day) } else { None })
}
