//! spaCy's tokenizer: white space, then affixes, then exceptions that reach across what was split.

mod affix;
mod pattern;
mod special;

use std::collections::HashMap;

use rmpv::Value;
use rustc_hash::FxHashMap;

use crate::chars::is_space;
use crate::lexeme::{Lexicon, Vocabulary};
use crate::load::msgpack::{decode, field, list, pairs, text, unsigned};
use crate::load::{LoadError, Malformed, Package};
use affix::Affixes;
use special::Phrases;

/// Longer words are not kept in the cache of words already split.
const MAX_CACHED_WORD: usize = 64;

/// What stands between two cuts at white space is split in parts of this many bytes, so that one endless word does not
/// take endless time.
pub(crate) const MAX_WORD: usize = 1 << 14;

/// One token before it has a place: its word type, and a normal form where an exception names one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) struct Piece {
    pub(crate) lexeme: u32,
    /// String id of the normal form; 0 for the word type's own.
    pub(crate) norm: u64,
}

/// One token of a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct RawToken {
    pub(crate) piece: Piece,
    /// Whether one space follows.
    pub(crate) space_after: bool,
}

/// The rules. Never changes; what a thread learns while it splits is in a [`Splitter`].
pub(crate) struct Tokenizer {
    affixes: Affixes,
    specials: FxHashMap<Box<str>, Box<[Piece]>>,
    /// No exception is longer than this many bytes.
    longest_special: usize,
    phrases: Phrases,
    /// The word types that `specials` and `phrases` number.
    lexicon: Lexicon,
}

/// Word types and splits met so far; belongs to one thread at a time.
#[derive(Clone, Default)]
pub(crate) struct Splitter {
    pub(crate) lexicon: Lexicon,
    /// Where in `pieces` the split of a word stands.
    known: HashMap<Box<str>, (u32, u32)>,
    pieces: Vec<Piece>,
}

impl Splitter {
    /// Rough size in memory.
    pub(crate) fn bytes(&self) -> usize {
        self.lexicon.bytes() + self.known.len() * 96 + self.pieces.len() * size_of::<Piece>()
    }

    /// Bytes of the text that a token takes up, with the space after it.
    pub(crate) fn length(&self, token: &RawToken) -> usize {
        self.lexicon.get(token.piece.lexeme).text.len() + usize::from(token.space_after)
    }

    fn piece(&mut self, vocabulary: &Vocabulary, word: &str) -> Piece {
        Piece { lexeme: self.lexicon.intern(vocabulary, word), norm: 0 }
    }

    fn recall(&self, word: &str) -> Option<&[Piece]> {
        let &(start, end) = self.known.get(word)?;
        self.pieces.get(start as usize..end as usize)
    }

    fn remember(&mut self, word: &str, pieces: &[Piece]) {
        if word.len() <= MAX_CACHED_WORD {
            let start = self.pieces.len();
            self.pieces.extend_from_slice(pieces);
            self.known.insert(word.into(), (start as u32, self.pieces.len() as u32));
        }
    }
}

impl Tokenizer {
    pub(crate) fn load(package: &Package, vocabulary: &Vocabulary) -> Result<Self, LoadError> {
        package.read("tokenizer", |bytes| Self::parse(&decode(bytes)?, vocabulary))
    }

    fn parse(file: &Value, vocabulary: &Vocabulary) -> Result<Self, Malformed> {
        let mut tokenizer = Tokenizer {
            affixes: Affixes::parse(file)?,
            specials: FxHashMap::default(),
            longest_special: 0,
            phrases: Phrases::default(),
            lexicon: Lexicon::default(),
        };
        for (word, tokens) in pairs(field(file, "exceptions")?)? {
            tokenizer.add_special(vocabulary, text(word)?, tokens)?;
        }
        for (word, _) in pairs(field(file, "exceptions")?)? {
            tokenizer.add_phrase(vocabulary, text(word)?);
        }
        Ok(tokenizer)
    }

