//! One incident with everything behind it.

use std::sync::Arc;

use askama::Template;
use axum::extract::{Path, State};
use desk::decide;
use jiff::ToSpan;
use ledger::history::{Event, What};
use ledger::{Ledger, Moment};
use publish::v1;
use trucewatch::figure::Amount;
use trucewatch::finding::Finding;
use trucewatch::incident::{Incident, Lack};
use trucewatch::when::Interval;

use super::claim::{Round, Shown, number};
use super::{Page, html};
use crate::accounts::Part;
use crate::books::{Books, Days, Wanted, in_words, spaced};
use crate::error::Refusal;
use crate::filter::{Filter, Query};
use crate::frame::Frame;
use crate::missions::Sight;
use crate::room::Room;
use crate::visitor::Visitor;

#[derive(Template)]
#[template(path = "incident.html")]
struct OneIncident {
    frame: Frame,
    id: String,
    date: String,
    standing: &'static str,
    reviewed: &'static str,
    /// What observers did not see of it, where they saw a part: whose words, and what of them.
    unseen: Vec<(String, Vec<&'static str>)>,
    voices: Vec<Voice>,
    origins: Vec<v1::Origin>,
    findings: Vec<Found>,
    tolls: Vec<Figure>,
    history: Vec<Line>,
    back: String,
    others: Vec<(String, String)>,
}

impl OneIncident {
    fn here(&self) -> String {
        format!("/incidents/{}", self.id)
    }
}

struct Voice {
    party: String,
    stance: &'static str,
    claims: Vec<(Shown, String)>,
}

/// A finding in words.
pub(crate) struct Found {
    pub(crate) agreement: String,
    pub(crate) agreement_id: String,
    pub(crate) term: String,
    pub(crate) text: String,
    pub(crate) answer: &'static str,
    pub(crate) why: String,
    pub(crate) alleged: String,
    pub(crate) accused: Vec<(String, &'static str)>,
    pub(crate) facts: Vec<String>,
}

struct Figure {
    who: String,
    what: String,
    words: String,
}

/// Something that was recorded.
pub(crate) struct Line {
    pub(crate) entry: u64,
    pub(crate) at: String,
    pub(crate) words: String,
    /// Whether it is a decision that holds, and can be undone.
    pub(crate) is_open: bool,
}

/// `GET /incidents/{id}`.
pub(crate) async fn get(State(room): State<Arc<Room>>, visitor: Visitor, Path(id): Path<String>, query: Query) -> Page {
    let filter = Filter::parse(&query)?;
    let books = holding(&room, visitor.part(), &id, &filter).await?;
    let incident = books.incident(&id).ok_or_else(|| unknown(&id))?;
    let (claims, moment) = (incident.members.iter().map(|m| m.claim.clone()).collect::<Vec<_>>(), books.moment);
    let (held, who) = (Arc::clone(&room), visitor.clone());
    let history = room.read(move |ledger| history(ledger, &held.sight_in(ledger, &who)?, &claims, moment)).await?;
    let frame = Frame::of(&room, &visitor, &books.title(incident), "/incidents", &books);
    shown(frame.done(done(&filter)), &books, incident, &filter, history)
}

/// The entry of what was just done, where the address names one.
pub(crate) fn done(filter: &Filter) -> Option<u64> {
    filter.rest.get("done").and_then(|entry| entry.parse().ok())
}

pub(crate) fn unknown(id: &str) -> Refusal {
    let hint = "its first claim may be another by now: look for it in the list of incidents";
    Refusal::missing(format!("there is no incident `{id}` in these days")).hint(hint)
}

/// Books that hold an incident: those of the filter, else those of the days round its first claim.
pub(crate) async fn holding(
    room: &Arc<Room>,
    part: Option<&Part>,
    id: &str,
    filter: &Filter,
) -> Result<Arc<Books>, Refusal> {
    let wanted = filter.wanted(None)?;
    let as_of = wanted.as_of;
    let books = room.books(part, wanted).await?;
    if books.incident(id).is_some() {
        return Ok(books);
    }
    let id = id.to_owned();
    let days = room.read(move |ledger| Ok(days_round(ledger, &id)?)).await?;
    room.books(part, Wanted { days, as_of, hidden: None }).await
}

fn days_round(ledger: &Ledger, id: &str) -> Result<Days, ledger::LedgerError> {
    let lead = if id.starts_with("i-") { ledger.leading_claim(id)? } else { id.to_owned() };
    let read = ledger.claim_as_read(&lead)?;
    let published = ledger.recall(&read.document, ledger.moment(None)?)?.and_then(|r| r.source.published);
    let date = read.date.as_ref().map(|d| d.value).or(published);
    let day = date.and_then(|d| d.first_day().or(d.last_day())).unwrap_or_default();
    let reach = |days: i32| day.checked_add(days.days()).unwrap_or(day);
    Ok(Days::Given(Some(reach(-1)), Some(reach(1))))
}

/// The page of an incident.
pub(crate) fn shown(frame: Frame, books: &Books, incident: &Incident, filter: &Filter, history: Vec<Line>) -> Page {
    html(&page(frame, books, incident, filter, history))
}

fn page(frame: Frame, books: &Books, incident: &Incident, filter: &Filter, history: Vec<Line>) -> OneIncident {
    let own = books.told_tolls().iter().filter(|t| t.incident.as_deref() == Some(incident.id.as_str()));
    OneIncident {
        id: incident.id.clone(),
        date: incident.date.map_or_else(|| "no day known".to_owned(), Interval::in_words),
        standing: incident.standing.as_str(),
        reviewed: books.reviewed(incident).in_words(),
        unseen: unseen(books, incident),
        voices: voices(books, incident),
        origins: v1::Incident::new(incident).origins,
        findings: books.findings_on(&incident.id).map(|f| found(f, books)).collect(),
        tolls: own.map(|t| toll(t, books)).collect(),
        history,
        back: format!("{}/incidents{}", frame.root(), filter.tail()),
        others: near(books, incident),
        frame,
    }
}

fn unseen(books: &Books, incident: &Incident) -> Vec<(String, Vec<&'static str>)> {
    let words = |lack: &Lack| match lack {
        Lack::Kind => "that this happened",
        Lack::Doer => "who did it",
        Lack::Figures => "how many",
    };
    let one = |u: &trucewatch::incident::Unseen| {
        let claim = books.record().claim(&u.claim)?;
        Some((spaced(books.record().quote(claim)), u.lacks.iter().map(words).collect()))
    };
    incident.observed.iter().flat_map(|o| &o.rest).filter_map(one).collect()
}

fn voices(books: &Books, incident: &Incident) -> Vec<Voice> {
    let tie = |id: &str| {
        let member = incident.members.iter().find(|m| m.claim == id);
        member.and_then(|m| m.why.as_ref()).map(|t| t.shares.join(", ")).unwrap_or_default()
    };
    let shown = |id: &String| Some((claim(books, id)?, tie(id)));
    let voice = |v: &trucewatch::incident::Voice| Voice {
        party: books.party(v.party.as_str()),
        stance: v.stance.as_str(),
        claims: v.claims.iter().filter_map(shown).collect(),
    };
    incident.voices.iter().map(voice).collect()
}

/// A claim of the books.
pub(crate) fn claim(books: &Books, id: &str) -> Option<Shown> {
    let record = books.record();
    let claim = record.claim(id)?;
    let source = record.source(claim)?;
    let grades = &books.evidence().grades;
    let reliability = source.outlet.as_ref().and_then(|o| grades.get(o)).map(|g| g.as_str());
    let mark = books.evidence().marks.get(id);
    Some(Shown::new(claim, &Round { source, knowledge: record.knowledge(), mark, reliability }))
}

/// A finding in words.
pub(crate) fn found(finding: &Finding, books: &Books) -> Found {
    let wire = v1::Finding::new(finding);
    let agreement = books.record().knowledge().agreements().find(|a| a.id == finding.agreement);
    let term = agreement.and_then(|a| a.terms.iter().find(|t| t.number == finding.term));
    let titles = |ids: &[String]| ids.iter().map(|id| books.party(id)).collect::<Vec<_>>().join(", ");
    let missing = (!wire.missing.is_empty()).then(|| format!("missing: {}", wire.missing.join("; ")));
    Found {
        agreement: agreement.map_or_else(|| finding.agreement.clone(), |a| a.title.clone()),
        agreement_id: finding.agreement.clone(),
        term: finding.term.clone(),
        text: term.map(|t| t.text.clone()).unwrap_or_default(),
        answer: finding.answer.as_str(),
        why: wire.reason.or(missing).unwrap_or_default(),
        alleged: titles(&wire.alleged_by),
        accused: finding.accused.iter().map(|(p, stance)| (books.party(p.as_str()), stance.as_str())).collect(),
        facts: wire.facts,
    }
}

fn toll(toll: &v1::Toll, books: &Books) -> Figure {
    let side = toll.side.as_ref().map(|s| format!(", of {}", books.party(s))).unwrap_or_default();
    let who = if toll.who == "any" { String::new() } else { format!(", {}", toll.who) };
    let denied = if toll.denied { "denied: " } else { "" };
    let about = if toll.approx { "about " } else { "" };
    Figure {
        who: toll.reporter_party.as_ref().map_or_else(|| toll.reporter.clone(), |p| books.party(p)),
        what: format!(
            "{denied}{about}{} {}{who}{side}",
            number(toll.min.map(Amount::from), toll.max.map(Amount::from)),
            spaced(&toll.category).to_lowercase()
        ),
        words: toll.words.clone(),
    }
}

/// Incidents of the same days, with which one may be merged.
fn near(books: &Books, incident: &Incident) -> Vec<(String, String)> {
    let beside = |i: &&Incident| i.id != incident.id && i.date.zip(incident.date).is_none_or(|(a, b)| a.meets(b));
    let told = |i: &Incident| {
        let day = i.date.map_or_else(|| "no day".to_owned(), Interval::in_words);
        (i.id.clone(), format!("{day}, {}", books.title(i)))
    };
    books.incidents.iter().filter(beside).map(told).take(100).collect()
}

/// Everything that was recorded about some claims, the first first.
pub(crate) fn history(ledger: &Ledger, sight: &Sight, claims: &[String], moment: Moment) -> Result<Vec<Line>, Refusal> {
    let mut lines = std::collections::BTreeMap::new();
    for claim in claims {
        let told = |e: &Event| !matches!(&e.what, What::Decided(d) if !sight.tells(&d.decision));
        for event in ledger.history(claim, moment)?.into_iter().filter(told) {
            lines.entry(event.entry).or_insert_with(|| line(&event));
        }
    }
    Ok(lines.into_values().collect())
}

fn line(event: &Event) -> Line {
    let Event { entry, at, what } = event;
    let words = match what {
        What::Document => "a document came in".to_owned(),
        What::Read(reader) => format!("read by version {}", reader.version),
        What::ReadWithout(reader) => format!("read by version {}, which does not find a claim of it", reader.version),
        What::Removed => "removed by policy".to_owned(),
        What::Decided(decided) => decide::in_words(decided),
    };
    let is_open = matches!(what, What::Decided(decided) if decided.undone.is_none());
    Line { entry: *entry, at: in_words(*at), words, is_open }
}
