//! How many separate sources claims go back to: copies of one text, and texts quoting one voice, count once.

use std::collections::{BTreeMap, BTreeSet};
use std::hash::{Hash, Hasher};

use rustc_hash::FxHasher;

use super::record::{Record, Source};
use crate::claim::Claim;
use crate::pack::PartyId;

/// One separate source.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Origin {
    /// Who it is: a party, a speaker, an agency, or the first of some like documents, by its name.
    pub who: String,
    /// Ids of the documents that carry it.
    pub documents: Vec<String>,
}

/// Words in a shingle.
const SHINGLE: usize = 5;

/// Part of all shingles that two texts must share to be copies (Jaccard).
const ALIKE: f64 = 0.7;

/// Smallest shingles of a text by which copies are looked for.
const SKETCH: usize = 8;

/// Which documents are copies of one another.
#[derive(Debug)]
pub(super) struct Origins {
    /// Id of a document to the name of the first among its copies.
    first: BTreeMap<String, String>,
}

impl Origins {
    /// Finds the copies among the documents of a record.
    pub(super) fn of(record: &Record<'_>) -> Origins {
        let mut sources: Vec<&Source> = record.sources().collect();
        sources.sort_by_key(|s| (s.published.and_then(|p| p.first_day()), s.name.as_str(), s.id.as_str()));
        let mut seen: Vec<(&Source, BTreeSet<u64>)> = Vec::new();
        let mut by_shingle: BTreeMap<u64, Vec<usize>> = BTreeMap::new();
        let mut first = BTreeMap::new();
        for source in sources {
            let shingles = shingles(&source.text);
            let near: BTreeSet<usize> =
                shingles.iter().take(SKETCH).filter_map(|s| by_shingle.get(s)).flatten().copied().collect();
            let copy_of = near.into_iter().filter_map(|i| seen.get(i)).find(|(_, s)| alike(s, &shingles));
            match copy_of {
                Some((original, _)) => first.insert(source.id.clone(), original.name.clone()),
                None => {
                    shingles.iter().take(SKETCH).for_each(|s| by_shingle.entry(*s).or_default().push(seen.len()));
                    seen.push((source, shingles));
                    first.insert(source.id.clone(), source.name.clone())
                }
            };
        }
        Origins { first }
    }

    /// The separate sources behind some claims. A party speaks with one voice, whoever quotes it.
    pub(super) fn behind(&self, claims: &[&Claim]) -> Vec<Origin> {
        let mut by_who: BTreeMap<String, BTreeSet<&str>> = BTreeMap::new();
        for claim in claims {
            by_who.entry(self.who(claim)).or_default().insert(claim.document.as_str());
        }
        let origin = |(who, documents): (String, BTreeSet<&str>)| Origin {
            who,
            documents: documents.into_iter().map(str::to_owned).collect(),
        };
        by_who.into_iter().map(origin).collect()
    }

    fn who(&self, claim: &Claim) -> String {
        let speaker = &claim.speaker.value;
        match speaker.party.as_ref().map(PartyId::as_str) {
            Some(PartyId::MEDIA) | None => self.outlet(claim),
            Some(PartyId::OTHER) => speaker.name.clone(),
            Some(party) => party.to_owned(),
        }
    }

    fn outlet(&self, claim: &Claim) -> String {
        let agency = claim.via.last().map(|v| v.value.clone());
        let document = || self.first.get(&claim.document).cloned().unwrap_or_else(|| claim.document.clone());
        agency.unwrap_or_else(document)
    }
}

fn shingles(text: &str) -> BTreeSet<u64> {
    let words: Vec<String> =
        text.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()).map(str::to_lowercase).collect();
    let windows = words.windows(SHINGLE.min(words.len().max(1)));
    windows.map(hash).collect()
}

/// The same number for the same words on every machine.
fn hash(words: &[String]) -> u64 {
    let mut hasher = FxHasher::default();
    words.hash(&mut hasher);
    hasher.finish()
}

#[expect(clippy::cast_precision_loss, reason = "counts of shingles")]
fn alike(a: &BTreeSet<u64>, b: &BTreeSet<u64>) -> bool {
    let shared = a.intersection(b).count();
    let all = a.len() + b.len() - shared;
    all > 0 && shared as f64 >= ALIKE * all as f64
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_on_one_thing_in_other_words_are_no_copies() {
        let a = shingles("The ministry said that shells fell on Hollin at dawn and that nobody was hurt there.");
        let b = shingles("Shells fell on Hollin at dawn; nobody was hurt, according to the ministry of defence.");
        assert!(!alike(&a, &b));
    }

    #[test]
    fn a_copy_with_another_headline_is_one() {
        let body = "The ministry said that shells fell on Hollin at dawn and that nobody was hurt there. \
                    It added that its posts along the line had not returned fire, and that the mission had been told.";
        assert!(alike(&shingles(body), &shingles(&format!("Shells fall. {body}"))));
    }

    #[test]
    fn an_empty_text_is_a_copy_of_nothing() {
        assert!(!alike(&shingles(""), &shingles("")));
    }
}