    /// An exception: a word and the tokens that it is split into.
    fn add_special(&mut self, vocabulary: &Vocabulary, word: &str, tokens: &Value) -> Result<(), Malformed> {
        let pieces: Box<[Piece]> =
            list(tokens)?.iter().map(|t| self.special_piece(vocabulary, t)).collect::<Result<_, _>>()?;
        let spelled: String = pieces.iter().map(|p| &*self.lexicon.get(p.lexeme).text).collect();
        if spelled != word || word.is_empty() {
            return Err(Malformed::new(format!("exception `{word}` is spelled `{spelled}`")));
        }
        self.longest_special = self.longest_special.max(word.len());
        self.specials.insert(word.into(), pieces);
        Ok(())
    }

    fn special_piece(&mut self, vocabulary: &Vocabulary, token: &Value) -> Result<Piece, Malformed> {
        const ORTH: u64 = 65;
        const NORM: u64 = 67;
        let mut piece = Piece { lexeme: self.lexicon.intern(vocabulary, ""), norm: 0 };
        for (attribute, value) in pairs(token)? {
            match unsigned(attribute)? {
                ORTH => piece.lexeme = self.lexicon.intern(vocabulary, text(value)?),
                NORM => piece.norm = vocabulary.ids.id(text(value)?),
                other => return Err(Malformed::new(format!("exception sets attribute {other}"))),
            }
        }
        Ok(piece)
    }

    /// An exception that the affix rules would break up is looked for again after them.
    fn add_phrase(&mut self, vocabulary: &Vocabulary, word: &str) {
        let affixes = &self.affixes;
        let breaks =
            word.contains(' ') || affixes.prefix(word) > 0 || affixes.suffix(word) > 0 || affixes.has_infix(word);
        if breaks {
            let mut splitter = Splitter { lexicon: std::mem::take(&mut self.lexicon), ..Splitter::default() };
            let mut tokens = Vec::new();
            self.split_text(vocabulary, &mut splitter, word, false, usize::MAX, &mut tokens);
            self.lexicon = splitter.lexicon;
            self.phrases.insert(tokens.iter().map(|t| t.piece.lexeme));
        }
    }

    /// A splitter that knows the word types of the exceptions and nothing more.
    pub(crate) fn splitter(&self) -> Splitter {
        Splitter { lexicon: self.lexicon.clone(), ..Splitter::default() }
    }

    /// Splits a text. The tokens' words, with a space after those that have one, make up the text again, except that
    /// no more than about `limit` tokens are made.
    pub(crate) fn tokenize(
        &self,
        vocabulary: &Vocabulary,
        splitter: &mut Splitter,
        text: &str,
        limit: usize,
    ) -> Vec<RawToken> {
        let mut tokens = Vec::with_capacity((text.len() / 5).min(limit) + 8);
        self.split_text(vocabulary, splitter, text, true, limit, &mut tokens);
        self.phrases.merge(self, &splitter.lexicon, tokens)
    }

    /// The exception for a word.
    fn special(&self, word: &str) -> Option<&[Piece]> {
        (word.len() <= self.longest_special).then(|| self.specials.get(word)).flatten().map(|p| &**p)
    }

    /// Cuts at white space. A single space between words belongs to the token before it; all other white space is
    /// a token.
    fn split_text(
        &self,
        vocabulary: &Vocabulary,
        splitter: &mut Splitter,
        text: &str,
        specials: bool,
        limit: usize,
        tokens: &mut Vec<RawToken>,
    ) {
        let mut in_space = text.chars().next().is_some_and(is_space);
        let mut start = 0;
        for (at, c) in text.char_indices() {
            if is_space(c) == in_space {
                continue;
            }
            self.split_parts(vocabulary, splitter, slice(text, start, at), specials, limit, tokens);
            if tokens.len() >= limit {
                return;
            }
            start = at;
            if c == ' ' {
                mark(tokens, true);
                start += 1;
            }
            in_space = !in_space;
        }
        if start < text.len() {
            self.split_parts(vocabulary, splitter, slice(text, start, text.len()), specials, limit, tokens);
            if text.ends_with(' ') && !in_space {
                mark(tokens, true);
            }
        }
    }

