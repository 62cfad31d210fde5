//! Coverage: what was read of which days and areas, and what was not.

use std::sync::Arc;

use askama::Template;
use axum::extract::State;
use publish::v1;
use trucewatch::finding::coverage::coverage;

use super::{Page, html};
use crate::books::Books;
use crate::filter::{Filter, Query};
use crate::frame::Frame;
use crate::room::Room;
use crate::visitor::Visitor;

/// Days that are shown, at most.
const DAYS: i32 = 3660;

#[derive(Template)]
#[template(path = "coverage.html")]
struct Coverage {
    frame: Frame,
    days: Vec<Row>,
    areas: Vec<Row>,
    one_sided: Vec<(String, String, String)>,
}

struct Row {
    name: String,
    is_covered: bool,
    documents: usize,
    sides: String,
    incidents: usize,
}

/// What was read of the days of some books.
pub(crate) fn covered(books: &Books) -> Vec<v1::Covered> {
    let published = || books.record().sources().filter_map(|s| s.published?.last_day());
    let from = books.period.map(|p| p.from).filter(|d| d.year() > 0).or_else(|| published().min());
    let to = books.period.map(|p| p.to).filter(|d| d.year() < 9999).or_else(|| published().max());
    let Some((from, to)) = from.zip(to) else { return Vec::new() };
    let first = to.checked_sub(jiff::Span::new().days(DAYS)).unwrap_or(from);
    v1::Covered::all(&coverage(books.record(), &books.incidents, from.max(first), to))
}

/// `GET /coverage`.
pub(crate) async fn get(State(room): State<Arc<Room>>, visitor: Visitor, query: Query) -> Page {
    let books = room.books(visitor.part(), Filter::parse(&query)?.wanted(None)?).await?;
    let frame = Frame::of(&room, &visitor, "Coverage", "/coverage", &books);
    let (mut days, mut areas, mut one_sided) = (Vec::new(), Vec::new(), Vec::new());
    for covered in covered(&books) {
        match (covered.what.as_str(), &covered.state) {
            (_, None) => {
                let title = books.incident(&covered.id).map(|i| books.title(i)).unwrap_or_default();
                one_sided.push((covered.id.clone(), title, books.party(&covered.name)));
            }
            ("day", _) => days.push(row(&covered, &books)),
            _ => areas.push(row(&covered, &books)),
        }
    }
    days.reverse();
    html(&Coverage { frame, days, areas, one_sided })
}

fn row(covered: &v1::Covered, books: &Books) -> Row {
    let sides: Vec<String> =
        covered.by_side.iter().map(|(side, n)| format!("{} {n}", side_title(side, books))).collect();
    Row {
        name: covered.name.clone(),
        is_covered: covered.state.as_deref() == Some("covered"),
        documents: covered.documents,
        sides: sides.join(", "),
        incidents: covered.incidents,
    }
}

fn side_title(side: &str, books: &Books) -> String {
    if side == trucewatch::pack::PartyId::OTHER { "of no side".to_owned() } else { books.party(side) }
}
