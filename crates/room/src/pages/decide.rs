//! What people decide on pages: each form makes one entry of the ledger, with its author.

use std::sync::Arc;

use axum::extract::{MatchedPath, State};
use axum::response::Redirect;
use desk::decide::{self, Wish};
use jiff::Timestamp;
use jiff::civil::Date;
use ledger::Ledger;
use ledger::decision::Decision;
use trucewatch::brief::Period;

use crate::accounts::{Account, Role};
use crate::error::Refusal;
use crate::form::{Fields, done};
use crate::missions::Sight;
use crate::room::Room;
use crate::visitor::Visitor;

/// `POST /decide/…`.
pub(crate) async fn post(
    State(room): State<Arc<Room>>,
    visitor: Visitor,
    path: MatchedPath,
    fields: Fields,
) -> Result<Redirect, Refusal> {
    let act = path.as_str().rsplit('/').next().unwrap_or_default();
    let wish = wish(act, &fields)?;
    let (why, back) = (fields.get("why").to_owned(), fields.back("/"));
    let entry = record(&room, visitor.known()?, wish, why).await?;
    Ok(done(&back, entry))
}

/// Records a decision of somebody; its entry.
pub(crate) async fn record(room: &Arc<Room>, by: &Account, wish: Wish, why: String) -> Result<u64, Refusal> {
    let (by, held) = (by.clone(), Arc::clone(room));
    room.write(move |ledger| {
        let world = &held.options.world;
        let sight = Sight::new(held.missions_in(ledger)?, by.part.as_ref());
        may_undo(&wish, &by, ledger)?;
        if let Wish::SignOff { period, .. } = &wish {
            sees_all_of(&sight, ledger, *period)?;
        }
        if documents_of(&wish, ledger).iter().any(|document| !sight.shows(document)) {
            return Err(Refusal::missing("what this is about is not there"));
        }
        Ok(decide::record(&wish, &by.name, &why, ledger, world, Timestamp::now())?)
    })
    .await
}

/// Refuses a brief as it was issued, or to be issued, to somebody from whom a report is kept that it rests on.
pub(super) fn sees_all_of(sight: &Sight, ledger: &Ledger, period: Period) -> Result<(), Refusal> {
    if sight.is_whole_of_documents() {
        return Ok(());
    }
    let now = ledger.moment(None)?;
    let all = ledger.table(period.from, period.to, now)?.sources;
    if all.iter().all(|s| sight.shows(&s.id)) {
        return Ok(());
    }
    let hint = "those who see the mission's field reports can, or anybody once they are published";
    Err(Refusal::forbidden("the whole brief of these days rests on field reports that are not published").hint(hint))
}

/// The documents that somebody wants to decide on, as far as they are there.
fn documents_of(wish: &Wish, ledger: &Ledger) -> Vec<String> {
    let of_claim = |id: &String| {
        let claim = if id.starts_with("i-") { ledger.leading_claim(id).ok()? } else { id.clone() };
        Some(ledger.claim_as_read(&claim).ok()?.document)
    };
    match wish {
        Wish::Accept { claim }
        | Wish::Reject { claim }
        | Wish::Correct { claim, .. }
        | Wish::GradeClaim { claim, .. } => of_claim(claim).into_iter().collect(),
        Wish::Merge { incidents: claims } | Wish::Split { claims } => claims.iter().filter_map(of_claim).collect(),
        Wish::Add { document, .. } => ledger.document_id(document).ok().into_iter().collect(),
        Wish::Note { on, .. } => of_claim(on).into_iter().chain(ledger.document_id(on).ok()).collect(),
        Wish::GradeSource { .. } | Wish::SignOff { .. } | Wish::Undo { .. } => Vec::new(),
    }
}

/// Whether somebody may undo a decision: one's own, or any for a reviewer.
fn may_undo(wish: &Wish, by: &Account, ledger: &Ledger) -> Result<(), Refusal> {
    let Wish::Undo { entry } = wish else { return Ok(()) };
    let made = ledger.entry(*entry)?.record::<Decision>();
    let made = made.ok_or_else(|| Refusal::wrong(format!("entry {entry} is no decision")))?;
    if by.role >= Role::Reviewer || made.by == by.name {
        return Ok(());
    }
    Err(Refusal::forbidden(format!("decision {entry} is by {}: a reviewer can undo it", made.by)))
}

fn wish(act: &str, fields: &Fields) -> Result<Wish, Refusal> {
    let word = |name: &str| fields.get(name).to_owned();
    Ok(match act {
        "accept" => Wish::Accept { claim: word("claim") },
        "reject" => Wish::Reject { claim: word("claim") },
        "add" => added(fields)?,
        "correct" => Wish::Correct { claim: word("claim"), field: word("field"), value: word("value") },
        "merge" => Wish::Merge { incidents: fields.all("incident") },
        "split" => Wish::Split { claims: fields.all("claim") },
        "grade-claim" => Wish::GradeClaim { claim: word("claim"), grade: word("grade") },
        "grade-source" => Wish::GradeSource { source: word("source"), grade: word("grade") },
        "note" => Wish::Note { on: word("on"), words: word("words") },
        "sign-off" => Wish::SignOff {
            period: Period { from: day(fields, "from")?, to: day(fields, "to")? },
            replaces: Some(word("replaces")).filter(|hash| !hash.is_empty()),
        },
        "undo" => Wish::Undo { entry: fields.number("entry")? },
        other => return Err(Refusal::missing(format!("`{other}` is nothing that is decided"))),
    })
}

/// Fields of a claim that a form for a missed one has beside words, type, mode and speaker.
const FIELDS: &[&str] = &["speaker-party", "actors", "targets", "place", "date", "figures"];

fn added(fields: &Fields) -> Result<Wish, Refusal> {
    let word = |name: &str| fields.get(name).to_owned();
    let is_placed = !fields.get("start").is_empty() && !fields.get("end").is_empty();
    let place = is_placed.then(|| Ok::<_, Refusal>((fields.number("start")?, fields.number("end")?))).transpose()?;
    let others = FIELDS.iter().map(|f| ((*f).to_owned(), word(f))).filter(|(_, v)| !v.is_empty()).collect();
    let (document, words) = (word("document"), word("quote"));
    let (kind, mode, speaker) = (word("type"), word("mode"), word("speaker"));
    Ok(Wish::Add { document, words, place, kind, mode, speaker, fields: others })
}

fn day(fields: &Fields, name: &str) -> Result<Date, Refusal> {
    let value = fields.get(name);
    value.parse().map_err(|_| Refusal::wrong(format!("{name}: `{value}` is no day")))
}
