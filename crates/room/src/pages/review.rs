//! The review queue: batches that others are not given at the same time, second readers, and how far people agree.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use askama::Template;
use axum::extract::State;
use axum::response::Redirect;
use desk::decide::Wish;
use desk::diff::name_of;
use jiff::Timestamp;
use ledger::decision::{Act, Conflict, Decided};
use ledger::{Ledger, Moment};

use super::claim::one_line;
use super::decide::record;
use super::documents::cut_off;
use super::incident::done;
use super::{Page, html};
use crate::accounts::Lease;
use crate::books::DOUBTFUL;
use crate::error::Refusal;
use crate::filter::{Filter, Query};
use crate::form::{Fields, done as told};
use crate::frame::Frame;
use crate::room::Room;
use crate::visitor::Visitor;

/// Documents of a batch.
const BATCH: usize = 5;
/// Claims that are looked through for those that wait.
const LOOKED: usize = 5_000;
/// How the note begins by which a reader says that there is nothing to decide in a document.
const NOTHING: &str = "reviewed: nothing here";

#[derive(Template)]
#[template(path = "review.html")]
struct Review {
    frame: Frame,
    batch: Vec<Batch>,
    until: Option<String>,
    left: usize,
    conflicts: Vec<(Conflict, String)>,
    earlier: Vec<(String, u64)>,
    agreement: Agreement,
    two_readers: bool,
}

/// A document of a batch, with what waits in it.
struct Batch {
    id: String,
    name: String,
    claims: Vec<Waits>,
}

#[derive(Clone)]
struct Waits {
    id: String,
    what: String,
    words: String,
    why: String,
}

/// How far reviewers agree.
#[derive(Debug, Default, PartialEq)]
pub(crate) struct Agreement {
    /// Claims on which two people or more decided.
    pub(crate) shared: usize,
    /// Of these, on which they decided the same.
    pub(crate) agreed: usize,
    /// Cohen's kappa over pairs of decisions, in words, where it can be told.
    pub(crate) kappa: Option<String>,
    /// Claims on which they differ, with who said what.
    pub(crate) disputed: Vec<(String, String)>,
}

/// `GET /review`.
pub(crate) async fn get(State(room): State<Arc<Room>>, visitor: Visitor, query: Query) -> Page {
    let filter = Filter::parse(&query)?;
    let by = visitor.known()?.clone();
    let frame = Frame { nav: "/review", ..Frame::bare(&room, Some(&visitor), "Review") }.done(done(&filter));
    let (lease, settings) = (room.accounts.leased(by.id, Timestamp::now())?, room.accounts.settings()?);
    let held = Arc::clone(&room);
    let page = room.read(move |ledger| {
        let moment = ledger.moment(None)?;
        let sight = held.sight_in(ledger, &visitor)?;
        let mut queue = queue(ledger, moment, &by.name, settings.two_readers)?;
        queue.retain(|document, _| sight.shows(document));
        let conflicts = ledger.conflicts(moment)?.into_iter().filter(|c| sight.shows(&c.document));
        let named = |c: Conflict| {
            let name = name_of(ledger, &c.document);
            (c, name)
        };
        let version = env!("CARGO_PKG_VERSION");
        let earlier = ledger.readers(moment)?.into_iter().filter(|(r, _)| r.version != version);
        let Lease { documents, until } = lease;
        Ok(Review {
            frame: Frame { cut_off: cut_off(ledger, moment)?, ..frame },
            left: queue.keys().filter(|d| !documents.contains(d)).count(),
            batch: batch(ledger, &documents, &queue)?,
            until: until.map(crate::books::in_words),
            conflicts: conflicts.map(named).collect(),
            earlier: earlier.map(|(r, n)| (r.version, n)).collect(),
            agreement: agreement(&ledger.decisions(moment)?),
            two_readers: settings.two_readers,
        })
    });
    html(&page.await?)
}

fn batch(ledger: &Ledger, documents: &[String], queue: &Queue) -> Result<Vec<Batch>, Refusal> {
    let one = |id: &String| {
        let waits = queue.get(id).cloned().unwrap_or_default();
        let claims = waits.iter().map(|w| shown(ledger, w)).collect::<Result<Vec<_>, Refusal>>()?;
        Ok(Batch { id: id.clone(), name: name_of(ledger, id), claims })
    };
    documents.iter().map(one).collect()
}

fn shown(ledger: &Ledger, (id, why): &(String, String)) -> Result<Waits, Refusal> {
    let claim = ledger.claim_as_read(id)?;
    let source = ledger.recall(&claim.document, ledger.moment(None)?)?.map(|r| r.source);
    let words = source.map(|s| one_line(s.words(claim.span))).unwrap_or_default();
    let what = format!("{}, {}; {}", claim.kind.value, claim.mode.value, claim.speaker.value.name);
    Ok(Waits { id: id.clone(), what, words, why: why.clone() })
}

/// Documents with claims that wait, each with why.
type Queue = BTreeMap<String, Vec<(String, String)>>;

