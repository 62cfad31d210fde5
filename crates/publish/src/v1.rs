//! Wire types, version 1: what the command line, the API and exports print and read.
//!
//! Own types, apart from the library's; every conversion takes the library's value to pieces, so that a field added
//! there does not compile here until somebody decides what becomes of it.

mod brief;
mod claim;
mod document;
mod incident;

pub use brief::{Brief, Entry, Footnote, Line, Piece, Section};
pub use claim::{Claim, ClaimError, Figure};
pub use document::{Date, Document, Note, PlaceName, Statement};
pub use incident::{Incident, Incidents, Origin, Voice};
