//! How sure the reader is of a claim as a whole: that the clause holds it, that its mode is that one and that whoever is on
//! record for it says so. Trained trees judge the three chances together; what they trust too little is not put on record.
//!
//! A clause that probably holds something, but of which it is open who says it, makes a false claim more often than a true
//! one. `confidence/README.md` says how the trees are made and what they gain.

use std::sync::LazyLock;

use super::mode::Decision;
use super::trigger::Trigger;
use super::voice::Voice;
use crate::pack::PartyId;
use crate::trees::{Boost, yes};

/// The confidence from which on a claim is put on record, 0 to 1. See `confidence/README.md`.
pub(super) const LEAST: f32 = 0.28;

/// The trees, read from `confidence/weights.bin`: magic `TWC1`, then trees as in `weigh/table.rs`. Empty if the file is not
/// of this version, which a test forbids.
static WEIGHTS: LazyLock<Boost> = LazyLock::new(|| read(include_bytes!("confidence/weights.bin")).unwrap_or_default());

fn read(bytes: &[u8]) -> Option<Boost> {
    Boost::read(b"TWC1", bytes)
}

/// How sure the reader is of a claim, 0 to 1, given its mode and who is on record with how likely that is.
pub(super) fn of(trigger: &Trigger, decision: &Decision, voice: &Voice, chance: f32) -> f32 {
    WEIGHTS.probability(&inputs(trigger, decision, voice, chance))
}

/// What the trees are told, in the order of `scripts/train_confidence.py`.
pub(super) fn inputs(trigger: &Trigger, decision: &Decision, voice: &Voice, chance: f32) -> [f32; 8] {
    let is = |party: &str| yes(voice.speaker.value.party.as_ref().is_some_and(|p| p.as_str() == party));
    [
        trigger.score,
        chance,
        decision.chance,
        trigger.score * chance * decision.chance,
        trigger.kind as usize as f32,
        decision.mode.value as usize as f32,
        is(PartyId::MEDIA),
        is(PartyId::OTHER),
    ]
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
        assert!(read(b"TWC1\0\0").is_none());
    }

    #[test]
    fn an_open_speaker_or_mode_makes_a_claim_less_sure() {
        let sure = |clause: f32, speaker: f32, mode: f32| {
            let product = clause * speaker * mode;
            WEIGHTS.probability(&[clause, speaker, mode, product, 1.0, 0.0, 0.0, 0.0])
        };
        assert!(sure(0.8, 0.95, 0.95) > LEAST);
        assert!(sure(0.8, 0.2, 0.95) < sure(0.8, 0.95, 0.95));
        assert!(sure(0.8, 0.95, 0.2) < sure(0.8, 0.95, 0.95));
        assert!(sure(0.22, 0.2, 0.3) < LEAST);
    }
}
