//! One paragraph as the finders see it: its parse with quotations, sentences and look-ups between bytes and tokens.

use std::ops::Range;

use syntax::{Dep, Parse, Pos, Tag};

use super::sentence;
use super::source::is_misread_name;
use crate::document::{ParagraphKind, ParsedParagraph, Quote, Span, quotations};

/// A paragraph ready for the finders. All offsets are bytes from the paragraph's start.
pub(super) struct Scene<'a> {
    pub(super) index: usize,
    pub(super) kind: ParagraphKind,
    pub(super) parse: &'a Parse,
    pub(super) quotes: Vec<Quote>,
    pub(super) sentences: Vec<Sentence>,
    start: usize,
}

/// One sentence of a scene.
pub(super) struct Sentence {
    pub(super) bytes: Range<usize>,
    pub(super) tokens: Range<usize>,
    /// The quotation that is all there is of it.
    pub(super) wholly: Option<Range<usize>>,
}

/// A verb that may be a cue, with its auxiliaries and the room that its complements have.
pub(super) struct Verb {
    pub(super) at: usize,
    /// From the first auxiliary, negation or adverb before it to its particle.
    pub(super) group: Range<usize>,
    /// Where its complements must end: the sentence's end, or the quotation's that it stands in.
    pub(super) limit: usize,
    /// Whether it stands in a quotation.
    pub(super) quoted: bool,
}

impl<'a> Scene<'a> {
    pub(super) fn new(index: usize, paragraph: &'a ParsedParagraph) -> Scene<'a> {
        let parse = &paragraph.parse;
        let quotes = quotations(parse.text());
        let sentences = sentences(parse, &quotes);
        Scene { index, kind: paragraph.kind, parse, quotes, sentences, start: paragraph.span.start }
    }

    /// The characters of a byte range.
    pub(super) fn text(&self, bytes: Range<usize>) -> &'a str {
        self.parse.text().get(bytes).unwrap_or("")
    }

    /// A byte range as a span of the document.
    pub(super) fn span(&self, bytes: &Range<usize>) -> Span {
        Span::new(self.start + bytes.start, self.start + bytes.end)
    }

    /// First byte of a token.
    pub(super) fn from(&self, token: usize) -> usize {
        self.parse.tokens().get(token).map_or(self.parse.text().len(), |t| t.span.start)
    }

    /// The first token that ends after a byte.
    pub(super) fn token_at(&self, byte: usize) -> usize {
        self.parse.tokens().partition_point(|t| t.span.end <= byte)
    }

    /// The tokens that begin within a byte range.
    pub(super) fn tokens_in(&self, bytes: &Range<usize>) -> Range<usize> {
        let tokens = self.parse.tokens();
        let first = tokens.partition_point(|t| t.span.start < bytes.start);
        first..tokens.partition_point(|t| t.span.start < bytes.end).max(first)
    }

    /// The quotation around a byte.
    pub(super) fn quote_around(&self, byte: usize) -> Option<&Quote> {
        let at = self.quotes.partition_point(|q| q.outer.end <= byte);
        self.quotes.get(at).filter(|q| q.hides(byte))
    }

    /// The first quotation that begins at or after a byte.
    pub(super) fn quote_after(&self, byte: usize) -> Option<&Quote> {
        self.quotes.get(self.quotes.partition_point(|q| q.outer.start < byte))
    }

    /// The last quotation that ends at or before a byte.
    pub(super) fn quote_before(&self, byte: usize) -> Option<&Quote> {
        let after = self.quotes.partition_point(|q| q.outer.end <= byte);
        self.quotes.get(after.checked_sub(1)?)
    }

    /// The sentence that a byte stands in.
    pub(super) fn sentence_at(&self, byte: usize) -> Option<&Sentence> {
        self.sentences.get(self.sentence_index(byte))
    }

    /// Index of the sentence that a byte stands in.
    pub(super) fn sentence_index(&self, byte: usize) -> usize {
        self.sentences.partition_point(|s| s.bytes.end <= byte)
    }

    /// Whether a token is a verb with a tense, or a modal one.
    pub(super) fn is_finite(&self, i: usize) -> bool {
        matches!(self.parse.tokens()[i].tag, Tag::Vbd | Tag::Vbz | Tag::Vbp | Tag::Md)
    }

