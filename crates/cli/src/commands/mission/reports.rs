//! Field reports by the names that people give them: a number, or the beginning of a document's id.

use std::path::Path;

use desk::field::of_mission;
use ledger::Ledger;

use super::only_mission;
use crate::failure::Failure;

/// The field reports of a mission: number and document of each.
pub(in crate::commands) struct Reports(Vec<(String, String)>);

impl Reports {
    /// Those of the mission of an id, or of the only one.
    pub(in crate::commands) fn read(mission: Option<&str>, named: Option<&Path>) -> Result<Reports, Failure> {
        let ledger = Ledger::open(&desk::ledger_path(named)?)?;
        let id = mission.map_or_else(|| only_mission(named), |id| Ok(id.to_owned()))?;
        let reports = of_mission(&ledger.field_reports(ledger.moment(None)?)?, &id);
        Ok(Reports(reports.into_iter().map(|(_, document, report)| (report.number, document)).collect()))
    }

    /// The document that tells the report of a name, if one does.
    pub(in crate::commands) fn called(&self, name: &str) -> Result<Option<String>, Failure> {
        let is_meant =
            |(number, document): &&(String, String)| number == name || (name.len() > 5 && document.starts_with(name));
        let mut found = self.0.iter().filter(is_meant);
        match (found.next(), found.next()) {
            (one, None) => Ok(one.map(|(_, document)| document.clone())),
            _ => Err(Failure::new(format!("`{name}` is the number of several field reports"), HINT)),
        }
    }

    /// The document that tells the report of a name.
    pub(in crate::commands) fn document(&self, name: &str) -> Result<String, Failure> {
        self.called(name)?.ok_or_else(|| Failure::new(format!("there is no field report `{name}`"), HINT))
    }
}

const HINT: &str = "`trucewatch field list` shows them";
