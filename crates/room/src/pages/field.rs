//! Field reports: what observers heard and saw, or did not, and who kept them from looking. What is not published is
//! for the mission's observers, verifiers and chief.

use std::sync::Arc;

use askama::Template;
use axum::extract::{Path, State};
use axum::http::header;
use axum::response::{IntoResponse, Response};
use mission::field::sector::Sector;
use mission::field::{Attachment, Content, Hindrance, How, Observation, Report, Training, xlsform};
use mission::{Action, Object, may};
use serde_json::{Value, json};

use super::incident::done;
use super::mission::Looked;
use super::{Page, html};
use crate::error::Refusal;
use crate::filter::{Filter, Query};
use crate::frame::Frame;
use crate::missions::Told;
use crate::room::Room;
use crate::visitor::Visitor;

/// Reports on a page.
const PAGE: usize = 100;

#[derive(Template)]
#[template(path = "field_reports.html")]
struct Reports {
    frame: Frame,
    looked: Looked,
    kind: String,
    from: String,
    to: String,
    rows: Vec<Row>,
    count: usize,
    next: Option<String>,
    may_report: bool,
}

impl Reports {
    fn is(&self, kind: &str) -> bool {
        self.kind == kind
    }
}

/// A report in a list.
pub(crate) struct Row {
    pub(crate) document: String,
    pub(crate) number: String,
    observer: String,
    position: String,
    pub(crate) at: String,
    kind: &'static str,
    pub(crate) what: String,
    is_published: bool,
}

#[derive(Template)]
#[template(path = "field_report.html")]
struct OneReport {
    frame: Frame,
    looked: Looked,
    row: Row,
    entry: u64,
    by: String,
    taken: String,
    words: Vec<String>,
    facts: Vec<(&'static str, String)>,
    attachments: Vec<Attachment>,
    has_shape: bool,
    may_publish: bool,
}

/// The field reports of a mission that somebody may see, the newest first.
pub(crate) fn seen(looked: &Looked) -> impl Iterator<Item = &Told> {
    let all = looked.missions.reports(&looked.id).iter().rev();
    all.filter(|t| looked.sight().report(&t.document))
}

/// `GET /field-reports`.
pub(crate) async fn all(State(room): State<Arc<Room>>, visitor: Visitor, query: Query) -> Page {
    let (filter, looked) = (Filter::parse(&query)?, Looked::at(&room, &visitor, &query).await?);
    let frame = looked.frame(&room, &visitor, "Field reports").done(done(&filter));
    let kind = filter.rest.get("kind").cloned().unwrap_or_default();
    let before = filter.after.as_deref().map(str::parse::<u64>).transpose();
    let before = before.map_err(|_| Refusal::wrong("after: it is no number of an entry"))?;
    let fits = |t: &&Told| {
        let day = t.report.local(t.report.from).date();
        (kind.is_empty() || desk::field::kind(&t.report) == kind)
            && filter.from.is_none_or(|from| day >= from)
            && filter.to.is_none_or(|to| day <= to)
    };
    let shown: Vec<&Told> = seen(&looked).filter(fits).collect();
    let count = shown.len();
    let mut rest = shown.into_iter().filter(|t| before.is_none_or(|b| t.entry < b));
    let page: Vec<&Told> = rest.by_ref().take(PAGE).collect();
    let next = page.last().map(|t| t.entry).filter(|_| rest.next().is_some());
    let next = next.map(|entry| after(entry, &kind, &filter, &looked));
    let rows = page.into_iter().map(|t| row(&looked, t)).collect();
    let may_report = may(&looked.viewer, Action::Make, &Object::FieldReport);
    let day = |d: Option<jiff::civil::Date>| d.map(|d| d.to_string()).unwrap_or_default();
    let (from, to) = (day(filter.from), day(filter.to));
    html(&Reports { frame, kind, from, to, rows, count, next, may_report, looked })
}

/// The address of the reports before an entry, under the same filter.
fn after(entry: u64, kind: &str, filter: &Filter, looked: &Looked) -> String {
    let mut query = form_urlencoded::Serializer::new(filter.query());
    query.append_pair("after", &entry.to_string());
    if !kind.is_empty() {
        query.append_pair("kind", kind);
    }
    if looked.all.len() > 1 {
        query.append_pair("mission", &looked.id);
    }
    format!("/field-reports?{}", query.finish())
}

/// A report in a list.
pub(crate) fn row(looked: &Looked, told: &Told) -> Row {
    let Told { document, report, .. } = told;
    Row {
        document: document.clone(),
        number: report.number.clone(),
        observer: report.observer.clone(),
        position: report.position.name.clone(),
        at: report.local(report.from).strftime("%Y-%m-%d %H:%M").to_string(),
        kind: desk::field::kind(report),
        what: summary(report, &|p| looked.title(p)),
        is_published: looked.mission().published.contains(document),
    }
}

/// A report in a few words.
fn summary(report: &Report, title: &dyn Fn(&str) -> String) -> String {
    match &report.content {
        Content::Nil => "nothing observed".to_owned(),
        Content::Access(access) => {
            let what = if access.what == Hindrance::Denied { "refused" } else { "held up" };
            let by = access.by.as_deref().map(|p| format!(" by {}", title(p))).unwrap_or_default();
            let minutes = access.minutes.map(|m| format!(", {m} minutes")).unwrap_or_default();
            format!("{what}{by} at {}{minutes}", access.place)
        }
        Content::Observation(seen) => observed(seen),
    }
}

fn observed(seen: &Observation) -> String {
    let count = seen.count.map(|c| format!("{} ", c.words())).unwrap_or_default();
    let noun = seen.what().map_or(seen.thing.as_str(), |t| t.many.as_str());
    let how = match seen.how {
        How::Heard => "heard",
        How::Saw => "seen",
        How::Camera => "seen by camera",
        How::Sensor => "registered by sensor",
    };
    let bearing = seen.bearing.map(|b| format!(", {:.0}°–{:.0}°", b.from, b.to)).unwrap_or_default();
    let far = seen.distance_km.map(|d| format!(", {} km away", d.words())).unwrap_or_default();
    format!("{count}{noun}, {how}{bearing}{far}")
}

/// The report of a document, as far as whoever looks may see it.
///
/// # Errors
/// Where there is none that they may see.
pub(crate) fn found<'a>(looked: &'a Looked, id: &str) -> Result<&'a Told, Refusal> {
    let gone = || Refusal::missing(format!("there is no field report `{id}` that you may see"));
    let begun = |t: &&Told| t.document == id || (id.len() >= 12 && t.document.starts_with(id));
    seen(looked).find(begun).ok_or_else(gone)
}