    /// Whether a token is a full verb or a copula, not an auxiliary.
    pub(super) fn is_verb(&self, i: usize) -> bool {
        let token = &self.parse.tokens()[i];
        matches!(token.pos, Pos::Verb | Pos::Aux)
            && token.tag != Tag::Md
            && !matches!(token.dep, Dep::Aux | Dep::Auxpass)
    }

    /// The verbs that may be cues, in text order.
    pub(super) fn verbs(&self) -> impl Iterator<Item = Verb> + '_ {
        (0..self.parse.len()).filter(|&i| self.is_verb(i)).map(|i| self.verb(i))
    }

    pub(super) fn verb(&self, at: usize) -> Verb {
        let from = self.from(at);
        let quote = self.quote_around(from);
        let sentence = self.sentence_at(from).map_or(self.parse.text().len(), |s| s.bytes.end);
        let limit = quote.map_or(sentence, |q| q.inner.end);
        Verb { at, group: self.verb_group(at), limit, quoted: quote.is_some() }
    }

    fn verb_group(&self, at: usize) -> Range<usize> {
        let tokens = self.parse.tokens();
        let leads = |i: usize| {
            tokens[i].head == at && matches!(tokens[i].dep, Dep::Aux | Dep::Auxpass | Dep::Neg | Dep::Advmod)
        };
        let first = (0..at).rev().take_while(|&i| leads(i) && !is_misread_name(self.parse, i)).last().unwrap_or(at);
        let trails = |i: usize| tokens[i].head == at && tokens[i].dep == Dep::Prt;
        let last = (at + 1..tokens.len()).take_while(|&i| trails(i)).last().unwrap_or(at);
        first..last + 1
    }

    /// The lemma of a token.
    pub(super) fn lemma(&self, i: usize) -> &'a str {
        &self.parse.tokens()[i].lemma
    }

    /// A token in lower case.
    pub(super) fn lower(&self, i: usize) -> &'a str {
        self.parse.tokens().get(i).map_or("", |t| &t.lower)
    }

    /// The relation of a token to its head.
    pub(super) fn dep(&self, i: usize) -> Dep {
        self.parse.tokens()[i].dep
    }

    /// Whether a token has the infinitive's "to" before it.
    pub(super) fn is_infinitive(&self, i: usize) -> bool {
        self.parse.children(i).any(|c| self.dep(c) == Dep::Aux && self.lower(c) == "to")
    }

    /// Whether a token is a dash between words, not a hyphen within one.
    pub(super) fn is_dash(&self, i: usize) -> bool {
        let spaced = |t: Option<&syntax::Token>| t.is_some_and(|t| t.space_after);
        let tokens = self.parse.tokens();
        matches!(self.lower(i), "-" | "–" | "—") && spaced(tokens.get(i)) && i > 0 && spaced(tokens.get(i - 1))
    }

    /// Whether a child of the token negates it.
    pub(super) fn is_negated(&self, i: usize) -> bool {
        self.parse.children(i).any(|c| self.dep(c) == Dep::Neg || (c < i && self.lower(c) == "never"))
    }

    /// The object of a preposition: a noun or a clause.
    pub(super) fn prepositional_object(&self, prep: usize) -> Option<usize> {
        self.parse.children(prep).find(|&c| matches!(self.dep(c), Dep::Pobj | Dep::Pcomp))
    }
}

fn sentences(parse: &Parse, quotes: &[Quote]) -> Vec<Sentence> {
    let text = parse.text();
    let tokens = parse.tokens();
    let token = |byte: usize| tokens.partition_point(|t| t.span.start < byte);
    let describe = |bytes: Range<usize>| {
        let first_quote = quotes.partition_point(|q| q.outer.start < bytes.start);
        let wholly = quotes.get(first_quote).filter(|q| is_whole(text, &bytes, q)).map(|q| q.outer.clone());
        Sentence { tokens: token(bytes.start)..token(bytes.end), bytes, wholly }
    };
    sentence::split(text, quotes).into_iter().map(describe).collect()
}

/// Shortest quotation, in bytes, that can stand as a sentence of its own.
const SHORT: usize = 16;

/// Whether a sentence is a quotation and nothing else but its full stop.
fn is_whole(text: &str, sentence: &Range<usize>, quote: &Quote) -> bool {
    let before = text.get(sentence.start..quote.outer.start).unwrap_or("x");
    let after = text.get(quote.outer.end..sentence.end.max(quote.outer.end)).unwrap_or("x");
    before.trim().is_empty() && after.trim().chars().count() <= 1 && quote.outer.len() >= SHORT
}