/// What waits for somebody: doubtful claims on which nobody decided; and, where two people are to read, those on which
/// one other person did. Documents in which somebody found nothing to decide wait no longer.
fn queue(ledger: &Ledger, moment: Moment, me: &str, two_readers: bool) -> Result<Queue, Refusal> {
    let decisions = ledger.decisions(moment)?;
    let done: BTreeSet<&str> = decisions.iter().filter(|d| d.undone.is_none()).filter_map(nothing_in).collect();
    let mut queue = Queue::new();
    for waiting in ledger.waiting(DOUBTFUL, LOOKED, moment)? {
        if !done.contains(waiting.document.as_str()) {
            queue.entry(waiting.document).or_default().push((waiting.claim, waiting.why));
        }
    }
    for (claim, (document, by)) in if two_readers { voted(&decisions) } else { BTreeMap::new() } {
        if by.len() == 1 && !by.contains_key(me) {
            let first = by.keys().next().cloned().unwrap_or_default();
            queue.entry(document).or_default().push((claim, format!("decided by {first}, waits for a second reader")));
        }
    }
    Ok(queue)
}

/// The document in which a decision says that there is nothing to decide.
fn nothing_in(decided: &Decided) -> Option<&str> {
    match &decided.decision.act {
        Act::Note { document: Some(document), words, .. } if words.starts_with(NOTHING) => Some(document),
        _ => None,
    }
}

/// By claim: its document, and whether each person lets it stand.
type Votes = BTreeMap<String, (String, BTreeMap<String, bool>)>;

fn voted(decisions: &[Decided]) -> Votes {
    let mut votes = Votes::new();
    for decided in decisions.iter().filter(|d| d.undone.is_none()) {
        let stands = match decided.decision.act {
            Act::Accept { .. } | Act::Correct { .. } => true,
            Act::Reject { .. } => false,
            _ => continue,
        };
        for anchor in decided.decision.act.claims() {
            let of = votes.entry(anchor.claim.clone()).or_insert_with(|| (anchor.document.clone(), BTreeMap::new()));
            of.1.insert(decided.decision.by.clone(), stands);
        }
    }
    votes
}

/// How far people agree whether claims stand. Kappa compares the share of pairs that agree with the share that would by
/// chance, if each pair drew from how often claims stand at all.
pub(crate) fn agreement(decisions: &[Decided]) -> Agreement {
    let (mut out, mut pairs, mut same, mut stands, mut all) = (Agreement::default(), 0u32, 0u32, 0u32, 0u32);
    for (claim, (_, by)) in voted(decisions).into_iter().filter(|(_, (_, by))| by.len() > 1) {
        let votes: Vec<bool> = by.values().copied().collect();
        let yes = u32::try_from(votes.iter().filter(|v| **v).count()).unwrap_or(0);
        let n = u32::try_from(votes.len()).unwrap_or(0);
        (stands, all) = (stands + yes, all + n);
        pairs += n * (n - 1) / 2;
        same += yes * yes.saturating_sub(1) / 2 + (n - yes) * (n - yes).saturating_sub(1) / 2;
        out.shared += 1;
        if yes == 0 || yes == n {
            out.agreed += 1;
        } else {
            let said =
                |(who, stands): (&String, &bool)| format!("{who}: {}", if *stands { "stands" } else { "rejected" });
            out.disputed.push((claim, by.iter().map(said).collect::<Vec<_>>().join("; ")));
        }
    }
    if pairs > 0 {
        let (seen, share) = (f64::from(same) / f64::from(pairs), f64::from(stands) / f64::from(all));
        let chance = share * share + (1.0 - share) * (1.0 - share);
        out.kappa = (chance < 1.0).then(|| format!("{:.2}", (seen - chance) / (1.0 - chance)));
    }
    out
}

/// `POST /review/take`.
pub(crate) async fn take(State(room): State<Arc<Room>>, visitor: Visitor) -> Result<Redirect, Refusal> {
    let by = visitor.known()?.clone();
    let two = room.accounts.settings()?.two_readers;
    let (held, name) = (Arc::clone(&room), by.name.clone());
    let waiting = room.read(move |ledger| {
        let sight = held.sight_in(ledger, &visitor)?;
        let queue = queue(ledger, ledger.moment(None)?, &name, two)?;
        Ok(queue.into_keys().filter(|document| sight.shows(document)).collect::<Vec<_>>())
    });
    room.accounts.lease(by.id, &waiting.await?, BATCH, Timestamp::now())?;
    Ok(Redirect::to("/review"))
}

/// `POST /review/give-back`.
pub(crate) async fn give_back(
    State(room): State<Arc<Room>>,
    visitor: Visitor,
    fields: Fields,
) -> Result<Redirect, Refusal> {
    let document = Some(fields.get("document")).filter(|d| !d.is_empty());
    room.accounts.give_back(visitor.known()?.id, document)?;
    Ok(Redirect::to("/review"))
}

/// `POST /review/nothing`: there is nothing to decide in a document.
pub(crate) async fn nothing(
    State(room): State<Arc<Room>>,
    visitor: Visitor,
    fields: Fields,
) -> Result<Redirect, Refusal> {
    let (by, document) = (visitor.known()?.clone(), fields.get("document").to_owned());
    let why = fields.get("why").to_owned();
    let wish = Wish::Note { on: document.clone(), words: NOTHING.to_owned() };
    let entry = record(&room, &by, wish, why).await?;
    room.accounts.give_back(by.id, Some(&document))?;
    Ok(told("/review", entry))
}
