//! Wire types, version 1: what the command line, the API and exports print and read.
//!
//! Own types, apart from the library's; every conversion takes the library's value to pieces, so that a field added
//! there does not compile here until somebody decides what becomes of it.

mod agreement;
mod brief;
mod claim;
mod coded;
mod coverage;
mod document;
mod finding;
mod incident;
mod page;
mod process;
mod timeline;
mod toll;

pub use agreement::{Agreement, AgreementParty, Term};
pub use brief::{Brief, Entry, Footnote, Line, Piece, Section};
pub use claim::{Claim, ClaimError, Figure};
pub use coded::Coded;
pub use coverage::Covered;
pub use document::{Date, Document, Note, PlaceName, Statement};
pub use finding::{Accused, Finding};
pub use incident::{Incident, IncidentInFull, Origin, Said, Voice};
pub use page::{NotListed, Page};
pub use process::{Condition, Consent, Count, Due, Promise, Promises, Step};
pub use timeline::Moment;
pub use toll::Toll;
