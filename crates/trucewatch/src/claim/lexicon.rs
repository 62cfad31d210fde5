//! Which words can carry a claim of which type: the files of `lexicon/`, indexed by lemma.

use std::collections::BTreeSet;
use std::sync::LazyLock;

use rustc_hash::FxHashMap;
use serde::Deserialize;
use syntax::Pos;

use super::{Kind, Mode};

/// One entry of a lexicon file.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Entry {
    #[serde(default)]
    nouns: Vec<String>,
    #[serde(default)]
    verbs: Vec<String>,
    #[serde(default)]
    adjectives: Vec<String>,
    /// One of these lemmas must stand in the phrase.
    #[serde(default)]
    pub(super) with: BTreeSet<String>,
    /// None of these may.
    #[serde(default)]
    pub(super) without: BTreeSet<String>,
    /// One of these must stand in the object (or passive subject, or what a preposition governs).
    #[serde(default)]
    pub(super) objects: BTreeSet<String>,
    /// One of these must stand in the subject.
    #[serde(default)]
    pub(super) subjects: BTreeSet<String>,
    /// Only where the word is used of something that happens, not as a label.
    #[serde(default)]
    pub(super) event_only: bool,
    /// Only under "will", "would", "must" and their like.
    #[serde(default)]
    pub(super) modal: bool,
    /// Mode where nothing else decides it.
    mode: Option<String>,
    /// Modes in which it is no claim of this type.
    #[serde(default)]
    not_modes: Vec<String>,
}

impl Entry {
    /// Mode where nothing else decides it.
    pub(super) fn mode(&self) -> Option<Mode> {
        self.mode.as_deref().and_then(Mode::parse)
    }

    /// Whether a mode rules this entry out.
    pub(super) fn refuses(&self, mode: Mode) -> bool {
        self.not_modes.iter().any(|m| m == mode.as_str())
    }
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    entry: Vec<Entry>,
}

/// Parts of speech that carry claims.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum Word {
    /// Noun or proper noun.
    Noun,
    /// Verb.
    Verb,
    /// Adjective.
    Adjective,
}

impl Word {
    pub(super) fn of(pos: Pos) -> Option<Word> {
        match pos {
            Pos::Noun | Pos::Propn => Some(Word::Noun),
            Pos::Verb => Some(Word::Verb),
            Pos::Adj => Some(Word::Adjective),
            _ => None,
        }
    }
}

/// A word that may carry a claim: the entry, and the modifier that it asks for ("drone" in `drone_strike`).
#[derive(Debug)]
pub(super) struct Sense {
    pub(super) kind: Kind,
    /// Number of the entry in its file, from 1.
    pub(super) number: usize,
    pub(super) entry: &'static Entry,
    pub(super) modifier: Option<String>,
}

impl Sense {
    /// `lexicon/shelling/2`
    pub(super) fn rule(&self) -> String {
        format!("lexicon/{}/{}", self.kind, self.number)
    }
}

/// All senses by part of speech and word.
pub(super) struct Lexicon {
    senses: [FxHashMap<String, Vec<Sense>>; 3],
}

macro_rules! files {
    ($($kind:ident = $name:literal),+ $(,)?) => {
        [$((Kind::$kind, include_str!(concat!("lexicon/", $name, ".toml")))),+]
    };
}

const FILES: [(Kind, &str); 27] = files! {
    Clash = "clash", Shelling = "shelling", Gunfire = "gunfire", Airstrike = "airstrike", Assault = "assault",
    Incursion = "incursion", Seizure = "seizure", Explosion = "explosion", Buildup = "buildup",
    Violation = "violation", Casualties = "casualties", Detention = "detention", Damage = "damage",
    Displacement = "displacement", Truce = "truce", Implementation = "implementation", Withdrawal = "withdrawal",
    Deployment = "deployment", Verification = "verification", Exchange = "exchange",
    Delimitation = "delimitation", Access = "access", Talks = "talks", Mediation = "mediation",
    Assistance = "assistance", Threat = "threat", Position = "position",
};

/// The lexicon of the program.
pub(super) static LEXICON: LazyLock<Lexicon> = LazyLock::new(Lexicon::read);

impl Lexicon {
    #[expect(clippy::unwrap_used, reason = "the files are part of the program and read by a test")]
    fn read() -> Lexicon {
        let mut lexicon = Lexicon { senses: Default::default() };
        for (kind, content) in FILES {
            let file: File = toml::from_str(content).unwrap();
            for (index, entry) in file.entry.into_iter().enumerate() {
                lexicon.add(kind, index + 1, Box::leak(Box::new(entry)));
            }
        }
        lexicon
    }

    fn add(&mut self, kind: Kind, number: usize, entry: &'static Entry) {
        let lists = [(Word::Noun, &entry.nouns), (Word::Verb, &entry.verbs), (Word::Adjective, &entry.adjectives)];
        for (word, lemmas) in lists {
            for lemma in lemmas {
                let (modifier, head) = match lemma.split_once('_') {
                    Some((modifier, head)) => (Some(modifier.to_owned()), head),
                    None => (None, lemma.as_str()),
                };
                let sense = Sense { kind, number, entry, modifier };
                self.senses[word as usize].entry(head.to_owned()).or_default().push(sense);
            }
        }
    }

    /// Whether a word has a sense as any part of speech.
    pub(super) fn knows(&self, lemma: &str) -> bool {
        [Word::Noun, Word::Verb, Word::Adjective].iter().any(|w| !self.senses(lemma, *w).is_empty())
    }

    /// The senses of a lemma.
    pub(super) fn senses(&self, lemma: &str, word: Word) -> &[Sense] {
        self.senses[word as usize].get(lemma).map_or(&[], Vec::as_slice)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_that_carry_nothing_have_no_sense() {
        assert!(LEXICON.senses("weather", Word::Noun).is_empty());
    }

    #[test]
    fn every_file_is_read_and_every_mode_known() {
        let known = |s: &Sense| {
            (s.entry.mode.is_none() || s.entry.mode().is_some())
                && s.entry.not_modes.iter().all(|m| Mode::parse(m).is_some())
        };
        assert!(LEXICON.senses.iter().flat_map(FxHashMap::values).flatten().all(known));
        assert_eq!(LEXICON.senses("bombard", Word::Verb)[0].kind, Kind::Shelling);
    }
}
