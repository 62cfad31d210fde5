//! Decisions by the API: listed, and made.

use std::sync::Arc;

use axum::Json;
use axum::body::Bytes;
use axum::extract::State;
use axum::http::StatusCode;
use desk::decide::{Wish, in_words};
use jiff::civil::Date;
use ledger::decision::Decided;
use publish::v1;
use serde::{Deserialize, Serialize};
use trucewatch::brief::Period;

use super::{body, page};
use crate::accounts::Role;
use crate::error::Refusal;
use crate::filter::{Filter, Query, as_of};
use crate::pages::decide::record;
use crate::room::Room;
use crate::visitor::Visitor;

/// A decision that was made.
#[derive(Serialize)]
pub(crate) struct Made {
    id: String,
    entry: u64,
    at: String,
    by: String,
    why: String,
    act: String,
    told: String,
    claims: Vec<String>,
    undone_by: Option<u64>,
}

impl Made {
    fn new(decided: &Decided) -> Made {
        let claims = decided.decision.act.claims();
        Made {
            id: decided.entry.to_string(),
            entry: decided.entry,
            at: ledger::written(decided.at),
            by: decided.decision.by.clone(),
            why: decided.decision.why.clone(),
            act: decided.decision.act.as_str().to_owned(),
            told: in_words(decided),
            claims: claims.into_iter().map(|a| a.claim.clone()).collect(),
            undone_by: decided.undone,
        }
    }
}

/// `GET /api/v1/decisions`.
pub(crate) async fn all(
    State(room): State<Arc<Room>>,
    visitor: Visitor,
    query: Query,
) -> Result<Json<v1::Page<Made>>, Refusal> {
    let filter = Filter::parse(&query)?;
    let held = Arc::clone(&room);
    let made = room.read(move |ledger| {
        let sight = held.sight_in(ledger, &visitor)?;
        let moment = ledger.moment(filter.as_of.as_deref().map(as_of).transpose()?)?;
        let all = ledger.decisions(moment)?.iter().filter(|d| sight.tells(&d.decision)).map(Made::new).collect();
        page(all, |m: &Made| m.id.as_str(), &filter)
    });
    Ok(Json(made.await?))
}

/// A decision that is to be made.
#[derive(Deserialize)]
struct Asked {
    #[serde(default)]
    why: String,
    #[serde(flatten)]
    act: Act,
}

#[derive(Deserialize)]
#[serde(tag = "act", rename_all = "kebab-case")]
enum Act {
    Accept {
        claim: String,
    },
    Reject {
        claim: String,
    },
    Add {
        document: String,
        #[serde(default)]
        words: String,
        start: Option<usize>,
        end: Option<usize>,
        #[serde(rename = "type")]
        kind: String,
        mode: String,
        #[serde(default)]
        speaker: String,
        #[serde(default)]
        fields: std::collections::BTreeMap<String, String>,
    },
    Correct {
        claim: String,
        field: String,
        value: String,
    },
    Merge {
        incidents: Vec<String>,
    },
    Split {
        claims: Vec<String>,
    },
    GradeSource {
        source: String,
        grade: String,
    },
    GradeClaim {
        claim: String,
        grade: String,
    },
    Note {
        on: String,
        words: String,
    },
    SignOff {
        from: Date,
        to: Date,
        replaces: Option<String>,
    },
    Undo {
        entry: u64,
    },
}

impl Act {
    fn wish(self) -> Wish {
        match self {
            Act::Accept { claim } => Wish::Accept { claim },
            Act::Reject { claim } => Wish::Reject { claim },
            Act::Add { document, words, start, end, kind, mode, speaker, fields } => {
                let fields = fields.into_iter().collect();
                Wish::Add { document, words, place: start.zip(end), kind, mode, speaker, fields }
            }
            Act::Correct { claim, field, value } => Wish::Correct { claim, field, value },
            Act::Merge { incidents } => Wish::Merge { incidents },
            Act::Split { claims } => Wish::Split { claims },
            Act::GradeSource { source, grade } => Wish::GradeSource { source, grade },
            Act::GradeClaim { claim, grade } => Wish::GradeClaim { claim, grade },
            Act::Note { on, words } => Wish::Note { on, words },
            Act::SignOff { from, to, replaces } => Wish::SignOff { period: Period { from, to }, replaces },
            Act::Undo { entry } => Wish::Undo { entry },
        }
    }
}

/// The entry of a decision.
#[derive(Serialize)]
pub(crate) struct Entered {
    entry: u64,
}

/// `POST /api/v1/decisions`.
pub(crate) async fn post(
    State(room): State<Arc<Room>>,
    visitor: Visitor,
    bytes: Bytes,
) -> Result<(StatusCode, Json<Entered>), Refusal> {
    let (by, asked): (_, Asked) = (visitor.known()?.clone(), body(&bytes)?);
    let judges = matches!(asked.act, Act::GradeSource { .. } | Act::SignOff { .. });
    if judges && by.role < Role::Reviewer {
        return Err(Refusal::forbidden("this is for reviewers and administrators"));
    }
    let entry = record(&room, &by, asked.act.wish(), asked.why).await?;
    Ok((StatusCode::CREATED, Json(Entered { entry })))
}
