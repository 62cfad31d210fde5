//! Which texts are copies of others: the same words, or most of them in the same order, be the opening edited, the end
//! cut or another outlet's line put below.
//!
//! Candidates come from MinHash over pairs of a text's content words with an LSH index (Broder 1997; Leskovec, Rajaraman,
//! Ullman, *Mining of Massive Datasets*, ch. 3), so that looking one text up takes about the same time among a hundred
//! thousand as among a thousand. A candidate is then compared word by word. Reports of one form, filled in day by day,
//! share most of their words and are no copies: their figures and names differ, and these must agree too.

mod compare;

use std::collections::BTreeMap;
use std::sync::Arc;

use trucewatch::incident::{Copied, Source};
use txtfp::{
    Canonicalizer, Fingerprinter, LshIndex, MinHashFingerprinter, MinHashSig, ShingleTokenizer, WordTokenizer,
};

pub use compare::Likeness;
use compare::{Words, likeness};

/// Numbers in a sketch.
const HASHES: usize = 126;
/// Bands of the index, of [`ROWS`] numbers each: of two texts with 45 % of their pairs in common, as one word in five
/// exchanged leaves, the index finds 98 %; with a tenth, 4 %.
const BANDS: usize = 42;
const ROWS: usize = 3;
/// Likeness of sketches under which two texts are not compared; twice its error under that of a copy.
const PROMISING: f32 = 0.25;
/// Content words under which a text is too short for a sketch; it is a copy only of the very same words.
const SHORT: usize = 8;

/// What a text is looked for and compared by: a few kilobytes.
#[derive(Debug, Clone, PartialEq)]
pub struct Sketch {
    words: Words,
    /// MinHash of the pairs of content words; none of a text that is too short.
    minhash: Option<Box<MinHashSig<HASHES>>>,
}

impl Sketch {
    /// The sketch of a text.
    #[must_use]
    pub fn of(text: &str) -> Sketch {
        let (words, content) = Words::of(text);
        let sketcher = MinHashFingerprinter::<_, HASHES>::new(
            Canonicalizer::default(),
            ShingleTokenizer { k: 2, inner: WordTokenizer },
        );
        let long = content.len() >= SHORT;
        let minhash = long.then(|| sketcher.fingerprint(&content.join(" ")).ok()).flatten();
        Sketch { words, minhash: minhash.map(Box::new) }
    }
}

/// A text that another one copies.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct CopyOf {
    /// Key of the text that was there before.
    pub key: u64,
    /// How alike the two are.
    pub likeness: Likeness,
}

/// An index of texts in which copies are looked for. Keys are the caller's, the earliest text having the lowest; what
/// is found does not depend on the order in which texts are put in.
pub struct Copies {
    index: LshIndex<HASHES>,
    exact: BTreeMap<u64, u64>,
    words: BTreeMap<u64, Words>,
}

impl std::fmt::Debug for Copies {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Copies").field("len", &self.len()).finish_non_exhaustive()
    }
}

impl Default for Copies {
    fn default() -> Copies {
        Copies::new()
    }
}

impl Copies {
    /// An empty index.
    #[must_use]
    #[expect(clippy::expect_used, reason = "the two numbers are constants that fit")]
    pub fn new() -> Copies {
        let index = LshIndex::with_bands_rows(BANDS, ROWS).expect("bands times rows is the number of hashes");
        Copies { index, exact: BTreeMap::new(), words: BTreeMap::new() }
    }

    /// Number of texts that are long enough to be compared.
    #[must_use]
    pub fn len(&self) -> usize {
        self.index.len()
    }

    /// Whether no text was put in that is long enough to be compared.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.index.is_empty()
    }

    /// Puts a text in.
    pub fn insert(&mut self, key: u64, sketch: Sketch) {
        let Sketch { words, minhash } = sketch;
        if words.exact != 0 {
            let first = self.exact.entry(words.exact).or_insert(key);
            *first = key.min(*first);
        }
        if let Some(minhash) = minhash {
            self.index.insert(key, *minhash);
            self.words.insert(key, words);
        }
    }

    /// The text that this one is a copy of, the likest among those with a key below `key`; of equals the earliest.
    #[must_use]
    pub fn find(&self, key: u64, sketch: &Sketch) -> Option<CopyOf> {
        if let Some(&first) = self.exact.get(&sketch.words.exact).filter(|first| **first < key) {
            return Some(CopyOf { key: first, likeness: Likeness::SAME });
        }
        let minhash = sketch.minhash.as_deref()?;
        let compare = |candidate: u64| {
            let likeness = likeness(&sketch.words, self.words.get(&candidate)?)?;
            Some(CopyOf { key: candidate, likeness })
        };
        let before =
            self.index.query_with_threshold(minhash, PROMISING).into_iter().filter(|candidate| *candidate < key);
        before.filter_map(compare).max_by(|a, b| a.likeness.kept.total_cmp(&b.likeness.kept).then(b.key.cmp(&a.key)))
    }
}

