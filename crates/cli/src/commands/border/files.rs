//! Files that hold what is drawn: GeoJSON, GeoPackage, incidents as printed.

use std::fs;
use std::path::Path;

use geo::{Coord, Geometry};
use line::border::layers::Site;
use line::shapes::{self, Misdrawn, Shape};
use serde_json::Value;

use super::geopackage;
use crate::failure::Failure;

/// The text of a file.
pub(crate) fn text(path: &Path) -> Result<String, Failure> {
    let hint = "check the name of the file, and that it is a text";
    fs::read_to_string(path).map_err(|e| Failure::new(format!("{}: {e}", path.display()), hint))
}

/// The largest file of a map that is read, in bytes.
const LARGEST: u64 = 256 << 20;

/// What a file draws: a GeoPackage by its ending, else GeoJSON.
pub(crate) fn shapes(path: &Path) -> Result<Vec<Shape>, Failure> {
    if let Some(size) = fs::metadata(path).ok().map(|m| m.len()).filter(|size| *size > LARGEST) {
        let message =
            format!("{}: {} MB, and files of maps of up to {} MB are read", path.display(), size >> 20, LARGEST >> 20);
        return Err(Failure::new(message, "cut out the part that is needed"));
    }
    if path.extension().is_some_and(|e| e.eq_ignore_ascii_case("gpkg")) {
        return geopackage::read(path);
    }
    shapes::read(&text(path)?).map_err(|e| misdrawn(path, &e))
}

/// What is wrong with a file, and what to do about it.
pub(crate) fn misdrawn(path: &Path, error: &Misdrawn) -> Failure {
    Failure::new(format!("{}: {error}", path.display()), error.hint())
}

/// A file's name and, behind the last `#`, which part of it. A file whose own name has a `#` is a whole file.
pub(crate) fn named(spec: &str) -> (&Path, Option<&str>) {
    match spec.rsplit_once('#') {
        Some((file, part)) if !Path::new(spec).exists() => (Path::new(file), Some(part)),
        _ => (Path::new(spec), None),
    }
}

/// Points, and lines with their names.
pub(crate) type Layer = (Vec<Site>, Vec<(String, Vec<Coord>)>);

/// Points and lines of a layer. Areas are left out.
pub(crate) fn layer(path: &Path) -> Result<Layer, Failure> {
    let stem = path.file_stem().and_then(|s| s.to_str()).unwrap_or("layer").to_owned();
    let (mut sites, mut ways) = (Vec::new(), Vec::new());
    for shape in shapes(path)? {
        let kind = shape.text("kind").unwrap_or(&stem).to_owned();
        match &shape.geometry {
            Geometry::Point(_) => {
                let at = shape.point().map_err(|e| misdrawn(path, &e))?;
                sites.push(Site { name: shape.name(), kind, at });
            }
            Geometry::MultiLineString(lines) => ways.extend(lines.iter().map(|l| (shape.name(), l.0.clone()))),
            _ if shape.is_line() => ways.push((shape.name(), shape.line().map_err(|e| misdrawn(path, &e))?)),
            _ => {}
        }
    }
    Ok((sites, ways))
}

/// An incident as `trucewatch incidents` prints it, where it has a place on the map.
#[derive(Debug, Clone)]
pub(crate) struct PlacedIncident {
    /// Its id.
    pub(crate) id: String,
    /// Its type.
    pub(crate) kind: String,
    /// When (EDTF).
    pub(crate) date: Option<String>,
    /// Where.
    pub(crate) at: Coord,
}

/// Incidents of a file in the form json or geojson, and how many of them have no place on the map.
pub(crate) fn incidents(path: &Path) -> Result<(Vec<PlacedIncident>, usize), Failure> {
    let hint = "give what `trucewatch incidents --format json` or `--format geojson` prints";
    let wrong = |e: String| Failure::new(format!("{}: no list of incidents: {e}", path.display()), hint);
    let parsed: Value = serde_json::from_str(&text(path)?).map_err(|e| wrong(e.to_string()))?;
    let listed = parsed.get("items").or(parsed.get("features")).or(Some(&parsed)).and_then(Value::as_array);
    let items = listed.ok_or_else(|| wrong("neither `items` nor `features` are there".to_owned()))?;
    let placed: Vec<PlacedIncident> = items.iter().filter_map(|i| placed(i.get("properties").unwrap_or(i))).collect();
    let without = items.len() - placed.len();
    Ok((placed, without))
}

fn placed(incident: &Value) -> Option<PlacedIncident> {
    let text = |name: &str| incident.get(name).and_then(Value::as_str).map(str::to_owned);
    let number = |name: &str| incident.get(name).and_then(Value::as_f64);
    Some(PlacedIncident {
        id: text("id")?,
        kind: text("type").unwrap_or_default(),
        date: text("date"),
        at: Coord { x: number("lon")?, y: number("lat")? },
    })
}
