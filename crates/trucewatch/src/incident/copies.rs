//! Claims that stand word for word in a copy of the document that has them already: they belong where those are.

use super::record::Record;
use crate::claim::Claim;

/// Id of the document that a document copies.
pub(super) fn first<'a>(record: &Record<'a>, document: &str) -> Option<&'a str> {
    record.source_of(document)?.copy_of.as_ref().map(|copied| copied.first.as_str())
}

/// The claim of the first document that a claim of its copy repeats.
pub(super) fn twin<'c>(record: &Record<'_>, claim: &Claim, first: &[&'c Claim]) -> Option<&'c Claim> {
    let same = |other: &&&Claim| {
        let heads = (claim.kind.value, claim.mode.value, &claim.speaker.value.party);
        heads == (other.kind.value, other.mode.value, &other.speaker.value.party)
            && record.quote(claim) == record.quote(other)
    };
    first.iter().find(same).copied()
}
