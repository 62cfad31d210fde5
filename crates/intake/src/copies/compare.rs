//! Two texts word by word.

use std::collections::BTreeMap;

use sha2::{Digest, Sha256};

/// Words that any two English texts share.
const COMMON: &[&str] = &[
    "a", "about", "after", "all", "also", "an", "and", "any", "are", "as", "at", "be", "been", "before", "both", "but",
    "by", "for", "from", "had", "has", "have", "he", "her", "his", "in", "into", "is", "it", "its", "more", "no",
    "not", "of", "on", "one", "or", "other", "over", "said", "she", "some", "than", "that", "the", "their", "them",
    "there", "they", "this", "to", "two", "was", "were", "when", "which", "while", "who", "will", "with", "would",
];
/// Part of the shorter text's pairs of words that the longer must have. With one word in five exchanged about 64 % of
/// the pairs stay, with three in ten about half.
const PAIRS: f64 = 0.4;
/// Part of the figures, and of the names, of the text that has fewer, that the other must have.
const PARTICULARS: f64 = 0.5;
/// Figures or names under which they prove nothing.
const FEW: usize = 3;
/// The shorter text has at least this part of the longer one's words.
const LENGTHS: f64 = 0.4;

/// How alike a copy is to its original.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Likeness {
    /// Part of the shorter text's words that stand in the other as well, from 0 to 1.
    pub kept: f64,
}

impl Likeness {
    /// The same words in the same order.
    pub const SAME: Likeness = Likeness { kept: 1.0 };

    /// The reason in words, as a reader is told it.
    #[must_use]
    pub fn reason(self) -> String {
        match self.kept {
            k if k >= 1.0 => "has the same words".to_owned(),
            k => format!("shares {:.0} % of its words", k * 100.0),
        }
    }
}

/// The words of a text, in lower case and in order, and which of them are figures or names.
pub(super) struct Words {
    words: Vec<String>,
    figures: BTreeMap<String, usize>,
    names: BTreeMap<String, usize>,
}

impl Words {
    pub(super) fn of(text: &str) -> Words {
        let (mut words, mut figures, mut names) = (Vec::new(), BTreeMap::new(), BTreeMap::new());
        let mut starts = true;
        for raw in text.split_inclusive(|c: char| !c.is_alphanumeric()) {
            let word = raw.trim_end_matches(|c: char| !c.is_alphanumeric());
            if !word.is_empty() {
                let lower = word.to_lowercase();
                if word.contains(|c: char| c.is_ascii_digit()) {
                    *figures.entry(lower.clone()).or_default() += 1;
                } else if !starts && word.starts_with(char::is_uppercase) {
                    *names.entry(lower.clone()).or_default() += 1;
                }
                words.push(lower);
                starts = false;
            }
            starts |= raw.ends_with(['.', '!', '?', '\n', ':']);
        }
        Words { words, figures, names }
    }

    /// The words that tell texts apart.
    pub(super) fn content(&self) -> Vec<&str> {
        self.words.iter().map(String::as_str).filter(|w| !COMMON.contains(w)).collect()
    }

    /// The same number for the same words in the same order, on every machine; zero where there are none.
    pub(super) fn exact(&self) -> u64 {
        let digest = Sha256::digest(self.words.join(" ").as_bytes());
        let first = digest.first_chunk::<8>().copied().unwrap_or_default();
        if self.words.is_empty() { 0 } else { u64::from_le_bytes(first).max(1) }
    }

    fn counted(&self) -> BTreeMap<&str, usize> {
        let mut counts = BTreeMap::new();
        self.words.iter().for_each(|w| *counts.entry(w.as_str()).or_default() += 1);
        counts
    }

    fn pairs(&self) -> BTreeMap<(&str, &str), usize> {
        let mut counts = BTreeMap::new();
        for pair in self.words.windows(2) {
            if let [a, b] = pair {
                *counts.entry((a.as_str(), b.as_str())).or_default() += 1;
            }
        }
        counts
    }
}

/// How alike two texts are, where one is a copy of the other.
pub(super) fn likeness(a: &Words, b: &Words) -> Option<Likeness> {
    let (short, long) = (a.words.len().min(b.words.len()), a.words.len().max(b.words.len()));
    let alike = ratio(short, long) >= LENGTHS
        && shared(&a.pairs(), &b.pairs()) >= PAIRS
        && agree(&a.figures, &b.figures)
        && agree(&a.names, &b.names);
    alike.then(|| Likeness { kept: shared(&a.counted(), &b.counted()) })
}

/// Whether two texts that have figures, or names, enough have mostly the same.
fn agree(a: &BTreeMap<String, usize>, b: &BTreeMap<String, usize>) -> bool {
    let few = |counts: &BTreeMap<String, usize>| counts.values().sum::<usize>() < FEW;
    few(a) || few(b) || shared(a, b) >= PARTICULARS
}

/// The part of the smaller of two multisets that is in the other.
fn shared<K: Ord>(a: &BTreeMap<K, usize>, b: &BTreeMap<K, usize>) -> f64 {
    let both: usize = a.iter().filter_map(|(k, n)| b.get(k).map(|m| *n.min(m))).sum();
    ratio(both, a.values().sum::<usize>().min(b.values().sum()))
}

#[expect(clippy::cast_precision_loss, reason = "counts of words")]
fn ratio(part: usize, whole: usize) -> f64 {
    if whole == 0 { 0.0 } else { part as f64 / whole as f64 }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_not_what_begins_a_sentence() {
        let words = Words::of("Shells fell. Nobody in Hollin was hurt by 14 of them: Vesk said so.");
        assert_eq!(words.names.keys().collect::<Vec<_>>(), ["hollin"]);
        assert_eq!(words.figures.keys().collect::<Vec<_>>(), ["14"]);
    }

    #[test]
    fn reasons_are_words() {
        assert_eq!(Likeness::SAME.reason(), "has the same words");
        assert_eq!(Likeness { kept: 0.874 }.reason(), "shares 87 % of its words");
    }
}
