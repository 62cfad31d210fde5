//! Handing in what is stated: by a form, for those of the mission; as a signed note, for parties.

use std::sync::Arc;

use askama::Template;
use axum::extract::State;
use axum::http::header;
use axum::response::{IntoResponse, Redirect, Response};
use jiff::Timestamp;
use ledger::signing::said;
use ledger::statement::{Handed, Taken};
use mission::book::short;
use mission::{Act, Role, Statement, sha256};

use super::acts::act;
use super::looked::Looked;
use crate::accounts::{Account, Part};
use crate::error::Refusal;
use crate::form::{Fields, done};
use crate::frame::Frame;
use crate::pages::{Page, html};
use crate::room::Room;
use crate::visitor::Visitor;

#[derive(Template)]
#[template(path = "draft.html")]
struct Draft {
    frame: Frame,
    looked: Looked,
    what: &'static str,
    text: String,
    back: String,
}

/// What became of a statement that was handed in.
pub(crate) struct Entered {
    /// Its entry.
    pub(crate) entry: u64,
    /// Its id.
    pub(crate) id: String,
    /// Whether the same was not stated before.
    pub(crate) is_new: bool,
}

/// `POST /mission/state`: what somebody of the mission states.
pub(crate) async fn state(
    State(room): State<Arc<Room>>,
    visitor: Visitor,
    fields: Fields,
) -> Result<Redirect, Refusal> {
    let (by, part) = known(&visitor)?;
    let looked = Looked::of(&room, &visitor, Some(&part.mission)).await?;
    let act = filled(&looked, act(&fields, looked.zone())?)?;
    let entered = stated(&room, &by, &part, act).await?;
    Ok(done(&fields.back("/mission"), entered.entry))
}

/// An act with what a form only points to: the posts of the plan that it names.
fn filled(looked: &Looked, act: Act) -> Result<Act, Refusal> {
    let Act::Propose(mut proposal) = act else { return Ok(act) };
    let named = proposal.plan.clone().filter(|_| proposal.watch.is_empty());
    if let Some(id) = named {
        let none = || Refusal::missing(format!("there is no plan `{id}` that you may see"));
        let planned = looked.mission().plan_of(&id).map_err(|_| none())?;
        if !looked.sees_plans() {
            return Err(none());
        }
        (proposal.plan, proposal.watch) = (Some(planned.id.clone()), planned.plan.watch.clone());
    }
    Ok(Act::Propose(proposal))
}

/// Hands in what a form of another kind states: a party's words come back as a text to sign.
pub(crate) async fn handed(room: &Arc<Room>, visitor: &Visitor, act: Act, back: String) -> Result<Response, Refusal> {
    let (by, part) = known(visitor)?;
    if part.role == Role::Liaison {
        let looked = Looked::of(room, visitor, Some(&part.mission)).await?;
        return Ok(drafted(room, visitor, looked, (&by, &part), act, back)?.into_response());
    }
    let entered = stated(room, &by, &part, act).await?;
    Ok(done(&back, entered.entry).into_response())
}

/// States something in somebody's part. A party's words are not taken so: they come signed.
pub(crate) async fn stated(room: &Arc<Room>, by: &Account, part: &Part, act: Act) -> Result<Entered, Refusal> {
    if part.role == Role::Liaison {
        let hint = "draft it, sign it with `trucewatch sign`, and hand the signed text in";
        return Err(Refusal::forbidden("a party’s words are taken with its own signature alone").hint(hint));
    }
    not_elsewhere(&act)?;
    let text = statement(by, part, act).to_text();
    hand_in(room, &by.name, text).await
}

/// What the room takes no part in: lists with their names, and who opens them.
fn not_elsewhere(act: &Act) -> Result<(), Refusal> {
    match act {
        Act::List(_) | Act::Open { .. } => {
            let hint = "`trucewatch exchange give` and `open` do, where the key lies";
            Err(Refusal::forbidden("lists are neither given nor opened in the room").hint(hint))
        }
        _ => Ok(()),
    }
}

fn statement(by: &Account, part: &Part, act: Act) -> Statement {
    let Part { mission, role, party } = part.clone();
    Statement { mission, at: Timestamp::now(), by: by.name.clone(), role, party, act }
}

