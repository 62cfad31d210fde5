//! What of a claim is compared, worked out once: days, place, roles, words.

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};
use std::hash::Hasher;
use std::sync::LazyLock;

use jiff::civil::{Date, date};
use rustc_hash::{FxHashMap, FxHasher};

use super::affinity;
use super::names::{Names, Set};
use super::record::Record;
use crate::claim::{Claim, ClaimPlace, Kind, Mode, Traced};
use crate::figure::{Counted, Figure, Who};
use crate::pack::{Knowledge, PartyId};
use crate::when::Interval;

/// One claim made ready for comparison. Numbers stand for names (`Names`).
#[derive(Debug)]
pub(super) struct Traits {
    pub(super) kind: Kind,
    pub(super) mode: Mode,
    /// Its document.
    pub(super) document: u32,
    /// The party that its speaker speaks for.
    pub(super) party: Option<u32>,
    /// Name of its speaker.
    pub(super) speaker: u32,
    /// Whether an outlet says it in its own voice.
    pub(super) is_narrated: bool,
    /// Days that it covers, counted from a fixed day; `None` where undated.
    pub(super) days: Option<(i64, i64)>,
    /// Days on which it may have been said.
    pub(super) said: Option<(i64, i64)>,
    /// Its place and all the places that it lies in, nearest first.
    pub(super) places: Vec<u32>,
    /// Words of the name of its place.
    pub(super) place_words: Set,
    /// UCDP precision of the place; 6 where nothing is known.
    pub(super) precision: u8,
    /// Degrees north and east.
    pub(super) point: Option<(f64, f64)>,
    /// Who does it.
    pub(super) actors: Set,
    /// To whom.
    pub(super) targets: Set,
    /// Its content words by number with their weight, rare ones weighing more, in order; length 1.
    pub(super) words: Vec<(u32, f32)>,
    /// Everybody who does or suffers it.
    pub(super) parties: Set,
    /// Stems of the words that name an agreement.
    pub(super) agreement: Set,
    /// Those of them that any truce may not have.
    pub(super) agreement_own: Set,
    /// Its numbers.
    pub(super) figures: Vec<Number>,
    /// Number of its sentence in the document.
    pub(super) sentence: usize,
    /// Number of the claim in its document.
    pub(super) order: usize,
    /// Claims of its type in its document.
    pub(super) crowd: usize,
}

/// A figure made ready for comparison.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Number {
    pub(super) what: Counted,
    pub(super) who: Who,
    pub(super) side: Option<u32>,
    /// Floor and ceiling.
    pub(super) range: (Option<u64>, Option<u64>),
}

impl Traits {
    /// Whether it speaks of a whole war or a standing state rather than of particulars.
    pub(super) fn is_background(&self) -> bool {
        self.days.is_some_and(|(first, last)| last - first > 14)
    }

    /// The days that it covers or, where it has none, those on which it may have been said.
    pub(super) fn about(&self) -> Option<(i64, i64)> {
        self.days.or(self.said)
    }

    /// The day on which its document came out; far back where that is not known.
    pub(super) fn out(&self) -> i64 {
        self.said.map_or(-FAR, |(first, _)| first)
    }

    /// Whether it says no: denies or refuses.
    pub(super) fn says_no(&self) -> bool {
        matches!(self.mode, Mode::Denied | Mode::Rejected)
    }

    /// Whether it is a happening at a time and place.
    pub(super) fn is_local(&self) -> bool {
        affinity::is_local(self.kind)
    }

    /// Whether it says what is or is not, rather than what should or might be.
    pub(super) fn is_of_fact(&self) -> bool {
        matches!(self.mode, Mode::Asserted | Mode::Denied)
    }
}

/// What claims are made ready with.
pub(super) struct Maker<'r, 'a> {
    record: &'r Record<'a>,
    lexicon: Lexicon,
    within: FxHashMap<&'a str, &'a str>,
    /// The packs' lines and zones at which places lie, by the place's id.
    at_lines: RefCell<FxHashMap<String, Vec<String>>>,
}

impl<'r, 'a> Maker<'r, 'a> {
    pub(super) fn of(record: &'r Record<'a>) -> Maker<'r, 'a> {
        let within = record.knowledge().places().map(|p| (p.id.as_str(), p.within.as_str())).collect();
        Maker { record, lexicon: Lexicon::of(record), within, at_lines: RefCell::default() }
    }

    /// The ids of a place, of what it lies in and of the lines and zones at which it lies: a village on the border is
    /// at the border.
    fn places(&self, place: &ClaimPlace) -> Vec<String> {
        let mut ids = chain(&self.within, place);
        if let Some(exact) = place.resolved.as_ref().filter(|r| r.precision <= 2) {
            let mut known = self.at_lines.borrow_mut();
            let lines =
                || self.record.knowledge().lines().filter(|l| l.km_to(exact.lat, exact.lon) <= l.accuracy_km + AT_KM);
            ids.extend_from_slice(
                known.entry(exact.id.clone()).or_insert_with(|| lines().map(|l| l.id.clone()).collect()),
            );
        }
        ids
    }

