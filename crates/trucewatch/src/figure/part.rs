//! Numbers that belong to others: parts of a whole, and what an elliptic number takes over from the one before.

use syntax::Parse;

use super::{Counted, Quantity, Who};

/// Longest distance in tokens over which a number is taken as part of the one before.
const REACH: usize = 14;

/// Marks parts, and hands on what and who.
pub(super) fn relate(parse: &Parse, quantities: &mut Vec<Quantity>) {
    for at in 1..quantities.len() {
        let (before, rest) = quantities.split_at_mut(at);
        let Some(this) = rest.first_mut() else { break };
        if !same_sentence(parse, before.last(), this) {
            continue;
        }
        match whole_of(parse, before, this) {
            Some(whole) => as_part(this, whole, &before[whole]),
            None => take_over(parse, before, this),
        }
    }
    quantities.retain(|q| !is_idle_part(q));
}

fn same_sentence(parse: &Parse, before: Option<&Quantity>, this: &Quantity) -> bool {
    before.is_some_and(|b| parse.sentence_of(b.tokens.start).contains(&this.tokens.start))
}

/// The whole that words such as "including" or "of whom" tie a number to.
fn whole_of(parse: &Parse, before: &[Quantity], this: &Quantity) -> Option<usize> {
    let whole = before.iter().rposition(|q| q.part_of.is_none() && q.what.is_some_and(counts_people_or_things))?;
    let words = |run: std::ops::Range<usize>| parse.tokens().get(run).unwrap_or(&[]);
    let between = words(before[whole].tokens.end..this.tokens.start);
    let including =
        between.iter().any(|t| matches!(&*t.lower, "including" | "among" | "includes" | "included" | "comprising"));
    let after = words(this.tokens.end..(this.tokens.end + 3).min(parse.len()));
    let of_them = after.first().is_some_and(|t| &*t.lower == "of")
        && after.get(1).is_some_and(|t| matches!(&*t.lower, "them" | "whom" | "which" | "these" | "those"));
    ((including && between.len() <= REACH) || of_them).then_some(whole)
}

fn counts_people_or_things(what: Counted) -> bool {
    !matches!(what, Counted::AreaKm2 | Counted::DistanceKm)
}

/// A part shares what befell the whole, unless its own words say otherwise.
fn as_part(this: &mut Quantity, index: usize, whole: &Quantity) {
    this.part_of = Some(index);
    if this.what.is_none() || (this.what == Some(Counted::Personnel) && whole.what.is_some_and(Counted::is_fate)) {
        this.what = whole.what;
    }
    if this.noun.is_none() && this.who == Who::Any {
        this.who = whole.who;
    }
}

/// "Two pilots were killed and another injured": the second number means the same kind of people.
/// "killed 161 Palestinians and five Israelis": the second number shares the verb.
fn take_over(parse: &Parse, before: &[Quantity], this: &mut Quantity) {
    let Some(last) = before.iter().rfind(|q| q.part_of.is_none()) else { return };
    let more = this.noun.is_none_or(|n| matches!(&*parse.tokens()[n].lower, "others" | "other" | "another"));
    let more =
        more || parse.tokens().get(this.tokens.end).is_some_and(|t| matches!(&*t.lower, "more" | "others" | "other"));
    let people = last.what.is_some_and(|w| w.is_fate() || w == Counted::Personnel);
    let bare = this.noun.is_none();
    if this.who == Who::Any
        && people
        && this.what.is_some_and(Counted::is_fate)
        && more
        && (!bare || coordinated(parse, last, this))
    {
        this.who = last.who;
    }
}

fn coordinated(parse: &Parse, last: &Quantity, this: &Quantity) -> bool {
    let between = parse.tokens().get(last.tokens.end..this.tokens.start).unwrap_or(&[]);
    between.len() <= REACH && between.iter().any(|t| matches!(&*t.lower, "and" | "," | "while"))
}

/// A single military person picked out of a military whole ("20 soldiers, including a colonel") says nothing new.
fn is_idle_part(quantity: &Quantity) -> bool {
    quantity.part_of.is_some()
        && quantity.tokens.len() == 1
        && quantity.min == Some(1)
        && quantity.who == Who::Military
        && quantity.noun.is_some_and(|n| n > quantity.tokens.end)
}
