//! What stands round an expression: "since", "until", "between … and …", "from … to …".

use syntax::Parse;

use super::Expression;
use super::interval::{Interval, Point};

/// Opens or joins the intervals of a paragraph's expressions by the words round them. TIMEX values stay.
pub(super) fn apply(parse: &Parse, expressions: &mut [Expression]) {
    join(parse, expressions);
    for expression in expressions.iter_mut() {
        if let Some(interval) = expression.interval {
            expression.interval = Some(opened(parse, expression, interval));
        }
    }
}

fn word_before(parse: &Parse, at: usize) -> &str {
    at.checked_sub(1).and_then(|b| parse.tokens().get(b)).map_or("", |t| &t.lower)
}

/// An interval opened by the word before it, if it is no range already.
fn opened(parse: &Parse, expression: &Expression, interval: Interval) -> Interval {
    let skipped = ["on", "the", "at", "about", "around", "least"];
    let mut at = expression.tokens.start;
    while skipped.contains(&word_before(parse, at)) {
        at -= 1;
    }
    let onward =
        parse.tokens().get(expression.tokens.end).is_some_and(|t| matches!(&*t.lower, "on" | "onward" | "onwards"));
    match word_before(parse, at) {
        "since" => Interval { end: None, ..interval },
        "from" if onward => Interval { end: None, ..interval },
        "until" | "till" | "til" => Interval { start: None, end: interval.end, ..interval },
        _ => interval,
    }
}

/// Joins pairs such as "between 3 and 5 May", "from Monday to Friday", "2009-2010" into one stretch.
fn join(parse: &Parse, expressions: &mut [Expression]) {
    for pair in 1..expressions.len() {
        let (before, after) = expressions.split_at_mut(pair);
        let (Some(first), Some(second)) = (before.last_mut(), after.first_mut()) else { continue };
        let joined = stretch(first, second).filter(|_| are_joined(parse, first, second));
        if let Some(joined) = joined {
            first.interval = Some(joined);
            second.interval = Some(joined);
        }
    }
}

fn are_joined(parse: &Parse, first: &Expression, second: &Expression) -> bool {
    let between = parse.tokens().get(first.tokens.end..second.tokens.start).unwrap_or(&[]);
    let words: Vec<&str> =
        between.iter().map(|t| &*t.lower).filter(|w| !matches!(*w, "the" | "on" | "," | "at")).collect();
    let opener = word_before(parse, first.tokens.start);
    match *words.as_slice() {
        ["-" | "–" | "—"] => between.len() == 1,
        ["to" | "until" | "till" | "through"] => true,
        ["and"] => opener == "between",
        _ => false,
    }
}

fn stretch(first: &Expression, second: &Expression) -> Option<Interval> {
    let (a, b) = (first.interval?, second.interval?);
    let (start, end) = (a.start?, b.end?);
    let ordered = start.first_day() <= end.last_day();
    (ordered && same_grain(start, end)).then_some(Interval {
        start: Some(start),
        end: Some(end),
        approx: a.approx || b.approx,
    })
}

/// An hour and a year do not bound one stretch.
fn same_grain(a: Point, b: Point) -> bool {
    let grain = |p: Point| match p {
        Point::Minute(_) | Point::Day(_) => 0,
        Point::Month(..) | Point::Year(_) => 1,
    };
    grain(a) == grain(b)
}
