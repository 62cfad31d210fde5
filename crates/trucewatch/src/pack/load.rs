//! Reads a pack from the contents of its files.

use std::collections::BTreeMap;

use serde::de::DeserializeOwned;
use sha2::{Digest, Sha256};

use super::{Agreement, Line, Manifest, Pack, PackError, PlaceEntry};

/// One file of a pack: its path within the pack's folder and its content.
#[derive(Debug, Clone)]
pub struct PackFile {
    /// Path with `/` between its parts.
    pub path: String,
    /// The whole content.
    pub content: String,
}

impl Pack {
    /// Reads and checks a pack.
    ///
    /// # Errors
    /// The first [`PackError`]: a file that cannot be parsed, an unknown field, a missing manifest, a schema that
    /// this version does not read, or an id that nothing defines.
    pub fn read(files: &[PackFile]) -> Result<Pack, PackError> {
        let by_path: BTreeMap<&str, &str> = files.iter().map(|f| (f.path.as_str(), f.content.as_str())).collect();
        let manifest: Manifest = match by_path.get("pack.toml") {
            Some(content) => toml("pack.toml", content)?,
            None => {
                return Err(error(
                    "pack.toml",
                    "the pack has no manifest",
                    "add a pack.toml with schema, id and title",
                ));
            }
        };
        if manifest.schema != 1 {
            let message = format!("schema {} is not known", manifest.schema);
            return Err(error("pack.toml", message, "this version reads schema 1"));
        }
        let pack = Pack {
            fingerprint: fingerprint(&by_path),
            parties: list(&by_path, "parties.toml", "party")?,
            officials: list(&by_path, "officials.toml", "official")?,
            outlets: list(&by_path, "outlets.toml", "outlet")?,
            conflicts: list(&by_path, "conflicts.toml", "conflict")?,
            places: places(by_path.get("places.csv").copied().unwrap_or(""))?,
            lines: lines(by_path.get("lines.geojson").copied().unwrap_or(""))?,
            agreements: agreements(&by_path)?,
            manifest,
        };
        Ok(pack)
    }
}

fn error(file: &str, message: impl Into<String>, hint: &str) -> PackError {
    PackError { file: file.to_owned(), line: None, message: message.into(), hint: hint.to_owned() }
}

fn fingerprint(files: &BTreeMap<&str, &str>) -> String {
    let mut hash = Sha256::new();
    for (path, content) in files {
        hash.update(path.as_bytes());
        hash.update([0]);
        hash.update(content.as_bytes());
        hash.update([0]);
    }
    hash.finalize().iter().map(|b| format!("{b:02x}")).collect()
}

fn toml<T: DeserializeOwned>(path: &str, content: &str) -> Result<T, PackError> {
    toml::from_str(content).map_err(|e| PackError {
        file: path.to_owned(),
        line: e.span().map(|s| content.get(..s.start).unwrap_or("").matches('\n').count() + 1),
        message: e.message().to_owned(),
        hint: "compare the file with one of the same name in packs/world".to_owned(),
    })
}

/// The entries of one array of tables; none where the file is absent.
fn list<T: DeserializeOwned>(files: &BTreeMap<&str, &str>, path: &str, key: &str) -> Result<Vec<T>, PackError> {
    let Some(content) = files.get(path) else { return Ok(Vec::new()) };
    let mut table: BTreeMap<String, Vec<T>> = toml(path, content)?;
    let entries = table.remove(key).unwrap_or_default();
    match table.into_keys().next() {
        Some(other) => {
            Err(error(path, format!("unknown table `{other}`"), &format!("this file holds [[{key}]] tables")))
        }
        None => Ok(entries),
    }
}

fn places(content: &str) -> Result<Vec<PlaceEntry>, PackError> {
    let mut reader = csv::ReaderBuilder::new().comment(Some(b'#')).from_reader(content.as_bytes());
    reader.deserialize().map(|row| row.map_err(|e| csv_error(&e)).and_then(checked)).collect()
}

fn csv_error(e: &csv::Error) -> PackError {
    PackError {
        file: "places.csv".to_owned(),
        line: e.position().map(|p| usize::try_from(p.line()).unwrap_or(0)),
        message: e.to_string(),
        hint: "the columns are id,name,also,kind,lat,lon,precision,country,within,source".to_owned(),
    }
}

