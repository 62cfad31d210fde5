//! Posts and the line: who watches from where, which stretches were seen on which day, and where nobody could see.
//!
//! Everything here rests on the posts, patrols and cameras that whoever looks may see.

mod watched;

use std::sync::Arc;

use askama::Template;
use axum::extract::State;
use mission::{Action, Object, may};

use super::incident::done;
use super::mission::{Looked, Proposal, proposals};
use super::{Page, html};
use crate::filter::{Filter, Query};
use crate::frame::Frame;
use crate::room::Room;
use crate::visitor::Visitor;
pub(crate) use watched::{Asked, Watched, mapped, watched};

#[derive(Template)]
#[template(path = "posts.html")]
struct Posts {
    frame: Frame,
    looked: Looked,
    asked: Asked,
    watched: Watched,
    proposals: Vec<Proposal>,
    /// What an address of the same days of the same line ends with.
    query: String,
    may_propose: bool,
}

/// `GET /posts`.
pub(crate) async fn get(State(room): State<Arc<Room>>, visitor: Visitor, query: Query) -> Page {
    let (filter, looked) = (Filter::parse(&query)?, Looked::at(&room, &visitor, &query).await?);
    let frame = looked.frame(&room, &visitor, "Posts and line").done(done(&filter));
    let asked = Asked::of(&room, &visitor, &looked, &filter).await?;
    let watched = watched(&asked).await?;
    let kinds = ["deployment", "post", "patrol-route", "camera"];
    html(&Posts {
        proposals: proposals(&looked, |s| kinds.contains(&s.proposal.subject.as_str())),
        may_propose: may(&looked.viewer, Action::Make, &Object::Proposal(looked.parties())),
        query: asked.query(&looked),
        asked,
        watched,
        frame,
        looked,
    })
}
