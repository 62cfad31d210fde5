//! Chronicles: texts cut up by lines that hold nothing but a day, each of which dates what stands under it.

use std::collections::BTreeSet;

use syntax::Pos;

use super::{Expression, ExpressionKind, Interval};
use crate::document::ParsedParagraph;

/// How many different days must stand in lines of their own; one alone is the day of a report.
const LEAST: usize = 2;

/// Longest stretch, in days, that a heading names.
const LONGEST: i32 = 31;

/// The lines of a chronicle that hold nothing but a day or a month, by the index of their paragraph, in text order; none
/// where a text is no chronicle.
pub(crate) fn headings<'p>(
    paragraphs: impl Iterator<Item = &'p ParsedParagraph>,
    expressions: &[Expression],
) -> Vec<(usize, Interval)> {
    let heading = |(index, paragraph)| Some((index, heading(index, paragraph, expressions)?));
    let found: Vec<(usize, Interval)> = paragraphs.enumerate().filter_map(heading).collect();
    let days: BTreeSet<_> = found.iter().map(|(_, day)| day.first_day()).collect();
    if days.len() < LEAST { Vec::new() } else { found }
}

/// The day of the last heading up to a paragraph, itself included.
pub(crate) fn under(headings: &[(usize, Interval)], paragraph: usize) -> Option<Interval> {
    let above = headings.partition_point(|(at, _)| *at <= paragraph);
    above.checked_sub(1).map(|last| headings[last].1)
}

fn heading(index: usize, paragraph: &ParsedParagraph, expressions: &[Expression]) -> Option<Interval> {
    let from = expressions.partition_point(|e| e.paragraph < index);
    let only = expressions.get(from).filter(|e| e.paragraph == index && e.kind == ExpressionKind::Date)?;
    let tokens = paragraph.parse.tokens().iter().enumerate();
    let rest = tokens.filter(|(i, t)| !only.tokens.contains(i) && !matches!(t.pos, Pos::Punct | Pos::Space));
    let alone = rest.count() == 0;
    only.interval.filter(|i| alone && i.length_in_days().is_some_and(|n| n <= LONGEST))
}
