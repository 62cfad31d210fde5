//! spaCy's trained English pipeline in Rust.
//!
//! [`Model::load`] reads the files of an `en_core_web_md` package as they are; [`Model::parse`] turns texts into
//! [`Parse`]s: tokens with tags, lemmas and a dependency tree, sentences and named entities.

mod labels;
mod proto;

mod parse;

pub use labels::{Dep, EntityKind, Pos, Tag, UnknownLabel};
pub use proto::{LoadError, Model};
pub use parse::{Entity, Parse, Token};
