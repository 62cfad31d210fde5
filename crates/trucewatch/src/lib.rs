//! The books of a ceasefire: documents in, brief out.
//!
//! Every stage is a pure function of values; what lies outside (today, the language model, packs, the gazetteer)
//! comes in through [`World`]. Reading never fails: it returns fewer claims and more notes.

pub mod agreement;
pub mod brief;
pub mod claim;
pub mod document;
pub mod figure;
pub mod finding;
pub mod incident;
pub mod note;
pub mod pack;
pub mod party;
pub mod place;
pub mod process;
mod reading;
pub mod statement;
pub mod toll;
mod trees;
pub mod when;
mod world;

pub use reading::{Reading, prepare, read};
pub use world::World;
