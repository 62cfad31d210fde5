//! A border as others can open it: versions and pillars as GeoJSON and GeoPackage, the annex of coordinates as a table.

use geo::{Geometry, LineString, Point};
use geojson::JsonObject;
use line::border::annex::{Row, rows};
use line::{earth, shapes};
use mission::Subject;
use mission::book::Mission;
use mission::border::{Confirmed, Segment, State, Version};
use serde_json::{Value, json};

use crate::error::ExportError;
use crate::table::{Cell, Column, Kind, Table};

/// Versions and pillars as GeoJSON.
#[must_use]
pub fn geojson(mission: &Mission) -> String {
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
///
/// # Errors
/// Where the temporary file that SQLite writes to cannot be made.
pub fn geopackage(mission: &Mission) -> Result<Vec<u8>, ExportError> {
    let (shapes, told): (Vec<Geometry<f64>>, Vec<JsonObject>) = features(mission).into_iter().unzip();
    let row = |told: &JsonObject| COLUMNS.iter().map(|c| cell(told.get(c.name))).collect();
    let says = "Every version of every segment as it was proposed, and its pillars; degrees, EPSG:4326";
    let table = Table { name: "border", says, columns: COLUMNS, rows: told.iter().map(row).collect() };
    crate::geopackage::layer(&table, &shapes)
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

/// What is told of a version, in GeoJSON and elsewhere.
#[must_use]
pub fn properties(mission: &Mission, segment: &Segment, number: u32, version: &Version) -> JsonObject {
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

/// A segment with all that is told of it.
#[must_use]
pub fn segment(mission: &Mission, segment: &Segment) -> Value {
    let (standing, (min_m, max_m)) = (mission.standing(segment), mission.metres(segment));
    let confirmed = |c: &Confirmed| {
        json!({ "who": c.who, "precondition": c.precondition, "met": c.met, "on": c.done.on, "entry": c.done.entry,
                "reports": c.reports, "words": c.done.words })
    };
    json!({
        "id": segment.id,
        "title": segment.title,
        "parties": segment.parties,
        "state": standing.state,
        "version": standing.version,
        "stands_without_consent": standing.without_consent,
        "waits": standing.waits,
        "min_m": min_m,
        "max_m": max_m,
        "agreed": standing.state >= State::Agreed,
        "preconditions": segment.preconditions,
        "confirmations": segment.confirmations.iter().map(confirmed).collect::<Vec<_>>(),
        "versions": segment.numbered().map(|(n, v)| properties(mission, segment, n, v)).collect::<Vec<_>>(),
    })
}

/// The party that proposed something, else who did.
#[must_use]
pub fn proposer(subject: &Subject) -> &str {
    subject.party.as_deref().unwrap_or(&subject.by)
}

/// The annex of a version: its coordinates, and how far it has come.
pub struct Annex<'a> {
    segment: &'a Segment,
    version: &'a Version,
    standing: &'static str,
    rows: Vec<Row>,
}

impl<'a> Annex<'a> {
    /// The heads of its columns.
    pub const HEADS: [&'static str; 8] =
        ["point", "lat", "lon", "lat_dms", "lon_dms", "along_m", "to_next_m", "azimuth"];

    /// Of a version of a segment; of the agreed one where none is named.
    ///
    /// # Errors
    /// That there is no such version, or no agreed one, in words.
    pub fn of(mission: &Mission, segment: &'a Segment, number: Option<u32>) -> Result<Annex<'a>, String> {
        let standing = mission.standing(segment);
        let agreed = standing.version.filter(|_| standing.state >= State::Agreed);
        let none = || format!("the segment `{}` is {}, so no version of it is the line", segment.id, standing.state);
        let number = number.or(agreed).ok_or_else(none)?;
        let missing = || format!("the segment `{}` has no version {number}", segment.id);
        let version = segment.version(number).ok_or_else(missing)?;
        let standing = if agreed == Some(number) { standing.state.as_str() } else { "not agreed" };
        Ok(Annex { segment, version, standing, rows: rows(version.course.vertices()) })
    }

    /// The version that it is of.
    #[must_use]
    pub fn version(&self) -> &'a Version {
        self.version
    }

    /// Whether it is of the agreed line.
    #[must_use]
    pub fn is_agreed(&self) -> bool {
        self.standing != "not agreed"
    }

    /// Its title.
    #[must_use]
    pub fn title(&self) -> String {
        format!("{}: coordinates", self.segment.title)
    }

    /// What it is of, in which coordinates.
    #[must_use]
    pub fn lines(&self) -> [String; 4] {
        let drawn = &self.version.drawn;
        let hand = |side: &Option<String>| side.clone().unwrap_or_else(|| "not said".to_owned());
        let (left, right) = (hand(&drawn.left), hand(&drawn.right));
        [
            format!(
                "Segment {}, version {}, {}; drawn on {}",
                self.segment.id, self.version.number, self.standing, drawn.map
            ),
            format!("On the left hand of somebody who follows the line: {left}; on the right: {right}"),
            "Degrees on WGS 84 (EPSG:4326); vertices are joined by geodesics, lengths and azimuths are theirs"
                .to_owned(),
            format!("{} points, {:.2} m", self.rows.len(), self.version.course.length()),
        ]
    }

    /// Its rows, as values.
    #[must_use]
    pub fn rows(&self) -> &[Row] {
        &self.rows
    }

    /// Its rows, as they are printed.
    #[must_use]
    pub fn cells(&self) -> Vec<Vec<String>> {
        self.rows.iter().map(|row| cells(row).to_vec()).collect()
    }

    /// As CSV.
    ///
    /// # Errors
    /// None that is known: writing to memory does not fail.
    pub fn csv(&self) -> Result<Vec<u8>, ExportError> {
        let mut writer = ::csv::Writer::from_writer(Vec::new());
        let wrong = |e: ::csv::Error| ExportError::from(std::io::Error::other(e));
        writer.write_record(Annex::HEADS).map_err(wrong)?;
        self.rows.iter().try_for_each(|row| writer.write_record(cells(row))).map_err(wrong)?;
        writer.into_inner().map_err(|e| ExportError::from(std::io::Error::other(e.to_string())))
    }

    /// As DOCX.
    ///
    /// # Errors
    /// None that is known: writing to memory does not fail.
    pub fn docx(&self) -> Result<Vec<u8>, ExportError> {
        crate::docx::table(&self.title(), &self.lines(), &Annex::HEADS, &self.cells())
    }
}

fn cells(row: &Row) -> [String; 8] {
    let figure = |value: Option<f64>, places: usize| value.map(|v| format!("{v:.places$}")).unwrap_or_default();
    let Row { point, lat, lon, lat_dms, lon_dms, along_m, to_next_m, azimuth } = row;
    let (lat, lon, lat_dms, lon_dms) = (lat.clone(), lon.clone(), lat_dms.clone(), lon_dms.clone());
    [
        point.to_string(),
        lat,
        lon,
        lat_dms,
        lon_dms,
        figure(Some(*along_m), 2),
        figure(*to_next_m, 2),
        figure(*azimuth, 4),
    ]
}
