//! What has a day, on the wire.

use serde::Serialize;

use crate::table::Row;

/// Something on a day: an incident, a day of an agreement, something due.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Moment {
    /// Its id; that of the incident, where it is one.
    pub id: String,
    /// When (EDTF).
    pub date: String,
    /// `incident`, `agreed`, `in-force`, `end` or `due`.
    pub what: String,
    /// What, in words.
    pub told: String,
    /// Where, as written.
    pub place: Option<String>,
    /// Standing of an incident.
    pub standing: Option<String>,
}

impl Row for Moment {
    const HEAD: &'static [&'static str] = &["id", "date", "what", "told", "place", "standing"];

    fn cells(&self) -> Vec<String> {
        let Moment { id, date, what, told, place, standing } = self;
        let (place, standing) = (place.clone().unwrap_or_default(), standing.clone().unwrap_or_default());
        vec![id.clone(), date.clone(), what.clone(), told.clone(), place, standing]
    }
}
