//! What both faces sit on, the command line and the room: the outside world of this machine, documents from paths,
//! evidence from files or the ledger, filters over what is judged, and reading a document and laying it into the
//! ledger.
//!
//! Options come as plain values, so that they may be typed, sent in a form or written in an address; what goes wrong is
//! a [`Failure`] with its remedy.

pub mod backups;
mod beside;
pub mod decide;
pub mod diff;
pub mod documents;
pub mod evidence;
mod failure;
pub mod feeds;
pub mod field;
pub mod filter;
pub mod highs;
pub mod keep;
pub mod mission;
pub mod packs;
pub mod timeline;
pub mod world;

pub use documents::{Documents, Extent, Intake, Observer};
pub use evidence::{Asked, Evidence};
pub use failure::{Failure, Trouble};
pub use world::{Read, SystemWorld, WorldOptions};

use std::path::{Path, PathBuf};

/// The ledger's file: the one that was named, else the one in the user's data folder.
///
/// # Errors
/// Where none was named and the user has no data folder.
pub fn ledger_path(named: Option<&Path>) -> Result<PathBuf, Failure> {
    let default = || dirs::data_dir().map(|d| d.join("trucewatch").join("books.ledger"));
    let none = || Failure::new("there is no data folder for a ledger", "name the ledger's file with --ledger");
    named.map(Path::to_path_buf).or_else(default).ok_or_else(none)
}
