//! `trucewatch decide`: what people decide, recorded.

use std::io::Write;
use std::path::Path;

use jiff::Timestamp;
use ledger::decision::{Act, Anchor, Decision, Field, Reliability};
use ledger::{Ledger, hex};
use publish::markdown;
use sha2::{Digest, Sha256};
use trucewatch::brief::Period;

use super::brief;
use crate::args::World;
use crate::args::books::{Decide, What};
use crate::failure::{Exit, Failure};

/// Checks and records the decision; tells its entry.
pub(super) fn run(args: &Decide, path: &Path, out: &mut dyn Write) -> Result<Exit, Failure> {
    let mut ledger = Ledger::open_to_write(path)?;
    if args.by.trim().is_empty() {
        let hint = "name who decides with --by, or in TRUCEWATCH_BY";
        return Err(Failure::new("a decision says who makes it", hint));
    }
    let act = act(&args.what, &ledger)?;
    if needs_reason(&act) && args.why.trim().is_empty() {
        return Err(Failure::new(format!("to {} is to say why", act.as_str().replace('-', " ")), "say it with --why"));
    }
    let decision = Decision { by: args.by.clone(), why: args.why.clone(), act };
    let entry = ledger.decide(Timestamp::now(), &decision)?;
    writeln!(out, "decision {entry}; `trucewatch decide undo {entry}` takes it back")?;
    Ok(Exit::Done)
}

fn needs_reason(act: &Act) -> bool {
    !matches!(act, Act::Accept { .. } | Act::Note { .. } | Act::SignOff { .. })
}

fn act(what: &What, ledger: &Ledger) -> Result<Act, Failure> {
    Ok(match what {
        What::Accept { claim } => Act::Accept { claim: anchor(ledger, claim)? },
        What::Reject { claim } => Act::Reject { claim: anchor(ledger, claim)? },
        What::Correct { claim, field, value } => ledger.correction(claim, parse_field(field)?, value)?,
        What::Merge { incidents } => Act::Merge { claims: anchors(ledger, incidents)? },
        What::Split { claims } => Act::Split { claims: anchors(ledger, claims)? },
        What::GradeSource { source, grade } => Act::GradeSource { source: source.clone(), grade: reliability(grade)? },
        What::GradeClaim { claim, grade } => {
            Act::GradeClaim { claim: anchor(ledger, claim)?, grade: credibility(grade)? }
        }
        What::Note { on, words } => note(ledger, on, words)?,
        What::SignOff { from, to } => sign_off(ledger, Period { from: *from, to: *to })?,
        What::Undo { entry } => Act::Undo { entry: *entry },
    })
}

/// The anchor of a claim, or of the claim that leads an incident.
fn anchor(ledger: &Ledger, id: &str) -> Result<Anchor, Failure> {
    let claim = if id.starts_with("i-") { ledger.leading_claim(id)? } else { id.to_owned() };
    Ok(Anchor::of(&ledger.claim_as_read(&claim)?))
}

fn anchors(ledger: &Ledger, ids: &[String]) -> Result<Vec<Anchor>, Failure> {
    ids.iter().map(|id| anchor(ledger, id)).collect()
}

fn parse_field(name: &str) -> Result<Field, Failure> {
    let names: Vec<&str> = Field::ALL.iter().map(|f| f.as_str()).collect();
    let unknown =
        || Failure::new(format!("`{name}` is no field of a claim"), format!("fields are {}", names.join(", ")));
    Field::parse(name).ok_or_else(unknown)
}

fn reliability(grade: &str) -> Result<Option<Reliability>, Failure> {
    use Reliability::{A, B, C, D, E, F};
    let found = [A, B, C, D, E, F].into_iter().find(|r| r.as_str().eq_ignore_ascii_case(grade));
    match (grade, found) {
        ("unknown", _) => Ok(None),
        (_, Some(found)) => Ok(Some(found)),
        _ => Err(Failure::new(format!("`{grade}` is no grade of reliability"), "give A to F, or `unknown`")),
    }
}

fn credibility(grade: &str) -> Result<Option<u8>, Failure> {
    match (grade, grade.parse::<u8>()) {
        ("unknown", _) => Ok(None),
        (_, Ok(grade @ 1..=6)) => Ok(Some(grade)),
        _ => Err(Failure::new(format!("`{grade}` is no grade of credibility"), "give 1 to 6, or `unknown`")),
    }
}

/// A remark on a claim if there is one of that id, else on a document.
fn note(ledger: &Ledger, on: &str, words: &str) -> Result<Act, Failure> {
    let words = words.to_owned();
    if let Ok(claim) = anchor(ledger, on) {
        return Ok(Act::Note { claim: Some(claim), document: None, words });
    }
    Ok(Act::Note { claim: None, document: Some(ledger.document_id(on)?), words })
}

/// Signs off the brief as it stands now, by the hash of its Markdown.
fn sign_off(ledger: &Ledger, period: Period) -> Result<Act, Failure> {
    let moment = ledger.moment(None)?;
    let drawn = markdown(&brief::draw(ledger, &World::default(), period, moment)?);
    let sha256 = hex(&Sha256::digest(drawn.as_bytes()));
    Ok(Act::SignOff { from: period.from.to_string(), to: period.to.to_string(), size: moment.0, sha256 })
}
