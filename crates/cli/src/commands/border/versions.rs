//! `trucewatch border annex`, `import` and `export`: versions of segments in and out.

use std::io::Write;

use geo::{Geometry, LineString, Point};
use geojson::JsonObject;
use line::border::annex::{Row, rows};
use line::border::register::{Act, Segment, Version};
use line::border::{Entry, Register, State};
use line::{Course, earth, shapes};
use serde_json::{Value, json};

use super::files::named;
use super::{geopackage, register};
use crate::args::border::{Annex, Export, Import, TableFormat};
use crate::failure::{Exit, Failure, note};

/// Prints the coordinates of a version.
pub(super) fn annex(args: &Annex, out: &mut dyn Write) -> Result<Exit, Failure> {
    let (register, _) = register::replay(&args.register, None)?;
    let known: Vec<&str> = register.segments().map(|(id, _)| id).collect();
    let no_segment = || {
        let message = format!("{}: no segment `{}`", args.register.display(), args.segment);
        Failure::new(message, format!("segments are {}", known.join(", ")))
    };
    let segment = register.segment(&args.segment).ok_or_else(no_segment)?;
    let standing = segment.standing();
    let agreed = standing.version.filter(|_| standing.state >= State::Agreed);
    let number = args.version_number.or(agreed).ok_or_else(|| {
        let message = format!("the segment `{}` is {}, so no version of it is the line", args.segment, standing.state);
        Failure::new(message, format!("name one of its {} versions with --version-number", segment.versions.len()))
    })?;
    let no_version = || {
        let message = format!("the segment `{}` has no version {number}", args.segment);
        Failure::new(message, format!("it has {}", segment.versions.len()))
    };
    let version = segment.version(number).ok_or_else(no_version)?;
    if agreed != Some(number) {
        note(&format!("version {number} is not agreed"));
    }
    table(&rows(version.course.vertices()), args.format, out)?;
    Ok(Exit::Done)
}

const HEADS: [&str; 8] = ["point", "lat", "lon", "lat_dms", "lon_dms", "along_m", "to_next_m", "azimuth"];

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

fn table(rows: &[Row], format: TableFormat, out: &mut dyn Write) -> Result<(), Failure> {
    match format {
        TableFormat::Md => {
            writeln!(out, "| {} |", HEADS.join(" | "))?;
            writeln!(out, "|{}", " ---: |".repeat(HEADS.len()))?;
            rows.iter().try_for_each(|row| writeln!(out, "| {} |", cells(row).join(" | ")))?;
        }
        TableFormat::Csv => {
            let mut writer = csv::Writer::from_writer(out);
            let wrong = |e: csv::Error| Failure::from(std::io::Error::other(e));
            writer.write_record(HEADS).map_err(wrong)?;
            rows.iter().try_for_each(|row| writer.write_record(cells(row))).map_err(wrong)?;
            writer.flush()?;
        }
        TableFormat::Json => writeln!(out, "{:#}", json!(rows))?,
    }
    Ok(())
}

/// Prints the entry that proposes a line.
pub(super) fn import(args: &Import, out: &mut dyn Write) -> Result<Exit, Failure> {
    let (path, part) = named(&args.file);
    let (mut drawn, _, number) = register::drawn(path, part)?;
    let unfit = |e: line::Unfit| Failure::new(format!("{}: feature {number}: {e}", path.display()), e.hint());
    Course::new(&drawn.line).map_err(unfit)?;
    if let Some(map) = &args.map {
        drawn.map.clone_from(map);
    }
    if drawn.map.is_empty() {
        let hint = "name the map, with its year and scale where they are known, with --map";
        return Err(Failure::new(format!("{}: on which map the line is drawn is not said", path.display()), hint));
    }
    let Import { segment, by, at, words, .. } = args;
    let (segment, by, words) = (segment.clone(), by.clone(), words.clone());
    let entry = Entry { at: *at, by, segment, words, act: Act::Propose(drawn) };
    let line = serde_json::to_string(&entry).map_err(|e| Failure::from(std::io::Error::other(e)))?;
    writeln!(out, "{line}")?;
    Ok(Exit::Done)
}

/// Writes all versions into a file.
pub(super) fn export(args: &Export) -> Result<Exit, Failure> {
    let (register, refused) = register::replay(&args.register, None)?;
    if args.to.exists() {
        let hint = "name a file that is not there yet";
        return Err(Failure::new(format!("{} is there already", args.to.display()), hint));
    }
    match args.to.extension().and_then(|e| e.to_str()) {
        Some("gpkg") => geopackage::write(&args.to, "border", &features(&register))?,
        Some("geojson" | "json") => {
            let wrong = |e| {
                Failure::new(format!("{}: {e}", args.to.display()), "give a file in a folder that can be written to")
            };
            std::fs::write(&args.to, geojson(&register)).map_err(wrong)?;
        }
        _ => {
            let message = format!("{} is neither .geojson nor .gpkg", args.to.display());
            return Err(Failure::new(message, "name a file with one of these endings"));
        }
    }
    Ok(if refused.is_empty() { Exit::Done } else { Exit::NotInOrder })
}

/// Versions and pillars as GeoJSON.
pub(super) fn geojson(register: &Register) -> String {
    let features = features(register);
    shapes::write(features.iter().map(|(geometry, told)| shapes::feature(geometry, told.clone())).collect())
}

/// Versions as lines, pillars as points; each with the same properties, null where they say nothing.
fn features(register: &Register) -> Vec<(Geometry<f64>, JsonObject)> {
    let mut features = Vec::new();
    for (id, segment) in register.segments() {
        for (number, version) in (1u32..).zip(&segment.versions) {
            let told = properties(id, segment, number, version);
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
pub(super) fn properties(id: &str, segment: &Segment, number: u32, version: &Version) -> JsonObject {
    let standing = segment.standing();
    let stands = standing.version == Some(number) && standing.state >= State::Agreed;
    let consents: Value = version.consents.iter().map(|(p, a)| (p.to_owned(), json!(a))).collect::<JsonObject>().into();
    let time = |at: Option<jiff::Timestamp>| at.map(|t| t.to_string());
    let told = json!({
        "kind": "version",
        "id": format!("{id}/{number}"),
        "segment": id,
        "title": segment.title,
        "version": number,
        "state": standing.state,
        "is_the_line": stands,
        "by": version.by,
        "map": version.drawn.map,
        "at": version.at.to_string(),
        "left": version.drawn.left,
        "right": version.drawn.right,
        "consents": consents,
        "delimited": time(version.delimited),
        "demarcated": time(version.demarcated),
        "metres": version.course.length(),
        "pillar": null,
    });
    told.as_object().cloned().unwrap_or_default()
}
