//! What those who run a ceasefire do themselves: who consents to what, what observers report, how allegations are
//! verified, who is exchanged, where a border is agreed, and who watches from where.
//!
//! Everything here follows from values: what was stated, in its order, gives the state ([`Book::replay`]), and the same
//! statements give the same state. The clock, files and the log are the caller's.

pub mod book;
pub mod border;
pub mod consent;
pub mod exchange;
pub mod field;
pub mod mandate;
pub mod report;
pub mod role;
pub mod sight;
pub mod statement;
pub mod verification;
pub mod watch;

pub use book::{Book, Heard, Signature};
pub use consent::{Stage, Subject};
pub use mandate::Mandate;
pub use role::{Action, Object, Role, Viewer, may, may_see};
pub use sight::Sight;
pub use statement::{Act, Statement, StatementError};

/// Hex digits of the SHA-256 of some bytes.
#[must_use]
pub fn sha256(bytes: &[u8]) -> String {
    use sha2::{Digest, Sha256};
    Sha256::digest(bytes).iter().map(|b| format!("{b:02x}")).collect()
}
