//! The words of claims as numbers with weights, rare ones weighing more.

use std::collections::{BTreeMap, BTreeSet};
use std::hash::Hasher;
use std::sync::LazyLock;

use rustc_hash::FxHasher;

use super::record::Record;
use crate::pack::Knowledge;

/// Stems of the words that name parties: they are compared as roles, not as words.
fn party_words(knowledge: &Knowledge) -> BTreeSet<String> {
    let names = knowledge.parties().flat_map(|p| p.names.iter().chain(&p.demonyms).chain(&p.seats));
    names.flat_map(|n| stems(n)).collect()
}

/// Stems of words by which any truce may be called.
pub(super) const ANY_TRUCE: &[&str] =
    &["agree", "armistic", "ceas", "ceasefir", "cess", "deal", "fire", "hostiliti", "peac", "plan", "protocol", "truc"];

/// Words that carry no content, or only say that somebody said something.
const STOP: &[&str] = &[
    "about",
    "accord",
    "accus",
    "after",
    "again",
    "against",
    "also",
    "and",
    "announc",
    "any",
    "been",
    "befor",
    "both",
    "but",
    "can",
    "could",
    "dur",
    "for",
    "from",
    "had",
    "has",
    "have",
    "her",
    "his",
    "into",
    "its",
    "last",
    "may",
    "more",
    "not",
    "only",
    "other",
    "our",
    "over",
    "report",
    "said",
    "say",
    "should",
    "side",
    "sinc",
    "some",
    "statement",
    "such",
    "than",
    "that",
    "the",
    "their",
    "them",
    "there",
    "they",
    "this",
    "those",
    "two",
    "under",
    "until",
    "was",
    "were",
    "when",
    "which",
    "while",
    "who",
    "will",
    "with",
    "without",
    "would",
    "year",
    "you",
];

/// The stems of the words of a text that carry content.
pub(super) fn stems(text: &str) -> BTreeSet<String> {
    let words = text.split(|c: char| !c.is_alphanumeric()).filter(|w| w.chars().count() > 2);
    words.map(stem).filter(|w| STOP.binary_search(&w.as_str()).is_err()).collect()
}

/// A rough stem: enough to let "shelled" meet "shelling" and "troops" meet "troop".
fn stem(word: &str) -> String {
    let word = word.to_lowercase();
    for ending in ["ations", "ation", "ments", "ment", "ings", "ing", "ers", "ed", "es", "er", "s", "e"] {
        if let Some(root) = word.strip_suffix(ending)
            && root.chars().count() > 3
        {
            return root.to_owned();
        }
    }
    word
}

/// What is known of words beforehand: numbers by stem, and the weight of their rarity.
pub(super) struct Lexicon {
    names: BTreeSet<String>,
}

/// In how many claims of the training documents each stem stands.
static COUNTS: LazyLock<BTreeMap<&'static str, f32>> = LazyLock::new(|| {
    let rows = include_str!("words.csv").lines().skip(2).filter_map(|row| row.split_once(','));
    rows.filter_map(|(stem, claims)| Some((stem, claims.parse().ok()?))).collect()
});

/// Claims that the stems were counted in.
const COUNTED: f32 = 1559.0;

impl Lexicon {
    pub(super) fn of(record: &Record<'_>) -> Lexicon {
        Lexicon { names: party_words(record.knowledge()) }
    }

    /// The words of a text with their weights, as a vector of length 1. The weight of a word does not depend on what
    /// else is on record, so that claims that have nothing to do with two others do not part or join them.
    pub(super) fn weighed(&self, text: &str) -> Vec<(u32, f32)> {
        let stems = stems(text).into_iter().filter(|w| !self.names.contains(w));
        let mut words: Vec<(u32, f32)> = stems.map(|w| (hashed(&w), weight(&w))).collect();
        words.sort_by_key(|(n, _)| *n);
        let length = words.iter().map(|(_, w)| w * w).sum::<f32>().sqrt().max(f32::MIN_POSITIVE);
        words.iter_mut().for_each(|(_, w)| *w /= length);
        words
    }
}

fn weight(stem: &str) -> f32 {
    (1.0 + COUNTED / COUNTS.get(stem).copied().unwrap_or(1.0)).ln()
}

/// The same number for the same stem on every machine.
fn hashed(stem: &str) -> u32 {
    let mut hasher = FxHasher::default();
    hasher.write(stem.as_bytes());
    #[expect(clippy::cast_possible_truncation, reason = "half of a hash is a hash")]
    let number = hasher.finish() as u32;
    number
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_list_of_empty_words_is_sorted() {
        assert!(STOP.is_sorted());
    }

    #[test]
    fn forms_of_one_word_meet() {
        assert_eq!(stem("shelling"), stem("shelled"));
        assert_eq!(stem("troops"), stem("troop"));
        assert_ne!(stem("shelling"), stem("shooting"));
    }
}
