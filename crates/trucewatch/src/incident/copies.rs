//! Claims that stand word for word in a copy of the document that has them already: they belong where those are.

use std::collections::BTreeMap;

use super::record::Record;
use super::traits::Traits;
use crate::claim::{Claim, Kind, Mode};

/// By what a claim is known again in a copy.
type Likeness<'a> = (&'a str, Kind, Mode, Option<&'a str>, &'a str);

/// For each claim the one of the first document that it repeats, where its own document is a copy of it.
pub(super) fn twins(record: &Record<'_>, traits: &[Traits<'_>]) -> Vec<Option<usize>> {
    let first = |t: &Traits<'_>| record.source(t.claim).is_none_or(|s| s.copy_of.is_none());
    let known: BTreeMap<Likeness<'_>, usize> = traits
        .iter()
        .enumerate()
        .rev()
        .filter(|(_, t)| first(t))
        .map(|(i, t)| (likeness(record, t.claim, &t.claim.document), i))
        .collect();
    let twin = |t: &Traits<'_>| {
        let copied = record.source(t.claim)?.copy_of.as_ref()?;
        known.get(&likeness(record, t.claim, &copied.first)).copied()
    };
    traits.iter().map(twin).collect()
}

fn likeness<'a>(record: &Record<'a>, claim: &'a Claim, document: &'a str) -> Likeness<'a> {
    let speaker = claim.speaker.value.party.as_ref().map(|p| p.as_str());
    (document, claim.kind.value, claim.mode.value, speaker, record.quote(claim))
}
