//! One's own account with its tokens; and, for administrators, all accounts and what the public sees.

use std::collections::BTreeSet;
use std::sync::Arc;

use askama::Template;
use axum::extract::{Path, State};
use axum::response::{IntoResponse, Redirect, Response};
use jiff::Timestamp;
use mission::book::Mission;

use super::{Page, html};
use crate::accounts::{Account, Part, Role, Scope, Settings, Token};
use crate::books::in_words;
use crate::error::Refusal;
use crate::form::Fields;
use crate::frame::Frame;
use crate::room::{Room, aside};
use crate::visitor::Visitor;

#[derive(Template)]
#[template(path = "account.html")]
struct Own {
    frame: Frame,
    name: String,
    tokens: Vec<(Token, String, String)>,
    made: Option<String>,
    problem: Option<String>,
}

#[derive(Template)]
#[template(path = "accounts.html")]
struct All {
    frame: Frame,
    accounts: Vec<Account>,
    roles: [Role; 4],
    /// Parts that there are in the ledger's missions, by their words, and as people read them.
    parts: Vec<(String, String)>,
    settings: Settings,
    link: Option<(String, String)>,
}

/// `GET /account`.
pub(crate) async fn own(State(room): State<Arc<Room>>, visitor: Visitor) -> Page {
    own_page(&room, &visitor, None, None)
}

fn own_page(room: &Room, visitor: &Visitor, made: Option<String>, problem: Option<String>) -> Page {
    let account = visitor.known()?;
    let told = |t: Token| {
        let used = t.used.map_or_else(|| "never used".to_owned(), |u| format!("last used {}", in_words(u)));
        let made = in_words(t.made);
        (t, made, used)
    };
    let tokens = room.accounts.tokens(account.id)?.into_iter().map(told).collect();
    let frame = Frame::bare(room, Some(visitor), "Your account");
    html(&Own { frame, name: account.name.clone(), tokens, made, problem })
}

/// `POST /account/password`.
pub(crate) async fn password(State(room): State<Arc<Room>>, visitor: Visitor, fields: Fields) -> Page {
    let (name, id) = visitor.known().map(|a| (a.name.clone(), a.id))?;
    let word = |field: &str| fields.0.iter().find(|(n, _)| n == field).map(|(_, v)| v.clone()).unwrap_or_default();
    let (old, new, again) = (word("old"), word("password"), word("again"));
    if new != again {
        return own_page(&room, &visitor, None, Some("The two new passwords differ.".to_owned()));
    }
    let (accounts, session) = (Arc::clone(&room), visitor.session.clone());
    let problem = aside(move || {
        if accounts.accounts.log_in(&name, &old)?.is_none() {
            return Ok("The old password is another.".to_owned());
        }
        Ok(match accounts.accounts.set_password(id, &new, session.as_deref()) {
            Ok(()) => "The password is set; other sessions of yours have ended.".to_owned(),
            Err(e) => format!("Not set: {e}."),
        })
    })
    .await?;
    own_page(&room, &visitor, None, Some(problem))
}

/// `POST /account/tokens`.
pub(crate) async fn make_token(State(room): State<Arc<Room>>, visitor: Visitor, fields: Fields) -> Page {
    let scopes: Vec<Scope> = fields.all("scope").iter().filter_map(|s| Scope::parse(s)).collect();
    let made = room.accounts.make_token(visitor.known()?.id, fields.get("name"), &scopes, Timestamp::now())?;
    own_page(&room, &visitor, Some(made.reveal().to_owned()), None)
}

/// `POST /account/tokens/{id}/end`.
pub(crate) async fn end_token(
    State(room): State<Arc<Room>>,
    visitor: Visitor,
    Path(id): Path<i64>,
) -> Result<Redirect, Refusal> {
    room.accounts.end_token(visitor.known()?.id, id)?;
    Ok(Redirect::to("/account"))
}

impl All {
    /// The word of an account's part; nothing where it has none.
    fn part(&self, account: &Account) -> String {
        account.part.as_ref().map(Part::word).unwrap_or_default()
    }
}

