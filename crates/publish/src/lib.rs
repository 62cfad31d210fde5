//! What leaves: the wire types that command line, API and exports share, and the brief as Markdown.
//!
//! Values in, bytes out.

mod markdown;
pub mod v1;

pub use markdown::markdown;
