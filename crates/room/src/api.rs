//! The API, version 1: the pages' lists as JSON, on the wire types of `publish::v1`.

mod decisions;
mod describe;
mod entries;
mod ground;
mod lists;
mod mission;
mod reports;

pub(crate) use decisions::{all as decisions, post as decide};
pub(crate) use describe::{json as openapi, page as described};
pub(crate) use entries::{all as entries, one as entry};
pub(crate) use ground::{
    compared as border_compared, compared_shapes as border_compared_shapes, plan_shapes, plans as post_plans,
    segments as border_segments, shapes as border_shapes, watched as watched_line, watched_shapes,
};
pub(crate) use lists::{
    agreements, brief, claims, coverage, findings, geojson, incident, incidents, promises, timeline, tolls,
};
pub(crate) use mission::{
    add_report as add_field_report, allegations, exchange, missions, proposals, report as mission_report,
    reports as field_reports, shapes as field_shapes, state as make_statement, words as mission_words,
};
pub(crate) use reports::{add as add_document, all as documents, one as document};

use publish::v1;
use serde::de::DeserializeOwned;

use crate::error::Refusal;
use crate::filter::Filter;

/// Items of a page where nobody says how many.
const USUAL: usize = 100;
/// Items of a page, at most.
const MOST: usize = 500;

/// How many items a page may have.
fn limit(filter: &Filter) -> Result<usize, Refusal> {
    let Some(word) = filter.rest.get("limit") else { return Ok(USUAL) };
    let wrong = || Refusal::wrong(format!("limit: `{word}` is no number from 1 to {MOST}"));
    word.parse().ok().filter(|n| (1..=MOST).contains(n)).ok_or_else(wrong)
}

/// A page of a list, as the address asks.
fn page<T>(items: Vec<T>, id: impl Fn(&T) -> &str, filter: &Filter) -> Result<v1::Page<T>, Refusal> {
    let page = v1::Page::of(items, id, filter.after.as_deref(), Some(limit(filter)?));
    page.map_err(|e| {
        Refusal::wrong(format!("after: {e}")).hint("give the `next` of the page before, with the same filter")
    })
}

/// What a body of JSON holds.
fn body<T: DeserializeOwned>(bytes: &[u8]) -> Result<T, Refusal> {
    serde_json::from_slice(bytes).map_err(|e| Refusal::wrong(format!("the body is not in its form: {e}")))
}
