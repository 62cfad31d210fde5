//! The border: its segments and how far each has come, the lines that are proposed, what has to be done first.

mod compare;

use std::sync::Arc;

use askama::Template;
use axum::extract::{Multipart, State};
use axum::http::header;
use axum::response::{IntoResponse, Response};
use exports::border::{Annex, proposer};
use line::border::Drawn;
use line::border::sketch::{Sketch, sketch};
use line::shapes;
use mission::book::{Mission, short};
use mission::border::progress::progress;
use mission::border::{Confirmed, Segment, State as Reached, Version};
use mission::consent::Proposal as Proposed;
use mission::{Act, Action, Object, Role, Viewer, may};

use super::incident::done;
use super::mission::{Looked, Proposal, handed, known, proposals};
use super::{Page, html};
use crate::error::Refusal;
use crate::filter::{Filter, Query};
use crate::form::Fields;
use crate::frame::Frame;
use crate::room::Room;
use crate::visitor::Visitor;
pub(crate) use compare::{beside, get as compare};

#[derive(Template)]
#[template(path = "border.html")]
struct Border {
    frame: Frame,
    looked: Looked,
    shares: Vec<[String; 4]>,
    segments: Vec<Shown>,
    /// Versions of all segments, by which two can be compared.
    versions: Vec<(String, String)>,
    proposals: Vec<Proposal>,
    may_propose: bool,
    may_run: bool,
}

/// A segment as a page shows it.
struct Shown {
    id: String,
    title: String,
    state: &'static str,
    version: Option<u32>,
    length: String,
    waits: Vec<String>,
    without_consent: bool,
    is_agreed: bool,
    versions: Vec<Line>,
    first: Vec<First>,
    /// What was confirmed, and taken back.
    confirmed: Vec<(u64, String)>,
}

/// A line that was proposed.
struct Line {
    number: u32,
    short: String,
    proposal: String,
    by: String,
    map: String,
    at: String,
    km: String,
    stage: &'static str,
    answers: Vec<String>,
    pillars: usize,
    next_pillar: u32,
    /// What those who run the mission may state of it next.
    may: Vec<&'static str>,
}

/// Something that has to be done first.
struct First {
    id: String,
    what: String,
    before: &'static str,
    /// Who confirms it, and whether they did.
    by: Vec<(String, bool)>,
    /// Whether whoever looks may confirm it, and whether they did.
    mine: Option<bool>,
}

/// `GET /border`.
pub(crate) async fn get(State(room): State<Arc<Room>>, visitor: Visitor, query: Query) -> Page {
    let looked = Looked::at(&room, &visitor, &query).await?;
    let frame = looked.frame(&room, &visitor, "Border").done(done(&Filter::parse(&query)?));
    let ground = looked.sight().ground();
    let segments: Vec<Shown> = ground.segments.values().map(|s| shown(&looked, &ground, s)).collect();
    html(&Border {
        shares: if segments.is_empty() { Vec::new() } else { shares(&ground) },
        versions: segments.iter().flat_map(Shown::named).collect(),
        segments,
        proposals: proposals(&looked, |s| s.proposal.segment.is_some()),
        may_propose: may(&looked.viewer, Action::Make, &Object::Proposal(looked.parties())),
        may_run: runs(&looked),
        frame,
        looked,
    })
}

fn runs(looked: &Looked) -> bool {
    matches!(looked.viewer, Viewer::Staff(Role::Chief | Role::Mediator))
}

impl Shown {
    fn named(&self) -> impl Iterator<Item = (String, String)> + '_ {
        let one =
            |v: &Line| (format!("{}/{}", self.id, v.number), format!("{} {}: {}, {}", self.id, v.number, v.by, v.map));
        self.versions.iter().map(one)
    }
}

fn range(min: f64, max: f64) -> String {
    if max - min < 0.05 { format!("{max:.1}") } else { format!("{min:.1} to {max:.1}") }
}

/// How much is in which state: its word, segments, kilometres, per cent.
fn shares(mission: &Mission) -> Vec<[String; 4]> {
    let one = |s: &mission::border::progress::Share| {
        let known = s.unmeasured < s.segments;
        let figures = |min, max| if known { range(min, max) } else { "not known".to_owned() };
        let (mut km, percent) = (figures(s.min_km, s.max_km), figures(s.min_percent, s.max_percent));
        if known && s.unmeasured > 0 {
            km.push_str(&format!(" (the length of {} is not known)", s.unmeasured));
        }
        [s.state.as_str().to_owned(), s.segments.to_string(), km, percent]
    };
    progress(mission).iter().filter(|s| s.segments > 0).map(one).collect()
}