    /// Splits what stands between two cuts, however long it is, up to the limit.
    fn split_parts(
        &self,
        vocabulary: &Vocabulary,
        splitter: &mut Splitter,
        word: &str,
        specials: bool,
        limit: usize,
        tokens: &mut Vec<RawToken>,
    ) {
        let mut rest = word;
        while rest.len() > MAX_WORD && tokens.len() < limit {
            let (part, after) = rest.split_at(rest.floor_char_boundary(MAX_WORD));
            self.split_word(vocabulary, splitter, part, specials, tokens);
            rest = after;
        }
        if tokens.len() < limit {
            self.split_word(vocabulary, splitter, rest, specials, tokens);
        }
    }

    /// Splits a word; nothing for an empty one.
    fn split_word(
        &self,
        vocabulary: &Vocabulary,
        splitter: &mut Splitter,
        word: &str,
        specials: bool,
        tokens: &mut Vec<RawToken>,
    ) {
        if word.is_empty() {
            return;
        }
        if let Some(pieces) = self.special(word).filter(|_| specials).or_else(|| splitter.recall(word)) {
            tokens.extend(pieces.iter().map(|&piece| RawToken { piece, space_after: false }));
            return;
        }
        let pieces = self.split_affixes(vocabulary, splitter, word, specials);
        tokens.extend(pieces.iter().map(|&piece| RawToken { piece, space_after: false }));
        if specials {
            splitter.remember(word, &pieces);
        }
    }

    /// Takes prefixes and suffixes off until none is left, an exception remains, or nothing.
    fn split_affixes(
        &self,
        vocabulary: &Vocabulary,
        splitter: &mut Splitter,
        word: &str,
        specials: bool,
    ) -> Vec<Piece> {
        let is_special = |w: &str| specials && self.special(w).is_some();
        let (mut pieces, mut suffixes, mut rest) = (Vec::new(), Vec::new(), word);
        while !rest.is_empty() && !is_special(rest) && !self.affixes.is_inert(rest) {
            let (before, without_prefix) = rest.split_at(self.affixes.prefix(rest));
            if !before.is_empty() && is_special(without_prefix) {
                pieces.push(splitter.piece(vocabulary, before));
                rest = without_prefix;
                break;
            }
            let (without_suffix, after) = rest.split_at(rest.len() - self.affixes.suffix(without_prefix));
            if !after.is_empty() && is_special(without_suffix) {
                suffixes.push(splitter.piece(vocabulary, after));
                rest = without_suffix;
                break;
            }
            if before.is_empty() && after.is_empty() {
                break;
            }
            if !before.is_empty() {
                pieces.push(splitter.piece(vocabulary, before));
            }
            if !after.is_empty() {
                suffixes.push(splitter.piece(vocabulary, after));
            }
            // The suffix was looked for behind the prefix, so the two never overlap.
            rest = slice(rest, before.len(), rest.len() - after.len());
        }
        self.split_core(vocabulary, splitter, rest, specials, &mut pieces);
        pieces.extend(suffixes.iter().rev());
        pieces
    }

    /// What is left between the affixes: an exception, a URL, or words between infixes.
    fn split_core(
        &self,
        vocabulary: &Vocabulary,
        splitter: &mut Splitter,
        core: &str,
        specials: bool,
        pieces: &mut Vec<Piece>,
    ) {
        if core.is_empty() {
            return;
        }
        if let Some(special) = self.special(core).filter(|_| specials) {
            pieces.extend_from_slice(special);
            return;
        }
        let mut start = 0;
        if !self.affixes.is_inert(core) && !self.affixes.is_url(core) {
            // As in spaCy, an infix at the very beginning does not count.
            for (from, to) in self.affixes.infixes(core).filter(|&(from, _)| from > 0) {
                for part in [slice(core, start, from), slice(core, from, to)] {
                    if !part.is_empty() {
                        pieces.push(splitter.piece(vocabulary, part));
                    }
                }
                start = to;
            }
        }
        let last = slice(core, start, core.len());
        if !last.is_empty() {
            pieces.push(splitter.piece(vocabulary, last));
        }
    }
}

/// Says of the last token whether a space follows it.
fn mark(tokens: &mut [RawToken], space_after: bool) {
    if let Some(last) = tokens.last_mut() {
        last.space_after = space_after;
    }
}

/// A part of a word between two character boundaries.
fn slice(text: &str, start: usize, end: usize) -> &str {
    text.get(start..end).unwrap_or("")
}
