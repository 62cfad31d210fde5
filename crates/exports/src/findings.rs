//! Findings as a table: incidents set against terms.

use publish::v1;

use crate::matter::Matter;
use crate::table::{Cell, Column, Table, text};

const COLUMNS: &[Column] = &[
    text("id", "#finding+code", "id of the finding"),
    text("incident", "#event+code", "id of the incident"),
    text("agreement", "#agreement+code", "id of the agreement"),
    text("term", "#agreement+term", "number of the term"),
    text("check", "#status+check", "which check made it"),
    text("answer", "#status+answer", "in-scope, out-of-scope or undetermined"),
    text("reason", "#description+reason", "why it is out of scope"),
    text("missing", "#description+missing", "facts that are missing, where it cannot be told"),
    text("state", "#status+state", "where something promised stands"),
    text("facts", "#description+facts", "what else is worth knowing"),
    text("confirmed_by", "#org+confirms+list", "who says that what was promised was done"),
    text("disputed_by", "#org+disputes+list", "who says that it was not"),
    text("alleged_by", "#org+accuser+list", "who alleges it; empty where only outlets tell of it"),
    text("accused", "#org+accused+list", "who is said to have done it, with what each answers"),
    text("standing", "#status+standing", "standing of the incident"),
    text("claims", "#claim+code+list", "ids of the claims that it rests on"),
];

/// The findings on what is shown, a row each.
#[must_use]
pub(crate) fn table(matter: &Matter<'_>) -> Table {
    let rows = matter.findings.iter().map(|f| row(v1::Finding::new(f))).collect();
    Table { name: "findings", says: "Incidents set against terms of agreements: a row each", columns: COLUMNS, rows }
}

fn row(finding: v1::Finding) -> Vec<Cell> {
    let accused = finding.accused.iter().map(|a| format!("{} {}", a.party, a.answers));
    vec![
        finding.id.into(),
        finding.incident.into(),
        finding.agreement.into(),
        finding.term.into(),
        finding.check.into(),
        finding.answer.into(),
        finding.reason.into(),
        Cell::list(finding.missing),
        finding.state.into(),
        Cell::list(finding.facts),
        Cell::list(finding.confirmed_by),
        Cell::list(finding.disputed_by),
        Cell::list(finding.alleged_by),
        Cell::list(accused),
        finding.standing.into(),
        Cell::list(finding.claims),
    ]
}
