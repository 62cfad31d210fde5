//! Logging in and out, and the one-time link by which a password is set.

use std::sync::Arc;
use std::time::Instant;

use askama::Template;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Redirect, Response};
use jiff::Timestamp;

use super::html;
use crate::accounts::{Account, Secret};
use crate::error::Refusal;
use crate::filter::Query;
use crate::form::{Fields, own_path, with_cookie};
use crate::frame::Frame;
use crate::guard::FORM_COOKIE;
use crate::limiter::Who;
use crate::room::{Room, aside};
use crate::visitor::{Visitor, cookie, cookie_name};

#[derive(Template)]
#[template(path = "login.html")]
struct Login {
    frame: Frame,
    next: String,
    problem: Option<String>,
}

#[derive(Template)]
#[template(path = "welcome.html")]
struct Welcome {
    frame: Frame,
    link: String,
    name: Option<String>,
    problem: Option<String>,
}

/// `GET /login`.
pub(crate) async fn get(
    State(room): State<Arc<Room>>,
    visitor: Visitor,
    headers: HeaderMap,
    query: Query,
) -> Result<Response, Refusal> {
    let next = query.iter().find(|(n, _)| n == "next").and_then(|(_, v)| own_path(v)).unwrap_or("/").to_owned();
    let shown = |frame| html(&Login { frame, next, problem: None });
    with_form(&room, &visitor, &headers, "Log in", shown)
}

/// A page with a form for somebody who has not logged in: its word lies in a cookie.
fn with_form(
    room: &Room,
    visitor: &Visitor,
    headers: &HeaderMap,
    title: &str,
    page: impl FnOnce(Frame) -> super::Page,
) -> Result<Response, Refusal> {
    let word = match cookie(headers, FORM_COOKIE).filter(|w| w.len() >= 43) {
        Some(word) => word,
        None => Secret::new()?.reveal().to_owned(),
    };
    let frame = Frame::bare(room, Some(visitor), title);
    let csrf = if visitor.csrf.is_empty() { word.clone() } else { visitor.csrf.clone() };
    with_cookie(page(Frame { csrf, ..frame })?, FORM_COOKIE, Some(&word), !room.options.is_loopback())
}

/// `POST /login`.
pub(crate) async fn post(
    State(room): State<Arc<Room>>,
    visitor: Visitor,
    headers: HeaderMap,
    fields: Fields,
) -> Result<Response, Refusal> {
    let (name, next) = (fields.get("name").to_owned(), own_path(fields.get("next")).unwrap_or("/").to_owned());
    let who = Who { name: name.clone(), address: visitor.address };
    let wait = room.limiter.try_once(&who, Instant::now());
    if !wait.is_zero() {
        return slowed(&room, &visitor, &headers, next, wait.as_secs() + 1);
    }
    let password = fields.0.iter().find(|(n, _)| n == "password").map(|(_, v)| v.clone()).unwrap_or_default();
    let (accounts, given) = (Arc::clone(&room), name.clone());
    let found = aside(move || Ok(accounts.accounts.log_in(&given, &password)?)).await?;
    let Some(account) = found else {
        tracing::warn!(name, "a login failed");
        let problem = Some("The name and the password do not belong together.".to_owned());
        let page = with_form(&room, &visitor, &headers, "Log in", |frame| html(&Login { frame, next, problem }))?;
        return Ok((StatusCode::UNAUTHORIZED, page).into_response());
    };
    room.limiter.forgive(&who);
    begin(&room, &account, &next)
}

fn slowed(
    room: &Room,
    visitor: &Visitor,
    headers: &HeaderMap,
    next: String,
    seconds: u64,
) -> Result<Response, Refusal> {
    let problem = Some(format!("Too many tries. The next one counts in {seconds} seconds."));
    let page = with_form(room, visitor, headers, "Log in", |frame| html(&Login { frame, next, problem }))?;
    let mut response = (StatusCode::TOO_MANY_REQUESTS, page).into_response();
    response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from(seconds));
    Ok(response)
}

/// Begins a session.
fn begin(room: &Room, account: &Account, next: &str) -> Result<Response, Refusal> {
    let word = room.accounts.begin(account.id, Timestamp::now())?;
    tracing::info!(name = account.name, "logged in");
    with_cookie(Redirect::to(next), cookie_name(room), Some(word.reveal()), !room.options.is_loopback())
}

/// `POST /logout`.
pub(crate) async fn out(State(room): State<Arc<Room>>, visitor: Visitor) -> Result<Response, Refusal> {
    if let Some(word) = &visitor.session {
        room.accounts.end(word)?;
    }
    with_cookie(Redirect::to("/login"), cookie_name(&room), None, !room.options.is_loopback())
}

/// `GET /welcome/{link}`.
pub(crate) async fn welcome(
    State(room): State<Arc<Room>>,
    visitor: Visitor,
    headers: HeaderMap,
    Path(link): Path<String>,
) -> Result<Response, Refusal> {
    let invited = room.accounts.invited(&link, Timestamp::now())?;
    let name = invited.map(|a| a.name);
    with_form(&room, &visitor, &headers, "Welcome", |frame| html(&Welcome { frame, link, name, problem: None }))
}

/// `POST /welcome/{link}`.
pub(crate) async fn set(
    State(room): State<Arc<Room>>,
    visitor: Visitor,
    headers: HeaderMap,
    Path(link): Path<String>,
    fields: Fields,
) -> Result<Response, Refusal> {
    let invited = room.accounts.invited(&link, Timestamp::now())?;
    let word = |field: &str| fields.0.iter().find(|(n, _)| n == field).map(|(_, v)| v.clone()).unwrap_or_default();
    let (password, again) = (word("password"), word("again"));
    let refused = |problem: String| {
        let name = invited.map(|a| a.name);
        let shown = |frame| html(&Welcome { frame, link: link.clone(), name, problem: Some(problem) });
        Ok((StatusCode::UNPROCESSABLE_ENTITY, with_form(&room, &visitor, &headers, "Welcome", shown)?).into_response())
    };
    if password != again {
        return refused("The two passwords differ.".to_owned());
    }
    let (accounts, given, name) = (Arc::clone(&room), link.clone(), fields.get("name").to_owned());
    let made = aside(move || Ok(accounts.accounts.accept(&given, &name, &password, Timestamp::now()))).await?;
    match made {
        Ok(account) => begin(&room, &account, "/"),
        Err(crate::accounts::AccountsError::Refused(problem)) => refused(format!("Not set: {problem}.")),
        Err(error) => Err(error.into()),
    }
}