/// `GET /field-reports/{id}`.
pub(crate) async fn one(State(room): State<Arc<Room>>, visitor: Visitor, Path(id): Path<String>, query: Query) -> Page {
    let (filter, looked) = (Filter::parse(&query)?, Looked::at(&room, &visitor, &query).await?);
    let told = found(&looked, &id)?.clone();
    let title = format!("Field report {}", told.report.number);
    let frame = looked.frame(&room, &visitor, &title).done(done(&filter));
    let document = told.document.clone();
    let words = room.read(move |ledger| {
        let recalled = ledger.recall(&document, ledger.moment(None)?)?;
        let text = recalled.map(|r| r.source.text.to_string()).unwrap_or_default();
        Ok(text.split("\n\n").skip(1).map(str::to_owned).collect())
    });
    html(&OneReport {
        words: words.await?,
        row: row(&looked, &told),
        facts: facts(&told.report, &looked),
        entry: told.entry,
        by: told.by.clone(),
        taken: looked.time(told.at),
        attachments: told.report.attachments.clone(),
        has_shape: shape(&looked, &told).is_some(),
        may_publish: may(&looked.viewer, Action::Publish, &Object::FieldReport),
        frame,
        looked,
    })
}

/// What a report says, field by field, beside its words.
fn facts(report: &Report, looked: &Looked) -> Vec<(&'static str, String)> {
    let place = &report.position;
    let point = place.point.map(|[lat, lon]| format!("{lat:.4}, {lon:.4}"));
    let doubt = (place.uncertainty_m > 0.0).then(|| format!("{:.0} m", place.uncertainty_m));
    let mut facts = vec![
        ("Kind", Some(desk::field::kind(report).to_owned())),
        ("Position, degrees north and east", point),
        ("Doubt of the position", doubt),
        ("Controlled by", place.controlled_by.as_deref().map(|p| looked.title(p))),
    ];
    if let Some(seen) = report.observation() {
        let training = match seen.training {
            Training::Unknown => "not known",
            Training::Yes => "yes",
            Training::No => "no",
        };
        facts.extend([
            ("Weapon", seen.weapon.clone()),
            ("Assessed", Some(if seen.assessed { "yes" } else { "no: undetermined" }.to_owned())),
            ("Seen doing it", seen.doer.as_deref().map(|p| looked.title(p))),
            ("Exercise", Some(training.to_owned())),
        ]);
    }
    facts.push(("Id made on the device", report.id.clone()));
    facts.into_iter().filter_map(|(name, value)| Some((name, value?))).collect()
}

/// A report as a feature of GeoJSON: the sector in which a thing was; where its observers were, if no more is known.
pub(crate) fn shape(looked: &Looked, told: &Told) -> Option<Value> {
    let report = &told.report;
    let point = || report.position.point.map(|[lat, lon]| json!({"type": "Point", "coordinates": [lon, lat]}));
    let sector = Sector::of(report).map(|s| s.geojson());
    let what = if sector.is_some() { "sector" } else { "position" };
    let properties = json!({
        "entry": told.entry,
        "document": told.document,
        "number": report.number,
        "observer": report.observer,
        "kind": desk::field::kind(report),
        "from": report.from,
        "until": report.until,
        "shape": what,
        "told": summary(report, &|p| p.to_owned()),
        "at": report.position.point.map(|[lat, lon]| [lon, lat]),
        "href": format!("/field-reports/{}{}", told.document, looked.tail()),
    });
    Some(json!({"type": "Feature", "properties": properties, "geometry": sector.or_else(point)?}))
}

/// `GET /field-form.xlsx`: the form for KoboToolbox and ODK.
pub(crate) async fn form(State(room): State<Arc<Room>>, visitor: Visitor, query: Query) -> Result<Response, Refusal> {
    let looked = Looked::at(&room, &visitor, &query).await?;
    let mandate = looked.mandate().filter(|_| looked.is_inside() || looked.mission().is_mandated());
    let mandate = mandate.ok_or_else(|| Refusal::missing("there is no mandate that you may see"))?;
    let bytes = xlsform::xlsx(mandate).map_err(|e| Refusal::broken(format!("the form: {e}")))?;
    let kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
    let heads =
        [(header::CONTENT_TYPE, kind), (header::CONTENT_DISPOSITION, "attachment; filename=\"field-form.xlsx\"")];
    Ok((heads, bytes).into_response())
}
