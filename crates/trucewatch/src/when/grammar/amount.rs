//! Amounts of time and where they lead: "three days", "two days ago", "the past two weeks", "in five hours".

use super::super::meaning::{Amount, Base, Way};
use syntax::Pos;

use super::super::tense::{self, Outlook};
use super::super::words::{Shift, Unit, Words};
use super::{Found, Line, day};

/// A number with its unit.
pub(super) fn amount(line: &Line, at: usize) -> Option<Found> {
    let (start, found) = one_unit(line, at).or_else(|| counted(line, at))?;
    if is_age(line, found.1) {
        return None;
    }
    let (end, amount) = (found.1, found.0);
    let (way, end) = way_after(line, end).unwrap_or((None, end));
    let way = way.or_else(|| ahead(line, start, end));
    // "five years' probation"
    let end = if way.is_none() { line.skip(end, &["'", "’"]) } else { end };
    let base = way.map_or(Base::Amount(amount), |way| Base::Moved(amount, way));
    Some(Found::of(start..end, base))
}

type Counted = (usize, (Amount, usize));

/// "a month", "an hour": begins at the article, read from the unit on.
fn one_unit(line: &Line, at: usize) -> Option<Counted> {
    let unit = line.unit(at)?;
    let start = at.checked_sub(1)?;
    if !line.is(start, &["a", "an"]) {
        return None;
    }
    let half = start.checked_sub(1).is_some_and(|h| line.is(h, &["half"]));
    let (start, count) = if half { (start - 1, 0.5) } else { (start, 1.0) };
    Some((start, (Amount { count: Some(count), unit, approx: is_about(line, start) }, at + 1)))
}

/// "three days", "twenty-five years", "several weeks", "three-month".
fn counted(line: &Line, at: usize) -> Option<Counted> {
    let (count, end) = match line.number(at) {
        Some(number) => (Some(number.value), number.run.end),
        None if day::is_vague(line, at) => (None, at + 1),
        None => return None,
    };
    let end = line.skip(end, &["more", "full", "other", "long", "consecutive", "straight", "short", "additional"]);
    let unit_at = line.skip(line.skip_hyphen(end), &["of"]);
    let unit = line.unit(unit_at)?;
    let start = at.checked_sub(1).filter(|&a| count.is_none() && line.is(a, &["a"])).unwrap_or(at);
    Some((start, (Amount { count, unit, approx: is_about(line, at) }, unit_at + 1)))
}

fn is_about(line: &Line, start: usize) -> bool {
    matches!(line.before(start), "about" | "around" | "roughly" | "nearly" | "almost" | "approximately" | "some")
}

/// Whether the amount is somebody's age: "22 years old", "a 22-year-old", "aged 6 months", "6 months and older".
fn is_age(line: &Line, end: usize) -> bool {
    let after = line.skip(line.skip_hyphen(end), &["and", "or"]);
    line.is(after, &["old", "olds", "older", "younger", "age"]) || (line.is(end, &["of"]) && line.is(end + 1, &["age"]))
}

/// The word behind an amount that moves it, and where that ends.
fn way_after(line: &Line, end: usize) -> Option<(Option<Way>, usize)> {
    let way = match line.lower(end) {
        "ago" => Way::Ago,
        "earlier" | "before" | "previously" if closes(line, end + 1) => Way::Earlier,
        "later" | "after" | "afterwards" | "thereafter" if closes(line, end + 1) => Way::Later,
        "from" if line.is(end + 1, &["now", "today"]) => return Some((Some(Way::Ahead), end + 2)),
        _ => return None,
    };
    Some((Some(way), end + 1))
}

/// Whether nothing follows that the amount would be measured from: "a month earlier than usual", "two days after the talks".
fn closes(line: &Line, at: usize) -> bool {
    match line.parse.tokens().get(at) {
        Some(next) => {
            next.pos == Pos::Punct || !matches!(line.before(at), "before" | "after") && &*next.lower != "than"
        }
        None => true,
    }
}

/// "in two days" and "within two days", said of what lies ahead; not "the worst in a decade".
fn ahead(line: &Line, start: usize, end: usize) -> Option<Way> {
    let preposition = start.checked_sub(1).filter(|&b| line.is(b, &["in", "within"]))?;
    let holder = line.parse.tokens()[preposition].head;
    let verbal = matches!(line.parse.tokens()[holder].pos, Pos::Verb | Pos::Aux);
    let outlook = tense::outlook(line.parse, tense::top(line.parse, start, end));
    (verbal && outlook == Outlook::Ahead).then_some(Way::Ahead)
}

/// "the past two weeks", "the next few days", "recent weeks", "the last several months": the amount after a shift.
pub(super) fn shifted_amount(line: &Line, at: usize) -> Option<Found> {
    let shift = line.shift(at)?;
    let way = match shift {
        Shift::Last | Shift::Before | Shift::Recent => Way::Past,
        Shift::Next => Way::Coming,
        Shift::This | Shift::Same => return None,
        Shift::After => Way::Later,
    };
    let next = at + 1 + usize::from(Words::get().is_hedge(line.lower(at + 1)));
    let found =
        counted(line, next).map(|(_, found)| found).or_else(|| bare_plural(line, next)).or_else(|| past_one(line, at));
    let (amount, end) = found?;
    Some(Found::of(at..end, Base::Moved(amount, way)))
}

/// "the past week": a stretch, where "last week" is a week of the calendar.
fn past_one(line: &Line, at: usize) -> Option<(Amount, usize)> {
    let unit = line.unit(at + 1).filter(|_| line.is(at, &["past"]))?;
    Some((Amount { count: Some(1.0), unit, approx: false }, at + 2))
}

/// "recent days", "the coming weeks".
fn bare_plural(line: &Line, at: usize) -> Option<(Amount, usize)> {
    let unit = line.unit(at).filter(|_| line.lower(at).ends_with('s'))?;
    (unit != Unit::Night).then_some((Amount { count: None, unit, approx: false }, at + 1))
}
