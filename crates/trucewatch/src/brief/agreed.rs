//! What was agreed and is in force: the record of each agreement, then what the reports say of it.

use std::collections::BTreeSet;

use crate::claim::Claim;
use crate::finding::{Answer, Finding, named_by};
use crate::incident::{Incident, Record};
use crate::pack::{Agreement, Knowledge};
use crate::when::Interval;

use super::line::{Basis, Line, LineBuilder, Page};
use super::telling::{claims_of, tell};
use super::{Entry, Shown, happened, speaker, words};

/// Entries: agreements that the period's reports bear on, then truces that no pack has on record.
pub(super) fn entries(page: &mut Page<'_>, shown: &Shown<'_>, findings: &[Finding]) -> Vec<Entry> {
    let record = page.record;
    let mut left: Vec<&Incident> = shown.truces.clone();
    let mut entries = Vec::new();
    let mut silent = Vec::new();
    for agreement in relevant(record, shown, findings) {
        let (of_it, rest): (Vec<&Incident>, Vec<&Incident>) =
            left.into_iter().partition(|i| is_about(record, i, agreement));
        left = rest;
        match of_it.as_slice() {
            [] => silent.push(agreement),
            of_it => entries.push(on_record(page, agreement, of_it)),
        }
    }
    let told: Vec<Line> = silent.into_iter().filter_map(|a| record_line(record.knowledge(), a, true)).collect();
    if !told.is_empty() {
        entries.push(Entry { told, listed: true, ..Entry::headed("Also on record for these days") });
    }
    entries.extend(left.into_iter().map(|incident| unrecorded(page, incident)));
    entries
}

/// Agreements that claims name, that incidents were set against, or that were agreed in the period, by their day.
fn relevant<'a>(record: &Record<'a>, shown: &Shown<'_>, findings: &[Finding]) -> Vec<&'a Agreement> {
    let named = shown.claims.iter().filter_map(|c| named_by(record, c)).map(|a| a.id.as_str());
    let told = |f: &&Finding| {
        shown.happenings.iter().any(|i| i.id == f.incident) && f.answer != Answer::InScope
            || f.answer == Answer::InScope
    };
    let found = findings.iter().filter(told).map(|f| f.agreement.as_str());
    let ids: BTreeSet<&str> = named.chain(found).collect();
    let parties: BTreeSet<&str> =
        shown.claims.iter().flat_map(|c| c.actors.iter().chain(&c.targets)).map(|p| p.value.as_str()).collect();
    let agreed_now = |a: &Agreement| {
        let both = a.parties.iter().filter(|p| parties.contains(p.party.as_str())).count() >= 2;
        both && shown.period.from <= a.agreed && a.agreed <= shown.period.to
    };
    let all = record.knowledge().agreements();
    let mut found: Vec<&Agreement> = all.filter(|a| ids.contains(a.id.as_str()) || agreed_now(a)).collect();
    found.sort_by(|a, b| (a.agreed, &a.id).cmp(&(b.agreed, &b.id)));
    found
}

/// Whether an incident is the making, start, keeping or collapse of an agreement: its claims name it, or say of
/// nobody's naming that a truce was made on its day.
fn is_about(record: &Record<'_>, incident: &Incident, agreement: &Agreement) -> bool {
    let claims = claims_of(record, incident);
    let named: Vec<&str> = claims.iter().filter_map(|c| named_by(record, c)).map(|a| a.id.as_str()).collect();
    let on_its_day =
        incident.date.is_some_and(|d| d.length_in_days() == Some(1) && d.first_day() == Some(agreement.agreed));
    if named.is_empty() { on_its_day } else { named.contains(&agreement.id.as_str()) }
}

fn on_record(page: &mut Page<'_>, agreement: &Agreement, incidents: &[&Incident]) -> Entry {
    let mut told: Vec<Line> = record_line(page.record.knowledge(), agreement, false).into_iter().collect();
    let claims: Vec<&Claim> = incidents.iter().flat_map(|i| claims_of(page.record, i)).collect();
    told.extend(tell(page, &claims));
    let incident = incidents.first().map(|i| i.id.clone());
    Entry { incident, told, ..Entry::headed(&agreement.title) }
}

/// "Signed by Vesk and Orlava on 5 March 2031 through Ilmeria; in force since 6 March 2031, 12:00 (UTC-08:00)."
fn record_line(knowledge: &Knowledge, agreement: &Agreement, titled: bool) -> Option<Line> {
    let mut by_part: Vec<(&str, Vec<String>)> = Vec::new();
    for party in &agreement.parties {
        let title = speaker::party(knowledge, &party.party);
        match by_part.iter_mut().find(|(part, _)| *part == party.part) {
            Some((_, titles)) => titles.push(title),
            None => by_part.push((&party.part, vec![title])),
        }
    }
    let parts: Vec<String> =
        by_part.iter().map(|(part, titles)| format!("{part} by {}", words::list(titles))).collect();
    let brokers: Vec<String> = agreement.brokers.iter().map(|b| speaker::party(knowledge, b)).collect();
    let through = if brokers.is_empty() { String::new() } else { format!(", brokered by {}", words::list(&brokers)) };
    let title = if titled { format!("{}: ", agreement.title) } else { String::new() };
    let parts = if titled { words::list(&parts) } else { words::capital(&words::list(&parts)) };
    let text = format!(
        "{title}{parts}{through}; agreed on {} and in force {}.",
        words::day(agreement.agreed),
        in_force(agreement)
    );
    LineBuilder::new(text).by(Basis::Agreement(agreement.id.clone())).build().ok()
}

fn in_force(agreement: &Agreement) -> String {
    let moment = |text: &str| text.parse::<Interval>().map_or_else(|_| text.to_owned(), words::when);
    let force = &agreement.in_force;
    let zone = if force.from.contains('T') { format!(" (UTC{})", force.zone) } else { String::new() };
    let until = force.until.as_deref().map(|u| format!(" until {}", moment(u))).unwrap_or_default();
    let ended = force.ended.as_deref().map(|e| format!(". {}", e.trim_end_matches('.'))).unwrap_or_default();
    format!("from {}{zone}{until}{ended}", moment(&force.from))
}

fn unrecorded(page: &mut Page<'_>, incident: &Incident) -> Entry {
    let claims = claims_of(page.record, incident);
    let heading = if claims.iter().any(|c| super::is_of_fact(c)) {
        happened::heading(incident)
    } else {
        "A ceasefire or peace, sought".to_owned()
    };
    let told = tell(page, &claims);
    Entry { incident: Some(incident.id.clone()), told, ..Entry::headed(&heading) }
}
