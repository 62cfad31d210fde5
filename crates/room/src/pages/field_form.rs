//! The form by which observers report, on a telephone too and where there is no network: with scripts, reports are kept
//! on the device until they are taken (`web/src/field`); without, this is a plain form.

use std::sync::Arc;

use askama::Template;
use axum::extract::{Multipart, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use desk::field::keep;
use ledger::{Added, Ledger};
use mission::field::row::{self, Row, Wrong};
use mission::field::{Attachment, Report, tell, xlsform};
use mission::{Action, Mandate, Object, may};

use super::html;
use super::mission::{Looked, known};
use crate::accounts::{Account, Part};
use crate::error::Refusal;
use crate::form::done;
use crate::frame::Frame;
use crate::room::Room;
use crate::visitor::Visitor;

/// Attachments of a report, at most.
const MOST: usize = 40;

#[derive(Template)]
#[template(path = "field_form.html")]
struct Form {
    frame: Frame,
    looked: Looked,
    who: String,
    id: String,
    groups: Vec<Group>,
    wrong: Vec<(String, String)>,
}

/// Fields that stand together.
struct Group {
    /// The kind of report that they are for; all, where it is empty.
    kind: &'static str,
    title: &'static str,
    fields: Vec<Field>,
}

/// A field of the form.
struct Field {
    name: String,
    kind: String,
    label: String,
    hint: String,
    is_needed: bool,
    choices: Vec<(String, String)>,
    value: String,
    wrong: Option<String>,
}

/// What became of a report.
pub(crate) struct Kept {
    pub(crate) entry: u64,
    pub(crate) document: String,
    pub(crate) is_new: bool,
}

/// `GET /field/`.
pub(crate) async fn get(State(room): State<Arc<Room>>, visitor: Visitor) -> Result<Response, Refusal> {
    let (_, part) = reporter(&visitor)?;
    let looked = Looked::of(&room, &visitor, Some(&part.mission)).await?;
    Ok(page(&room, &visitor, looked, &Row::new(), &[])?.into_response())
}

/// Whoever may report, and in which part.
///
/// # Errors
/// Where the part of whoever asks makes no field reports, or there is none.
pub(crate) fn reporter(visitor: &Visitor) -> Result<(Account, Part), Refusal> {
    let (account, part) = known(visitor)?;
    let may_report = may(&part.viewer(), Action::Make, &Object::FieldReport);
    let barred = || Refusal::forbidden("field reports are made by observers, verifiers and the chief of a mission");
    if may_report { Ok((account, part)) } else { Err(barred()) }
}

fn page(room: &Room, visitor: &Visitor, looked: Looked, row: &Row, wrong: &[Wrong]) -> super::Page {
    let frame = looked.frame(room, visitor, "Report from the field");
    let mandate = looked.mandate().ok_or_else(|| Refusal::missing("the mission has no mandate"))?;
    let groups = groups(mandate, &looked, row, wrong);
    let id = match row.get("instanceid") {
        Some(id) => id.clone(),
        None => crate::accounts::Secret::new()?.reveal().chars().take(32).collect(),
    };
    let wrong = wrong.iter().map(|w| (w.field.clone(), w.problem.clone())).collect();
    let who = visitor.known()?.name.clone();
    html(&Form { frame, who, id, groups, wrong, looked })
}

/// The fields of the XLSForm, in its order, by the kind of report that they are for.
fn groups(mandate: &Mandate, looked: &Looked, row: &Row, wrong: &[Wrong]) -> Vec<Group> {
    let sheets = xlsform::sheets(mandate);
    let rows =
        |name: &str| sheets.iter().find(|(n, _)| *n == name).map(|(_, rows)| rows.as_slice()).unwrap_or_default();
    let choices = rows("choices");
    let (mut who, mut seen, mut access, mut last) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
    for cells in rows("survey").iter().skip(1) {
        let Some(field) = field(cells, choices, looked, row, wrong) else { continue };
        let relevant = cells.get(5).map(String::as_str).unwrap_or_default();
        match (relevant.contains("'observation'"), relevant.contains("'access'")) {
            (true, _) => seen.push(field),
            (_, true) => access.push(field),
            _ if ["remarks", "attachment"].contains(&field.name.as_str()) => last.push(field),
            _ => who.push(field),
        }
    }
    vec![
        Group { kind: "", title: "Who, where and when", fields: who },
        Group { kind: "observation", title: "What was observed", fields: seen },
        Group { kind: "access", title: "How you were hindered", fields: access },
        Group { kind: "", title: "Anything else", fields: last },
    ]
}

fn field(cells: &[String], choices: &[Vec<String>], looked: &Looked, row: &Row, wrong: &[Wrong]) -> Option<Field> {
    let [kind, name, label, hint, needed, ..] = cells else { return None };
    let list = kind.strip_prefix("select_one ").unwrap_or_default();
    let choice = |c: &Vec<String>| -> Option<(String, String)> {
        let [of, value, words] = c.as_slice() else { return None };
        let words = if list == "party" && words == value { looked.title(value) } else { words.clone() };
        (of == list).then(|| (value.clone(), words))
    };
    let said = |w: &&Wrong| w.field == *name || (w.field == name.trim_end_matches("_min") && name.ends_with("_min"));
    Some(Field {
        name: name.clone(),
        kind: if list.is_empty() { kind.clone() } else { "select".to_owned() },
        label: if kind == "geopoint" { format!("{label}, degrees north and east") } else { label.clone() },
        hint: hint.clone(),
        is_needed: needed == "yes",
        choices: choices.iter().filter_map(choice).collect(),
        value: row.get(name).cloned().unwrap_or_default(),
        wrong: wrong.iter().find(said).map(|w| w.problem.clone()),
    })
}

/// `POST /field/`: a report by the plain form. Pictures are hashed and not kept.
pub(crate) async fn post(
    State(room): State<Arc<Room>>,
    visitor: Visitor,
    parts: Multipart,
) -> Result<Response, Refusal> {
    let (by, part) = reporter(&visitor)?;
    let (row, attachments) = sent(parts).await?;
    let looked = Looked::of(&room, &visitor, Some(&part.mission)).await?;
    match take(&room, &by, &part, row.clone(), attachments).await {
        Ok(kept) => Ok(done(&format!("/field-reports/{}", kept.document), kept.entry).into_response()),
        Err(refusal) if !refusal.fields.is_empty() => {
            let wrong = |(field, problem): (String, String)| Wrong { field, problem };
            let wrong: Vec<Wrong> = refusal.fields.into_iter().map(wrong).collect();
            Ok((StatusCode::UNPROCESSABLE_ENTITY, page(&room, &visitor, looked, &row, &wrong)?).into_response())
        }
        Err(refusal) => Err(refusal),
    }
}

/// The fields of a form with the hashes of its files.
async fn sent(mut parts: Multipart) -> Result<(Row, Vec<Attachment>), Refusal> {
    let wrong = |e: axum::extract::multipart::MultipartError| Refusal::wrong(format!("the form cannot be read: {e}"));
    let (mut row, mut attachments) = (Row::new(), Vec::new());
    while let Some(part) = parts.next_field().await.map_err(wrong)? {
        let (name, file) = (part.name().unwrap_or_default().to_owned(), part.file_name().map(str::to_owned));
        let bytes = part.bytes().await.map_err(wrong)?;
        match file {
            Some(file) if !bytes.is_empty() => attachments.push(Attachment {
                name: file,
                sha256: Some(mission::sha256(&bytes)),
                bytes: u64::try_from(bytes.len()).ok(),
            }),
            Some(_) => {}
            None if name == "csrf" => {}
            None => put(&mut row, name, String::from_utf8_lossy(&bytes).into_owned()),
        }
    }
    Ok((row, attachments))
}

fn put(row: &mut Row, name: String, value: String) {
    if !value.trim().is_empty() {
        row.insert(name, value.replace("\r\n", "\n"));
    }
}

/// Takes a report; one that a device has sent before is not taken again.
///
/// # Errors
/// Every field that is missing or wrong; where the mission takes no reports.
pub(crate) async fn take(
    room: &Arc<Room>,
    by: &Account,
    part: &Part,
    row: Row,
    attachments: Vec<Attachment>,
) -> Result<Kept, Refusal> {
    let (held, by, part) = (Arc::clone(room), by.name.clone(), part.clone());
    room.write(move |ledger| {
        let missions = held.missions_in(ledger)?;
        let desk = held.field_desk(&part.mission, missions.chosen(Some(&part.mission), None)?.1)?;
        let report = read(&row, attachments, &desk.mandate)?;
        if let Some(known) = known_by_id(&held, ledger, &part.mission, &report)? {
            return Ok(known);
        }
        let document = tell::tell(&report, &desk.mandate, &*desk).document.id().to_owned();
        let added = keep(ledger, &desk, &[report], &by)?.pop();
        match added {
            // The document, its claims, the form.
            Some(Added::New(entry)) => Ok(Kept { entry: entry + 2, document, is_new: true }),
            Some(Added::Known(entry)) => Ok(Kept { entry, document, is_new: false }),
            None => Err(Refusal::broken("nothing became of the report")),
        }
    })
    .await
}

/// The report in a row, with what a device says of its attachments.
fn read(row: &Row, attachments: Vec<Attachment>, mandate: &Mandate) -> Result<Report, Refusal> {
    let strays = row::strays(row);
    let read = if strays.is_empty() { row::read(row, mandate) } else { Err(strays) };
    let mut report = read.map_err(|wrong| refused(&wrong))?;
    let odd = |a: &Attachment| {
        let hash = a.sha256.as_ref().is_some_and(|h| h.len() != 64 || !h.chars().all(|c| c.is_ascii_hexdigit()));
        hash || a.name.trim().is_empty() || a.name.chars().count() > 200 || a.name.chars().any(char::is_control)
    };
    if attachments.len() > MOST || attachments.iter().any(odd) {
        let problem = format!("at most {MOST}, each with a name and, if any, a SHA-256 in hex");
        return Err(refused(&[Wrong { field: "attachment".to_owned(), problem }]));
    }
    report.attachments.extend(attachments);
    Ok(report)
}

fn refused(wrong: &[Wrong]) -> Refusal {
    let told: Vec<String> = wrong.iter().map(ToString::to_string).collect();
    let fields = wrong.iter().map(|w| (w.field.clone(), w.problem.clone())).collect();
    Refusal { fields, ..Refusal::wrong(told.join("; ")) }
}

/// The report that a device has sent before under the same id.
fn known_by_id(room: &Room, ledger: &Ledger, mission: &str, report: &Report) -> Result<Option<Kept>, Refusal> {
    let Some(id) = &report.id else { return Ok(None) };
    let missions = room.missions_in(ledger)?;
    let found = missions.reports(mission).iter().find(|t| t.report.id.as_ref() == Some(id));
    Ok(found.map(|t| Kept { entry: t.entry, document: t.document.clone(), is_new: false }))
}
