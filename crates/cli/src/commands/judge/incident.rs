//! `trucewatch incident`: one incident with everything behind it.

use std::fmt::Write as _;
use std::io::Write;
use std::path::Path;

use publish::v1;
use trucewatch::claim::Claim;
use trucewatch::finding::{Answer, Finding};
use trucewatch::incident::{Incident, Observed, Record};

use super::incidents::{head, many};
use super::table::Table;
use crate::args::judge::{self, OneFormat};
use crate::failure::{Exit, Failure};
use crate::output::text::flat;
use crate::output::{Paint, json};

/// Finds the incident and shows it.
pub(super) fn run(args: &judge::Incident, ledger: Option<&Path>, out: &mut dyn Write) -> Result<Exit, Failure> {
    let table = Table::lay(&args.over, ledger)?;
    let record = table.record();
    let incidents = table.incidents(&record);
    let incident = one(&args.id, &incidents)?;
    let findings = table.findings(&record, std::slice::from_ref(incident));
    let shown = match args.format {
        OneFormat::Json => json::pretty(&v1::IncidentInFull::new(incident, &record, &findings)),
        OneFormat::Text => text(incident, &record, &findings),
    };
    out.write_all(shown.as_bytes())?;
    Ok(table.exit)
}

/// The one incident whose id begins so, or that holds the claim of this id.
fn one<'a>(id: &str, incidents: &'a [Incident]) -> Result<&'a Incident, Failure> {
    let holds = |i: &&Incident| i.id.starts_with(id) || i.members.iter().any(|m| m.claim == id);
    let found: Vec<&Incident> = incidents.iter().filter(holds).collect();
    match found.as_slice() {
        [one] => Ok(one),
        [] => {
            let hint = "`trucewatch incidents` lists them; an id holds while the incident's first claim stays first";
            Err(Failure::new(format!("there is no incident `{id}`"), hint))
        }
        several => {
            let ids: Vec<&str> = several.iter().map(|i| i.id.as_str()).collect();
            let hint = format!("they are {}", ids.join(", "));
            Err(Failure::new(format!("`{id}` begins the ids of {} incidents", ids.len()), hint))
        }
    }
}

fn text(incident: &Incident, record: &Record<'_>, findings: &[Finding]) -> String {
    let paint = Paint::of_stdout();
    let knowledge = record.knowledge();
    let mut out = format!("{}\n", head(incident, paint));
    if let Some(observed) = incident.observed.as_ref().filter(|o| !o.rest.is_empty()) {
        out.push_str(&partly(observed, record, paint));
    }
    for voice in &incident.voices {
        writeln!(out, "\n  {} {}", paint.name(knowledge.title(&voice.party)), voice.stance.as_str()).ok();
        for claim in voice.claims.iter().filter_map(|id| record.claim(id)) {
            out.push_str(&said(claim, incident, record, paint));
        }
    }
    writeln!(out, "\n  {}", paint.name(&many(incident.origins.len(), "separate origin"))).ok();
    for origin in &incident.origins {
        writeln!(out, "    {}: {}", origin.who, origin.why.join("; ")).ok();
    }
    for finding in findings {
        out.push_str(&found(finding, record, paint));
    }
    out
}

/// What of it observers did not see.
fn partly(observed: &Observed, record: &Record<'_>, paint: Paint) -> String {
    let mut out = format!("\n  {}\n", paint.name("Observed in part; not observed is"));
    for unseen in &observed.rest {
        let quote = record.claim(&unseen.claim).map(|c| flat(record.quote(c))).unwrap_or_default();
        let lacks: Vec<&str> = unseen.lacks.iter().map(|l| l.as_str()).collect();
        writeln!(out, "    {}: “{quote}”", lacks.join(", ")).ok();
    }
    out
}

fn said(claim: &Claim, incident: &Incident, record: &Record<'_>, paint: Paint) -> String {
    let quote = flat(record.quote(claim));
    let place = record.source(claim).map_or_else(String::new, |s| format!("{}:{}", s.name, s.line(claim.span).0));
    let why = incident.members.iter().find(|m| m.claim == claim.id).and_then(|m| m.why.as_ref());
    let tie = |t: &trucewatch::incident::Tie| format!("shares with {}: {}", t.with, t.shares.join(", "));
    let why = why.map_or_else(|| "leads the incident".to_owned(), tie);
    let what = format!("{} {}", claim.kind.value, claim.mode.value);
    format!(
        "    “{quote}”\n      {}\n      {}\n",
        paint.faint(&format!("{place}  {what}  {}", claim.id)),
        paint.faint(&why)
    )
}

fn found(finding: &Finding, record: &Record<'_>, paint: Paint) -> String {
    let agreement = record.knowledge().agreements().find(|a| a.id == finding.agreement);
    let title = agreement.map_or(finding.agreement.as_str(), |a| a.title.as_str());
    let answer = paint.key(finding.answer.as_str());
    let mut out = format!("\n  {answer}  {title}, term {}  {}\n", finding.term, paint.faint(&finding.id));
    match &finding.answer {
        Answer::InScope => {}
        Answer::OutOfScope(reason) => _ = writeln!(out, "    {reason}"),
        Answer::Undetermined(missing) => _ = writeln!(out, "    missing: {}", missing.join("; ")),
    }
    out
}
