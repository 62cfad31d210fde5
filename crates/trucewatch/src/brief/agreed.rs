//! What was agreed and is in force: the record of each agreement, what the reports say of it, what is only sought.

use std::collections::BTreeSet;

use crate::claim::Claim;
use crate::finding::{Answer, Finding, named_by};
use crate::incident::Record;
use crate::pack::{Agreement, Knowledge, PartyId};
use crate::process::{Process, State, Topic};
use crate::when::{Interval, day_in_words};

use super::line::{Basis, Line, LineBuilder, Page, Piece};
use super::steps::{self, Aside};
use super::telling::tell;
use super::{Entry, Shown, speaker, stage, words};

/// Entries: agreements that the period's reports bear on, truces that no pack has on record, and what is only sought.
pub(super) fn entries<'a>(page: &mut Page<'a>, shown: &Shown<'a>, findings: &[Finding]) -> Vec<Entry> {
    let record = page.record;
    let mut aside = shown.aside.clone();
    let truces: Vec<&Process> = shown.processes.iter().filter(|p| p.topic == Topic::Truce).collect();
    let mut entries = Vec::new();
    let mut silent = Vec::new();
    for agreement in relevant(record, shown, findings) {
        let of_it: Vec<&Process> =
            truces.iter().copied().filter(|p| p.thing.agreement.as_ref() == Some(&agreement.id)).collect();
        match of_it.as_slice() {
            [] => silent.push(agreement),
            of_it => entries.push(on_record(page, agreement, of_it, &mut aside)),
        }
    }
    let told: Vec<Line> = silent.into_iter().filter_map(|a| record_line(record.knowledge(), a, true)).collect();
    if !told.is_empty() {
        entries.push(Entry { told, listed: true, ..Entry::headed("Also on record for these days") });
    }
    let left =
        |sought: bool| truces.iter().copied().filter(move |p| p.thing.agreement.is_none() && is_sought(p) == sought);
    entries.extend(listed(page, "Ceasefires spoken of without a name", left(false).collect(), &mut aside));
    entries.extend(listed(page, "A ceasefire or peace sought", left(true).collect(), &mut aside));
    entries
}

/// Whether a truce is asked for, refused or made conditional, and by no report made.
fn is_sought(process: &Process) -> bool {
    process.thing.sought && process.state < State::Agreed
}

/// Agreements that claims name, that incidents were set against, or that were agreed in the period, by their day.
fn relevant<'a>(record: &Record<'a>, shown: &Shown<'_>, findings: &[Finding]) -> Vec<&'a Agreement> {
    let named = shown.claims.iter().filter_map(|c| named_by(record, c)).map(|a| a.id.as_str());
    let told = |f: &&Finding| {
        shown.happenings.iter().any(|i| i.id == f.incident) && f.answer != Answer::InScope
            || f.answer == Answer::InScope
    };
    let found = findings.iter().filter(told).map(|f| f.agreement.as_str());
    let followed = shown.processes.iter().filter_map(|p| p.thing.agreement.as_deref());
    let ids: BTreeSet<&str> = named.chain(found).chain(followed).collect();
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

fn on_record<'a>(page: &mut Page<'a>, agreement: &Agreement, of_it: &[&Process], aside: &mut Aside<'a>) -> Entry {
    let mut told: Vec<Line> = record_line(page.record.knowledge(), agreement, false).into_iter().collect();
    let claims: Vec<&Claim> = of_it.iter().flat_map(|p| steps::claims(page.record, p, aside)).collect();
    told.extend(tell(page, &claims));
    told.extend(of_it.iter().filter_map(|p| kept(page.record, p)));
    let incident = of_it.iter().find_map(|p| p.incidents.first().cloned());
    Entry { incident, told, ..Entry::headed(&agreement.title) }
}