fn shown(looked: &Looked, ground: &Mission, segment: &Segment) -> Shown {
    let standing = ground.standing(segment);
    let (min, max) = ground.metres(segment);
    let whole = looked.sight().whole_segment(segment);
    let length =
        if max <= 0.0 { "length not known".to_owned() } else { format!("{} km", range(min / 1000.0, max / 1000.0)) };
    Shown {
        id: segment.id.clone(),
        title: segment.title.clone(),
        state: standing.state.as_str(),
        version: standing.version,
        length,
        waits: if whole { standing.waits.iter().map(|w| looked.with_titles(w)).collect() } else { Vec::new() },
        without_consent: standing.without_consent,
        is_agreed: standing.state >= Reached::Agreed,
        versions: segment.versions.iter().map(|v| version(looked, ground, segment, v)).collect(),
        first: segment.preconditions.iter().map(|p| first(looked, segment, p)).collect(),
        confirmed: segment.confirmations.iter().map(|c| (c.done.entry, confirmed(looked, segment, c))).collect(),
    }
}

fn version(looked: &Looked, ground: &Mission, segment: &Segment, version: &Version) -> Line {
    let subject = ground.proposed(version);
    let reached = ground.reached(segment, version);
    let given = subject.into_iter().flat_map(|s| s.needs.iter().filter_map(|p| s.last(p)));
    let next = version.pillars.keys().next_back().map_or(1, |n| n + 1);
    let may = match reached {
        _ if !runs(looked) => Vec::new(),
        Some(Reached::Agreed) if version.delimited.is_none() => vec!["delimit"],
        Some(Reached::Delimited) if version.pillars.is_empty() => vec!["pillar"],
        Some(Reached::Delimited) => vec!["pillar", "demarcate"],
        _ => Vec::new(),
    };
    Line {
        number: version.number,
        short: short(&version.proposal).to_owned(),
        proposal: version.proposal.clone(),
        by: subject.map(|s| looked.title(proposer(s))).unwrap_or_default(),
        map: version.drawn.map.clone(),
        at: subject.map(|s| looked.time(s.at)).unwrap_or_default(),
        km: format!("{:.1} km", version.course.length() / 1000.0),
        stage: match reached {
            Some(state) if state >= Reached::Agreed => state.as_str(),
            _ => subject.map_or("", |s| ground.stage(s).as_str()),
        },
        answers: given.map(|g| format!("{} {}", looked.title(&g.party), g.answer.as_str())).collect(),
        pillars: version.pillars.len(),
        next_pillar: next,
        may,
    }
}

fn first(looked: &Looked, segment: &Segment, precondition: &mission::border::Precondition) -> First {
    let own = looked.mandate().map(|m| m.party.clone()).unwrap_or_default();
    let name = |who: &String| if *who == own { looked.name() } else { looked.title(who) };
    let me = match &looked.viewer {
        Viewer::Liaison(party) => Some(party.clone()),
        Viewer::Staff(Role::Verifier | Role::Chief) => Some(own.clone()),
        _ => None,
    };
    let is_met = |who: &String| segment.is_confirmed(&precondition.id, who);
    First {
        id: precondition.id.clone(),
        what: precondition.what.clone(),
        before: precondition.before.as_str(),
        by: precondition.confirmed_by.iter().map(|who| (name(who), is_met(who))).collect(),
        mine: me.filter(|who| precondition.confirmed_by.contains(who)).map(|who| is_met(&who)),
    }
}

fn confirmed(looked: &Looked, segment: &Segment, confirmed: &Confirmed) -> String {
    let Confirmed { who, precondition, met, reports, done } = confirmed;
    let what = segment.preconditions.iter().find(|p| p.id == *precondition).map_or(precondition.as_str(), |p| &p.what);
    let word = if *met { "confirmed" } else { "took back that it had confirmed" };
    let reports = if reports.is_empty() { String::new() } else { format!(", by report {}", reports.join(", ")) };
    let words = if done.words.is_empty() { String::new() } else { format!(": “{}”", done.words) };
    let own = looked.mandate().is_some_and(|m| m.party == *who);
    let who = if own { looked.name() } else { looked.title(who) };
    format!("{}, {who} {word} {what}{reports}{words}", looked.time(done.on))
}

/// `POST /border/propose`: a line for a segment, from a file or a text of GeoJSON.
pub(crate) async fn propose(
    State(room): State<Arc<Room>>,
    visitor: Visitor,
    parts: Multipart,
) -> Result<Response, Refusal> {
    let (_, part) = known(&visitor)?;
    if !may(&part.viewer(), Action::Make, &Object::Proposal(Vec::new())) {
        return Err(Refusal::forbidden("lines are proposed by parties, a mediator or the chief of a mission"));
    }
    let (fields, text) = sent(parts).await?;
    let drawn = drawn(&fields, &text)?;
    let some = |name: &str| Some(fields.get(name).replace("\r\n", "\n")).filter(|v| !v.is_empty());
    let needed = |name: &str| some(name).ok_or_else(|| Refusal::wrong(format!("{name}: is missing")));
    let proposal = Proposed {
        subject: "border-segment".to_owned(),
        title: some("title").unwrap_or_else(|| drawn.map.clone()),
        words: some("words").unwrap_or_default(),
        instead_of: some("instead-of"),
        segment: Some(needed("segment")?),
        drawn: Some(drawn),
        ..Proposed::default()
    };
    handed(&room, &visitor, Act::Propose(proposal), fields.back("/border")).await
}