fn checked(place: PlaceEntry) -> Result<PlaceEntry, PackError> {
    let on_earth = place.lat.abs() <= 90.0 && place.lon.abs() <= 180.0;
    if on_earth && (1..=6).contains(&place.precision) {
        return Ok(place);
    }
    let message = format!("place `{}` has no possible coordinates or precision", place.id);
    Err(error("places.csv", message, "latitude is -90 to 90, longitude -180 to 180, precision 1 to 6"))
}

fn agreements(files: &BTreeMap<&str, &str>) -> Result<Vec<Agreement>, PackError> {
    let inside = |path: &str| path.starts_with("agreements/") && path.ends_with(".toml");
    files.iter().filter(|(path, _)| inside(path)).map(|(path, content)| toml(path, content)).collect()
}

fn lines(content: &str) -> Result<Vec<Line>, PackError> {
    if content.is_empty() {
        return Ok(Vec::new());
    }
    let wrong = |e: String| error("lines.geojson", e, "the file is a GeoJSON FeatureCollection");
    let collection: geojson::FeatureCollection = content
        .parse::<geojson::GeoJson>()
        .and_then(geojson::FeatureCollection::try_from)
        .map_err(|e| wrong(e.to_string()))?;
    collection.features.into_iter().map(line).collect()
}

fn line(feature: geojson::Feature) -> Result<Line, PackError> {
    let hint = "a line has id, label, accuracy_km, source and, if reports name it, names and parties";
    let missing = |what: &str| error("lines.geojson", format!("a feature lacks `{what}`"), hint);
    let text =
        |key: &str| feature.property(key).and_then(|v| v.as_str()).map(str::to_owned).ok_or_else(|| missing(key));
    let texts = |key: &str| -> Vec<String> {
        let list = feature.property(key).and_then(|v| v.as_array()).cloned().unwrap_or_default();
        list.iter().filter_map(|v| v.as_str().map(str::to_owned)).collect()
    };
    let geometry = feature.geometry.clone().ok_or_else(|| missing("geometry"))?;
    Ok(Line {
        id: text("id")?,
        label: text("label")?,
        names: texts("names"),
        parties: texts("parties").iter().map(|p| super::PartyId::new(p)).collect(),
        left: text("left").ok().as_deref().map(super::PartyId::new),
        right: text("right").ok().as_deref().map(super::PartyId::new),
        accuracy_km: feature.property("accuracy_km").and_then(|v| v.as_f64()).ok_or_else(|| missing("accuracy_km"))?,
        source: text("source")?,
        geometry: geometry.try_into().map_err(|_| missing("geometry"))?,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn file(path: &str, content: &str) -> PackFile {
        PackFile { path: path.to_owned(), content: content.to_owned() }
    }

    const MANIFEST: &str =
        "schema = 1\nid = \"vesk\"\ntitle = \"Vesk\"\nversion = \"2031-01-01\"\nlicence = \"CC0-1.0\"\nsources = []\n";

    #[test]
    fn a_pack_without_a_manifest_is_refused() {
        assert_eq!(Pack::read(&[]).unwrap_err().file, "pack.toml");
    }

    #[test]
    fn errors_name_file_and_line() {
        let parties = "[[party]]\nid = \"vesk\"\nkind = \"kingdom\"\ntitle = \"Vesk\"\n";
        let wrong = Pack::read(&[file("pack.toml", MANIFEST), file("parties.toml", parties)]).unwrap_err();
        assert_eq!((wrong.file.as_str(), wrong.line), ("parties.toml", Some(3)));
    }

    #[test]
    fn impossible_coordinates_are_refused() {
        let places = "id,name,also,kind,lat,lon,precision,country,within,source\na,A,,settlement,95,10,1,,,us\n";
        assert!(Pack::read(&[file("pack.toml", MANIFEST), file("places.csv", places)]).is_err());
    }

    #[test]
    fn names_are_split_at_bars() {
        let places = "id,name,also,kind,lat,lon,precision,country,within,source\na,A,B | C,settlement,5,10,1,,,us\n";
        let pack = Pack::read(&[file("pack.toml", MANIFEST), file("places.csv", places)]).unwrap();
        assert_eq!(pack.places[0].also, ["B", "C"]);
    }
}
