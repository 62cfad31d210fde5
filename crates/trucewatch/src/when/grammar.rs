//! Reads time expressions off the tokens: which words belong to one, and what they say.
//!
//! Each submodule reads one family of expressions that begins at a given token. An expression is made of the noun
//! phrase without its preposition, as TIMEX3 has it: "in *early May 2021*".

mod amount;
mod clock;
mod day;
mod line;
mod period;
mod set;

use std::ops::Range;

use super::meaning::{Base, Meaning};
use super::words::{Sense, Words};
pub(super) use line::Line;
pub(super) use set::{duration, part_code};

/// An expression in the text.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Found {
    pub(super) run: Range<usize>,
    pub(super) meaning: Meaning,
}

impl Found {
    fn of(run: Range<usize>, base: Base) -> Found {
        Found { run, meaning: Meaning::of(base) }
    }
}

type Rule = fn(&Line, usize) -> Option<Found>;

/// Tried in this order: what is longer or more certain first.
const RULES: [Rule; 16] = [
    set::every,
    set::per_unit,
    period::edged,
    clock::clock,
    day::figures,
    day::day_first,
    day::month_first,
    day::weekday,
    day::relative,
    day::holiday,
    period::shifted,
    amount::amount,
    period::ordinal,
    period::season,
    period::year,
    set::moment,
];

/// All expressions of a text, in order, none overlapping.
pub(super) fn read(line: &Line) -> Vec<Found> {
    let mut out: Vec<Found> = Vec::new();
    let mut at = 0;
    while at < line.len() {
        let floor = out.last().map_or(0, |f| f.run.end);
        match read_at(line, at, floor) {
            Some(found) => {
                at = found.run.end.max(at + 1);
                out.push(found);
            }
            None => at += 1,
        }
    }
    out
}

fn read_at(line: &Line, at: usize, floor: usize) -> Option<Found> {
    line.sense(at)?;
    let found = RULES.iter().find_map(|rule| rule(line, at))?;
    Some(with_determiner(line, clock::beside_day(line, found), floor))
}

/// Takes in the article before an expression, and words such as "mere" between the two.
fn with_determiner(line: &Line, mut found: Found, floor: usize) -> Found {
    let hyphenated = found.run.clone().any(|i| matches!(line.lower(i), "-" | "‑"));
    if !takes_determiner(&found.meaning) || (hyphenated && found.meaning.edge.is_none()) {
        return found;
    }
    let mut from = found.run.start;
    while from > floor && Words::get().is_hedge(line.lower(from - 1)) && line.is_adjective(from - 1) {
        from -= 1;
    }
    let article =
        from > floor && matches!(line.lower(from - 1), "the" | "a" | "an" | "this" | "that" | "these" | "those");
    if article {
        found.run.start = from - 1;
    }
    found
}

/// Whether an article before it is part of the expression: "the past week", not "the 2013 campaign" or "the Friday talks".
fn takes_determiner(meaning: &Meaning) -> bool {
    match &meaning.base {
        Base::Shifted(..) | Base::Amount(_) | Base::Moved(..) | Base::DayOfMonth(_) | Base::Decade(_) => true,
        Base::Season { .. } | Base::Quarter { .. } => true,
        Base::Hour => meaning.clock.is_none(),
        _ => meaning.edge.is_some(),
    }
}

/// Whether a sense may stand in a date.
fn is_month(sense: Option<Sense>) -> Option<i8> {
    match sense {
        Some(Sense::Month(month)) => Some(month),
        _ => None,
    }
}
