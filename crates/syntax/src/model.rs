//! The pipeline as a whole: what is loaded, and how texts go through it.

use std::ops::Range;
use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, Instant};

use crate::gemm::multiply_transposed;
use crate::labels::{EntityKind, Pos, Tag};
use crate::lemma::Lemmatizer;
use crate::lexeme::{Lexeme, Vocabulary};
use crate::load::network::Network;
use crate::load::{LoadError, Malformed, Package};
use crate::parse::{Entity, Parse, Token};
use crate::ruler::{Annotations, Ruler};
use crate::scratch::{Pool, Scratch};
use crate::tok2vec::{Tok2Vec, WIDTH};
use crate::tokenizer::{RawToken, Tokenizer};
use crate::transition::arc_eager::{Parser, Tree};
use crate::transition::biluo::Recogniser;

/// Documents that go through one matrix product.
const BATCH_DOCS: usize = 16;
/// Tokens of such a batch, unless one document has more.
const BATCH_TOKENS: usize = 4096;

/// A loaded pipeline. Share it between threads by reference.
///
/// What a thread learns while it parses (word types, their embeddings, lemmas) is kept for later calls, bounded, and
/// does not change any result.
pub struct Model {
    name: String,
    version: String,
    fingerprint: String,
    vocabulary: Vocabulary,
    tokenizer: Tokenizer,
    tok2vec: Tok2Vec,
    tagger: Tagger,
    parser: Parser,
    name_tok2vec: Tok2Vec,
    recogniser: Recogniser,
    ruler: Ruler,
    lemmatizer: Lemmatizer,
    pool: Pool,
}

/// Time spent in each stage of [`Model::parse_timed`].
#[derive(Debug, Default, Clone, Copy)]
pub struct StageTimes {
    /// Splitting into tokens.
    pub tokenize: Duration,
    /// Embedding of word types not met before.
    pub embed: Duration,
    /// The encoder that tagger and parser share.
    pub encode: Duration,
    /// Tagger.
    pub tag: Duration,
    /// Dependency parser.
    pub parse: Duration,
    /// The encoder of the entity recogniser.
    pub encode_names: Duration,
    /// Entity recogniser.
    pub names: Duration,
    /// Attribute ruler and lemmatizer.
    pub rules: Duration,
    /// Putting the parts together.
    pub assemble: Duration,
}

impl StageTimes {
    /// Names and times, in the order of the pipeline.
    #[must_use]
    pub fn stages(&self) -> [(&'static str, Duration); 9] {
        [
            ("tokenize", self.tokenize),
            ("embed", self.embed),
            ("encode", self.encode),
            ("tag", self.tag),
            ("parse", self.parse),
            ("encode names", self.encode_names),
            ("names", self.names),
            ("rules and lemmas", self.rules),
            ("assemble", self.assemble),
        ]
    }
}

impl std::ops::AddAssign for StageTimes {
    fn add_assign(&mut self, other: StageTimes) {
        self.tokenize += other.tokenize;
        self.embed += other.embed;
        self.encode += other.encode;
        self.tag += other.tag;
        self.parse += other.parse;
        self.encode_names += other.encode_names;
        self.names += other.names;
        self.rules += other.rules;
        self.assemble += other.assemble;
    }
}

/// A linear layer and its labels.
struct Tagger {
    tags: Vec<Tag>,
    weights: Vec<f32>,
    bias: Vec<f32>,
}

/// A run of tokens that is parsed as a document of its own.
struct Run {
    text: usize,
    tokens: Vec<RawToken>,
}

impl Model {
    /// Longest text in bytes; what comes after is left out, see [`Model::parse`].
    pub const MAX_TEXT: usize = 1 << 20;
    /// Tokens of a text, to the end of the word that reaches this number; what comes after is left out, see
    /// [`Model::parse`].
    pub const MAX_TOKENS: usize = 1 << 17;
    /// Most tokens that are parsed as one document, see [`Model::parse`].
    pub const MAX_RUN: usize = 8192;

