//! Claims that stand word for word in a copy of the document that has them already: they belong where those are.

use std::collections::BTreeSet;

use super::record::Record;
use crate::claim::{Claim, Traced};
use crate::pack::PartyId;

/// Id of the document that a document copies.
pub(super) fn first<'a>(record: &Record<'a>, document: &str) -> Option<&'a str> {
    record.source_of(document)?.copy_of.as_ref().map(|copied| copied.first.as_str())
}

/// The claim of the first document that a claim of its copy repeats: where several have its words, that which differs from
/// it in least.
pub(super) fn twin<'c>(record: &Record<'_>, claim: &Claim, first: &[&'c Claim]) -> Option<&'c Claim> {
    let same = |other: &&&Claim| {
        let heads = (claim.kind.value, claim.mode.value, &claim.speaker.value.party);
        heads == (other.kind.value, other.mode.value, &other.speaker.value.party)
            && record.quote(claim) == record.quote(other)
    };
    first.iter().filter(same).min_by_key(|other| differences(claim, other)).copied()
}

/// In how many fields two claims of the same words differ.
fn differences(a: &Claim, b: &Claim) -> usize {
    let ids = |parties: &[Traced<PartyId>]| parties.iter().map(|p| p.value.clone()).collect::<BTreeSet<_>>();
    let place = |claim: &Claim| claim.place.as_ref().map(|p| p.value.name.clone());
    let differ = [
        ids(&a.actors) != ids(&b.actors),
        ids(&a.targets) != ids(&b.targets),
        a.date.as_ref().map(|d| d.value) != b.date.as_ref().map(|d| d.value),
        place(a) != place(b),
        a.figures != b.figures,
    ];
    differ.iter().filter(|d| **d).count()
}
