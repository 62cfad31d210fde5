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

/// What a text is looked for by. It takes about one kilobyte, can be kept, and is the same on every machine.
#[derive(Debug, Clone, PartialEq)]
pub struct Sketch {
    /// Hash of the words in their order; zero of a text without words, which is a copy of nothing.
    exact: u64,
    /// MinHash of the pairs of content words; none of a text that is too short.
    words: Option<Box<MinHashSig<HASHES>>>,
}

impl Sketch {
    /// The sketch of a text.
    #[must_use]
    pub fn of(text: &str) -> Sketch {
        let words = Words::of(text);
        let content = words.content();
        let sketcher = MinHashFingerprinter::<_, HASHES>::new(
            Canonicalizer::default(),
            ShingleTokenizer { k: 2, inner: WordTokenizer },
        );
        let long = content.len() >= SHORT;
        let words_sketch = long.then(|| sketcher.fingerprint(&content.join(" ")).ok()).flatten();
        Sketch { exact: words.exact(), words: words_sketch.map(Box::new) }
    }

    /// The sketch as bytes, to be kept.
    #[must_use]
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut bytes = self.exact.to_le_bytes().to_vec();
        bytes.extend(self.words.iter().flat_map(|w| w.as_bytes()));
        bytes
    }

    /// The sketch that was kept; `None` where the bytes are those of another version.
    #[must_use]
    pub fn from_bytes(bytes: &[u8]) -> Option<Sketch> {
        let (exact, rest) = bytes.split_first_chunk::<8>()?;
        let words = match rest {
            [] => None,
            _ => Some(Box::new(MinHashSig::from_bytes(rest).ok()?)),
        };
        Some(Sketch { exact: u64::from_le_bytes(*exact), words })
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
        Copies { index, exact: BTreeMap::new() }
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
    pub fn insert(&mut self, key: u64, sketch: &Sketch) {
        if sketch.exact != 0 {
            let first = self.exact.entry(sketch.exact).or_insert(key);
            *first = key.min(*first);
        }
        if let Some(words) = &sketch.words {
            self.index.insert(key, **words);
        }
    }

    /// The text that this one is a copy of, the likest among those with a key below `key`; of equals the earliest.
    /// `text_of` gives the texts of candidates.
    pub fn find(
        &self,
        key: u64,
        text: &str,
        sketch: &Sketch,
        text_of: impl Fn(u64) -> Option<Arc<str>>,
    ) -> Option<CopyOf> {
        if let Some(&first) = self.exact.get(&sketch.exact).filter(|first| **first < key) {
            return Some(CopyOf { key: first, likeness: Likeness::SAME });
        }
        let words = sketch.words.as_deref()?;
        let own = Words::of(text);
        let compare = |candidate: u64| {
            let likeness = likeness(&own, &Words::of(&text_of(candidate)?))?;
            Some(CopyOf { key: candidate, likeness })
        };
        let before = self.index.query_with_threshold(words, PROMISING).into_iter().filter(|candidate| *candidate < key);
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
        let at = |key: u64| usize::try_from(key).ok();
        let copy = copies.find(key, text, &sketch, |k| at(k).and_then(|i| texts.get(i)).cloned());
        let first = copy.map(|copy| match at(copy.key).and_then(|i| found.get(i)).copied().flatten() {
            Some(earlier) => CopyOf { key: earlier.key, ..copy },
            None => copy,
        });
        copies.insert(key, &sketch);
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

    #[test]
    fn a_sketch_that_was_kept_is_the_same() {
        for text in [BODY, "Quiet."] {
            let sketch = Sketch::of(text);
            assert_eq!(Sketch::from_bytes(&sketch.to_bytes()), Some(sketch));
        }
        assert_eq!(Sketch::from_bytes(&[1; 40]), None);
    }
}
