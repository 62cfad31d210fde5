//! What leaves: the wire types that command line, API and exports share; the brief as Markdown, tables as CSV, incidents
//! as GeoJSON, charts as SVG.
//!
//! Values in, bytes out.

pub mod chart;
mod geo;
mod markdown;
mod table;
pub mod v1;

pub use geo::{geojson, reach_km};
pub use markdown::{escape, markdown};
pub use table::{Row, csv, harmless};
