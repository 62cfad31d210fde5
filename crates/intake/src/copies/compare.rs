//! Two texts word by word.

use std::collections::HashMap;
use std::hash::{DefaultHasher, Hash, Hasher};

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
/// Part of the shorter text's words that must stand in the other in the same order. What a form is filled in with comes in
/// any order; a copy with three words in ten exchanged keeps seven.
const ORDER: f64 = 0.6;
/// Words whose order is looked at, from the beginning.
const ORDERED: usize = 2000;
/// Part of the figures, and of the names, of the text that has fewer, that the other must have.
const PARTICULARS: f64 = 0.5;
/// Figures or names under which they prove nothing.
const FEW: u32 = 3;
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
struct Told {
    words: Vec<String>,
    figures: Vec<u64>,
    names: Vec<u64>,
}

impl Told {
    fn of(text: &str) -> Told {
        let (mut words, mut figures, mut names) = (Vec::new(), Vec::new(), Vec::new());
        let mut starts = true;
        for raw in text.split_inclusive(|c: char| !c.is_alphanumeric()) {
            let word = raw.trim_end_matches(|c: char| !c.is_alphanumeric());
            if !word.is_empty() {
                let lower = word.to_lowercase();
                if word.contains(|c: char| c.is_ascii_digit()) {
                    figures.push(hash(&lower));
                } else if !starts && word.starts_with(char::is_uppercase) {
                    names.push(hash(&lower));
                }
                words.push(lower);
                starts = false;
            }
            starts |= raw.ends_with(['.', '!', '?', '\n', ':']);
        }
        Told { words, figures, names }
    }
}

/// What two texts are compared by: how often each word, pair of words, figure and name stands in them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Words {
    words: Counts,
    pairs: Counts,
    figures: Counts,
    names: Counts,
    /// The words in their order, by hash.
    order: Box<[u64]>,
    /// The same number for the same words in the same order; zero where there are none.
    pub(super) exact: u64,
}

impl Words {
    /// What a text is compared by, and the words in it that tell texts apart.
    pub(super) fn of(text: &str) -> (Words, Vec<String>) {
        let Told { words, figures, names } = Told::of(text);
        let exact = if words.is_empty() { 0 } else { hash(&words).max(1) };
        let counted = Words {
            words: Counts::of(words.iter().map(hash)),
            pairs: Counts::of(words.windows(2).map(|pair| hash(&pair))),
            figures: Counts::of(figures),
            names: Counts::of(names),
            order: words.iter().take(ORDERED).map(hash).collect(),
            exact,
        };
        (counted, words.into_iter().filter(|w| !COMMON.contains(&w.as_str())).collect())
    }
}

/// How often each of some things is there, by hash, in order.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
struct Counts {
    each: Box<[(u64, u32)]>,
    all: u32,
}

impl Counts {
    fn of(hashes: impl IntoIterator<Item = u64>) -> Counts {
        let mut sorted: Vec<u64> = hashes.into_iter().collect();
        sorted.sort_unstable();
        let count = |same: &[u64]| u32::try_from(same.len()).unwrap_or(u32::MAX);
        let each = sorted.chunk_by(|a, b| a == b).filter_map(|same| Some((*same.first()?, count(same)))).collect();
        Counts { each, all: count(&sorted) }
    }

    /// The part of the smaller of two that is in the other.
    fn shared(&self, other: &Counts) -> f64 {
        let (mut both, mut rest) = (0, other.each.iter().peekable());
        for (hash, count) in &self.each {
            while rest.next_if(|(other, _)| other < hash).is_some() {}
            both += rest.next_if(|(other, _)| other == hash).map_or(0, |(_, other)| *count.min(other));
        }
        ratio(both, self.all.min(other.all))
    }
}

fn hash(value: &(impl Hash + ?Sized)) -> u64 {
    let mut hasher = DefaultHasher::new();
    value.hash(&mut hasher);
    hasher.finish()
}

/// How alike two texts are, where one is a copy of the other.
pub(super) fn likeness(a: &Words, b: &Words) -> Option<Likeness> {
    let (short, long) = (a.words.all.min(b.words.all), a.words.all.max(b.words.all));
    let alike = ratio(short, long) >= LENGTHS
        && a.pairs.shared(&b.pairs) >= PAIRS
        && agree(&a.figures, &b.figures)
        && agree(&a.names, &b.names)
        && ratio(in_order(&a.order, &b.order), u32::try_from(a.order.len().min(b.order.len())).unwrap_or(0)) >= ORDER;
    alike.then(|| Likeness { kept: a.words.shared(&b.words) })
}

/// Length of the longest common subsequence, sixty-four places at a time (Hyyrö, *Bit-parallel LCS-length computation
/// revisited*, 2004).
fn in_order(a: &[u64], b: &[u64]) -> u32 {
    let blocks = a.len().div_ceil(64);
    let mut places: HashMap<u64, Vec<u64>> = HashMap::new();
    for (i, word) in a.iter().enumerate() {
        if let Some(block) = places.entry(*word).or_insert_with(|| vec![0; blocks]).get_mut(i / 64) {
            *block |= 1 << (i % 64);
        }
    }
    let mut open = vec![u64::MAX; blocks];
    for found in b.iter().filter_map(|word| places.get(word)) {
        let mut carry = false;
        for (open, found) in open.iter_mut().zip(found) {
            let used = *open & found;
            let (sum, over) = open.overflowing_add(used);
            let (sum, more) = sum.overflowing_add(u64::from(carry));
            carry = over || more;
            *open = sum | (*open ^ used);
        }
    }
    open.iter().map(|block| block.count_zeros()).sum()
}

/// Whether two texts that have figures, or names, enough have mostly the same.
fn agree(a: &Counts, b: &Counts) -> bool {
    a.all < FEW || b.all < FEW || a.shared(b) >= PARTICULARS
}

fn ratio(part: u32, whole: u32) -> f64 {
    if whole == 0 { 0.0 } else { f64::from(part) / f64::from(whole) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_not_what_begins_a_sentence() {
        let told = Told::of("Shells fell. Nobody in Hollin was hurt by 14 of them: Vesk said so.");
        assert_eq!((told.names, told.figures), (vec![hash("hollin")], vec![hash("14")]));
    }

    #[test]
    fn what_stands_in_order_is_counted() {
        assert_eq!(in_order(&[], &[1]), 0);
        assert_eq!(in_order(&[1, 2, 3, 4], &[3, 4, 1, 2]), 2);
        assert_eq!(in_order(&[1, 2, 3, 4], &[1, 9, 2, 4, 4]), 3);
        let long: Vec<u64> = (0..300).collect();
        let gaps: Vec<u64> = (0..300).filter(|n| n % 3 != 0).collect();
        assert_eq!((in_order(&long, &gaps), in_order(&gaps, &long)), (200, 200));
    }

    #[test]
    fn reasons_are_words() {
        assert_eq!(Likeness::SAME.reason(), "has the same words");
        assert_eq!(Likeness { kept: 0.874 }.reason(), "shares 87 % of its words");
    }
}
