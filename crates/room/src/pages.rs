//! The pages, one file each.

pub(crate) mod accounts;
pub(crate) mod add;
pub(crate) mod agreements;
pub(crate) mod backups;
pub(crate) mod border;
pub(crate) mod claim;
pub(crate) mod coverage;
pub(crate) mod decide;
pub(crate) mod document;
pub(crate) mod documents;
pub(crate) mod exchanges;
pub(crate) mod export;
pub(crate) mod field;
pub(crate) mod field_form;
pub(crate) mod hooks;
pub(crate) mod incident;
pub(crate) mod incidents;
pub(crate) mod issued;
pub(crate) mod log;
pub(crate) mod login;
pub(crate) mod map;
pub(crate) mod mission;
pub(crate) mod packs;
pub(crate) mod plans;
pub(crate) mod posts;
pub(crate) mod promises;
pub(crate) mod public;
pub(crate) mod review;
pub(crate) mod sources;
pub(crate) mod tiles;
pub(crate) mod timeline;
pub(crate) mod today;
pub(crate) mod tolls;
pub(crate) mod verification;
pub(crate) mod watch;

use askama::Template;
use axum::Json;
use axum::response::{Html, IntoResponse, Response};
use serde_json::{Value, json};

use crate::error::Refusal;
use crate::frame::Frame;

/// A page.
pub(crate) type Page = Result<Html<String>, Refusal>;

/// A template as a page.
pub(crate) fn html(template: &impl Template) -> Page {
    template.render().map(Html).map_err(|e| Refusal::broken(e.to_string()))
}

/// `GET /healthz`.
pub(crate) async fn health() -> Json<Value> {
    Json(json!({"status": "up"}))
}

#[derive(Template)]
#[template(path = "refused.html")]
struct Refused<'a> {
    frame: Frame,
    refusal: &'a Refusal,
}

/// The page that says why something was refused.
pub(crate) fn refused(frame: Frame, refusal: &Refusal) -> Response {
    html(&Refused { frame, refusal }).map_or_else(|e| e.message.into_response(), IntoResponse::into_response)
}
