//! `trucewatch verification`: from an allegation to a finding that is signed off, and the mission's reports.

use std::io::Write;
use std::path::{Path, PathBuf};

use desk::WorldOptions;
use desk::decide::flat;
use desk::field::{FieldDesk, of_mission};
use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::Offset;
use ledger::Ledger;
use mission::book::{Mission, short};
use mission::report::{Asked, markdown};
use mission::verification::{Allegation, Case, Finding, Step, Taken};
use mission::{Act, Sight, Viewer};
use serde_json::{Value, json};

use super::mission::{Reports, state};
use crate::args::books::{AsOf, Format};
use crate::args::mission::Author;
use crate::args::verification::{Find, Note, VerificationCommand};
use crate::failure::{Exit, Failure};

/// Does what was asked of allegations.
pub(super) fn run(command: VerificationCommand, named: Option<&Path>, out: &mut dyn Write) -> Result<Exit, Failure> {
    match command {
        VerificationCommand::Allege { words, incident, place, against, author } => {
            state(&author, Act::Allege(Allegation { words, incident, place, against }), named, out)
        }
        VerificationCommand::Assign { allegation, to, due, author } => {
            let note = Note { allegation, words: String::new(), on: None, author };
            step(note, Step::Assigned { to, due }, named, out)
        }
        VerificationCommand::Visit(note) => step(note, Step::Visited, named, out),
        VerificationCommand::Deny { note, denied_by } => step(note, Step::Denied { party: denied_by }, named, out),
        VerificationCommand::Suspend(note) => step(note, Step::Suspended, named, out),
        VerificationCommand::Resume(note) => step(note, Step::Resumed, named, out),
        VerificationCommand::Find(args) => find(args, named, out),
        VerificationCommand::Comment(note) => step(note, Step::Commented, named, out),
        VerificationCommand::Sign(note) => step(note, Step::SignedOff, named, out),
        VerificationCommand::List { viewer, format, as_of } => list(&viewer.0, format, as_of, named, out),
        VerificationCommand::Report { day, weekly, mission, packs_dir, as_of } => {
            report(day, weekly, mission.as_deref(), packs_dir, as_of, named, out)
        }
    }
}

fn step(note: Note, step: Step, named: Option<&Path>, out: &mut dyn Write) -> Result<Exit, Failure> {
    let Note { allegation, words, on, author } = note;
    state(&author, Act::Verify { allegation, step, on, remark: words }, named, out)
}

fn find(args: Find, named: Option<&Path>, out: &mut dyn Write) -> Result<Exit, Failure> {
    let Find { allegation, found, words, reports, comments_due, author } = args;
    let reports = cited(&reports, &author, named)?;
    let finding = Finding { found: found.plain(), words, reports, comments_due };
    let note = Note { allegation, words: String::new(), on: None, author };
    step(note, Step::Found(finding), named, out)
}

/// Ids of the documents that tell the reports that are named.
fn cited(names: &[String], author: &Author, named: Option<&Path>) -> Result<Vec<String>, Failure> {
    if names.is_empty() {
        return Ok(Vec::new());
    }
    let reports = Reports::read(author.mission.as_deref(), named)?;
    names.iter().map(|name| reports.document(name)).collect()
}

fn list(
    viewer: &Viewer,
    format: Format,
    as_of: AsOf,
    named: Option<&Path>,
    out: &mut dyn Write,
) -> Result<Exit, Failure> {
    let book = super::mission::replayed(as_of, named)?;
    let now = as_of.as_of.unwrap_or_else(Timestamp::now);
    if format == Format::Json {
        let of = |m: &Mission| m.sight(viewer).cases().map(|c| case_json(m, c, viewer, now)).collect::<Vec<_>>();
        let items: Vec<Value> = book.missions.values().flat_map(of).collect();
        writeln!(out, "{:#}", json!({"items": items}))?;
        return Ok(Exit::Done);
    }
    let mut any = false;
    for mission in book.missions.values() {
        for case in mission.sight(viewer).cases() {
            any = true;
            block(mission, case, viewer, now, out)?;
        }
    }
    if !any {
        writeln!(out, "no allegations")?;
    }
    Ok(Exit::Done)
}