    /// Makes the claims of one document ready, in their order.
    pub(super) fn document(&self, claims: &[&Claim], names: &mut Names) -> Vec<Traits> {
        let crowd = |kind: Kind| claims.iter().filter(|c| c.kind.value == kind).count();
        let crowds: BTreeMap<Kind, usize> = claims.iter().map(|c| c.kind.value).map(|k| (k, crowd(k))).collect();
        let made = claims.iter().enumerate().map(|(i, claim)| Traits {
            order: i + 1,
            crowd: crowds.get(&claim.kind.value).copied().unwrap_or(1),
            ..self.claim(claim, names)
        });
        made.collect()
    }

    fn claim(&self, claim: &Claim, names: &mut Names) -> Traits {
        let source = self.record.source(claim);
        let place = claim.place.as_ref().map(|p| &p.value);
        let speaker = &claim.speaker.value;
        let party = speaker.party.as_ref().map(PartyId::as_str);
        let mut ids = |parties: &[Traced<PartyId>]| names.set(parties.iter().map(|p| p.value.as_str()));
        let (actors, targets) = (ids(&claim.actors), ids(&claim.targets));
        let agreement = self.record.agreement_words(claim).map(stems).unwrap_or_default();
        let own = agreement.iter().map(String::as_str).filter(|w| !ANY_TRUCE.contains(w));
        let places = place.map(|p| self.places(p)).unwrap_or_default();
        let place_words = places.first().map(|name| names.set(place_words(name))).unwrap_or_default();
        Traits {
            kind: claim.kind.value,
            mode: claim.mode.value,
            document: names.number(&claim.document),
            party: party.map(|p| names.number(p)),
            speaker: names.number(&speaker.name),
            is_narrated: party.is_none_or(|p| p == PartyId::MEDIA),
            days: claim.date.as_ref().map(|d| days(d.value)),
            said: source.and_then(|s| s.published).map(days),
            places: places.iter().map(|p| names.number(p)).collect(),
            place_words,
            precision: place.and_then(|p| p.resolved.as_ref()).map_or(6, |r| r.precision),
            point: place.and_then(|p| p.resolved.as_ref()).map(|r| (r.lat, r.lon)),
            parties: Set::of(actors.iter().chain(targets.iter())),
            actors,
            targets,
            words: self.lexicon.weighed(self.record.quote(claim)),
            agreement_own: names.set(own),
            agreement: names.set(agreement.iter().map(String::as_str)),
            figures: claim.figures.iter().map(|f| number_of(f, names)).collect(),
            sentence: source.map_or(0, |s| s.sentence(claim.span).0),
            order: 0,
            crowd: 1,
        }
    }
}

/// Makes all claims of a record ready, in its order.
pub(super) fn of(record: &Record<'_>) -> Vec<Traits> {
    let (maker, mut names) = (Maker::of(record), Names::default());
    record.by_document().flat_map(|claims| maker.document(claims, &mut names)).collect()
}

fn number_of(figure: &Figure, names: &mut Names) -> Number {
    let side = figure.side.as_ref().map(|s| names.number(s.as_str()));
    Number { what: figure.what, who: figure.who, side, range: (figure.min, figure.max) }
}

/// Words of the name of a place, but for those that many names have.
fn place_words(name: &str) -> impl Iterator<Item = &str> {
    name.split_whitespace().filter(|w| !matches!(*w, "the" | "of" | "in" | "and"))
}

/// How far from a line a place still lies at it, beyond the line's own accuracy, in kilometres.
const AT_KM: f64 = 5.0;

/// Days are counted from here; open ends reach this many days and no further, so that sums stay small.
const EPOCH: Date = date(2000, 1, 1);
const FAR: i64 = 100_000;

fn days(interval: Interval) -> (i64, i64) {
    let count = |d: Date| EPOCH.until(d).map_or(0, |span| i64::from(span.get_days()));
    (interval.first_day().map_or(-FAR, count), interval.last_day().map_or(FAR, count))
}

/// The ids of a place and of what it lies in; for a place that nothing resolves, its name.
fn chain(within: &FxHashMap<&str, &str>, place: &ClaimPlace) -> Vec<String> {
    let Some(resolved) = &place.resolved else { return vec![place.name.to_lowercase()] };
    let mut ids = vec![resolved.id.clone()];
    while let Some(wider) = ids.last().and_then(|id| within.get(id.as_str())) {
        if wider.is_empty() || ids.iter().any(|id| id == wider) {
            break;
        }
        ids.push((*wider).to_owned());
    }
    ids
}

/// Stems of the words that name parties: they are compared as roles, not as words.
fn party_words(knowledge: &Knowledge) -> BTreeSet<String> {
    let names = knowledge.parties().flat_map(|p| p.names.iter().chain(&p.demonyms).chain(&p.seats));
    names.flat_map(|n| stems(n)).collect()
}

/// Stems of words by which any truce may be called.
const ANY_TRUCE: &[&str] =
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

fn stems(text: &str) -> BTreeSet<String> {
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
struct Lexicon {
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
    fn of(record: &Record<'_>) -> Lexicon {
        Lexicon { names: party_words(record.knowledge()) }
    }

    /// The words of a text with their weights, as a vector of length 1. The weight of a word does not depend on what
    /// else is on record, so that claims that have nothing to do with two others do not part or join them.
    fn weighed(&self, text: &str) -> Vec<(u32, f32)> {
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
