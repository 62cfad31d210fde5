//! What leaves: the wire types that command line, API and exports share, the brief as Markdown, incidents as GeoJSON.
//!
//! Values in, bytes out.

mod geo;
mod markdown;
pub mod v1;

pub use geo::geojson;
pub use markdown::markdown;
