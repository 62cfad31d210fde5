//! `trucewatch border import` and `export`: versions of segments in and out.

use std::io::Write;
use std::path::Path;

use exports::table::{Cell, Column, Kind, Table};
use geo::{Geometry, LineString, Point};
use geojson::JsonObject;
use line::{earth, shapes};
use mission::book::Mission;
use mission::border::register::{Act, Entry};
use mission::border::{Segment, State, Version};
use serde_json::{Value, json};

use super::register::{self, Kept, proposer};
use crate::args::border::{Export, Import};
use crate::failure::{Exit, Failure};

/// Prints the entry that proposes a line.
pub(super) fn import(args: &Import, out: &mut dyn Write) -> Result<Exit, Failure> {
    let drawn = register::proposed(&args.file, args.map.as_ref())?;
    let Import { segment, by, at, words, .. } = args;
    let (segment, by, words) = (segment.clone(), by.clone(), words.clone());
    let entry = Entry { at: *at, by, segment, words, act: Act::Propose(drawn) };
    let line = serde_json::to_string(&entry).map_err(|e| Failure::from(std::io::Error::other(e)))?;
    writeln!(out, "{line}")?;
    Ok(Exit::Done)
}

/// Writes all versions into a file.
pub(super) fn export(args: &Export, ledger: Option<&Path>) -> Result<Exit, Failure> {
    let kept = Kept::read(args.register.as_deref(), &args.books, ledger)?;
    if args.to.exists() {
        let hint = "name a file that is not there yet";
        return Err(Failure::new(format!("{} is there already", args.to.display()), hint));
    }
    let wrong = |e: std::io::Error| {
        Failure::new(format!("{}: {e}", args.to.display()), "give a file in a folder that can be written to")
    };
    match args.to.extension().and_then(|e| e.to_str()) {
        Some("gpkg") => {
            let bytes =
                packaged(&kept.mission).map_err(|e| Failure::new(e.to_string(), "write it as .geojson instead"))?;
            std::fs::write(&args.to, bytes).map_err(wrong)?;
        }
        Some("geojson" | "json") => std::fs::write(&args.to, geojson(&kept.mission)).map_err(wrong)?,
        _ => {
            let message = format!("{} is neither .geojson nor .gpkg", args.to.display());
            return Err(Failure::new(message, "name a file with one of these endings"));
        }
    }
    kept.tell_refused();
    Ok(if kept.refused.is_empty() { Exit::Done } else { Exit::NotInOrder })
}

/// Versions and pillars as GeoJSON.
pub(super) fn geojson(mission: &Mission) -> String {
    let features = features(mission);
    shapes::write(features.iter().map(|(geometry, told)| shapes::feature(geometry, told.clone())).collect())
}

/// The columns of a GeoPackage of versions and pillars: name, what its cells hold, what it means.
const COLUMNS: &[Column] = &[
    column("kind", Kind::Text, "version or pillar"),
    column("id", Kind::Text, "segment and version"),
    column("segment", Kind::Text, "id of the segment"),
    column("title", Kind::Text, "what the segment is called"),
    column("version", Kind::Whole, "number of the version, from 1"),
    column("proposal", Kind::Text, "id of what was proposed"),
    column("state", Kind::Text, "how far the segment has come"),
    column("is_the_line", Kind::Flag, "whether this version is the agreed line"),
    column("by", Kind::Text, "who proposed it"),
    column("map", Kind::Text, "on which map"),
    column("at", Kind::Text, "when it was proposed"),
    column("left", Kind::Text, "whose land lies on the left hand of somebody who follows the line"),
    column("right", Kind::Text, "whose land lies on the right hand"),
    column("consents", Kind::Text, "what each party answered last, as JSON"),
    column("delimited", Kind::Text, "when it was laid down in coordinates"),
    column("demarcated", Kind::Text, "when it was declared marked"),
    column("metres", Kind::Real, "length along the geodesics"),
    column("pillar", Kind::Whole, "number of the pillar"),
];

const fn column(name: &'static str, kind: Kind, says: &'static str) -> Column {
    Column { name, kind, tag: "", says }
}

/// Versions and pillars as a GeoPackage.
fn packaged(mission: &Mission) -> Result<Vec<u8>, exports::ExportError> {
    let (shapes, told): (Vec<Geometry<f64>>, Vec<JsonObject>) = features(mission).into_iter().unzip();
    let row = |told: &JsonObject| COLUMNS.iter().map(|c| cell(told.get(c.name))).collect();
    let says = "Every version of every segment as it was proposed, and its pillars; degrees, EPSG:4326";
    let table = Table { name: "border", says, columns: COLUMNS, rows: told.iter().map(row).collect() };
    exports::geopackage::layer(&table, &shapes)
}

fn cell(value: Option<&Value>) -> Cell {
    match value {
        None | Some(Value::Null) => Cell::Empty,
        Some(Value::String(words)) => Cell::Text(words.clone()),
        Some(Value::Bool(is)) => Cell::Flag(*is),
        Some(Value::Number(number)) => {
            number.as_i64().map(Cell::Whole).or(number.as_f64().map(Cell::Real)).unwrap_or(Cell::Empty)
        }
        Some(other) => Cell::Text(other.to_string()),
    }
}

/// Versions as lines, pillars as points; each with the same properties, null where they say nothing.
fn features(mission: &Mission) -> Vec<(Geometry<f64>, JsonObject)> {
    let mut features = Vec::new();
    for segment in mission.segments.values() {
        for (number, version) in segment.numbered() {
            let told = properties(mission, segment, number, version);
            let line = LineString::new(earth::unbroken(version.course.vertices()));
            features.push((Geometry::LineString(line), told.clone()));
            features.extend(version.pillars.iter().map(|(pillar, stands)| {
                let mut told = told.clone();
                told.insert("kind".to_owned(), json!("pillar"));
                told.insert("pillar".to_owned(), json!(pillar));
                (Geometry::Point(Point::from(stands.position)), told)
            }));
        }
    }
    features
}

/// What is told of a version.
pub(super) fn properties(mission: &Mission, segment: &Segment, number: u32, version: &Version) -> JsonObject {
    let standing = mission.standing(segment);
    let subject = mission.proposed(version);
    let answers = subject.into_iter().flat_map(|s| s.needs.iter().filter_map(|p| s.last(p)));
    let consents: Value = answers.map(|g| (g.party.clone(), json!(g.answer))).collect::<JsonObject>().into();
    let told = json!({
        "kind": "version",
        "id": format!("{}/{number}", segment.id),
        "segment": segment.id,
        "title": segment.title,
        "version": number,
        "proposal": version.proposal,
        "state": standing.state,
        "is_the_line": standing.version == Some(number) && standing.state >= State::Agreed,
        "by": subject.map(proposer),
        "map": version.drawn.map,
        "at": subject.map(|s| s.at.to_string()),
        "left": version.drawn.left,
        "right": version.drawn.right,
        "consents": consents,
        "delimited": version.delimited.as_ref().map(|d| d.on.to_string()),
        "demarcated": subject.and_then(|s| s.executed.as_ref()).map(|d| d.on.to_string()),
        "metres": version.course.length(),
        "pillar": null,
    });
    told.as_object().cloned().unwrap_or_default()
}
