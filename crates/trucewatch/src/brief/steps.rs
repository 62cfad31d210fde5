//! Promised steps by kind: who promised or asked what, and where it stands by the last word on it.

use crate::claim::Kind;
use crate::finding::{Finding, State};
use crate::incident::{Incident, Record};
use crate::pack::PartyId;
use crate::process::{Process, Stage};

use super::line::{Line, LineBuilder, Page};
use super::telling::{claims_of, tell};
use super::{Entry, happened, speaker, words};

/// The kinds of steps in the order in which the brief takes them.
const ORDER: [Kind; 10] = [
    Kind::Withdrawal,
    Kind::Exchange,
    Kind::Deployment,
    Kind::Verification,
    Kind::Delimitation,
    Kind::Access,
    Kind::Implementation,
    Kind::Assistance,
    Kind::Talks,
    Kind::Mediation,
];

/// Steps of one kind that are told, at most; those of which more is on record come first, in the order of time.
const TOLD: usize = 6;

/// Entries: one a kind of step, each step a line of its own.
pub(super) fn entries(page: &mut Page<'_>, steps: &[(&Process, &Incident)], findings: &[Finding]) -> Vec<Entry> {
    let of = |kind: Kind| steps.iter().copied().filter(|(p, _)| p.kind == kind).collect::<Vec<_>>();
    ORDER.iter().filter_map(|kind| entry(page, *kind, of(*kind), findings)).collect()
}

fn entry(
    page: &mut Page<'_>,
    kind: Kind,
    mut steps: Vec<(&Process, &Incident)>,
    findings: &[Finding],
) -> Option<Entry> {
    steps.sort_by_key(|(p, _)| std::cmp::Reverse(p.claims.len()));
    let rest: Vec<String> = steps.iter().skip(TOLD).flat_map(|(p, _)| p.claims.clone()).collect();
    steps.truncate(TOLD);
    steps.sort_by_key(|(_, i)| (i.date.is_none(), i.date.and_then(|d| d.first_day())));
    let mut told: Vec<Line> = steps.iter().filter_map(|(p, i)| step(page, p, i, findings)).collect();
    if !rest.is_empty() {
        let more = words::capital(&words::count(rest.len(), "more claim is", "more claims are"));
        told.extend(LineBuilder::new(format!("{more} on record.")).resting_on(rest).build().ok());
    }
    let title = &words::phrase(kind).title;
    (!told.is_empty()).then(|| Entry { told, listed: true, ..Entry::headed(title) })
}

fn step(page: &mut Page<'_>, process: &Process, incident: &Incident, findings: &[Finding]) -> Option<Line> {
    let mut lines = tell(page, &claims_of(page.record, incident));
    lines.extend(stands(page.record, process));
    lines.extend(due(page.record, incident, findings));
    Line::joined(lines)
}

/// Where the step stands, if its sentences do not say so already.
fn stands(record: &Record<'_>, process: &Process) -> Option<Line> {
    let names = |parties: &[PartyId]| {
        words::list(&parties.iter().map(|p| speaker::party(record.knowledge(), p)).collect::<Vec<_>>())
    };
    let text = match process.stage {
        Stage::Asked => "No report says that it was agreed.".to_owned(),
        Stage::Promised => "No report says that it was carried out.".to_owned(),
        Stage::Disputed => "This is disputed.".to_owned(),
        Stage::Underway if !process.confirmed_by.is_empty() => {
            format!("{} confirmed it.", words::capital(&names(&process.confirmed_by)))
        }
        _ => return None,
    };
    LineBuilder::new(text).resting_on(process.claims.iter().cloned()).build().ok()
}

/// What agreements say of it: the terms with one state and one day together.
fn due(record: &Record<'_>, incident: &Incident, findings: &[Finding]) -> Vec<Line> {
    let mut by_state: Vec<(String, Vec<String>, Vec<String>)> = Vec::new();
    for finding in findings.iter().filter(|f| f.incident == incident.id) {
        let Some((term, state)) = obligation(record, finding) else { continue };
        match by_state.iter_mut().find(|(s, ..)| *s == state) {
            Some((_, terms, claims)) => {
                terms.push(term);
                claims.extend(finding.claims.clone());
            }
            None => by_state.push((state, vec![term], finding.claims.clone())),
        }
    }
    let line = |(state, terms, claims): (String, Vec<String>, Vec<String>)| {
        let text = format!("Under {}: {state}.", words::list(&terms));
        LineBuilder::new(text).resting_on(claims).build().ok()
    };
    by_state.into_iter().filter_map(line).collect()
}

/// The term of a finding, and its state in words.
fn obligation(record: &Record<'_>, finding: &Finding) -> Option<(String, String)> {
    let agreement = record.knowledge().agreements().find(|a| a.id == finding.agreement)?;
    let term = agreement.terms.iter().find(|t| t.number == finding.term)?;
    let state = match finding.state? {
        State::Due => "not yet due",
        State::Done => "reported as carried out or under way",
        State::Overdue => "the day has passed, and no report says that it was done",
        State::Disputed => "disputed",
        State::NotDone => "reported as not done",
        State::Open => "not reported as done",
    };
    let due = term.due.map(|d| format!(", due by {}", words::day(d))).unwrap_or_default();
    Some((happened::term(record, finding), format!("{state}{due}")))
}
