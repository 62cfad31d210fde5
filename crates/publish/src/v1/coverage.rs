//! What was read, on the wire.

use std::collections::BTreeMap;

use serde::Serialize;
use trucewatch::finding::coverage as library;

use crate::table::Row;

/// What was read of one day or one area, or an incident that rests on one side's outlets.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Covered {
    /// The day, or the id of the area or the incident.
    pub id: String,
    /// `day`, `area` or `one-sided`.
    pub what: String,
    /// The day, the area's name, or the side on whose outlets alone the incident rests.
    pub name: String,
    /// `covered` or `not-covered`; none for an incident.
    pub state: Option<String>,
    /// Documents that were read.
    pub documents: usize,
    /// Documents of a day, by the side of their outlets.
    pub by_side: BTreeMap<String, usize>,
    /// Incidents.
    pub incidents: usize,
}

impl Covered {
    /// The wire form: days, then areas, then incidents.
    #[must_use]
    pub fn all(coverage: &library::Coverage) -> Vec<Covered> {
        let library::Coverage { days, areas, one_sided } = coverage;
        let days = days.iter().map(day);
        let areas = areas.iter().map(area);
        let one_sided = one_sided.iter().map(|(id, side)| Covered {
            id: id.clone(),
            what: "one-sided".to_owned(),
            name: side.to_string(),
            state: None,
            documents: 0,
            by_side: BTreeMap::new(),
            incidents: 1,
        });
        days.chain(areas).chain(one_sided).collect()
    }
}

fn state(covered: bool) -> Option<String> {
    Some(if covered { "covered" } else { "not-covered" }.to_owned())
}

fn day(day: &library::CoveredDay) -> Covered {
    let state = state(day.is_covered());
    let library::CoveredDay { day, documents, incidents } = day;
    Covered {
        id: day.to_string(),
        what: "day".to_owned(),
        name: day.to_string(),
        state,
        documents: documents.values().sum(),
        by_side: documents.iter().map(|(side, n)| (side.to_string(), *n)).collect(),
        incidents: *incidents,
    }
}

fn area(area: &library::CoveredArea) -> Covered {
    let library::CoveredArea { id, name, documents, incidents } = area;
    Covered {
        id: id.clone(),
        what: "area".to_owned(),
        name: name.clone(),
        state: state(*documents > 0),
        documents: *documents,
        by_side: BTreeMap::new(),
        incidents: *incidents,
    }
}

impl Row for Covered {
    const HEAD: &'static [&'static str] = &["id", "what", "name", "state", "documents", "by_side", "incidents"];

    fn cells(&self) -> Vec<String> {
        let Covered { id, what, name, state, documents, by_side, incidents } = self;
        let sides: Vec<String> = by_side.iter().map(|(side, n)| format!("{side} {n}")).collect();
        let (documents, incidents) = (documents.to_string(), incidents.to_string());
        let state = state.clone().unwrap_or_default();
        vec![id.clone(), what.clone(), name.clone(), state, documents, sides.join("; "), incidents]
    }
}
