//! What one thread remembers between texts: word types, their embeddings, their lemmas. All of it can be forgotten at
//! any time without changing a result; it is bounded.

use std::sync::{Arc, Mutex, PoisonError};

use rustc_hash::FxHashMap;

use crate::labels::Pos;
use crate::lexeme::{Lexeme, Vocabulary};
use crate::tok2vec::{Tok2Vec, TypeKey};
use crate::tokenizer::{RawToken, Splitter, Tokenizer};

/// Word types and splits are forgotten when they take up more than this.
const MAX_SPLITTER_BYTES: usize = 8 << 20;
/// Embeddings are forgotten when there are more than this (768 bytes each).
const MAX_TYPES: usize = 24_000;
/// Lemmas are forgotten when there are more than this.
const MAX_LEMMAS: usize = 60_000;
/// As many scratches are kept for later calls.
const MAX_KEPT: usize = 64;

/// One thread's memory.
pub(crate) struct Scratch {
    pub(crate) splitter: Splitter,
    types: FxHashMap<TypeKey, u32>,
    /// Embeddings of the types, for the shared encoder and for that of the names.
    pub(crate) embeddings: [Vec<f32>; 2],
    lemmas: FxHashMap<(u32, Pos, u16), Arc<str>>,
}

impl Scratch {
    fn new(tokenizer: &Tokenizer) -> Self {
        Scratch {
            splitter: tokenizer.splitter(),
            types: FxHashMap::default(),
            embeddings: [Vec::new(), Vec::new()],
            lemmas: FxHashMap::default(),
        }
    }

    /// Whether [`Scratch::forget`] should be called before the next text.
    pub(crate) fn is_full(&self) -> bool {
        self.splitter.bytes() > MAX_SPLITTER_BYTES
    }

    /// Forgets everything; numbers of word types lose their meaning.
    pub(crate) fn forget(&mut self, tokenizer: &Tokenizer) {
        *self = Scratch::new(tokenizer);
    }

    /// The embeddings' indices of documents, whose new types are embedded first.
    pub(crate) fn embed(
        &mut self,
        vocabulary: &Vocabulary,
        encoders: [&Tok2Vec; 2],
        docs: &[&[RawToken]],
    ) -> Vec<Vec<u32>> {
        let tokens: usize = docs.iter().map(|d| d.len()).sum();
        if self.types.len() + tokens > MAX_TYPES {
            self.types.clear();
            self.embeddings.iter_mut().for_each(Vec::clear);
        }
        let mut new = Vec::new();
        let numbers = docs.iter().map(|doc| doc.iter().map(|token| self.number(token, &mut new)).collect()).collect();
        let described: Vec<(TypeKey, &Lexeme)> =
            new.into_iter().map(|key| (key, self.splitter.lexicon.get(key.lexeme))).collect();
        for (encoder, embeddings) in encoders.into_iter().zip(&mut self.embeddings) {
            encoder.embed(vocabulary, &described, embeddings);
        }
        numbers
    }

    fn number(&mut self, token: &RawToken, new: &mut Vec<TypeKey>) -> u32 {
        let key = TypeKey { lexeme: token.piece.lexeme, norm: token.piece.norm, space_after: token.space_after };
        let next = self.types.len() as u32;
        *self.types.entry(key).or_insert_with(|| {
            new.push(key);
            next
        })
    }

    /// The lemma of a word type, made by `find` if it is not known.
    pub(crate) fn lemma(
        &mut self,
        lexeme: u32,
        pos: Pos,
        morph: u16,
        find: impl FnOnce(&Lexeme) -> Arc<str>,
    ) -> Arc<str> {
        if self.lemmas.len() > MAX_LEMMAS {
            self.lemmas.clear();
        }
        let word = self.splitter.lexicon.get(lexeme);
        Arc::clone(self.lemmas.entry((lexeme, pos, morph)).or_insert_with(|| find(word)))
    }
}

/// Scratches that no thread has at the moment.
#[derive(Default)]
pub(crate) struct Pool {
    free: Mutex<Vec<Scratch>>,
}

impl Pool {
    /// Lends a scratch for the length of a call.
    pub(crate) fn with<T>(&self, tokenizer: &Tokenizer, work: impl FnOnce(&mut Scratch) -> T) -> T {
        let free = || self.free.lock().unwrap_or_else(PoisonError::into_inner);
        let kept = free().pop();
        let mut scratch = kept.unwrap_or_else(|| Scratch::new(tokenizer));
        let result = work(&mut scratch);
        let mut free = free();
        if free.len() < MAX_KEPT {
            free.push(scratch);
        }
        result
    }
}
