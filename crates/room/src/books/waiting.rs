//! What waits for somebody: doubtful claims, decisions that no longer fit, and whether the brief was signed off.

use ledger::{Issue, Ledger, Moment};
use trucewatch::brief::Period;

use super::in_words;
use crate::error::Refusal;

/// Claims that the reader is less sure of than this wait for review: of those a coder has less than half
/// (`trucewatch/src/claim/confidence/README.md`).
pub(crate) const DOUBTFUL: f64 = 0.4;
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
    pub(crate) why: String,
    /// Entries that came after it.
    pub(crate) later: u64,
    /// The entries of the issues in whose place it stands, and that stands in its place.
    pub(crate) replaces: Option<u64>,
    pub(crate) replaced_by: Option<u64>,
}

impl Waiting {
    /// The hash of the brief of these days that was issued last, in whose place an erratum would stand.
    pub(crate) fn last_issued(&self) -> Option<&str> {
        self.signed.iter().rev().find(|s| s.replaced_by.is_none()).map(|s| s.sha256.as_str())
    }
}

/// Looks up what waits, as it stood at a moment.
pub(super) fn waiting(ledger: &Ledger, period: Option<Period>, moment: Moment) -> Result<Waiting, Refusal> {
    let doubtful = ledger.waiting(DOUBTFUL, COUNTED, moment)?.len();
    let conflicts = ledger.conflicts(moment)?.len();
    let days = period.map(|p| (p.from.to_string(), p.to.to_string()));
    let mut signed = Vec::new();
    for issue in ledger.issues(moment)?.into_iter().filter(|i| i.withdrawn.is_none() && days.as_ref() == Some(&i.days))
    {
        let Issue { entry, at, by, why, size, sha256, replaces, replaced_by, .. } = issue;
        let (later, at) = (moment.0.saturating_sub(size + 1), in_words(at));
        signed.push(Signed { by, why, at, entry, sha256, later, replaces, replaced_by });
    }
    Ok(Waiting { doubtful, is_more: doubtful == COUNTED, conflicts, signed })
}
