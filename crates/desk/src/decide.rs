//! What people decide, from the words in which they say it, and back into words.

use jiff::Timestamp;
use ledger::decision::{Act, Anchor, Decided, Decision, Field, Reliability};
use ledger::{Ledger, hex};
use publish::markdown;
use sha2::{Digest, Sha256};
use trucewatch::brief::Period;

use crate::evidence::{Evidence, ordered};
use crate::failure::Failure;
use crate::world::WorldOptions;

/// What somebody wants to decide. Claims go by their id or its first characters, or by the incident that they lead.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Wish {
    /// The claim is there as it was read.
    Accept {
        /// Id of the claim.
        claim: String,
    },
    /// The document does not say this.
    Reject {
        /// Id of the claim.
        claim: String,
    },
    /// The document says something that was not read.
    Add {
        /// Id or name of the document.
        document: String,
        /// Its words, where they stand in the text once only.
        words: String,
        /// First code point of the words, and one past the last.
        place: Option<(usize, usize)>,
        /// Type of the codebook.
        kind: String,
        /// Mode of the codebook.
        mode: String,
        /// Who is on record; the outlet itself where it is empty.
        speaker: String,
        /// Other fields by name, with their values.
        fields: Vec<(String, String)>,
    },
    /// A field of a claim is another.
    Correct {
        /// Id of the claim.
        claim: String,
        /// Which field.
        field: String,
        /// Its value; empty for nothing.
        value: String,
    },
    /// The incidents of these claims are one.
    Merge {
        /// Ids of incidents, or of claims in them.
        incidents: Vec<String>,
    },
    /// These claims tell of another incident than the rest of theirs.
    Split {
        /// Ids of claims.
        claims: Vec<String>,
    },
    /// How reliable a source is.
    GradeSource {
        /// Name of the outlet or speaker.
        source: String,
        /// A to F, or `unknown`.
        grade: String,
    },
    /// How credible a claim is.
    GradeClaim {
        /// Id of the claim.
        claim: String,
        /// 1 to 6, or `unknown`.
        grade: String,
    },
    /// A remark on a claim or a document.
    Note {
        /// Id of the claim, or id or name of the document.
        on: String,
        /// What.
        words: String,
    },
    /// The brief of these days was read and is stood by.
    SignOff {
        /// First and last day.
        period: Period,
        /// For an erratum: the hash of the issue in whose place it stands, or its first characters.
        replaces: Option<String>,
    },
    /// An earlier decision holds no longer.
    Undo {
        /// Number of its entry.
        entry: u64,
    },
}

/// Records a decision by somebody, checked against the ledger as it stands; its entry. A brief that is signed off is kept
/// with it as it was issued.
///
/// # Errors
/// Where nobody decides, a reason is wanting, what it is about is not there or no such value, or it cannot be written.
pub fn record(
    wish: &Wish,
    by: &str,
    why: &str,
    ledger: &mut Ledger,
    world: &WorldOptions,
    now: Timestamp,
) -> Result<u64, Failure> {
    let (act, brief) = act(wish, ledger, world)?;
    let decision = checked(act, by, why)?;
    Ok(match brief {
        Some(brief) => ledger.issue(now, &decision, &brief)?,
        None => ledger.decide(now, &decision)?,
    })
}

/// For pages as for the command line.
const REASON: &str = "give the reason (--why on the command line)";

/// A decision that says who makes it and, where that is needed, why.
fn checked(act: Act, by: &str, why: &str) -> Result<Decision, Failure> {
    if by.trim().is_empty() {
        let hint = "name who decides with --by, or in TRUCEWATCH_BY";
        return Err(Failure::new("a decision says who makes it", hint));
    }
    if needs_reason(&act) && why.trim().is_empty() {
        return Err(Failure::new(format!("to {} is to say why", act.as_str().replace('-', " ")), REASON));
    }
    Ok(Decision { by: by.to_owned(), why: why.to_owned(), act })
}

/// Whether a decision is to say why.
#[must_use]
pub fn needs_reason(act: &Act) -> bool {
    !matches!(act, Act::Accept { .. } | Act::Note { .. } | Act::SignOff { replaces: None, .. })
}

