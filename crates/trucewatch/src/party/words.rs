//! Common nouns that speak of parties, read from `words.toml`.

use std::collections::BTreeSet;
use std::sync::LazyLock;

use serde::Deserialize;

/// The word lists of `words.toml`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Words {
    pub(super) agreed_at: BTreeSet<String>,
    pub(super) label_participles: BTreeSet<String>,
    pub(super) both_sides: BTreeSet<String>,
    pub(super) carriers: BTreeSet<String>,
    /// Of these "to" tells whose they are too: "an adviser to the president of Vesk".
    pub(super) serving: BTreeSet<String>,
    /// Who is mostly in another's country, so that "in" does not tell whose they are.
    pub(super) visiting: BTreeSet<String>,
    pub(super) opposed: BTreeSet<String>,
    /// Who fights the government of the country that the word before names.
    pub(super) rebellious: BTreeSet<String>,
    /// Titles and forms of address before a name.
    pub(super) titles: BTreeSet<String>,
    /// Who speaks for nobody's side, whatever nation the word before names.
    pub(super) private: BTreeSet<String>,
    /// Adjectives after which an office is no longer held.
    pub(super) former: BTreeSet<String>,
    /// After a hyphen these say who holds a place: "Vesk-held".
    pub(super) holding: BTreeSet<String>,
    /// What a state and its news call the movement that it fights.
    pub(super) irregular: BTreeSet<String>,
    /// Bodies and offices that only a state has.
    pub(super) state_bodies: BTreeSet<String>,
    /// With these an official is the state's too.
    pub(super) state_offices: BTreeSet<String>,
    /// Nouns for media.
    pub(super) press: BTreeSet<String>,
    /// Names of bodies that many states have, of whom one is meant where none is named.
    pub(super) common_bodies: BTreeSet<String>,
    /// With these they are some other state's.
    pub(super) foreign: BTreeSet<String>,
    /// Whom a state sends to a body that it belongs to.
    pub(super) sent: BTreeSet<String>,
    /// Who stands to a party and is not that party: "the regime's ally".
    pub(super) relational: BTreeSet<String>,
}

#[expect(clippy::unwrap_used, reason = "the file is part of the program and read by a test")]
pub(super) static WORDS: LazyLock<Words> = LazyLock::new(|| toml::from_str(include_str!("words.toml")).unwrap());

#[cfg(test)]
mod tests {
    #[test]
    fn the_lists_are_read() {
        assert!(super::WORDS.carriers.contains("ministry"));
    }
}
