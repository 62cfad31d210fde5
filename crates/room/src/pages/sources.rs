//! Sources: what each gave, how reliable people hold it to be, and since when.

use std::collections::BTreeMap;
use std::sync::Arc;

use askama::Template;
use axum::extract::State;
use desk::decide;
use ledger::decision::Act;
use ledger::{Ledger, Moment};

use super::incident::{Line, done};
use super::{Page, html};
use crate::books::{Books, in_words};
use crate::error::Refusal;
use crate::filter::{Filter, Query};
use crate::frame::Frame;
use crate::room::Room;
use crate::visitor::Visitor;

#[derive(Template)]
#[template(path = "sources.html")]
struct Sources {
    frame: Frame,
    days: String,
    all: Vec<Source>,
}

#[derive(Default)]
struct Source {
    name: String,
    documents: usize,
    claims: usize,
    copies: usize,
    grade: Option<&'static str>,
    history: Vec<Line>,
}

/// `GET /sources`.
pub(crate) async fn get(State(room): State<Arc<Room>>, visitor: Visitor, query: Query) -> Page {
    let filter = Filter::parse(&query)?;
    let books = room.books(visitor.part(), filter.wanted(None)?).await?;
    let moment = books.moment;
    let mut history = room.read(move |ledger| graded(ledger, moment)).await?;
    let mut all = counted(&books);
    for name in history.keys() {
        all.entry(name.clone()).or_default();
    }
    let grades = &books.evidence().grades;
    let whole = |(name, source): (String, Source)| {
        let (grade, history) = (grades.get(&name).map(|g| g.as_str()), history.remove(&name).unwrap_or_default());
        Source { name, grade, history, ..source }
    };
    let all = all.into_iter().map(whole).collect();
    let frame = Frame::of(&room, &visitor, "Sources", "/sources", &books).done(done(&filter));
    html(&Sources { frame, days: filter.in_words(), all })
}

fn counted(books: &Books) -> BTreeMap<String, Source> {
    let mut all: BTreeMap<String, Source> = BTreeMap::new();
    let mut of: BTreeMap<&str, usize> = BTreeMap::new();
    for claim in books.record().claims() {
        *of.entry(claim.document.as_str()).or_default() += 1;
    }
    for source in books.record().sources() {
        let name = source.outlet.clone().unwrap_or_else(|| "outlet not known".to_owned());
        let entry = all.entry(name).or_default();
        entry.documents += 1;
        entry.claims += of.get(source.id.as_str()).copied().unwrap_or(0);
        entry.copies += usize::from(source.copy_of.is_some());
    }
    all
}

/// Decisions on how reliable sources are, by source.
fn graded(ledger: &Ledger, moment: Moment) -> Result<BTreeMap<String, Vec<Line>>, Refusal> {
    let mut all: BTreeMap<String, Vec<Line>> = BTreeMap::new();
    for decided in ledger.decisions(moment)? {
        if let Act::GradeSource { source, .. } = &decided.decision.act {
            let (entry, at, words) = (decided.entry, in_words(decided.at), decide::in_words(&decided));
            all.entry(source.clone()).or_default().push(Line { entry, at, words, is_open: decided.undone.is_none() });
        }
    }
    Ok(all)
}
