//! What is kept: an append-only ledger in one file, as a transparency log that outsiders can check.
//!
//! [`Ledger`] is the door. Every entry's [header](header::Header) is a leaf of a Merkle log after RFC 6962 and holds the
//! hashes of what belongs to it; signed checkpoints (`note`) fix the whole. Everything else in the file is
//! derived (`projection`) and can be built again. The clock is the caller's: every append is given the time.

mod append;
mod as_of;
mod care;
pub mod decision;
pub mod entry;
mod error;
mod exchange;
pub mod field;
mod header;
pub mod history;
mod issue;
mod key;
mod ledger;
mod listing;
mod note;
mod open;
mod projection;
mod proof;
mod recall;
pub mod search;
pub mod signing;
pub mod statement;
pub mod stored;
mod tree;
mod verify;

pub use append::Added;
pub use as_of::Moment;
pub use error::{LedgerError, Result};
pub use header::{Header, Kind, Part, hex, written};
pub use issue::Issue;
pub use key::{checkpoint_path, key_path};
pub use ledger::Ledger;
pub use listing::Listed;
pub use note::Verifier;
pub use proof::{Proven, verify_proof};
pub use recall::{Kept, Memory, Recalled, Table};
pub use tree::{Hash, Root, leaf_hash};
pub use verify::{Fault, Verdict};