fn block(mission: &Mission, case: &Case, viewer: &Viewer, now: Timestamp, out: &mut dyn Write) -> Result<(), Failure> {
    let against = case.allegation.against.as_deref().map(|p| format!(" against {p}")).unwrap_or_default();
    let by = case.party.as_deref().unwrap_or(&case.by);
    writeln!(
        out,
        "{}  {}  {}{against}: “{}”",
        short(&case.id),
        state_seen(case, mission.sight(viewer)),
        flat(by),
        flat(&case.allegation.words)
    )?;
    for taken in mission.sight(viewer).steps(case) {
        let who = taken.party.as_deref().unwrap_or(&taken.done.by);
        let time = taken.done.on.strftime("%Y-%m-%d %H:%M");
        writeln!(out, "  entry {}, {time}, {}: {}", taken.done.entry, flat(who), in_words(taken))?;
    }
    for wait in waits(mission, case, viewer, now) {
        writeln!(out, "  {wait}")?;
    }
    if mission.published.contains(&case.id) {
        writeln!(out, "  published")?;
    }
    Ok(())
}

/// How far an allegation has come, where whoever looks may know that.
fn state_seen(case: &Case, sight: Sight<'_>) -> &'static str {
    if sight.progress(case) { case.state().as_str() } else { "with the mission" }
}

/// Who waits for whom, for those of the mission; how it goes about it is not told to others.
fn waits(mission: &Mission, case: &Case, viewer: &Viewer, now: Timestamp) -> Vec<String> {
    let knows = *viewer != Viewer::Public && mission.sight(viewer).progress(case);
    if knows { case.waits(&mission.parties(), now, Offset::UTC) } else { Vec::new() }
}

fn in_words(taken: &Taken) -> String {
    let what = match &taken.step {
        Step::Assigned { to, due } => {
            let due = due.map(|d| format!(", due {}", d.strftime("%Y-%m-%d %H:%M"))).unwrap_or_default();
            format!("assigned to {}{due}", flat(to))
        }
        Step::Denied { party } => format!("denied{}", party.as_deref().map(|p| format!(" by {p}")).unwrap_or_default()),
        Step::Found(finding) => {
            let reports: Vec<&str> = finding.reports.iter().map(|r| short(r)).collect();
            let rests = if reports.is_empty() { String::new() } else { format!(" (reports {})", reports.join(", ")) };
            format!("found {}: “{}”{rests}", finding.found.as_str(), flat(&finding.words))
        }
        step => step.as_str().to_owned(),
    };
    if taken.done.words.is_empty() { what } else { format!("{what}: “{}”", flat(&taken.done.words)) }
}

fn case_json(mission: &Mission, case: &Case, viewer: &Viewer, now: Timestamp) -> Value {
    let sight = mission.sight(viewer);
    let step = |t: &Taken| json!({"step": t.step, "entry": t.done.entry, "on": t.done.on, "by": t.done.by, "party": t.party, "words": t.done.words});
    json!({
        "id": case.id,
        "entry": case.entry,
        "at": case.at,
        "by": case.by,
        "party": case.party,
        "allegation": case.allegation,
        "state": state_seen(case, sight),
        "steps": sight.steps(case).into_iter().map(step).collect::<Vec<_>>(),
        "finding": case.finding().filter(|_| sight.finding(case)),
        "waits": waits(mission, case, viewer, now),
        "published": mission.published.contains(&case.id),
    })
}

fn report(
    day: Option<Date>,
    weekly: bool,
    id: Option<&str>,
    packs_dir: Option<PathBuf>,
    as_of: AsOf,
    named: Option<&Path>,
    out: &mut dyn Write,
) -> Result<Exit, Failure> {
    let path = desk::ledger_path(named)?;
    let ledger = Ledger::open(&path)?;
    let options = WorldOptions { packs_dir, ..WorldOptions::default() }.over(&path);
    let desk = FieldDesk::open(&ledger, id, &options)?;
    let moment = ledger.moment(as_of.as_of)?;
    let book = desk::mission::book(&ledger, moment)?;
    let none = || Failure::new("the mission was not there yet", "leave --as-of out, or name a later time");
    let mission = book.missions.get(&desk.mandate.id).ok_or_else(none)?;
    let reports: Vec<_> =
        of_mission(&ledger.field_reports(moment)?, &desk.mandate.id).into_iter().map(|(_, _, r)| r).collect();
    let offset = desk.mandate.offset().unwrap_or(Offset::UTC);
    let day = day.unwrap_or_else(|| offset.to_datetime(Timestamp::now()).date());
    let days = if weekly { 7 } else { 1 };
    let in_force = desk.in_force();
    let asked = Asked { mandate: &desk.mandate, mission, reports: &reports, lore: &desk, day, days, in_force };
    let wrong = || Failure::new(format!("{day} has no such period"), "name another day");
    out.write_all(markdown(&asked).ok_or_else(wrong)?.as_bytes())?;
    Ok(Exit::Done)
}
