//! Promised steps: what was promised or asked, by whom, and where it stands by the last word on it.

use crate::finding::{Finding, State};
use crate::incident::{Incident, Record};
use crate::process::{Process, Stage};

use super::line::{Line, LineBuilder, Page};
use super::telling::{claims_of, tell};
use super::{Entry, happened, words};

/// Entries of steps, in the order given.
pub(super) fn entries(page: &mut Page<'_>, steps: &[(&Process, &Incident)], findings: &[Finding]) -> Vec<Entry> {
    steps.iter().map(|(process, incident)| entry(page, process, incident, findings)).collect()
}

fn entry(page: &mut Page<'_>, process: &Process, incident: &Incident, findings: &[Finding]) -> Entry {
    let told = tell(page, &claims_of(page.record, incident));
    let mut weighed: Vec<Line> = stands(page.record, process).into_iter().collect();
    weighed.extend(due(page.record, incident, findings));
    Entry {
        heading: Some(heading(page.record, process, incident)),
        incident: Some(incident.id.clone()),
        standing: None,
        listed: false,
        told,
        weighed,
    }
}

fn heading(record: &Record<'_>, process: &Process, incident: &Incident) -> String {
    let title = &words::phrase(process.kind).title;
    let names: Vec<&str> = process.by.iter().map(|p| record.knowledge().title(p)).collect();
    let who = if names.is_empty() { String::new() } else { format!(": {}", words::list(&names)) };
    let place = incident.place.as_ref().map(|p| format!(", {}", words::capital(&p.name))).unwrap_or_default();
    format!("{title}{who}{place}")
}

fn stands(record: &Record<'_>, process: &Process) -> Option<Line> {
    let names = |parties: &[crate::pack::PartyId]| {
        words::list(&parties.iter().map(|p| record.knowledge().title(p)).collect::<Vec<_>>())
    };
    let stage = match process.stage {
        Stage::Asked => "asked for or offered; no report says that it was agreed",
        Stage::Conditional => "spoken of under conditions only",
        Stage::Refused => "refused",
        Stage::Promised => "promised; no report says that it was carried out",
        Stage::Underway => "reported to be done or under way",
        Stage::Ended => "reported to have ended",
        Stage::NotDone => "reported as not done",
        Stage::Disputed => "disputed: reported as done and as not done",
    };
    let mut text = format!("Where it stands: {stage}");
    for (words, parties) in [
        ("said by", &process.said_by),
        ("confirmed by", &process.confirmed_by),
        ("disputed or refused by", &process.disputed_by),
    ] {
        if !parties.is_empty() {
            text.push_str(&format!("; {words} {}", names(parties)));
        }
    }
    LineBuilder::new(format!("{text}.")).resting_on(process.claims.iter().cloned()).build().ok()
}

/// What agreements say of it: the term, its day, and its state.
fn due(record: &Record<'_>, incident: &Incident, findings: &[Finding]) -> Vec<Line> {
    let of_this = findings.iter().filter(|f| f.incident == incident.id && f.state.is_some());
    of_this.filter_map(|f| obligation(record, f)).collect()
}

fn obligation(record: &Record<'_>, finding: &Finding) -> Option<Line> {
    let agreement = record.knowledge().agreements().find(|a| a.id == finding.agreement)?;
    let term = agreement.terms.iter().find(|t| t.number == finding.term)?;
    let due = term.due.map(|d| format!(", due by {}", words::day(d))).unwrap_or_default();
    let state = match finding.state? {
        State::Due => "not yet due",
        State::Done => "reported as done",
        State::Overdue => "the day has passed and no report says that it was done",
        State::Disputed => "disputed",
        State::NotDone => "reported as not done",
        State::Open => "open",
    };
    let title = happened::title(record, &finding.agreement);
    let text = format!("Term {} of the {title} has it{due}: {state}.", term.number);
    LineBuilder::new(text).resting_on(finding.claims.iter().cloned()).build().ok()
}
