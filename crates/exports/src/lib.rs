//! What others can open: incidents and claims as tables, maps, entities, documents, and a bundle of everything.
//!
//! Values in, bytes out. Every file says inside under which filter it was made, up to when, by which version and with
//! which packs, and that what is in it was read by machine where nobody has reviewed it ([`About`]). No clock is asked:
//! the same record gives the same bytes.
//!
//! [`Matter`] is what there is to write; [`Format`] names the forms. Tables are laid out once ([`table`]) and written as
//! CSV, Parquet or GeoPackage.

mod about;
mod acled;
pub mod border;
mod bundle;
mod claims;
mod csv;
mod documents;
pub mod docx;
mod error;
mod figures;
mod findings;
mod format;
mod ftm;
mod ged;
mod geojson;
pub mod geopackage;
mod html;
mod incidents;
mod jsonl;
mod matter;
mod pack;
mod parquet;
#[cfg(test)]
mod sample;
pub mod table;

pub use about::About;
pub use bundle::{history_in, is_bundle};
pub use error::ExportError;
pub use format::Format;
pub use jsonl::{Imported, read as read_jsonl};
pub use matter::Matter;