/// For each of some texts, in the order of their appearance, the first text of its family and how alike it is to the
/// one that it was taken from; `None` for texts that are first themselves.
#[must_use]
pub fn families(texts: &[Arc<str>]) -> Vec<Option<CopyOf>> {
    let mut copies = Copies::new();
    let mut found: Vec<Option<CopyOf>> = Vec::with_capacity(texts.len());
    for (key, text) in (0..).zip(texts) {
        let sketch = Sketch::of(text);
        let copy = copies.find(key, &sketch);
        let earlier = |key: u64| found.get(usize::try_from(key).ok()?).copied().flatten();
        let first = copy.map(|copy| match earlier(copy.key) {
            Some(earlier) => CopyOf { key: earlier.key, ..copy },
            None => copy,
        });
        copies.insert(key, sketch);
        found.push(first);
    }
    found
}

/// Marks the documents of a record that are copies of others. The first of a family is the one that was published first;
/// of those of one day, or without a day, the one whose name and id come first.
pub fn mark(sources: &mut [Source]) {
    sources.sort_by(|a, b| order(a).cmp(&order(b)));
    let texts: Vec<Arc<str>> = sources.iter().map(|s| Arc::clone(&s.text)).collect();
    let found = families(&texts);
    let ids: Vec<String> = sources.iter().map(|s| s.id.clone()).collect();
    for (source, copy) in sources.iter_mut().zip(found) {
        let first = copy.and_then(|c| ids.get(usize::try_from(c.key).ok()?).map(|id| (id, c)));
        source.copy_of = first
            .filter(|(id, _)| **id != source.id)
            .map(|(id, copy)| Copied { first: id.clone(), reason: copy.likeness.reason() });
    }
}

fn order(source: &Source) -> (bool, Option<jiff::civil::Date>, &str, &str) {
    let day = source.published.and_then(|p| p.first_day());
    (day.is_none(), day, source.name.as_str(), source.id.as_str())
}

#[cfg(test)]
mod tests {
    use super::*;

    const BODY: &str = "The Veskan ministry said that shells fell on Hollin at dawn on 5 March and that nobody was hurt. It added that \
        its posts along the Rivna road had not returned fire, that 14 houses lost their roofs, and that the mission had been told.";

    fn family(texts: &[&str]) -> Vec<Option<u64>> {
        let texts: Vec<Arc<str>> = texts.iter().map(|t| Arc::from(*t)).collect();
        families(&texts).into_iter().map(|c| c.map(|c| c.key)).collect()
    }

    #[test]
    fn the_same_event_in_other_words_is_no_copy() {
        let other = "Shelling hit the village of Hollin early on 5 March, according to Vesk, whose ministry of defence spoke of 14 \
            damaged homes and no casualties, and denied any return of fire from positions near Rivna.";
        assert_eq!(family(&[BODY, other]), [None, None]);
    }

    #[test]
    fn a_form_that_is_filled_in_anew_is_no_copy() {
        let day = |day: u8, place: &str, n: u16, m: u16| {
            format!(
                "Between the evening of {day} March and the morning of the next day, monitors recorded {n} violations of the ceasefire, \
                 including {m} explosions. Most were heard in areas around {place}. The teams saw no movement at the crossing \
                 points, which stayed open, and went on with their patrols on both sides of the line as planned."
            )
        };
        assert_eq!(family(&[&day(3, "Hollin", 212, 31), &day(7, "Rivna", 88, 12)]), [None, None]);
    }

    #[test]
    fn the_sentences_of_a_form_in_another_order_are_no_copy() {
        let one = "The Lantern Society said that 16 families had left Kolvar for Rivna and Harvoi since Wednesday. An aid convoy of 7 \
            lorries reached Kolvar in the early hours, after waiting for 21 hours at the crossing. The foreign ministers of Vesk and \
            Orlava will meet in Halmora next week. Vesk said that a drone of the Orlavan army had been shot down over Zarnik at dawn.";
        let other = "Vesk said that a drone of the Orlavan army had been shot down over Rostva at dawn. The foreign ministers of Vesk and \
            Orlava will meet in Halmora next week. An aid convoy of 7 lorries reached Kolvar around midnight, after waiting for 4 hours \
            at the crossing. The Lantern Society said that 7 families had left Kolvar for Rivna and Harvoi since Wednesday.";
        assert_eq!(family(&[one, other]), [None, None]);
    }

    #[test]
    fn nothing_is_a_copy_of_nothing() {
        assert_eq!(family(&["", " ", "Quiet."]), [None, None, None]);
    }

    #[test]
    fn a_copy_with_another_opening_end_and_outlet_is_one() {
        let edited = BODY
            .replace("The Veskan ministry said", "HOLLIN (Ternwire) - Officials in Vesk said")
            .replace(", and that the mission had been told", "");
        assert_eq!(
            family(&[BODY, &format!("{edited} Reporting by the Ternwire desk."), BODY]),
            [None, Some(0), Some(0)]
        );
    }

    #[test]
    fn a_copy_of_a_copy_belongs_to_the_first() {
        let second = BODY.replace("at dawn ", "").replace("nobody was hurt", "there were no victims");
        let third = second.replace("It added that its posts", "The posts").replace("had been told", "knows");
        assert_eq!(family(&[BODY, &second, &third]), [None, Some(0), Some(0)]);
    }
}
