//! Word lists of the claim stage, read from `terms.toml`.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use serde::Deserialize;

/// The lists of `terms.toml`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Terms {
    pub(super) carriers: BTreeSet<String>,
    pub(super) label_heads: BTreeSet<String>,
    pub(super) happening: BTreeSet<String>,
    pub(super) degree: BTreeSet<String>,
    /// Nouns for people and bodies that speak.
    pub(super) speakers: BTreeSet<String>,
    /// Verbs whose subject puts a count on record.
    pub(super) counting: BTreeSet<String>,
    /// Verbs and nouns by which people come back where they lived.
    pub(super) returning: BTreeSet<String>,
    /// Words of flight and return.
    pub(super) flight: BTreeSet<String>,
    /// Nouns for the bodies of the dead.
    pub(super) remains: BTreeSet<String>,
    /// Words that put an event close behind another.
    pub(super) close: BTreeSet<String>,
    /// Nouns for bodies that two sides set up together.
    pub(super) bodies: BTreeSet<String>,
    /// Nouns for agreements.
    pub(super) treaties: BTreeSet<String>,
    /// How many words apart the general and the specific may stand.
    pub(super) near: usize,
    /// For a general type, the specific ones that replace it in a clause.
    pub(super) specific: BTreeMap<String, Vec<String>>,
}

#[expect(clippy::unwrap_used, reason = "the file is part of the program and read by a test")]
pub(super) static TERMS: LazyLock<Terms> = LazyLock::new(|| toml::from_str(include_str!("terms.toml")).unwrap());

#[cfg(test)]
mod tests {
    #[test]
    fn the_lists_are_read_and_name_known_types() {
        for (general, list) in &super::TERMS.specific {
            for kind in std::iter::once(general).chain(list) {
                assert!(super::super::Kind::parse(kind).is_some(), "{kind}");
            }
        }
    }
}
