//! Every number near a claim, and everyone who is named there alone: what may be a figure of it.

use super::super::code::Draft;
use super::super::page::Page;
use super::super::{Class, Kind};
use super::counts;
use crate::figure::{Amount, Counted, Figure, Quantity, Who, befallen, one};

/// Readings that a claim has at most, the first of its sentence.
const MOST: usize = 40;

/// A number, or somebody alone, in the sentence of a claim.
#[derive(Debug, Clone)]
pub(in crate::claim) struct Reading {
    /// The number with what it counts by its own words.
    pub(in crate::claim) quantity: Quantity,
    /// Whether nobody counts: somebody is named alone.
    pub(super) alone: bool,
    /// The figure that the rules make of it for the claim.
    pub(in crate::claim) ruled: Option<Figure>,
}

/// The readings of a draft's sentence in text order; `ruled` are the figures that the rules give the draft.
pub(super) fn readings(page: &Page<'_>, draft: &Draft, ruled: &[Figure]) -> Vec<Reading> {
    let sentence = page.sentence(draft.token);
    let counted = page.quantities.iter().filter(|q| sentence.contains(&q.tokens.start)).cloned();
    let mut all: Vec<Reading> = counted.map(|quantity| Reading { quantity, alone: false, ruled: None }).collect();
    if befalls_one(draft.kind.value) {
        let nouns: Vec<usize> = all.iter().filter_map(|r| r.quantity.noun).collect();
        let alone = { sentence }.filter(|i| !nouns.contains(i)).filter_map(|i| alone(page, i));
        all.extend(alone.map(|quantity| Reading { quantity, alone: true, ruled: None }));
        all.sort_by_key(|r| r.quantity.tokens.start);
    }
    all.truncate(MOST);
    for reading in &mut all {
        reading.ruled = ruled.iter().find(|f| f.span == reading.quantity.span).cloned();
    }
    all
}

/// Whether one person without a number can be a figure of such claims.
fn befalls_one(kind: Kind) -> bool {
    kind.class() == Class::Harm && kind != Kind::Damage || kind == Kind::Exchange
}

/// One person whom a token names alone.
fn alone(page: &Page<'_>, at: usize) -> Option<Quantity> {
    let met = befallen(page.parse, at);
    let who = met.map(|(_, who)| who).or_else(|| one(page.parse, at))?;
    Some(Quantity {
        tokens: at..at + 1,
        span: page.paragraph.span_at(at),
        noun: Some(at),
        min: Some(Amount::ONE),
        max: Some(Amount::ONE),
        approx: false,
        what: met.map(|(what, _)| what),
        who,
        part_of: None,
    })
}

/// What a reading may count in a claim of a type: things what their noun says, people what befalls them there.
pub(super) fn whats(kind: Kind, reading: &Reading) -> Vec<Counted> {
    let said = reading.quantity.what;
    let is_people = |w: Counted| w.is_fate() || w == Counted::Personnel;
    let ruled = reading.ruled.as_ref().map(|f| f.what);
    let open = counts::all(kind).filter(|&w| is_people(w) || said.is_none());
    let mut all: Vec<Counted> = ruled.into_iter().chain(said).collect();
    if said.is_none_or(is_people) {
        all.extend(open);
    }
    all.sort_unstable();
    all.dedup();
    all
}

/// Who those counted may be, in the order of the trainer.
pub(super) const WHOS: [Who; 3] = [Who::Any, Who::Civilian, Who::Military];

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::Span;

    fn reading(what: Option<Counted>) -> Reading {
        let (min, max) = (Some(Amount::from(3)), Some(Amount::from(3)));
        let (tokens, span, who) = (0..1, Span::new(0, 1), Who::Any);
        let quantity = Quantity { tokens, span, noun: None, min, max, approx: false, what, who, part_of: None };
        Reading { quantity, alone: false, ruled: None }
    }

    #[test]
    fn things_are_what_their_noun_says() {
        assert_eq!(whats(Kind::Casualties, &reading(Some(Counted::Vehicles))), [Counted::Vehicles]);
    }

    #[test]
    fn people_may_have_met_whatever_befalls_them_in_such_claims() {
        use Counted::{Displaced, Personnel, Returned};
        assert_eq!(whats(Kind::Displacement, &reading(Some(Personnel))), [Displaced, Returned, Personnel]);
    }

    #[test]
    fn a_bare_number_may_count_all_that_the_type_counts() {
        let all: Vec<Counted> = counts::all(Kind::Seizure).collect();
        assert_eq!(whats(Kind::Seizure, &reading(None)), all);
        assert!(whats(Kind::Talks, &reading(None)).is_empty());
    }

    #[test]
    fn one_person_counts_where_harm_is_told() {
        assert!(befalls_one(Kind::Casualties) && befalls_one(Kind::Exchange));
        assert!(!befalls_one(Kind::Damage) && !befalls_one(Kind::Talks));
    }
}
