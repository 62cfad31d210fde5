//! `trucewatch border annex`: the coordinates of a line, as a table.

use std::fs;
use std::io::Write;
use std::path::Path;

use line::border::annex::{Row, rows};
use mission::border::{Segment, State, Version};
use serde_json::json;

use super::register::Kept;
use crate::args::border::{Annex, TableFormat};
use crate::failure::{Exit, Failure, note};

/// Writes the coordinates of a version.
pub(super) fn run(args: &Annex, ledger: Option<&Path>, out: &mut dyn Write) -> Result<Exit, Failure> {
    let kept = Kept::read(args.register.as_deref(), &args.books, ledger)?;
    let mission = &kept.mission;
    let known: Vec<&str> = mission.segments.keys().map(String::as_str).collect();
    let no_segment = || {
        let message = format!("{}: no segment `{}`", kept.name, args.segment);
        Failure::new(message, format!("segments are {}", known.join(", ")))
    };
    let segment = mission.segments.get(&args.segment).ok_or_else(no_segment)?;
    let standing = mission.standing(segment);
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
    let standing = if agreed == Some(number) { standing.state.as_str() } else { "not agreed" };
    if agreed != Some(number) {
        note(&format!("version {number} is not agreed"));
    }
    let bytes = written(segment, version, (number, standing), args.format)?;
    match &args.to {
        Some(path) => fs::write(path, bytes).map_err(|e| {
            Failure::new(format!("{}: {e}", path.display()), "give a file in a folder that can be written to")
        })?,
        None => out.write_all(&bytes)?,
    }
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

fn written(
    segment: &Segment,
    version: &Version,
    (number, standing): (u32, &str),
    format: TableFormat,
) -> Result<Vec<u8>, Failure> {
    let rows = rows(version.course.vertices());
    Ok(match format {
        TableFormat::Md => {
            let lines = rows.iter().map(|row| format!("| {} |\n", cells(row).join(" | ")));
            let head = format!("| {} |\n|{}\n", HEADS.join(" | "), " ---: |".repeat(HEADS.len()));
            std::iter::once(head).chain(lines).collect::<String>().into_bytes()
        }
        TableFormat::Csv => {
            let mut writer = csv::Writer::from_writer(Vec::new());
            writer.write_record(HEADS)?;
            rows.iter().try_for_each(|row| writer.write_record(cells(row)))?;
            writer.into_inner().map_err(|e| Failure::from(std::io::Error::other(e.to_string())))?
        }
        TableFormat::Json => format!("{:#}\n", json!(rows)).into_bytes(),
        TableFormat::Docx => document(segment, version, (number, standing), &rows)?,
    })
}

/// The annex as a document: what it is of, in which coordinates, and the table.
fn document(
    segment: &Segment,
    version: &Version,
    (number, standing): (u32, &str),
    rows: &[Row],
) -> Result<Vec<u8>, Failure> {
    let drawn = &version.drawn;
    let hand = |side: &Option<String>| side.clone().unwrap_or_else(|| "not said".to_owned());
    let lines = [
        format!("Segment {}, version {number}, {standing}; drawn on {}", segment.id, drawn.map),
        format!(
            "On the left hand of somebody who follows the line: {}; on the right: {}",
            hand(&drawn.left),
            hand(&drawn.right)
        ),
        "Degrees on WGS 84 (EPSG:4326); vertices are joined by geodesics, lengths and azimuths are theirs".to_owned(),
        format!("{} points, {:.2} m", rows.len(), version.course.length()),
    ];
    let cells: Vec<Vec<String>> = rows.iter().map(|row| cells(row).to_vec()).collect();
    let title = format!("{}: coordinates", segment.title);
    exports::docx::table(&title, &lines, &HEADS, &cells)
        .map_err(|e| Failure::new(e.to_string(), "write it as csv instead"))
}
