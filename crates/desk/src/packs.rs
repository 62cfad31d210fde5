//! Packs as people keep them: checking whether one holds together, own packs beside the ledger with all their versions,
//! proposals of changes, and what these would change in reading.

mod check;
pub mod edit;
mod effect;
mod handed;
mod own;
mod proposal;
mod unpack;

use std::collections::BTreeMap;

pub use check::problems;
pub use effect::{Affected, Effect, Named};
pub use handed::{borders, missions};
pub use own::{Change, OwnPacks};
pub use proposal::{FileChange, Finding, Looked, Proposal};
pub use unpack::{packed, sent, unpacked};

/// The files of a pack: contents by path.
pub type Files = BTreeMap<String, String>;

/// The id of the pack that forms write to.
pub const OWN: &str = "own";
