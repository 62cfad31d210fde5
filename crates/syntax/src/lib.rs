//! spaCy's trained English pipeline in Rust.
//!
//! [`Model::load`] reads the files of an `en_core_web_md` package as they are; [`Model::parse`] turns texts into
//! [`Parse`]s: tokens with tags, lemmas and a dependency tree, sentences and named entities. The results are spaCy's,
//! token for token and field for field; no Python is involved.
//!
//! ```no_run
//! use std::path::Path;
//! use syntax::{Dep, Model};
//!
//! let model = Model::load(Path::new("models/en_core_web_md-3.7.1"))?;
//! let parses = model.parse(&["Both ministries denied that shells had hit the village of Orsa."]);
//! let parse = &parses[0];
//! for sentence in parse.sentences() {
//!     for verb in sentence.clone().filter(|&i| parse.tokens()[i].dep == Dep::Ccomp) {
//!         let subject = parse.child_by(verb, Dep::Nsubj).map(|s| parse.words(parse.subtree_run(s)));
//!         println!("{:?} {}: {}", subject, parse.tokens()[verb].lemma, parse.words(parse.subtree_run(verb)));
//!     }
//! }
//! # Ok::<(), syntax::LoadError>(())
//! ```
//!
//! # What it does
//!
//! In the order of the modules: text is split by white space, affix rules and exceptions (`tokenizer`); each word type
//! gets a number and its attributes (`lexeme`); their hashes and a static vector are embedded and encoded by four
//! convolutions (`tok2vec`, once for tagger and parser, once for names); a linear layer tags; a greedy arc-eager parser
//! builds the tree and finds the sentences, a BILUO recogniser the names (`transition`); rules set parts of speech
//! (`ruler`) and base forms (`lemma`).
//!
//! # Sharing and limits
//!
//! A [`Model`] is `Send` and `Sync`; threads share it by reference without waiting for each other. Results do not
//! depend on which texts are parsed together, on earlier calls or on threads. No input makes it panic, and time and
//! memory grow linearly; [`Model::parse`] says how very long texts are treated.

mod call;
mod chars;
mod gemm;
mod hash;
mod labels;
mod lemma;
mod lexeme;
mod load;
mod model;
mod parse;
mod ruler;
mod scratch;
mod seen;
mod strings;
mod tagger;
mod times;
mod tok2vec;
mod tokenizer;
mod transition;
mod vectors;

pub use gemm::multiply_transposed;
pub use labels::{Dep, EntityKind, Pos, Tag, UnknownLabel};
pub use load::{LoadError, Open, Opened};
pub use model::Model;
pub use parse::{Entity, Parse, Token};
pub use times::StageTimes;
