//! Which incidents are shown.

use desk::filter::IncidentFilter;
use trucewatch::finding::Finding;
use trucewatch::incident::{Incident, Record};

use super::table::Table;
use crate::args::judge;
use crate::failure::Failure;

/// The incidents that a filter lets through, and the findings on them.
pub(super) fn judged(
    filter: &judge::Filter,
    table: &Table,
    record: &Record<'_>,
) -> Result<(Vec<Incident>, Vec<Finding>), Failure> {
    let filter = IncidentFilter::new(&filter.asked(), table.knowledge())?;
    let mut incidents = table.incidents(record);
    incidents.retain(|i| filter.admits(i));
    let mut findings = table.findings(record, &incidents);
    filter.narrow(&mut incidents, &mut findings);
    Ok((incidents, findings))
}
