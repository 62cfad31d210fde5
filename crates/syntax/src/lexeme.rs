//! Word types: everything about a string that does not depend on where it stands.

use std::collections::HashMap;
use std::sync::Arc;

use rustc_hash::FxHashMap;

use crate::chars::{is_space, shape};
use crate::load::msgpack::{decode, field, pairs, text, unsigned};
use crate::load::{LoadError, Package};
use crate::strings::{StringIds, embedded};
use crate::vectors::Vectors;

/// A word type and its attributes; those that feed the embedding are string ids.
#[derive(Debug, Clone)]
pub(crate) struct Lexeme {
    pub(crate) text: Arc<str>,
    pub(crate) lower: Arc<str>,
    pub(crate) norm: u64,
    pub(crate) prefix: u64,
    pub(crate) suffix: u64,
    pub(crate) shape: u64,
    pub(crate) is_space: bool,
    /// Row in the static vectors.
    pub(crate) row: Option<u32>,
}

/// What the model knows of word types: ids, normal forms and vectors. Never changes.
pub(crate) struct Vocabulary {
    pub(crate) ids: StringIds,
    pub(crate) vectors: Arc<Vectors>,
    /// Normal forms that hold for every language, by word.
    base_norms: FxHashMap<String, String>,
    /// Normal forms of the package, by string id.
    norms: FxHashMap<u64, String>,
    /// Words in whose place another one is embedded.
    pub(crate) stand_ins: FxHashMap<String, String>,
}

impl Vocabulary {
    pub(crate) fn load(package: &Package) -> Result<Self, LoadError> {
        let norms = package.read("vocab/lookups.bin", |bytes| {
            let tables = decode(bytes)?;
            let norms = pairs(field(&tables, "lexeme_norm")?)?;
            norms.iter().map(|(k, v)| Ok((unsigned(k)?, text(v)?.to_owned()))).collect()
        })?;
        Ok(Vocabulary {
            ids: StringIds::new(),
            vectors: Arc::new(Vectors::load(package)?),
            base_norms: embedded(include_str!("../data/base_norms.json")),
            norms,
            stand_ins: FxHashMap::default(),
        })
    }

    /// All attributes of a word type.
    pub(crate) fn describe(&self, word: &str) -> Lexeme {
        let text: Arc<str> = word.into();
        let lower = word.to_lowercase();
        let lower = if lower == word { Arc::clone(&text) } else { lower.into() };
        let is_space = word.chars().all(is_space);
        let word = self.stand_ins.get(word).map_or(word, String::as_str);
        let id = self.ids.id(word);
        let own = self.norms.get(&id).or_else(|| self.base_norms.get(word)).cloned();
        let norm = own.unwrap_or_else(|| word.to_lowercase());
        Lexeme {
            norm: self.ids.id(&norm),
            prefix: self.ids.id(first_char(word)),
            suffix: self.ids.id(last_three(word)),
            shape: self.ids.id(&shape(word)),
            is_space,
            row: self.vectors.row_of(id),
            text,
            lower,
        }
    }
}

fn first_char(word: &str) -> &str {
    word.chars().next().and_then(|c| word.get(..c.len_utf8())).unwrap_or("")
}

fn last_three(word: &str) -> &str {
    word.char_indices().rev().nth(2).and_then(|(at, _)| word.get(at..)).unwrap_or(word)
}

/// The word types met so far, numbered. One [`Lexicon`] belongs to one thread at a time.
#[derive(Clone, Default)]
pub(crate) struct Lexicon {
    /// Keys come from the texts, so the standard hasher, which resists chosen collisions.
    by_text: HashMap<Arc<str>, u32>,
    lexemes: Vec<Lexeme>,
    bytes: usize,
}

impl Lexicon {
    /// The number of a word, which is described if it is new.
    pub(crate) fn intern(&mut self, vocabulary: &Vocabulary, word: &str) -> u32 {
        if let Some(&number) = self.by_text.get(word) {
            return number;
        }
        let number = self.lexemes.len() as u32;
        let lexeme = vocabulary.describe(word);
        self.bytes += 2 * word.len() + size_of::<Lexeme>();
        self.by_text.insert(Arc::clone(&lexeme.text), number);
        self.lexemes.push(lexeme);
        number
    }

    /// The word of a number that [`Lexicon::intern`] gave.
    pub(crate) fn get(&self, number: u32) -> &Lexeme {
        &self.lexemes[number as usize]
    }

    /// Rough size in memory.
    pub(crate) fn bytes(&self) -> usize {
        self.bytes
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn affixes_are_cut_at_characters() {
        assert_eq!((first_char("été"), last_three("été")), ("é", "été"));
        assert_eq!((first_char(""), last_three("")), ("", ""));
        assert_eq!(last_three("Ծաղկաձոր"), "ձոր");
    }
}