/// Hands a text in, signed or not.
pub(crate) async fn hand_in(room: &Arc<Room>, by: &str, note: String) -> Result<Entered, Refusal> {
    let (by, id) = (by.to_owned(), sha256(said(&note).0.as_bytes()));
    let taken = room.write(move |ledger| {
        let handed = Handed { note: &note, sealed: None, by: &by };
        Ok(desk::mission::hand_in(ledger, Timestamp::now(), handed)?)
    });
    Ok(match taken.await? {
        Taken::New(entry) => Entered { entry, id, is_new: true },
        Taken::Known(entry) => Entered { entry, id, is_new: false },
    })
}

/// `POST /mission/draft`: the text that a party signs elsewhere.
pub(crate) async fn draft(State(room): State<Arc<Room>>, visitor: Visitor, fields: Fields) -> Page {
    let (by, part) = known(&visitor)?;
    let looked = Looked::of(&room, &visitor, Some(&part.mission)).await?;
    let act = filled(&looked, act(&fields, looked.zone())?)?;
    drafted(&room, &visitor, looked, (&by, &part), act, fields.back("/mission"))
}

fn drafted(
    room: &Room,
    visitor: &Visitor,
    looked: Looked,
    (by, part): (&Account, &Part),
    act: Act,
    back: String,
) -> Page {
    not_elsewhere(&act)?;
    let what = act.as_str();
    let text = statement(by, part, act).to_text();
    let frame = looked.frame(room, visitor, "A text to sign");
    html(&Draft { frame, looked, what, text, back })
}

/// `POST /mission/draft.txt`: the same as a file.
pub(crate) async fn draft_file(fields: Fields) -> Result<Response, Refusal> {
    let text = lines(&fields, "text");
    let read = Statement::parse(&text).map_err(|e| Refusal::wrong(format!("text: this is no statement: {e}")))?;
    let name = format!(
        "attachment; filename=\"{}-{}.txt\"",
        read.act.as_str().replace(' ', "-"),
        short(&sha256(text.as_bytes()))
    );
    let heads = [(header::CONTENT_TYPE, "text/plain; charset=utf-8".to_owned()), (header::CONTENT_DISPOSITION, name)];
    Ok((heads, text).into_response())
}

/// `POST /mission/submit`: a signed note.
pub(crate) async fn submit(
    State(room): State<Arc<Room>>,
    visitor: Visitor,
    fields: Fields,
) -> Result<Redirect, Refusal> {
    let (by, part) = known(&visitor)?;
    let entered = submitted(&room, &by, &part, lines(&fields, "note")).await?;
    Ok(done(&fields.back("/mission"), entered.entry))
}

/// Hands a signed note in: a party's own liaison does, or those who run the mission, for it.
pub(crate) async fn submitted(room: &Arc<Room>, by: &Account, part: &Part, note: String) -> Result<Entered, Refusal> {
    let (text, is_signed) = said(&note);
    let hint = "give what `trucewatch sign` printed, the text and the signature below it";
    let read =
        Statement::parse(text).map_err(|e| Refusal::wrong(format!("note: this is no statement: {e}")).hint(hint))?;
    if !is_signed {
        return Err(Refusal::wrong("note: it is not signed").hint(hint));
    }
    not_elsewhere(&read.act)?;
    let own = part.role != Role::Liaison || (read.role == Role::Liaison && read.party == part.party);
    if !own || read.mission != part.mission || matches!(part.role, Role::Observer | Role::Verifier) {
        let own = "a liaison hands in what its own party signed, a chief or a mediator what anybody in the mission did";
        return Err(Refusal::forbidden(own));
    }
    hand_in(room, &by.name, note).await
}

/// Whoever states something, and in which part.
pub(crate) fn known(visitor: &Visitor) -> Result<(Account, Part), Refusal> {
    let account = visitor.known()?.clone();
    let part = account.part.clone();
    let part = part.ok_or_else(|| Refusal::forbidden("this is for those who have a part in the mission"))?;
    Ok((account, part))
}

/// A field of several lines, which browsers send with carriage returns; it ends with a line break.
fn lines(fields: &Fields, name: &str) -> String {
    let text = fields.get(name).replace("\r\n", "\n");
    if text.is_empty() { text } else { format!("{text}\n") }
}
