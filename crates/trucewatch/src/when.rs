//! Time: expressions as written, resolved against the document's day; the day of documents that do not say it.
//!
//! Expressions are found and valued as TIMEX3 has it (Pustejovsky et al. 2003; the conventions of TempEval-3), and
//! each that names a time on the calendar also gets the [`Interval`] that the codebook asks for.

mod attach;
mod calendar;
mod chronicle;
mod dating;
mod grammar;
mod interval;
mod meaning;
pub(crate) mod number;
mod range;
mod resolve;
mod shape;
mod tense;
#[cfg(test)]
mod tests;
mod told;
mod words;

use std::ops::Range;

use jiff::civil::Date;

pub use attach::{Attached, Attachment, of_clause};
pub(crate) use chronicle::{headings, under};
pub(crate) use dating::goes_on;
pub use dating::{Dated, date_document};
pub use interval::{Interval, IntervalError, Point};
pub use told::{day_in_words, days_in_words, edtf_in_words};

use crate::document::{ParsedDocument, ParsedParagraph, Span};
use grammar::{Found, Line};
use meaning::{Base, Way};
use resolve::Context;

/// What kind of time an expression names (TIMEX3 types).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ExpressionKind {
    /// A day or anything longer on the calendar.
    Date,
    /// An hour or a part of a day.
    Time,
    /// A length of time.
    Duration,
    /// A time that comes round again.
    Set,
}

impl ExpressionKind {
    /// The type as TIMEX3 writes it.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            ExpressionKind::Date => "DATE",
            ExpressionKind::Time => "TIME",
            ExpressionKind::Duration => "DURATION",
            ExpressionKind::Set => "SET",
        }
    }
}

/// A time expression in the text.
#[derive(Debug, Clone, PartialEq)]
pub struct Expression {
    /// Index of its paragraph among those that were parsed.
    pub paragraph: usize,
    /// Its words in the document, without a preposition before them.
    pub span: Span,
    /// Its tokens in the paragraph.
    pub tokens: Range<usize>,
    /// What kind of time it names.
    pub kind: ExpressionKind,
    /// TIMEX3 value: `2013-03-22`, `2013-W12`, `P3D`, `PRESENT_REF`, `XXXX-05-12`.
    pub timex: String,
    /// The time on the calendar, "since" and "until" taken in; `None` for lengths, sets and what cannot be known.
    pub interval: Option<Interval>,
}

/// All time expressions of a document, in text order, relative ones resolved against `anchor`, its day.
#[must_use]
pub fn expressions(parsed: &ParsedDocument, anchor: Option<Date>) -> Vec<Expression> {
    let found = read(parsed, anchor, &[]);
    match headings(parsed.paragraphs.iter(), &found) {
        days if days.is_empty() => found,
        days => read(parsed, anchor, &days),
    }
}

/// Reads all paragraphs; what stands under a heading that names a day is told as of that day.
fn read(parsed: &ParsedDocument, anchor: Option<Date>, headings: &[(usize, Interval)]) -> Vec<Expression> {
    let mut context = Context { anchor, ..Context::default() };
    let mut out = Vec::new();
    for (index, paragraph) in parsed.paragraphs.iter().enumerate() {
        let day = index.checked_sub(1).and_then(|above| under(headings, above));
        context.anchor = day.and_then(Interval::last_day).or(anchor);
        let from = out.len();
        read_paragraph(index, paragraph, &mut context, &mut out);
        range::apply(&paragraph.parse, &mut out[from..]);
    }
    out
}

fn read_paragraph(index: usize, paragraph: &ParsedParagraph, context: &mut Context, out: &mut Vec<Expression>) {
    let found = grammar::read(&Line::new(&paragraph.parse));
    for (at, one) in found.iter().enumerate() {
        context.ahead = tense::looks_ahead(&paragraph.parse, one.run.start, one.run.end);
        context.beside = day_beside(paragraph, &found, at, context);
        let resolved = resolve::resolve(&one.meaning, context);
        let kind = if resolved.timex.starts_with('P')
            && !resolved.timex.ends_with("REF")
            && kind_of(one) == ExpressionKind::Date
        {
            ExpressionKind::Duration
        } else {
            kind_of(one)
        };
        remember(context, kind, resolved.interval);
        let is_day = kind == ExpressionKind::Date || one.meaning.base != Base::Hour;
        if is_day && !is_edge(paragraph, one.run.start) && resolved.interval.is_some() {
            context.told = context.named;
        }
        out.push(Expression {
            paragraph: index,
            span: paragraph.span_of(one.run.clone()),
            tokens: one.run.clone(),
            kind,
            timex: resolved.timex,
            interval: resolved.interval,
        });
    }
}

fn kind_of(found: &Found) -> ExpressionKind {
    let meaning = &found.meaning;
    match &meaning.base {
        _ if meaning.clock.is_some() || meaning.part.is_some() => ExpressionKind::Time,
        Base::Amount(_) | Base::Moved(_, Way::Past | Way::Coming) => ExpressionKind::Duration,
        Base::Set(_) => ExpressionKind::Set,
        _ => ExpressionKind::Date,
    }
}

/// Keeps the day and year that were named last.
fn remember(context: &mut Context, kind: ExpressionKind, interval: Option<Interval>) {
    let Some(interval) = interval.filter(|_| matches!(kind, ExpressionKind::Date | ExpressionKind::Time)) else {
        return;
    };
    context.spoken = interval.first_day().map(Date::year).or(context.spoken);
    let coarse = matches!(interval.start, None | Some(Point::Year(_)));
    context.year = interval.first_day().filter(|_| !coarse).map(Date::year).or(context.year);
    if interval.first_day() == interval.last_day() {
        context.named = interval.first_day();
    }
}

/// "Since Wednesday", "until Friday": a day that only bounds what is told.
fn is_edge(paragraph: &ParsedParagraph, start: usize) -> bool {
    let before = start.checked_sub(1).map(|i| &*paragraph.parse.tokens()[i].lower);
    before.is_some_and(|word| matches!(word, "since" | "until" | "till" | "before" | "after" | "by" | "than"))
}

/// The day that an hour or a part of a day belongs to: named in the same sentence, nearest first.
fn day_beside(paragraph: &ParsedParagraph, found: &[Found], at: usize, context: &Context) -> Option<Date> {
    let one = found.get(at).filter(|f| f.meaning.base == Base::Hour)?;
    let sentence = paragraph.parse.sentence_of(one.run.start);
    let days = found.iter().filter(|f| f.meaning.is_day() && sentence.contains(&f.run.start));
    let nearest = days.min_by_key(|f| f.run.start.abs_diff(one.run.start))?;
    resolve::resolve(&nearest.meaning, context).interval?.first_day()
}
