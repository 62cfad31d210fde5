//! What verbs, nouns and adjectives make of the event in their complement, read from `modality.toml`.

use std::collections::BTreeSet;
use std::sync::LazyLock;

use serde::Deserialize;

/// Words by what they do to the event below them.
#[derive(Debug, Deserialize, Default)]
#[serde(deny_unknown_fields, default)]
pub(super) struct Effects {
    pub(super) denied: BTreeSet<String>,
    pub(super) rejected: BTreeSet<String>,
    pub(super) called_for: BTreeSet<String>,
    pub(super) planned: BTreeSet<String>,
    pub(super) conditional: BTreeSet<String>,
    pub(super) failed: BTreeSet<String>,
}

/// Words of starting, stopping and keeping promises.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Words {
    pub(super) begun: BTreeSet<String>,
    pub(super) ended: BTreeSet<String>,
    pub(super) fulfilling: BTreeSet<String>,
    /// Intransitive verbs by which their subject happens or holds.
    pub(super) happening: BTreeSet<String>,
    /// Verbs that end the fire named as their object.
    pub(super) stopping: BTreeSet<String>,
    /// Nouns for an end of the fire named behind them.
    pub(super) ending: BTreeSet<String>,
    /// Verbs for what would follow from something supposed.
    pub(super) following: BTreeSet<String>,
    /// Verbs that say their object is not so.
    pub(super) contesting: BTreeSet<String>,
    /// Verbs by which something is offered to somebody.
    pub(super) offering: BTreeSet<String>,
    /// Verbs by which their subject binds itself to do something.
    pub(super) undertaking: BTreeSet<String>,
    /// Participles of what is fixed for later.
    pub(super) awaited: BTreeSet<String>,
    /// Verbs by which an attempt comes to nothing.
    pub(super) falling: BTreeSet<String>,
    /// Verbs that make one thing wait for another, with "on".
    pub(super) depending: BTreeSet<String>,
    /// Adjectives of what is fixed for later.
    pub(super) coming: BTreeSet<String>,
    /// Adjectives of what may come.
    pub(super) eventual: BTreeSet<String>,
    /// Adjectives of what somebody wants.
    pub(super) proposed: BTreeSet<String>,
    /// Nouns for what somebody says to be so.
    pub(super) claims: BTreeSet<String>,
    /// Verbs that turn down what is said to be so.
    pub(super) rebuffing: BTreeSet<String>,
    /// What a report is called by who denies it, as a predicate.
    pub(super) untrue: BTreeSet<String>,
    /// Nouns that behind "without" only say how a thing is done.
    pub(super) manner: BTreeSet<String>,
    /// Nouns for what is put to somebody.
    pub(super) offered: BTreeSet<String>,
    /// Verbs by which what is put to somebody is turned down.
    pub(super) declining: BTreeSet<String>,
    /// Prepositions behind which stands what is taken for granted.
    pub(super) beside: BTreeSet<String>,
}

/// The lists of `modality.toml`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Modality {
    pub(super) verbs: Effects,
    pub(super) nouns: Effects,
    pub(super) adjectives: Effects,
    pub(super) words: Words,
}

#[expect(clippy::unwrap_used, reason = "the file is part of the program and read by a test")]
pub(super) static MODALITY: LazyLock<Modality> =
    LazyLock::new(|| toml::from_str(include_str!("modality.toml")).unwrap());

#[cfg(test)]
mod tests {
    #[test]
    fn the_lists_are_read() {
        assert!(super::MODALITY.verbs.denied.contains("deny"));
    }
}
