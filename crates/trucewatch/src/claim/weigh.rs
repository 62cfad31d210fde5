//! Which types a clause holds: the lexicon's verdict and learned weights together.
//!
//! A logistic regression over words and word pairs gives every clause a score for every type; boosted trees then
//! judge each pair of clause and type from that score, the lexicon's entries, the neighbouring sentences and the
//! clause's own form. Names never enter as words, so that no party is read differently from another. The weights are
//! made by `scripts/train_weights.py` from `crates/trucewatch/examples/evidence.rs`; `weigh/README.md` says how.

mod evidence;
mod matter;
mod net;
mod score;
mod table;

pub(super) use evidence::{Clause, Dense, clauses, plain_word};
pub(super) use matter::is_of_conflict;
pub use net::Told;
pub(super) use net::{TOLD, Word};
pub use score::Given;
pub(super) use score::{given, heard, weigh};