/// `GET /accounts`.
pub(crate) async fn all(State(room): State<Arc<Room>>, visitor: Visitor) -> Page {
    all_page(&room, &visitor, None).await
}

async fn all_page(room: &Arc<Room>, visitor: &Visitor, link: Option<(String, String)>) -> Page {
    let missions = room.missions().await?;
    let frame = Frame { nav: "/accounts", ..Frame::bare(room, Some(visitor), "Accounts") };
    let (accounts, settings) = (room.accounts.all()?, room.accounts.settings()?);
    let held = accounts.iter().filter_map(|a| a.part.clone());
    let all: BTreeSet<Part> = missions.book.missions.iter().flat_map(|(id, m)| parts(id, m)).chain(held).collect();
    let parts = all.iter().map(|p| (p.word(), format!("{}, {}", p.in_words(), p.mission))).collect();
    html(&All { frame, accounts, roles: Role::ALL, parts, settings, link })
}

/// The parts that there are in a mission.
fn parts(id: &str, mission: &Mission) -> Vec<Part> {
    let parties = mission.parties();
    let part = |role, party| Part { mission: id.to_owned(), role, party };
    let of_mission = mission::Role::ALL.iter().filter(|r| **r != mission::Role::Liaison).map(|r| part(*r, None));
    of_mission.chain(parties.into_iter().map(|p| part(mission::Role::Liaison, Some(p)))).collect()
}

/// `POST /accounts`.
pub(crate) async fn make(State(room): State<Arc<Room>>, visitor: Visitor, fields: Fields) -> Page {
    let (name, role) = (fields.get("name").to_owned(), role(&fields)?);
    let link = room.accounts.make(&name, role, Timestamp::now())?;
    tracing::info!(by = visitor.known()?.name, name, role = role.as_str(), "an account was made");
    all_page(&room, &visitor, Some((name, format!("/welcome/{}", link.reveal())))).await
}

/// `POST /accounts/{id}`.
pub(crate) async fn change(
    State(room): State<Arc<Room>>,
    visitor: Visitor,
    Path(id): Path<i64>,
    fields: Fields,
) -> Result<Response, Refusal> {
    let by = visitor.known()?.name.clone();
    let account = room.accounts.account(id)?;
    tracing::info!(by, name = account.name, what = fields.get("what"), "an account was changed");
    match fields.get("what") {
        "role" => room.accounts.set_role(id, role(&fields)?)?,
        "part" => room.accounts.set_part(id, part(&fields)?.as_ref())?,
        "stop" => room.accounts.set_active(id, false)?,
        "let-in" => room.accounts.set_active(id, true)?,
        "reset" => {
            let link = room.accounts.reset(id, Timestamp::now())?;
            let link = Some((account.name, format!("/welcome/{}", link.reveal())));
            return Ok(all_page(&room, &visitor, link).await?.into_response());
        }
        other => return Err(Refusal::wrong(format!("what: `{other}` is nothing that is done to accounts"))),
    }
    Ok(Redirect::to("/accounts").into_response())
}

/// The part that a form names; none where it names none.
fn part(fields: &Fields) -> Result<Option<Part>, Refusal> {
    let word = fields.get("part");
    let wrong = || Refusal::wrong(format!("part: `{word}` is none"));
    if word.is_empty() { Ok(None) } else { Part::parse(word).map(Some).ok_or_else(wrong) }
}

fn role(fields: &Fields) -> Result<Role, Refusal> {
    let word = fields.get("role");
    Role::parse(word).ok_or_else(|| Refusal::wrong(format!("role: `{word}` is none")))
}

/// `POST /settings`.
pub(crate) async fn settings(
    State(room): State<Arc<Room>>,
    visitor: Visitor,
    fields: Fields,
) -> Result<Redirect, Refusal> {
    let settings = Settings {
        is_public: fields.is_ticked("public"),
        lag_hours: fields.number("lag")?,
        hidden_sources: fields.lines("sources"),
        hidden_names: fields.lines("names"),
        two_readers: fields.is_ticked("two-readers"),
    };
    room.accounts.set(&settings)?;
    tracing::info!(by = visitor.known()?.name, public = settings.is_public, "settings were changed");
    Ok(Redirect::to("/accounts"))
}
