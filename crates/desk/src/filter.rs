//! What is shown of all that was judged: plain words as they were typed or sent, checked against what packs know.

mod asked;
mod incidents;
mod promises;
mod tolls;

pub use incidents::{IncidentFilter, Incidents};
pub use promises::{PromiseFilter, Promises};
pub use tolls::{TollFilter, Tolls, drawn};