/// The fields of a form, and the text of its file.
async fn sent(mut parts: Multipart) -> Result<(Fields, String), Refusal> {
    let wrong = |e: axum::extract::multipart::MultipartError| Refusal::wrong(format!("the form cannot be read: {e}"));
    let (mut fields, mut text) = (Fields::default(), String::new());
    while let Some(part) = parts.next_field().await.map_err(wrong)? {
        let (name, is_file) = (part.name().unwrap_or_default().to_owned(), part.file_name().is_some());
        let bytes = part.bytes().await.map_err(wrong)?;
        let read = String::from_utf8(bytes.to_vec()).map_err(|_| {
            let hint = "a GeoPackage is proposed by `trucewatch border propose`";
            Refusal::wrong(format!("{name}: is no text")).hint(hint)
        })?;
        match is_file {
            true if read.is_empty() => {}
            true => text = read,
            false => fields.0.push((name, read)),
        }
    }
    let pasted = fields.get("geojson").to_owned();
    if text.is_empty() {
        text = pasted;
    }
    Ok((fields, text))
}

/// The line that a text draws, on the map that is named.
fn drawn(fields: &Fields, text: &str) -> Result<Drawn, Refusal> {
    let all = shapes::read(text).map_err(|e| Refusal::wrong(format!("file: {e}")).hint(e.hint()))?;
    let part = Some(fields.get("feature")).filter(|f| !f.is_empty());
    let Sketch { mut drawn, .. } =
        sketch(&all, part).map_err(|e| Refusal::wrong(format!("file: {e}")).hint(e.hint()))?;
    if !fields.get("map").is_empty() {
        fields.get("map").clone_into(&mut drawn.map);
    }
    drawn.course().map_err(|e| Refusal::wrong(format!("file: {e}")).hint(e.hint()))?;
    Ok(drawn)
}

#[derive(Template)]
#[template(path = "annex.html")]
struct AnnexPage {
    frame: Frame,
    looked: Looked,
    lines: [String; 4],
    cells: Vec<Vec<String>>,
    query: String,
}

/// `GET /border/annex`: the coordinates of a line, as a page, CSV or DOCX.
pub(crate) async fn annex(State(room): State<Arc<Room>>, visitor: Visitor, query: Query) -> Result<Response, Refusal> {
    let (filter, looked) = (Filter::parse(&query)?, Looked::at(&room, &visitor, &query).await?);
    let ground = looked.sight().ground();
    let id = filter.rest.get("segment").cloned().unwrap_or_default();
    let none = || Refusal::missing(format!("there is no segment `{id}` that you may see"));
    let segment = ground.segments.get(&id).ok_or_else(none)?;
    let number = filter
        .rest
        .get("version")
        .map(|n| n.parse::<u32>().map_err(|_| Refusal::wrong(format!("version: `{n}` is no number"))));
    let annex = Annex::of(&ground, segment, number.transpose()?).map_err(Refusal::missing)?;
    let broken = |e: exports::ExportError| Refusal::broken(e.to_string());
    match filter.rest.get("format").map(String::as_str) {
        Some("csv") => Ok(file(annex.csv().map_err(broken)?, "text/csv; charset=utf-8", "annex.csv")),
        Some("docx") => {
            let kind = "application/vnd.openxmlformats-officedocument.wordprocessingml.document";
            Ok(file(annex.docx().map_err(broken)?, kind, "annex.docx"))
        }
        Some(other) => Err(Refusal::wrong(format!("format: `{other}` is neither csv nor docx"))),
        None => {
            let frame = looked.frame(&room, &visitor, &annex.title());
            let mut query = form_urlencoded::Serializer::new(String::from("?"));
            query.append_pair("segment", &id).append_pair("version", &annex.version().number.to_string());
            if looked.all.len() > 1 {
                query.append_pair("mission", &looked.id);
            }
            let (lines, cells, query) = (annex.lines(), annex.cells(), query.finish());
            Ok(html(&AnnexPage { frame, looked, lines, cells, query })?.into_response())
        }
    }
}

/// `GET /border.gpkg`: all versions and pillars that may be seen.
pub(crate) async fn package(
    State(room): State<Arc<Room>>,
    visitor: Visitor,
    query: Query,
) -> Result<Response, Refusal> {
    let looked = Looked::at(&room, &visitor, &query).await?;
    let bytes = exports::border::geopackage(&looked.sight().ground()).map_err(|e| Refusal::broken(e.to_string()))?;
    Ok(file(bytes, "application/geopackage+sqlite3", "border.gpkg"))
}

fn file(bytes: Vec<u8>, kind: &'static str, name: &str) -> Response {
    let heads = [
        (header::CONTENT_TYPE, kind.to_owned()),
        (header::CONTENT_DISPOSITION, format!("attachment; filename=\"{name}\"")),
    ];
    (heads, bytes).into_response()
}