/// What the reports make of an agreed truce, where somebody says that it is broken or disputes that it holds.
fn kept(record: &Record<'_>, process: &Process) -> Option<Line> {
    let noteworthy = process.state == State::Ended || !process.disputed_by.is_empty();
    let text = format!("By the reports read it is {}.", stage::state(record, process));
    let disputed: Vec<String> = process.disputed_by.iter().map(|p| speaker::voice(record.knowledge(), p)).collect();
    let text = match (process.state, disputed.as_slice()) {
        (State::Ended, _) | (_, []) => text,
        (_, who) => format!("{} {} that it holds.", words::capital(&words::list(who)), deny(&process.disputed_by)),
    };
    noteworthy.then(|| LineBuilder::new(text).resting_on(process.claims().map(str::to_owned)).build().ok()).flatten()
}

fn deny(voices: &[PartyId]) -> &'static str {
    match voices {
        [one] if !one.is_bystander() => "denies",
        _ => "deny",
    }
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
        day_in_words(agreement.agreed),
        in_force(agreement)
    );
    LineBuilder::new(text).by(Basis::Agreement(agreement.id.clone())).build().ok()
}

fn in_force(agreement: &Agreement) -> String {
    let moment = |text: &str| text.parse::<Interval>().map_or_else(|_| text.to_owned(), Interval::in_words);
    let force = &agreement.in_force;
    let zone = if force.from.contains('T') { format!(" (UTC{})", force.zone) } else { String::new() };
    let until = force.until.as_deref().map(|u| format!(" until {}", moment(u))).unwrap_or_default();
    let ended = force.ended.as_deref().map(|e| format!(". {}", e.trim_end_matches('.'))).unwrap_or_default();
    format!("from {}{zone}{until}{ended}", moment(&force.from))
}

/// One entry for all truces of a sort that no pack has on record, each a line of its own.
fn listed<'a>(page: &mut Page<'a>, heading: &str, mut truces: Vec<&Process>, aside: &mut Aside<'a>) -> Option<Entry> {
    truces.sort_by_key(|p| (p.days().is_none(), p.days(), p.id.clone()));
    let told: Vec<Line> = truces.into_iter().filter_map(|p| unrecorded(page, p, aside)).collect();
    (!told.is_empty()).then(|| Entry { told, listed: true, ..Entry::headed(heading) })
}

fn unrecorded<'a>(page: &mut Page<'a>, process: &Process, aside: &mut Aside<'a>) -> Option<Line> {
    let mut lines: Vec<Line> = stage::stands(page.record, process).into_iter().collect();
    let since = agreed_since(page.record, process);
    if let Some(agreement) = since {
        lines.iter_mut().flat_map(|l| &mut l.pieces).for_each(no_longer_sought);
        let text = format!("Agreed since, by its record: the {}.", agreement.title);
        lines.extend(LineBuilder::new(text).by(Basis::Agreement(agreement.id.clone())).build().ok());
    }
    lines.extend(tell(page, &steps::claims(page.record, process, aside)));
    Line::joined(lines)
}

/// Days within which a truce that was sought is the one that was agreed.
const SOUGHT: i32 = 14;

/// The agreement that those between whom a truce was sought came to soon after, by the records of packs.
fn agreed_since<'a>(record: &Record<'a>, process: &Process) -> Option<&'a Agreement> {
    let (_, last) = process.days().filter(|_| is_sought(process) && !process.thing.by.is_empty())?;
    let known = record.sources().filter_map(|s| s.published?.last_day()).max()?;
    let soon =
        |a: &Agreement| a.agreed <= known && last.until(a.agreed).is_ok_and(|s| (0..=SOUGHT).contains(&s.get_days()));
    let between = |a: &Agreement| process.thing.by.iter().all(|p| a.parties.iter().any(|of| of.party == *p));
    let mut found: Vec<&Agreement> = record.knowledge().agreements().filter(|a| soon(a) && between(a)).collect();
    found.sort_by(|a, b| (a.agreed, &a.id).cmp(&(b.agreed, &b.id)));
    found.first().copied()
}

/// What was agreed since is not still sought.
fn no_longer_sought(piece: &mut Piece) {
    if let Piece::Text(text) = piece {
        *text = text.replace("; no report says that it was agreed", "");
    }
}