    /// Loads the folder of an English spaCy 3 package with word vectors, the one with `meta.json` and `config.cfg`.
    ///
    /// # Errors
    /// A file that is missing, or that does not hold what the pipeline needs, is named with what is wrong in it.
    pub fn load(dir: &Path) -> Result<Model, LoadError> {
        let package = Package::new(dir);
        let meta = package.read_json("meta.json")?;
        let text = |key: &str| meta.get(key).and_then(|v| v.as_str()).unwrap_or_default().to_owned();
        let vocabulary = Vocabulary::load(&package)?;
        let width = vocabulary.vectors.width;
        let tok2vec = package.read("tok2vec/model", |bytes| Tok2Vec::parse(&Network::parse(bytes)?, width))?;
        let (name_tok2vec, name_scorer) = package.read("ner/model", |bytes| {
            let network = Network::parse(bytes)?;
            Ok((Tok2Vec::parse(&network, width)?, Recogniser::scorer(&network)?))
        })?;
        Ok(Model {
            name: format!("{}_{}", text("lang"), text("name")),
            version: text("version"),
            tokenizer: Tokenizer::load(&package, &vocabulary)?,
            tok2vec,
            tagger: Tagger::load(&package)?,
            parser: Parser::load(&package)?,
            name_tok2vec,
            recogniser: Recogniser::load(&package, name_scorer)?,
            ruler: Ruler::load(&package)?,
            lemmatizer: Lemmatizer::load(&package, &vocabulary.ids)?,
            vocabulary,
            fingerprint: package.fingerprint(),
            pool: Pool::default(),
        })
    }

    /// The package's name, such as `en_core_web_md`.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The package's version, such as `3.7.1`.
    #[must_use]
    pub fn version(&self) -> &str {
        &self.version
    }

    /// Sha-256 (hex) over the files that were loaded: two models with the same one give the same parses on the same
    /// machine.
    #[must_use]
    pub fn fingerprint(&self) -> &str {
        &self.fingerprint
    }

    /// Parses each text by itself; gives one [`Parse`] a text, in order.
    ///
    /// A result depends only on its text: not on the other texts, on earlier calls, or on the number of threads.
    /// Never fails; time and memory are linear in the length of a text.
    ///
    /// Texts are best given paragraph by paragraph: without a blank line's help the parser joins a headline to the
    /// sentence after it. Very long texts are limited thus:
    ///
    /// * Up to [`Model::MAX_RUN`] tokens the result is spaCy's. A longer text is parsed in runs of at most that many,
    ///   cut behind a line break, else behind a full stop, else anywhere; no arc or name reaches across a cut.
    /// * Tokens stop at [`Model::MAX_TEXT`] bytes or [`Model::MAX_TOKENS`] tokens; [`Parse::is_truncated`] says so.
    /// * A word (what has no white space in it) is split in parts of 16,384 bytes, each by itself. One of more than 2,048
    ///   bytes is not recognised as a URL.
    #[must_use]
    pub fn parse(&self, texts: &[&str]) -> Vec<Parse> {
        self.parse_timed(texts).0
    }

    /// [`Model::parse`], and the time that each stage took.
    #[must_use]
    pub fn parse_timed(&self, texts: &[&str]) -> (Vec<Parse>, StageTimes) {
        self.pool.with(&self.tokenizer, |scratch| {
            let mut call = Call::new(self, scratch, texts);
            (0..texts.len()).for_each(|at| call.read(at));
            call.finish()
        })
    }
}

/// One call of `parse`: results so far, and runs that wait for a full batch.
struct Call<'a> {
    model: &'a Model,
    scratch: &'a mut Scratch,
    results: Vec<Parse>,
    waiting: Vec<Run>,
    times: StageTimes,
    lap: Instant,
}

impl<'a> Call<'a> {
    fn new(model: &'a Model, scratch: &'a mut Scratch, texts: &[&str]) -> Self {
        let results = texts.iter().map(|&text| Parse { text: text.into(), ..Parse::default() }).collect();
        Call { model, scratch, results, waiting: Vec::new(), times: StageTimes::default(), lap: Instant::now() }
    }

    fn lap(&mut self, stage: impl FnOnce(&mut StageTimes) -> &mut Duration) {
        let now = Instant::now();
        *stage(&mut self.times) += now - self.lap;
        self.lap = now;
    }

