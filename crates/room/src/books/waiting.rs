//! What waits for somebody: doubtful claims, decisions that no longer fit, and whether the brief was signed off.

use ledger::decision::Act;
use ledger::{Ledger, Moment};
use trucewatch::brief::Period;

use super::in_words;
use crate::error::Refusal;

/// Claims that the reader is less sure of than this wait for review.
pub(crate) const DOUBTFUL: f64 = 0.5;
/// Things that wait are counted up to this.
const COUNTED: usize = 500;

/// What waits for somebody.
#[derive(Debug, Clone, Default)]
pub(crate) struct Waiting {
    /// Doubtful claims on which nobody decided.
    pub(crate) doubtful: usize,
    pub(crate) is_more: bool,
    /// Decisions that no longer fit what is read.
    pub(crate) conflicts: usize,
    /// Sign-offs of these days: by whom, when, and whether entries came after.
    pub(crate) signed: Vec<Signed>,
}

/// That a brief was signed off.
#[derive(Debug, Clone)]
pub(crate) struct Signed {
    pub(crate) by: String,
    pub(crate) at: String,
    pub(crate) entry: u64,
    pub(crate) sha256: String,
    pub(crate) later: u64,
}

/// Looks up what waits, as it stood at a moment.
pub(super) fn waiting(ledger: &Ledger, period: Option<Period>, moment: Moment) -> Result<Waiting, Refusal> {
    let doubtful = ledger.waiting(DOUBTFUL, COUNTED, moment)?.len();
    let conflicts = ledger.conflicts(moment)?.len();
    let days = period.map(|p| (p.from.to_string(), p.to.to_string()));
    let mut signed = Vec::new();
    for decided in ledger.decisions(moment)?.into_iter().filter(|d| d.undone.is_none()) {
        let Act::SignOff { from, to, size, sha256 } = decided.decision.act else { continue };
        if days.as_ref().is_some_and(|(a, b)| *a == from && *b == to) {
            let later = moment.0.saturating_sub(size + 1);
            let at = in_words(decided.at);
            signed.push(Signed { by: decided.decision.by, at, entry: decided.entry, sha256, later });
        }
    }
    Ok(Waiting { doubtful, is_more: doubtful == COUNTED, conflicts, signed })
}
