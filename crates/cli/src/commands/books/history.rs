//! `trucewatch history`: everything that was recorded about a claim or an incident.

use std::io::Write;
use std::path::Path;

use desk::diff::name_of;
use desk::{Evidence, decide};
use jiff::{Timestamp, ToSpan};
use ledger::entry::Reader;
use ledger::history::{Event, What};
use ledger::{Ledger, Moment, written};
use trucewatch::brief::Period;

use crate::args::World;
use crate::args::books::History;
use crate::failure::{Exit, Failure, note};
use crate::output::Paint;

/// Prints the history of what was named.
pub(super) fn run(args: &History, path: &Path, out: &mut dyn Write) -> Result<Exit, Failure> {
    let ledger = super::open(path)?;
    let moment = ledger.moment(args.as_of.as_of)?;
    match args.of.as_deref() {
        None => decisions(&ledger, moment, out)?,
        Some(id) if id.starts_with("i-") => incident(&ledger, id, &args.world, moment, out)?,
        Some(id) => claim(&ledger, id, moment, out)?,
    }
    Ok(Exit::Done)
}

/// Every decision, whatever it is about.
fn decisions(ledger: &Ledger, moment: Moment, out: &mut dyn Write) -> Result<(), Failure> {
    let all = ledger.decisions(moment)?;
    if all.is_empty() {
        note("nothing was decided");
    }
    for decided in all {
        let about: Vec<&str> = decided.decision.act.claims().into_iter().map(|a| a.claim.as_str()).collect();
        let about = if about.is_empty() { String::new() } else { format!("{}: ", about.join(", ")) };
        line(decided.entry, decided.at, &format!("{about}{}", decide::in_words(&decided)), out)?;
    }
    Ok(())
}

fn line(entry: u64, at: Timestamp, words: &str, out: &mut dyn Write) -> Result<(), Failure> {
    Ok(writeln!(out, "  {}  {entry:>6}  {words}", written(at))?)
}

/// The claims of an incident as it stands, each with its history.
fn incident(ledger: &Ledger, id: &str, args: &World, moment: Moment, out: &mut dyn Write) -> Result<(), Failure> {
    let lead = ledger.leading_claim(id)?;
    let read = ledger.claim_as_read(&lead)?;
    let recalled = ledger.recall(&read.document, moment)?;
    let published = recalled.and_then(|r| r.source.published);
    let date = read.date.as_ref().map(|d| d.value).or(published);
    let day = date.and_then(|d| d.first_day().or(d.last_day())).unwrap_or_default();
    let reach = |days: i32| day.checked_add(days.days()).unwrap_or(day);
    let period = Period { from: reach(-1), to: reach(1) };
    let evidence = Evidence::recall(ledger, &args.options(), Some(period), moment)?;
    let incidents = evidence.incidents(&evidence.record());
    let holds = |i: &&trucewatch::incident::Incident| i.members.iter().any(|m| m.claim == lead);
    let gone = || Failure::new(format!("no incident holds claim `{lead}` then"), "it was rejected, or not read yet");
    let found = incidents.iter().find(holds).ok_or_else(gone)?;
    let place = found.place.as_ref().map(|p| format!(", {}", p.name)).unwrap_or_default();
    let when = found.date.map(|d| format!(", {d}")).unwrap_or_default();
    let paint = Paint::of_stdout();
    writeln!(out, "{}  {}{place}{when}, {}", paint.name(&found.id), found.kind, found.standing.as_str())?;
    for member in &found.members {
        let why = member.why.as_ref().map(|t| format!("  with {}: {}", t.with, t.shares.join(", ")));
        writeln!(out, "\n{}{}", paint.name(&member.claim), paint.faint(&why.unwrap_or_default()))?;
        events(ledger, &member.claim, moment, out)?;
    }
    Ok(())
}

fn claim(ledger: &Ledger, id: &str, moment: Moment, out: &mut dyn Write) -> Result<(), Failure> {
    let (id, document) = ledger.claim_id(id)?;
    writeln!(out, "{}  {}", Paint::of_stdout().name(&id), name_of(ledger, &document))?;
    events(ledger, &id, moment, out)
}

fn events(ledger: &Ledger, claim: &str, moment: Moment, out: &mut dyn Write) -> Result<(), Failure> {
    for Event { entry, at, what } in ledger.history(claim, moment)? {
        line(entry, at, &words(&what), out)?;
    }
    Ok(())
}

fn words(what: &What) -> String {
    match what {
        What::Document => "the document came in".to_owned(),
        What::Read(reader) => format!("read by {}", by(reader)),
        What::ReadWithout(reader) => format!("read by {}, which does not find this claim", by(reader)),
        What::Removed => "removed by policy".to_owned(),
        What::Decided(decided) => decide::in_words(decided),
    }
}

fn by(reader: &Reader) -> String {
    let packs: Vec<String> = reader.packs.iter().map(|p| format!("{} {}", p.id, p.version)).collect();
    let model = reader.model.chars().take(12).collect::<String>();
    format!("version {}, model {model}, packs {}", reader.version, packs.join(", "))
}