/// What is decided, with the brief where one is signed off.
fn act(wish: &Wish, ledger: &Ledger, world: &WorldOptions) -> Result<(Act, Option<String>), Failure> {
    let act = match wish {
        Wish::Accept { claim } => Act::Accept { claim: anchor(ledger, claim)? },
        Wish::Reject { claim } => Act::Reject { claim: anchor(ledger, claim)? },
        Wish::Add { document, words, place, kind, mode, speaker, fields } => {
            let span = words_in(ledger, document, words, *place)?;
            let fields = fields.iter().map(|(f, v)| Ok((parse_field(f)?, v.clone())));
            let fields = fields.collect::<Result<Vec<_>, Failure>>()?;
            ledger.addition(document, span, (kind, mode, speaker), &fields)?
        }
        Wish::Correct { claim, field, value } => ledger.correction(claim, parse_field(field)?, value)?,
        Wish::Merge { incidents } => Act::Merge { claims: anchors(ledger, incidents)? },
        Wish::Split { claims } => Act::Split { claims: anchors(ledger, claims)? },
        Wish::GradeSource { source, grade } => Act::GradeSource { source: source.clone(), grade: reliability(grade)? },
        Wish::GradeClaim { claim, grade } => {
            Act::GradeClaim { claim: anchor(ledger, claim)?, grade: credibility(grade)? }
        }
        Wish::Note { on, words } => note(ledger, on, words)?,
        Wish::SignOff { period, replaces } => {
            let (act, brief) = sign_off(ledger, *period, replaces.as_deref(), world)?;
            return Ok((act, Some(brief)));
        }
        Wish::Undo { entry } => Act::Undo { entry: *entry },
    };
    Ok((act, None))
}

/// Where some words stand in a document, in bytes: at a place that is named, or where they stand at all.
fn words_in(
    ledger: &Ledger,
    document: &str,
    words: &str,
    place: Option<(usize, usize)>,
) -> Result<[usize; 2], Failure> {
    let id = ledger.document_id(document)?;
    let gone = || Failure::new(format!("document `{id}` was removed by policy"), "its words are no longer there");
    let text = ledger.recall(&id, ledger.moment(None)?)?.ok_or_else(gone)?.source.text;
    if let Some((start, end)) = place {
        let byte = |point: usize| text.char_indices().nth(point).map_or(text.len(), |(at, _)| at);
        return Ok([byte(start), byte(end)]);
    }
    let hint = "give words as they stand in the text, and enough of them that they stand there once";
    let found: Vec<usize> = text.match_indices(words.trim()).take(2).map(|(at, _)| at).collect();
    match found.as_slice() {
        [at] if !words.trim().is_empty() => Ok([*at, at + words.trim().len()]),
        [] => Err(Failure::new("these words do not stand in the document", hint)),
        _ => Err(Failure::new("these words stand in the document more than once", hint)),
    }
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

/// Signs off the brief as it stands now, by the hash of its Markdown; and the Markdown.
fn sign_off(
    ledger: &Ledger,
    period: Period,
    replaces: Option<&str>,
    world: &WorldOptions,
) -> Result<(Act, String), Failure> {
    let period = ordered(period.from, period.to)?;
    let moment = ledger.moment(None)?;
    let drawn = markdown(&Evidence::recall(ledger, world, Some(period), moment)?.brief());
    let sha256 = hex(&Sha256::digest(drawn.as_bytes()));
    let replaces = replaces.map(|hash| ledger.issue_of(hash)).transpose()?.map(|issue| issue.entry);
    let (from, to) = (period.from.to_string(), period.to.to_string());
    Ok((Act::SignOff { from, to, size: moment.0, sha256, replaces }, drawn))
}

/// A decision in one line: what, by whom, why, and whether it was undone.
#[must_use]
pub fn in_words(decided: &Decided) -> String {
    let Decided { decision, undone, .. } = decided;
    let why = if decision.why.is_empty() { String::new() } else { format!(": {}", flat(&decision.why)) };
    let undone = undone.map(|by| format!(" (undone by entry {by})")).unwrap_or_default();
    format!("{} by {}{why}{undone}", act_in_words(&decision.act), flat(&decision.by))
}

/// What was decided.
#[must_use]
pub fn act_in_words(act: &Act) -> String {
    match act {
        Act::Accept { .. } => "accepted".to_owned(),
        Act::Reject { .. } => "rejected".to_owned(),
        Act::Add { added, .. } => {
            format!("added {} {}, by {}", added.kind.value, added.mode.value, flat(&added.speaker.value.name))
        }
        Act::Correct { field, old, new, .. } => format!("{} corrected from `{old}` to `{new}`", field.as_str()),
        Act::Merge { .. } => "merged into one incident".to_owned(),
        Act::Split { .. } => "split off its incident".to_owned(),
        Act::GradeSource { source, grade } => {
            format!("source `{}` graded {}", flat(source), grade.map_or("unknown", Reliability::as_str))
        }
        Act::GradeClaim { grade, .. } => {
            format!("credibility graded {}", grade.map_or_else(|| "unknown".to_owned(), |g| g.to_string()))
        }
        Act::Note { words, .. } => format!("note “{}”", flat(words)),
        Act::SignOff { from, to, replaces: None, .. } => format!("brief of {from} to {to} signed off"),
        Act::SignOff { from, to, replaces: Some(old), .. } => {
            format!("brief of {from} to {to} signed off in place of that of entry {old}")
        }
        Act::Undo { entry } => format!("decision {entry} undone"),
    }
}

/// Words on one line, without characters that a terminal would take for commands or that turn the order of others.
#[must_use]
pub fn flat(words: &str) -> String {
    let visible = words.split_whitespace().collect::<Vec<_>>().join(" ");
    visible.chars().filter(|c| !c.is_control() && !intake::turns(*c)).collect()
}
