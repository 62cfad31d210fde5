//! One call of `parse`: texts are split into runs of tokens, runs are batched, batches analysed, parts put together.

use std::ops::Range;
use std::sync::Arc;

use crate::labels::{EntityKind, Pos, Tag};
use crate::lexeme::Lexeme;
use crate::model::Model;
use crate::parse::{Entity, Parse, Token};
use crate::ruler::Annotations;
use crate::scratch::Scratch;
use crate::seen::Seen;
use crate::times::{Stage, StageTimes, Stopwatch};
use crate::tokenizer::RawToken;
use crate::transition::arc_eager::{Parser, Tree};
use crate::transition::biluo::Recogniser;

/// Documents that go through one matrix product.
const BATCH_DOCS: usize = 16;
/// Tokens of such a batch, unless one document has more.
const BATCH_TOKENS: usize = 4096;

/// A run of tokens that is parsed as a document of its own.
struct Run {
    text: usize,
    tokens: Vec<RawToken>,
}

/// Results so far, and runs that wait for a full batch.
pub(crate) struct Call<'a> {
    model: &'a Model,
    scratch: &'a mut Scratch,
    results: Vec<Parse>,
    /// The texts as the analysis sees them, where they differ from what is written.
    seen: Vec<Option<Seen>>,
    waiting: Vec<Run>,
    watch: Stopwatch,
}

/// Names found in a run.
type Names = Vec<(Range<usize>, EntityKind)>;

impl<'a> Call<'a> {
    pub(crate) fn new(model: &'a Model, scratch: &'a mut Scratch, texts: &[&str]) -> Self {
        let vectors = || Some(Arc::clone(&model.vocabulary.vectors));
        let blank = |&text: &&str| Parse { text: text.into(), vectors: vectors(), ..Parse::default() };
        let results = texts.iter().map(blank).collect();
        let seen = texts.iter().map(|text| model.phrases.see(text)).collect();
        Call { model, scratch, results, seen, waiting: Vec::new(), watch: Stopwatch::start() }
    }

    /// Splits a text into tokens, and these into runs.
    pub(crate) fn read(&mut self, at: usize) {
        if self.scratch.is_full() {
            self.flush();
            self.scratch.forget(&self.model.tokenizer);
        }
        let mut rest = self.tokenize(at);
        self.watch.lap(Stage::Tokenize);
        while !rest.is_empty() {
            let cut = self.cut(&rest);
            let later = rest.split_off(cut);
            self.wait(Run { text: at, tokens: rest });
            rest = later;
        }
    }

    fn tokenize(&mut self, at: usize) -> Vec<RawToken> {
        let (model, result, splitter) = (self.model, &mut self.results[at], &mut self.scratch.splitter);
        let whole = self.seen[at].as_ref().map_or(&*result.text, |seen| &seen.text);
        let text = whole.get(..whole.floor_char_boundary(Model::MAX_TEXT)).unwrap_or("");
        let tokens = model.tokenizer.tokenize(&model.vocabulary, splitter, text, Model::MAX_TOKENS);
        let read: usize = tokens.iter().map(|t| splitter.length(t)).sum();
        result.truncated = read < whole.len();
        result.tokens.reserve_exact(tokens.len());
        tokens
    }

    /// Where to end a run that starts with the first of these tokens.
    fn cut(&self, tokens: &[RawToken]) -> usize {
        let Some(run) = tokens.get(..Model::MAX_RUN).filter(|run| run.len() < tokens.len()) else {
            return tokens.len();
        };
        let word = |t: &RawToken| &*self.lexeme(t).text;
        let behind = |test: &dyn Fn(&str) -> bool| run.iter().rposition(|t| test(word(t))).map(|at| at + 1);
        behind(&|w| w.contains('\n')).or_else(|| behind(&|w| matches!(w, "." | "!" | "?"))).unwrap_or(run.len())
    }

    fn lexeme(&self, token: &RawToken) -> &Lexeme {
        self.scratch.splitter.lexicon.get(token.piece.lexeme)
    }

    fn wait(&mut self, run: Run) {
        let tokens: usize = self.waiting.iter().map(|r| r.tokens.len()).sum();
        if tokens + run.tokens.len() > BATCH_TOKENS {
            self.flush();
        }
        self.waiting.push(run);
        if self.waiting.len() == BATCH_DOCS {
            self.flush();
        }
    }

    /// Analyses what still waits, and gives the results.
    pub(crate) fn finish(mut self) -> (Vec<Parse>, StageTimes) {
        self.flush();
        for (parse, seen) in self.results.iter_mut().zip(&self.seen) {
            if let Some(seen) = seen {
                seen.restore(parse);
            }
            parse.link();
        }
        self.watch.lap(Stage::Assemble);
        (self.results, self.watch.times)
    }

    /// Analyses the runs that wait.
    fn flush(&mut self) {
        let runs = std::mem::take(&mut self.waiting);
        if runs.is_empty() {
            return;
        }
        let docs: Vec<&[RawToken]> = runs.iter().map(|r| &*r.tokens).collect();
        let model = self.model;
        let kinds = self.scratch.embed(&model.vocabulary, [&model.tok2vec, &model.name_tok2vec], &docs);
        let kinds: Vec<&[u32]> = kinds.iter().map(|k| &**k).collect();
        let is_space: Vec<bool> = docs.iter().flat_map(|d| d.iter()).map(|t| self.lexeme(t).is_space).collect();
        self.watch.lap(Stage::Embed);
        let (tags, trees) = self.tag_and_parse(&docs, &kinds, &is_space);
        let names = self.find_names(&docs, &kinds, &trees, &is_space);
        let mut start = 0;
        for ((run, tree), names) in runs.iter().zip(trees).zip(names) {
            let range = start..start + run.tokens.len();
            start = range.end;
            let doc = self.annotate(run, &tree, &tags[range.clone()], &is_space[range]);
            self.watch.lap(Stage::Rules);
            append(&mut self.results[run.text], doc, &tree, names);
            self.watch.lap(Stage::Assemble);
        }
    }

