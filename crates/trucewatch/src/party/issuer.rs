//! Whose voice a document is in, weighed once more where the rules of [`super::voice`] found nobody: every party that it
//! names often is a candidate, and trained trees judge each by how the document is written and how it names that party.

mod inputs;

use std::sync::LazyLock;

use super::mention::Mentions;
use super::names::Names;
use crate::pack::PartyId;
use crate::trees::Boost;

pub use inputs::Issuer;

/// A document's voice: the party and the rule that says so.
type Voice = Option<(PartyId, &'static str)>;

/// Probability from which a party is taken for the one that issued a document for which the rules name nobody.
const LIKELY: f32 = 0.35;

/// By how much another one must be likelier than whom the rules name.
const BOUND: f32 = 0.35;

/// Sentences below which a document has too little style to be judged by.
const SHORTEST: usize = 4;

/// The trees, read from `issuer/weights.bin`: magic `TWI1`, then trees as in `trees.rs`. Empty if the file is not of this
/// version, which a test forbids.
static WEIGHTS: LazyLock<Boost> = LazyLock::new(|| read(include_bytes!("issuer/weights.bin")).unwrap_or_default());

fn read(bytes: &[u8]) -> Option<Boost> {
    Boost::read(b"TWI1", bytes)
}

/// Who may have issued a document, as the trainer sees them, and whom the rules name.
#[must_use]
pub fn issuers(mentions: &Mentions<'_>, names: &Names) -> (Voice, Vec<Issuer>) {
    let ruled = super::voice::voice_of(mentions, names);
    let found = inputs::candidates(mentions, ruled.as_ref());
    (ruled, found)
}

/// The voice of a document, given whom the rules name.
pub(super) fn settle(mentions: &Mentions<'_>, ruled: Voice) -> Voice {
    let sentences: usize = mentions.parsed.paragraphs.iter().map(|p| p.parse.sentences().len()).sum();
    if WEIGHTS.trees.is_empty() || sentences < SHORTEST {
        return ruled;
    }
    let candidates = inputs::candidates(mentions, ruled.as_ref());
    let scored = candidates.iter().map(|c| (c, WEIGHTS.probability(&c.inputs)));
    let scored: Vec<(&Issuer, f32)> = scored.collect();
    let own = scored.iter().find(|(c, _)| ruled.as_ref().is_some_and(|(p, _)| *p == c.party));
    let least = own.map_or(LIKELY, |(_, p)| p + BOUND);
    match scored.iter().rev().max_by(|a, b| a.1.total_cmp(&b.1)) {
        Some((best, p)) if *p > least => Some((best.party.clone(), "voice/weights")),
        _ => ruled,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_weights_are_read() {
        assert!(!WEIGHTS.trees.is_empty());
    }

    #[test]
    fn a_cut_file_is_refused() {
        assert!(read(b"TWI1\0\0").is_none());
    }
}