    /// Splits a text into tokens, and these into runs.
    fn read(&mut self, at: usize) {
        if self.scratch.is_full() {
            self.flush();
            self.scratch.forget(&self.model.tokenizer);
        }
        let model = self.model;
        let result = &mut self.results[at];
        let end = result.text.floor_char_boundary(Model::MAX_TEXT);
        let text = result.text.get(..end).unwrap_or("");
        let splitter = &mut self.scratch.splitter;
        let tokens = model.tokenizer.tokenize(&model.vocabulary, splitter, text, Model::MAX_TOKENS);
        let read: usize = tokens.iter().map(|t| splitter.length(t)).sum();
        result.truncated = read < result.text.len();
        result.tokens.reserve_exact(tokens.len());
        self.lap(|t| &mut t.tokenize);
        let mut rest = tokens;
        while !rest.is_empty() {
            let cut = self.cut(&rest);
            let later = rest.split_off(cut);
            self.wait(Run { text: at, tokens: rest });
            rest = later;
        }
    }

    /// Where to end a run that starts with the first of these tokens.
    fn cut(&self, tokens: &[RawToken]) -> usize {
        let Some(run) = tokens.get(..Model::MAX_RUN).filter(|run| run.len() < tokens.len()) else {
            return tokens.len();
        };
        let word = |t: &RawToken| &*self.scratch.splitter.lexicon.get(t.piece.lexeme).text;
        let behind = |test: &dyn Fn(&str) -> bool| run.iter().rposition(|t| test(word(t))).map(|at| at + 1);
        behind(&|w| w.contains('\n')).or_else(|| behind(&|w| matches!(w, "." | "!" | "?"))).unwrap_or(run.len())
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

    fn finish(mut self) -> (Vec<Parse>, StageTimes) {
        self.flush();
        self.results.iter_mut().for_each(Parse::link);
        self.lap(|t| &mut t.assemble);
        (self.results, self.times)
    }

    /// Analyses the runs that wait.
    fn flush(&mut self) {
        let runs = std::mem::take(&mut self.waiting);
        if runs.is_empty() {
            return;
        }
        let model = self.model;
        let docs: Vec<&[RawToken]> = runs.iter().map(|r| &*r.tokens).collect();
        let kinds = self.scratch.embed(&model.vocabulary, [&model.tok2vec, &model.name_tok2vec], &docs);
        let kinds: Vec<&[u32]> = kinds.iter().map(|k| &**k).collect();
        self.lap(|t| &mut t.embed);
        let is_space = self.spaces(&docs);

        let encoded = model.tok2vec.encode(&self.scratch.embeddings[0], &kinds);
        self.lap(|t| &mut t.encode);
        let tags = model.tagger.tag(&encoded);
        self.lap(|t| &mut t.tag);
        let precomputed = model.parser.precompute(&encoded);
        let trees =
            each_doc(&docs, Parser::FLOATS, &precomputed, |range, part| model.parser.parse(part, &is_space[range]));
        drop(precomputed);
        self.lap(|t| &mut t.parse);

        let encoded = model.name_tok2vec.encode(&self.scratch.embeddings[1], &kinds);
        self.lap(|t| &mut t.encode_names);
        let precomputed = model.recogniser.precompute(&encoded);
        let mut at = trees.iter();
        let names = each_doc(&docs, Recogniser::FLOATS, &precomputed, |range, part| {
            at.next().map_or_else(Vec::new, |tree| model.recogniser.find(part, &tree.starts, &is_space[range]))
        });
        self.lap(|t| &mut t.names);

        let mut start = 0;
        for ((run, tree), names) in runs.iter().zip(trees).zip(names) {
            let range = start..start + run.tokens.len();
            start = range.end;
            self.annotate(run, tree, names, &tags[range.clone()], &is_space[range]);
        }
    }

    fn spaces(&self, docs: &[&[RawToken]]) -> Vec<bool> {
        let lexicon = &self.scratch.splitter.lexicon;
        docs.iter().flat_map(|d| d.iter()).map(|t| lexicon.get(t.piece.lexeme).is_space).collect()
    }

    /// Rules and lemmas; then the run's tokens are added to the result of its text.
    fn annotate(
        &mut self,
        run: &Run,
        tree: Tree,
        names: Vec<(Range<usize>, EntityKind)>,
        tags: &[Tag],
        is_space: &[bool],
    ) {
        let (model, n) = (self.model, run.tokens.len());
        let lexeme = |t: &RawToken| self.scratch.splitter.lexicon.get(t.piece.lexeme);
        let mut doc = Annotations {
            words: run.tokens.iter().map(|t| &*lexeme(t).lower).collect(),
            is_space,
            tags: tags.to_vec(),
            deps: tree.deps,
            pos: vec![Pos::Unset; n],
            morphs: vec![0; n],
            lemmas: vec![None; n],
        };
        model.ruler.apply(&mut doc);
        let Annotations { tags, deps, pos, morphs, lemmas, .. } = doc;
        let lemmas: Vec<Arc<str>> = lemmas
            .into_iter()
            .enumerate()
            .map(|(i, named)| {
                named.unwrap_or_else(|| {
                    self.scratch.lemma(run.tokens[i].piece.lexeme, pos[i], morphs[i], |l: &Lexeme| {
                        model.lemmatizer.lemma(&l.text, &l.lower, pos[i], model.ruler.morph(morphs[i]))
                    })
                })
            })
            .collect();
        self.lap(|t| &mut t.rules);

        let result = &mut self.results[run.text];
        let base = result.tokens.len();
        let mut at = result.tokens.last().map_or(0, |t| t.span.end + usize::from(t.space_after));
        for (i, (token, lemma)) in run.tokens.iter().zip(lemmas).enumerate() {
            let lexeme = self.scratch.splitter.lexicon.get(token.piece.lexeme);
            let span = at..at + lexeme.text.len();
            at = span.end + usize::from(token.space_after);
            result.tokens.push(Token {
                span,
                lower: Arc::clone(&lexeme.lower),
                lemma,
                morph: Arc::clone(model.ruler.morph(morphs[i])),
                pos: pos[i],
                tag: tags[i],
                dep: deps[i],
                head: base + tree.heads[i] as usize,
                space_after: token.space_after,
                edges: (base + i, base + i),
            });
        }
        result.sentences.extend(sentences(&tree.starts).map(|s| base + s.start..base + s.end));
        let entity =
            |(run, kind): (Range<usize>, EntityKind)| Entity { tokens: base + run.start..base + run.end, kind };
        result.entities.extend(names.into_iter().map(entity));
        self.lap(|t| &mut t.assemble);
    }
}

/// Calls `work` for each document with its range of tokens and its part of `data`, `floats` a token.
fn each_doc<T>(
    docs: &[&[RawToken]],
    floats: usize,
    data: &[f32],
    mut work: impl FnMut(Range<usize>, &[f32]) -> T,
) -> Vec<T> {
    let mut start = 0;
    let next = docs.iter().map(|doc| {
        let range = start..start + doc.len();
        start = range.end;
        work(range.clone(), &data[range.start * floats..range.end * floats])
    });
    next.collect()
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

impl Tagger {
    fn load(package: &Package) -> Result<Self, LoadError> {
        let tags = package.read("tagger/cfg", |bytes| {
            let cfg: serde_json::Value =
                serde_json::from_slice(bytes).map_err(|e| Malformed::new(format!("not JSON: {e}")))?;
            let labels = cfg.get("labels").and_then(|l| l.as_array()).ok_or_else(|| Malformed::new("no labels"))?;
            let tag = |label: &serde_json::Value| {
                label.as_str().unwrap_or_default().parse().map_err(|e| Malformed::new(format!("{e}")))
            };
            labels.iter().map(tag).collect::<Result<Vec<Tag>, _>>()
        })?;
        package.read("tagger/model", |bytes| {
            let network = Network::parse(bytes)?;
            let softmax = network.one("softmax")?;
            let weights = softmax.shaped("W", &[tags.len(), WIDTH])?.to_vec();
            let bias = softmax.shaped("b", &[tags.len()])?.to_vec();
            if tags.is_empty() {
                return Err(Malformed::new("no tags"));
            }
            Ok(Tagger { tags, weights, bias })
        })
    }

    /// The best tag of each encoded token.
    fn tag(&self, encoded: &[f32]) -> Vec<Tag> {
        let tokens = encoded.len() / WIDTH;
        let mut scores = vec![0.0; tokens * self.tags.len()];
        multiply_transposed(tokens, WIDTH, encoded, WIDTH, &self.weights, &mut scores);
        let best = |row: &[f32]| {
            let biased = row.iter().zip(&self.bias).map(|(s, b)| s + b).enumerate();
            biased.fold((0, f32::NEG_INFINITY), |top, (at, s)| if s > top.1 { (at, s) } else { top }).0
        };
        scores.chunks_exact(self.tags.len()).map(|row| self.tags[best(row)]).collect()
    }
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

    #[test]
    fn a_folder_without_a_model_is_an_error() {
        let error = Model::load(Path::new("no-such-folder")).err().unwrap();
        assert!(error.to_string().contains("no-such-folder/meta.json"), "{error}");
    }
}
