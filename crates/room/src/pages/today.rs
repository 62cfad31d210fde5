//! Today: the brief, and what waits.

use std::collections::BTreeMap;
use std::sync::Arc;

use askama::Template;
use axum::extract::State;
use jiff::ToSpan;
use jiff::civil::Date;
use publish::v1;
use trucewatch::brief::Period;

use super::incident::done;
use super::{Page, html};
use crate::books::{Books, Days, Waiting, Wanted};
use crate::filter::{Filter, Query};
use crate::frame::Frame;
use crate::room::Room;
use crate::visitor::Visitor;

#[derive(Template)]
#[template(path = "today.html")]
struct Today {
    frame: Frame,
    brief: v1::Brief,
    notes: BTreeMap<usize, String>,
    period: Option<Period>,
    waiting: Waiting,
    before: Option<String>,
    after: Option<String>,
    as_of: Option<String>,
    is_empty: bool,
}

impl Today {
    /// Where a footnote leads: to its claim's words in the document.
    fn target(&self, number: &usize) -> &str {
        self.notes.get(number).map_or("", String::as_str)
    }
}

/// `GET /`.
pub(crate) async fn get(State(room): State<Arc<Room>>, visitor: Visitor, query: Query) -> Page {
    let filter = Filter::parse(&query)?;
    let wanted = match (filter.from, filter.to) {
        (None, None) => Wanted { days: Days::Brief, ..filter.wanted(None)? },
        _ => filter.wanted(None)?,
    };
    let books = room.books(visitor.part(), wanted).await?;
    let held = Arc::clone(&books);
    let waiting = room.read(move |ledger| {
        held.brief();
        held.waiting(ledger)
    });
    let waiting = waiting.await?;
    let frame = Frame::of(&room, &visitor, "Today", "/", &books).done(done(&filter));
    html(&page(frame, &books, waiting, filter.as_of))
}

/// The brief as the public sees it.
pub(crate) fn public(frame: Frame, books: &Books) -> Page {
    html(&page(frame, books, Waiting::default(), None))
}

fn page(frame: Frame, books: &Books, waiting: Waiting, as_of: Option<String>) -> Today {
    let brief = v1::Brief::new(books.brief());
    let target = |n: &v1::Footnote| {
        let claim = n.claims.first().map(|c| format!("#c-{c}")).unwrap_or_default();
        (n.number, format!("/documents/{}{claim}", n.document))
    };
    let notes = brief.footnotes.iter().map(target).collect();
    let root = if frame.is_public { "/public" } else { "/" };
    let (before, after) = books.period.map_or((None, None), |p| (shifted(root, p, -1), shifted(root, p, 1)));
    let is_empty = books.evidence().sources.is_empty();
    Today { frame, brief, notes, period: books.period, waiting, before, after, as_of, is_empty }
}

/// The address of the brief of as many days, earlier or later.
fn shifted(root: &str, period: Period, way: i32) -> Option<String> {
    let length = (period.to - period.from).get_days() + 1;
    let by = |day: Date| day.checked_add((way * length).days()).ok();
    Some(format!("{root}?from={}&to={}", by(period.from)?, by(period.to)?))
}
