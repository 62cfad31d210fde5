//! The pipeline as a whole.

use std::path::Path;

use crate::call::Call;
use crate::lemma::Lemmatizer;
use crate::lexeme::Vocabulary;
use crate::load::network::Network;
use crate::load::{LoadError, Open, Package, mapped};
use crate::parse::Parse;
use crate::ruler::Ruler;
use crate::scratch::Pool;
use crate::seen::Phrases;
use crate::tagger::Tagger;
use crate::times::StageTimes;
use crate::tok2vec::Tok2Vec;
use crate::tokenizer::Tokenizer;
use crate::transition::arc_eager::Parser;
use crate::transition::biluo::Recogniser;

/// A loaded pipeline. Share it between threads by reference.
///
/// What a thread learns while it parses (word types, their embeddings, lemmas) is kept for later calls, bounded, and
/// does not change any result.
pub struct Model {
    name: String,
    version: String,
    pub(crate) vocabulary: Vocabulary,
    pub(crate) tokenizer: Tokenizer,
    pub(crate) tok2vec: Tok2Vec,
    pub(crate) tagger: Tagger,
    pub(crate) parser: Parser,
    pub(crate) name_tok2vec: Tok2Vec,
    pub(crate) recogniser: Recogniser,
    pub(crate) ruler: Ruler,
    pub(crate) lemmatizer: Lemmatizer,
    pub(crate) phrases: Phrases,
    pool: Pool,
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
        Model::load_with(dir, &mapped)
    }

    /// As [`Model::load`], with files that are opened otherwise: those of a program that carries its model, say.
    ///
    /// # Errors
    /// As for [`Model::load`].
    pub fn load_with(dir: &Path, open: &Open<'_>) -> Result<Model, LoadError> {
        let package = Package::new(dir, open);
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
            phrases: Phrases::default(),
            pool: Pool::default(),
        })
    }

    /// From now on embeds another word wherever one of these stands: its text stays, but the analysis sees the other.
    ///
    /// For names that must not change how a sentence is read: with "Vesk" and "Orlava" both seen as "Germany", a
    /// sentence has one analysis whichever of the two it names. A name of several words is analysed as the one word that
    /// stands in for it; its words are tokens of the parse all the same, those before the last as its compounds.
    pub fn stand_in(&mut self, words: impl IntoIterator<Item = (String, String)>) {
        for (written, seen) in words {
            if written.contains(' ') {
                self.phrases.add_name(&written, &seen);
            } else {
                self.vocabulary.stand_ins.insert(written, seen);
            }
        }
        self.pool = Pool::default();
    }

    /// From now on sees one spelling of a word wherever another stands, and straight quotation marks for curly ones: the
    /// text stays, but lower case, lemma and analysis are those of the spelling that is seen.
    pub fn respell(&mut self, words: impl IntoIterator<Item = (String, String)>) {
        words.into_iter().for_each(|(written, seen)| self.phrases.add_spelling(&written, &seen));
        self.pool = Pool::default();
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_folder_without_a_model_is_an_error() {
        let error = Model::load(Path::new("no-such-folder")).err().unwrap();
        assert!(error.to_string().contains("no-such-folder/meta.json"), "{error}");
    }
}
