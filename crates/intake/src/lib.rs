//! Bytes from outside to documents. Everything untrusted enters here, under limits.
//!
//! [`Shelf`](files::Shelf) opens files, folders and streams of any [`Format`] and hands on a [`Received`] for each
//! document, with the bytes as they came. [`watch`] follows feeds. [`Copies`] finds which texts are copies of others.
//! Formats are read by libraries, each behind a guard: [`Limits`] bound size, depth, unpacking and time.

mod content;
pub mod copies;
mod day;
mod decode;
mod docx;
mod error;
mod feed;
pub mod files;
mod format;
mod guard;
mod html;
mod jsonl;
mod language;
mod limits;
mod mail;
mod meta;
mod open;
mod pdf;
mod received;
mod refusal;
mod table;
mod unpack;
mod warc;
pub mod watch;

pub use content::{Original, Part};
pub use copies::Copies;
pub use decode::{Decoded, decode};
pub use error::IntakeError;
pub use format::Format;
pub use language::{Language, language};
pub use limits::{Limits, MAX_BYTES};
pub use meta::{MetaError, meta};
pub use received::{Received, turns};
pub use refusal::Refusal;
pub use table::Columns;
