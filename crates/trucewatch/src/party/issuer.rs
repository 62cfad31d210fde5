//! Whose voice a document is in, weighed once more where the rules of [`super::voice`] found nobody: every party that it
//! names often is a candidate, and trained trees choose among them by how the document is written and how it names each.

mod inputs;
mod side;
#[cfg(test)]
mod speeches;
mod stance;
mod words;

use std::sync::LazyLock;

use super::mention::Mentions;
use super::names::Names;
use crate::pack::PartyId;
use crate::trees::{Boost, Reader, chances, greatest};
use words::Words;

pub use inputs::Issuer;
pub(super) use stance::is_before;

/// A document's voice: the party and the rule that says so.
type Voice = Option<(PartyId, &'static str)>;

/// Probability from which a document for which the rules name nobody is taken for one that a party issued.
const ISSUED: f32 = 0.6;

/// Probability from which it is, if one candidate is plainly the one, and from which one is.
const LIKELY: f32 = 0.3;
const PLAIN: f32 = 0.8;

/// By how much another one must be likelier than whom the rules name.
const BOUND: f32 = 0.35;

/// Sentences below which a document has too little style to be judged by.
const SHORTEST: usize = 4;

/// What the words round names tell, and trees for whether a party issued a document, and for which of the candidates did.
#[derive(Debug, Default)]
struct Weights {
    words: Words,
    issued: Boost,
    which: Boost,
}

/// The weights, read from `issuer/weights.bin`: magic `TWI4`, words as in `words.rs`, then twice trees as in `trees.rs`. Empty if
/// the file is not of this version, which a test forbids.
static WEIGHTS: LazyLock<Weights> = LazyLock::new(|| read(include_bytes!("issuer/weights.bin")).unwrap_or_default());

fn read(bytes: &[u8]) -> Option<Weights> {
    let mut reader = Reader::new(bytes);
    (reader.take(4)? == b"TWI4").then_some(())?;
    Some(Weights { words: Words::read(&mut reader)?, issued: reader.boost()?, which: reader.boost()? })
}

/// Who may have issued a document, as the trainer sees them, and whom the rules name.
#[must_use]
pub fn issuers(mentions: &Mentions<'_>, names: &Names) -> (Voice, Vec<Issuer>) {
    let ruled = super::voice::voice_of(mentions, names);
    let found = inputs::candidates(mentions, ruled.as_ref());
    (ruled, found)
}

/// The candidates with what words tell behind their own inputs.
fn told(mut candidates: Vec<Issuer>) -> Vec<Issuer> {
    let keys: Vec<_> = candidates.iter().map(|c| &c.keys).collect();
    let words = WEIGHTS.words.inputs(&keys);
    candidates.iter_mut().zip(words).for_each(|(c, w)| c.inputs.extend(w));
    candidates
}

/// The voice of a document, given whom the rules name.
pub(super) fn settle(mentions: &Mentions<'_>, ruled: Voice) -> Voice {
    let sentences: usize = mentions.parsed.paragraphs.iter().map(|p| p.parse.sentences().len()).sum();
    if WEIGHTS.which.trees.is_empty() || sentences < SHORTEST {
        return ruled;
    }
    let candidates = told(inputs::candidates(mentions, ruled.as_ref()));
    let scores: Vec<f32> = candidates.iter().map(|c| WEIGHTS.which.score(&c.inputs)).collect();
    let chances = chances(&scores, true);
    let own = candidates.iter().zip(&chances).find(|(c, _)| ruled.as_ref().is_some_and(|(p, _)| *p == c.party));
    let issued = |chance: f32| {
        let least = if chance > PLAIN { LIKELY } else { ISSUED };
        ruled.is_some() || WEIGHTS.issued.probability(&inputs::whole(&candidates)) > least
    };
    let least = own.map_or(0.0, |(_, p)| p + BOUND);
    match greatest(&chances) {
        Some(best) if chances[best] > least && issued(chances[best]) => {
            Some((candidates[best].party.clone(), "voice/weights"))
        }
        _ => ruled,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_weights_are_read() {
        assert!(!WEIGHTS.words.is_empty() && !WEIGHTS.issued.trees.is_empty() && !WEIGHTS.which.trees.is_empty());
    }

    #[test]
    fn a_cut_file_is_refused() {
        assert!(read(b"TWI4\0\0").is_none());
    }
}
