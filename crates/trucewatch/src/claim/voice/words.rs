//! Word lists of who is on record, read from `voice.toml`.

use std::collections::BTreeSet;
use std::sync::LazyLock;

use serde::Deserialize;

/// The lists of `voice.toml`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Words {
    /// Verbs that put their object on record.
    pub(super) stating: BTreeSet<String>,
    /// Verbs by which somebody takes a stand in words, asks or refuses.
    pub(super) holding: BTreeSet<String>,
    /// Verbs whose subject is on record for all that stands under them.
    pub(super) telling: BTreeSet<String>,
    /// Verbs by which somebody thinks or feels, as an outlet tells of them.
    pub(super) minding: BTreeSet<String>,
    /// Verbs whose subject is on record for the participles that stand under them.
    pub(super) charging: BTreeSet<String>,
    /// Nouns for a stand that somebody takes.
    pub(super) stands: BTreeSet<String>,
    /// What somebody issues, and speaks by it.
    pub(super) papers: BTreeSet<String>,
    /// What says nothing itself, though it is somebody's.
    pub(super) silent: BTreeSet<String>,
    /// Bodies and papers that look into things, whose findings are on record.
    pub(super) inquiring: BTreeSet<String>,
    /// Nouns by which the last subject is called again.
    pub(super) again: BTreeSet<String>,
    /// Words by which a speaker, not an outlet, judges.
    pub(super) judging: BTreeSet<String>,
    /// Offices and ranks, which somebody's state or movement gives.
    pub(super) offices: BTreeSet<String>,
    /// People who speak for nobody.
    pub(super) onlookers: BTreeSet<String>,
    /// Verbs that with "not" put nothing on record.
    pub(super) unsaid: BTreeSet<String>,
    /// Verbs of saying that an occasion stands with.
    pub(super) telling_plainly: BTreeSet<String>,
    /// Prepositions that say on what occasion something is said.
    pub(super) occasions: BTreeSet<String>,
    /// Words by which the outlet hedges.
    pub(super) hedging: BTreeSet<String>,
    /// Words by which a sentence begins that goes on with what was said; the weights know them by their places.
    pub(super) onwards: Vec<String>,
    /// Words by which a sentence begins that leaves what was said; the weights know them by their places.
    pub(super) away: Vec<String>,
}

#[expect(clippy::unwrap_used, reason = "the file is part of the program and read by a test")]
pub(super) static WORDS: LazyLock<Words> = LazyLock::new(|| toml::from_str(include_str!("../voice.toml")).unwrap());

#[cfg(test)]
mod tests {
    #[test]
    fn the_lists_are_read() {
        assert!(super::WORDS.stating.contains("report"));
    }
}