    fn tag_and_parse(&mut self, docs: &[&[RawToken]], kinds: &[&[u32]], is_space: &[bool]) -> (Vec<Tag>, Vec<Tree>) {
        let (model, watch) = (self.model, &mut self.watch);
        let encoded = model.tok2vec.encode(&self.scratch.embeddings[0], kinds);
        watch.lap(Stage::Encode);
        let tags = model.tagger.tag(&encoded);
        watch.lap(Stage::Tag);
        let precomputed = model.parser.precompute(&encoded);
        let parts = parts(docs, Parser::FLOATS, &precomputed);
        let trees = parts.map(|(range, part)| model.parser.parse(part, &is_space[range])).collect();
        watch.lap(Stage::Parse);
        (tags, trees)
    }

    fn find_names(&mut self, docs: &[&[RawToken]], kinds: &[&[u32]], trees: &[Tree], is_space: &[bool]) -> Vec<Names> {
        let (model, watch) = (self.model, &mut self.watch);
        let encoded = model.name_tok2vec.encode(&self.scratch.embeddings[1], kinds);
        watch.lap(Stage::EncodeNames);
        let precomputed = model.recogniser.precompute(&encoded);
        let parts = parts(docs, Recogniser::FLOATS, &precomputed).zip(trees);
        let names = parts.map(|((range, part), tree)| model.recogniser.find(part, &tree.starts, &is_space[range]));
        let names = names.collect();
        watch.lap(Stage::Names);
        names
    }

    /// Rules and lemmas; gives the run's tokens, as if it were the whole text.
    fn annotate(&mut self, run: &Run, tree: &Tree, tags: &[Tag], is_space: &[bool]) -> Vec<Token> {
        let (model, n) = (self.model, run.tokens.len());
        let mut doc = Annotations {
            words: run.tokens.iter().map(|t| &*self.lexeme(t).lower).collect(),
            is_space,
            tags: tags.to_vec(),
            deps: tree.deps.clone(),
            pos: vec![Pos::Unset; n],
            morphs: vec![0; n],
            lemmas: vec![None; n],
        };
        model.ruler.apply(&mut doc);
        let Annotations { tags, deps, pos, morphs, lemmas, .. } = doc;
        let (mut tokens, mut at) = (Vec::with_capacity(n), 0);
        for (i, (raw, named)) in run.tokens.iter().zip(lemmas).enumerate() {
            let lemma = named.unwrap_or_else(|| self.lemma(raw, pos[i], morphs[i]));
            let (lexeme, morph) = (self.lexeme(raw), Arc::clone(model.ruler.morph(morphs[i])));
            let (lower, span, row) = (Arc::clone(&lexeme.lower), at..at + lexeme.text.len(), lexeme.row);
            at = span.end + usize::from(raw.space_after);
            let (pos, tag, dep, head) = (pos[i], tags[i], deps[i], tree.heads[i] as usize);
            let space_after = raw.space_after;
            tokens.push(Token { span, lower, lemma, morph, pos, tag, dep, head, space_after, edges: (i, i), row });
        }
        tokens
    }

    fn lemma(&mut self, token: &RawToken, pos: Pos, morph: u16) -> Arc<str> {
        let model = self.model;
        self.scratch.lemma(token.piece.lexeme, pos, morph, |lexeme| {
            model.lemmatizer.lemma(&lexeme.text, &lexeme.lower, pos, model.ruler.morph(morph))
        })
    }
}

/// Adds a run to the result of its text, behind the runs before it.
fn append(result: &mut Parse, tokens: Vec<Token>, tree: &Tree, names: Names) {
    let base = result.tokens.len();
    let start = result.tokens.last().map_or(0, |t| t.span.end + usize::from(t.space_after));
    let moved = |run: Range<usize>| base + run.start..base + run.end;
    result.tokens.extend(tokens.into_iter().map(|token| Token {
        span: start + token.span.start..start + token.span.end,
        head: base + token.head,
        edges: (base + token.edges.0, base + token.edges.1),
        ..token
    }));
    result.sentences.extend(sentences(&tree.starts).map(moved));
    result.entities.extend(names.into_iter().map(|(run, kind)| Entity { tokens: moved(run), kind }));
}

/// For each document its range of tokens and its part of `data`, `floats` a token.
fn parts<'a>(
    docs: &'a [&[RawToken]],
    floats: usize,
    data: &'a [f32],
) -> impl Iterator<Item = (Range<usize>, &'a [f32])> {
    docs.iter().scan(0, move |start, doc| {
        let range = *start..*start + doc.len();
        *start = range.end;
        Some((range.clone(), &data[range.start * floats..range.end * floats]))
    })
}

/// Runs between sentence starts.
fn sentences(starts: &[bool]) -> impl Iterator<Item = Range<usize>> {
    let mut start = 0;
    (1..=starts.len()).filter(|&at| starts.get(at).copied().unwrap_or(true)).map(move |end| {
        let sentence = start..end;
        start = end;
        sentence
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sentences_cover_all_tokens() {
        let found = |starts: &[bool]| sentences(starts).collect::<Vec<_>>();
        assert!(found(&[]).is_empty());
        assert_eq!(found(&[true]).len(), 1);
        assert_eq!(found(&[false, false, true, false]), [0..2, 2..4]);
    }
}
