//! Single things of a pack put in, changed and taken out: a party, a conflict's sides, a place, a line or zone, an
//! agreement, a whole file. Values come as they were typed; what they make is checked as all packs are.

use jiff::civil::Date;
use serde_json::{Value, json};
use toml::Table;

use super::unpack::{fits, id_of};
use super::{Files, OWN};
use crate::failure::{Failure, Trouble};

/// Points of one line or zone, at most.
const POINTS: usize = 20_000;
/// The columns of `places.csv`.
const COLUMNS: [&str; 10] = ["id", "name", "also", "kind", "lat", "lon", "precision", "country", "within", "source"];

/// What one edit puts into a pack.
#[derive(Debug, Clone)]
pub enum Edit {
    /// A party.
    Party(Table),
    /// A conflict with its two sides.
    Conflict(Table),
    /// A place: the values of its columns.
    Place(Vec<String>),
    /// A line or zone: its properties and its drawing as GeoJSON.
    Line(Box<(Value, String)>),
    /// An agreement.
    Agreement(Table),
    /// A whole file, or several.
    Files(Files),
    /// Something taken out.
    Gone(Sort, String),
}

/// Sorts of things in a pack.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sort {
    /// A party.
    Party,
    /// A conflict.
    Conflict,
    /// A place.
    Place,
    /// A line or zone.
    Line,
    /// An agreement.
    Agreement,
    /// A file.
    File,
}

impl Sort {
    /// All of them.
    pub const ALL: [Sort; 6] = [Sort::Party, Sort::Conflict, Sort::Place, Sort::Line, Sort::Agreement, Sort::File];

    /// Its word.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Sort::Party => "party",
            Sort::Conflict => "conflict",
            Sort::Place => "place",
            Sort::Line => "line",
            Sort::Agreement => "agreement",
            Sort::File => "file",
        }
    }

    /// The sort of a word.
    #[must_use]
    pub fn parse(word: &str) -> Option<Sort> {
        Sort::ALL.into_iter().find(|s| s.as_str() == word)
    }
}

impl Edit {
    /// Does it to a pack's files; what was done, in words.
    ///
    /// # Errors
    /// Where a value cannot be what it should be, or what is to be taken out is not there.
    pub fn apply(self, files: &mut Files) -> Result<String, Failure> {
        match self {
            Edit::Party(table) => put(files, ("parties.toml", "party"), table),
            Edit::Conflict(table) => put(files, ("conflicts.toml", "conflict"), table),
            Edit::Place(values) => place(files, values),
            Edit::Line(line) => drawn(files, line.0, &line.1),
            Edit::Agreement(table) => {
                let id = word(table.get("id").and_then(toml::Value::as_str).unwrap_or_default())?;
                let path = format!("agreements/{id}.toml");
                if files.contains_key(&path) {
                    let hint = "edit its file, which holds more than the form shows; or choose another id";
                    return Err(Failure::new(format!("there is an agreement `{id}` already"), hint));
                }
                let what = format!("agreement {id}");
                files.insert(path, table.to_string());
                Ok(what)
            }
            Edit::Files(new) => {
                new.keys().try_for_each(|path| fits(path))?;
                let what = new.keys().cloned().collect::<Vec<_>>().join(", ");
                files.extend(new);
                Ok(what)
            }
            Edit::Gone(sort, id) => gone(files, sort, &id).map(|()| format!("{} {id} taken out", sort.as_str())),
        }
    }
}

/// The manifest of the pack that forms write to, where it has none yet; and its version, the day of this change.
pub fn dated(files: &mut Files, today: Date) {
    let fresh = || {
        let mut manifest = Table::new();
        manifest.insert("schema".to_owned(), 1.into());
        manifest.insert("id".to_owned(), OWN.into());
        manifest.insert("title".to_owned(), "Own parties, places and agreements".into());
        manifest.insert("licence".to_owned(), "not stated".into());
        manifest.insert("sources".to_owned(), toml::Value::Array(vec!["entered in the room".into()]));
        manifest.insert("always".to_owned(), true.into());
        manifest
    };
    let known = files.get("pack.toml").map(|c| c.parse::<Table>());
    let mut manifest = match known {
        Some(Ok(manifest)) => manifest,
        None => fresh(),
        // What cannot be read is told when the pack is checked.
        Some(Err(_)) => return,
    };
    manifest.insert("version".to_owned(), today.to_string().into());
    files.insert("pack.toml".to_owned(), manifest.to_string());
}

/// The pack that some files make: its id, and what it holds.
#[must_use]
pub fn whole(files: Files) -> (String, Files) {
    (id_of(&files), files)
}

/// An id as it was typed, or made of a name: small letters, digits, hyphens and underscores.
#[must_use]
pub fn slug(typed: &str, name: &str) -> String {
    let from = if typed.trim().is_empty() { name } else { typed };
    let mut id = String::new();
    for c in from.trim().to_lowercase().chars().take(60) {
        match c {
            'a'..='z' | '0'..='9' | '_' => id.push(c),
            _ if c.is_alphanumeric() => id.push(c),
            _ if !id.ends_with('-') && !id.is_empty() => id.push('-'),
            _ => {}
        }
    }
    id.trim_end_matches('-').to_owned()
}

fn word(id: &str) -> Result<&str, Failure> {
    let plain = id.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || "-_".contains(c));
    let wrong = || {
        let hint = "an id has small letters, digits, hyphens and underscores, 60 at most";
        Failure::new(format!("`{}` is no id", id.escape_debug()), hint)
    };
    if plain && (1..=60).contains(&id.len()) { Ok(id) } else { Err(wrong()) }
}

fn missing(what: &str, id: &str) -> Failure {
    let message = format!("the pack has no {what} `{id}`");
    Failure { trouble: Trouble::Missing, ..Failure::new(message, "its page lists what it has") }
}

/// Puts an entry into a list of tables, in the place of the one of its id where there is one.
fn put(files: &mut Files, (path, key): (&str, &str), entry: Table) -> Result<String, Failure> {
    let id = word(entry.get("id").and_then(toml::Value::as_str).unwrap_or_default())?.to_owned();
    let (head, mut list) = tables(files, path, key)?;
    match list.iter_mut().find(|t| t.get("id").and_then(toml::Value::as_str) == Some(&*id)) {
        // What a form does not show stays.
        Some(known) => known.extend(entry),
        None => list.push(entry),
    }
    files.insert(path.to_owned(), head + &list_of(key, list));
    Ok(format!("{key} {id}"))
}

/// The remarks at the top of a list, and its entries.
fn tables(files: &Files, path: &str, key: &str) -> Result<(String, Vec<Table>), Failure> {
    let content = files.get(path).map(String::as_str).unwrap_or_default();
    let unread = |e: toml::de::Error| Failure::new(format!("{path}: {}", e.message()), "mend the file itself first");
    let mut table: Table = content.parse().map_err(unread)?;
    let list = match table.remove(key) {
        Some(toml::Value::Array(list)) => list.into_iter().filter_map(|v| v.try_into().ok()).collect(),
        _ => Vec::new(),
    };
    let head: Vec<&str> = content.lines().take_while(|l| l.starts_with('#') || l.trim().is_empty()).collect();
    let head = if head.iter().all(|l| l.trim().is_empty()) { String::new() } else { head.join("\n") + "\n" };
    Ok((head, list))
}

fn list_of(key: &str, list: Vec<Table>) -> String {
    let mut whole = Table::new();
    whole.insert(key.to_owned(), toml::Value::Array(list.into_iter().map(toml::Value::Table).collect()));
    whole.to_string()
}

/// Puts a place into `places.csv`, in the place of the one of its id.
fn place(files: &mut Files, values: Vec<String>) -> Result<String, Failure> {
    let id = values.first().map(String::as_str).unwrap_or_default().to_owned();
    word(&id)?;
    if values.iter().any(|v| v.chars().any(char::is_control)) {
        return Err(Failure::new(format!("place `{id}`: a value has more than one line"), "write each on one line"));
    }
    let (head, mut rows) = rows(files)?;
    match rows.iter_mut().find(|r| r.first() == Some(&id)) {
        Some(known) => *known = values,
        None => rows.push(values),
    }
    write_rows(files, head, rows)?;
    Ok(format!("place {id}"))
}

/// The remarks at the top of `places.csv`, and its rows.
fn rows(files: &Files) -> Result<(String, Vec<Vec<String>>), Failure> {
    let content = files.get("places.csv").map(String::as_str).unwrap_or_default();
    let mut reader = csv::ReaderBuilder::new().comment(Some(b'#')).from_reader(content.as_bytes());
    let unread = |e: csv::Error| Failure::new(format!("places.csv: {e}"), "mend the file itself first");
    let columns = reader.headers().map_err(unread)?.clone();
    let of = |row: csv::StringRecord| -> Vec<String> {
        let value = |column: &&str| columns.iter().position(|c| c == *column).and_then(|i| row.get(i));
        COLUMNS.iter().map(|c| value(c).unwrap_or_default().to_owned()).collect()
    };
    let rows = reader.records().map(|row| row.map(of)).collect::<Result<_, _>>().map_err(unread)?;
    let head: String = content.lines().take_while(|l| l.starts_with('#')).map(|l| format!("{l}\n")).collect();
    Ok((head, rows))
}

fn write_rows(files: &mut Files, head: String, rows: Vec<Vec<String>>) -> Result<(), Failure> {
    let mut writer = csv::Writer::from_writer(head.into_bytes());
    let failed = |e: String| Failure::new(format!("places.csv: {e}"), "mend the file itself first");
    writer.write_record(COLUMNS).map_err(|e| failed(e.to_string()))?;
    rows.iter().try_for_each(|row| writer.write_record(row)).map_err(|e| failed(e.to_string()))?;
    let bytes = writer.into_inner().map_err(|e| failed(e.to_string()))?;
    files.insert("places.csv".to_owned(), String::from_utf8(bytes).map_err(|e| failed(e.to_string()))?);
    Ok(())
}

/// Puts a line or zone into `lines.geojson`, in the place of the one of its id. Without a drawing, the one that is there
/// stays.
fn drawn(files: &mut Files, properties: Value, drawing: &str) -> Result<String, Failure> {
    let id = word(properties["id"].as_str().unwrap_or_default())?.to_owned();
    let mut features = features(files)?;
    let known = features.iter_mut().find(|f| f["properties"]["id"].as_str() == Some(&*id));
    let geometry = match (drawing.trim(), &known) {
        ("", Some(feature)) => feature["geometry"].clone(),
        (drawing, _) => geometry(drawing)?,
    };
    let feature = json!({"type": "Feature", "properties": properties, "geometry": geometry});
    match known {
        Some(known) => *known = feature,
        None => features.push(feature),
    }
    write_features(files, &features);
    Ok(format!("line {id}"))
}

fn features(files: &Files) -> Result<Vec<Value>, Failure> {
    let Some(content) = files.get("lines.geojson") else { return Ok(Vec::new()) };
    let unread = |e: serde_json::Error| Failure::new(format!("lines.geojson: {e}"), "mend the file itself first");
    let whole: Value = serde_json::from_str(content).map_err(unread)?;
    Ok(whole["features"].as_array().cloned().unwrap_or_default())
}

/// Writes lines and zones, each on a line of its own.
fn write_features(files: &mut Files, features: &[Value]) {
    let lines: Vec<String> = features.iter().map(Value::to_string).collect();
    let whole = format!("{{\"type\": \"FeatureCollection\", \"features\": [\n{}\n]}}\n", lines.join(",\n"));
    files.insert("lines.geojson".to_owned(), whole);
}

/// The one line or zone of some GeoJSON: a geometry, a feature, or a collection of one.
fn geometry(drawing: &str) -> Result<Value, Failure> {
    let wrong = |message: String| {
        let hint = "give a GeoJSON geometry or feature: a line or an area, in degrees east and north (WGS 84)";
        Failure::new(format!("the drawing {message}"), hint)
    };
    drawing.parse::<geojson::GeoJson>().map_err(|e| wrong(format!("is no GeoJSON: {e}")))?;
    let mut found: Value = serde_json::from_str(drawing).map_err(|e| wrong(format!("is no GeoJSON: {e}")))?;
    if let Some(crs) = found.get("crs") {
        let name = crs["properties"]["name"].as_str().unwrap_or_default();
        if !name.ends_with("CRS84") && !name.ends_with("4326") {
            return Err(wrong("is in other coordinates than degrees of WGS 84".to_owned()));
        }
    }
    if let Some(features) = found.get("features").and_then(Value::as_array) {
        let [one] = features.as_slice() else {
            return Err(wrong(format!("holds {} shapes, and one is asked for", features.len())));
        };
        found = one.clone();
    }
    let found = if found["type"] == "Feature" { found["geometry"].clone() } else { found };
    let kind = found["type"].as_str().unwrap_or("nothing");
    if !["LineString", "MultiLineString", "Polygon", "MultiPolygon"].contains(&kind) {
        return Err(wrong(format!("is a {kind}, and no line or area")));
    }
    let points = points(&found["coordinates"]);
    if points.len() > POINTS {
        return Err(wrong(format!("has {} points, and {POINTS} are taken at most", points.len())));
    }
    if let Some((east, north)) = points.iter().find(|(e, n)| e.abs() > 180.0 || n.abs() > 90.0) {
        return Err(wrong(format!("has a point {east}, {north}, which is no place in degrees")));
    }
    if points.len() < 2 {
        return Err(wrong("has fewer than two points".to_owned()));
    }
    Ok(json!({"type": kind, "coordinates": found["coordinates"]}))
}

/// The points of nested coordinates.
fn points(coordinates: &Value) -> Vec<(f64, f64)> {
    let Some(list) = coordinates.as_array() else { return Vec::new() };
    match list.as_slice() {
        [Value::Number(east), Value::Number(north), ..] => {
            vec![(east.as_f64().unwrap_or(f64::MAX), north.as_f64().unwrap_or(f64::MAX))]
        }
        list => list.iter().flat_map(points).collect(),
    }
}

fn gone(files: &mut Files, sort: Sort, id: &str) -> Result<(), Failure> {
    let none = || missing(sort.as_str(), id);
    match sort {
        Sort::Party | Sort::Conflict => {
            let (path, key) = match sort {
                Sort::Party => ("parties.toml", "party"),
                _ => ("conflicts.toml", "conflict"),
            };
            let (head, mut list) = tables(files, path, key)?;
            let before = list.len();
            list.retain(|t| t.get("id").and_then(toml::Value::as_str) != Some(id));
            (list.len() < before).then_some(()).ok_or_else(none)?;
            files.insert(path.to_owned(), head + &list_of(key, list));
        }
        Sort::Place => {
            let (head, mut all) = rows(files)?;
            let before = all.len();
            all.retain(|r| r.first().map(String::as_str) != Some(id));
            (all.len() < before).then_some(()).ok_or_else(none)?;
            write_rows(files, head, all)?;
        }
        Sort::Line => {
            let mut all = features(files)?;
            let before = all.len();
            all.retain(|f| f["properties"]["id"].as_str() != Some(id));
            (all.len() < before).then_some(()).ok_or_else(none)?;
            write_features(files, &all);
        }
        Sort::Agreement => files.remove(&format!("agreements/{id}.toml")).map(drop).ok_or_else(none)?,
        Sort::File if id == "pack.toml" => {
            let hint = "empty the pack by taking out its other files";
            return Err(Failure::new("a pack keeps its manifest, for readings name it", hint));
        }
        Sort::File => files.remove(id).map(drop).ok_or_else(none)?,
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    const LINE: &str = r#"{"type": "LineString", "coordinates": [[-125, -44], [-124.5, -44.5]]}"#;

    fn table(content: &str) -> Table {
        content.parse().unwrap()
    }

    #[test]
    fn drawings_that_are_none_are_refused() {
        let wrong = |drawing: &str| geometry(drawing).unwrap_err().message;
        assert!(wrong("POINT(1 2)").contains("no GeoJSON"));
        assert!(wrong(r#"{"type": "Point", "coordinates": [1, 2]}"#).contains("is a Point"));
        assert!(
            wrong(r#"{"type": "LineString", "coordinates": [[500000, 4649776], [500100, 4649776]]}"#)
                .contains("no place")
        );
        assert!(wrong(r#"{"type": "FeatureCollection", "features": []}"#).contains("0 shapes"));
        let crs = r#"{"type": "LineString", "coordinates": [[1, 2], [2, 3]], "crs": {"type": "name", "properties": {"name": "EPSG:32633"}}}"#;
        assert!(wrong(crs).contains("other coordinates"));
        let many = vec!["[1, 2]"; POINTS + 1].join(",");
        assert!(wrong(&format!(r#"{{"type": "LineString", "coordinates": [{many}]}}"#)).contains("20000 are taken"));
    }

    #[test]
    fn ids_that_lead_elsewhere_are_refused() {
        for id in ["", "../x", "A", "a b", "a/b", "ä"] {
            let party = format!("id = {:?}\nkind = \"state\"\ntitle = \"x\"", id);
            assert!(Edit::Party(table(&party)).apply(&mut Files::new()).is_err(), "{id}");
            assert!(Edit::Agreement(table(&party)).apply(&mut Files::new()).is_err(), "{id}");
        }
        let escape: Files = [("../x.toml".to_owned(), String::new())].into();
        assert!(Edit::Files(escape).apply(&mut Files::new()).is_err());
    }

    #[test]
    fn a_thing_is_put_in_changed_and_taken_out() {
        let mut files: Files = [(
            "parties.toml".to_owned(),
            "# Ours.\n\n[[party]]\nid = \"a\"\nkind = \"state\"\ntitle = \"A\"\n".to_owned(),
        )]
        .into();
        Edit::Party(table("id = \"b\"\nkind = \"body\"\ntitle = \"B\"")).apply(&mut files).unwrap();
        Edit::Party(table("id = \"a\"\nkind = \"people\"\ntitle = \"A\"")).apply(&mut files).unwrap();
        let written = files["parties.toml"].clone();
        assert!(
            written.starts_with("# Ours.\n") && written.contains("people") && !written.contains("state"),
            "{written}"
        );
        Edit::Gone(Sort::Party, "b".into()).apply(&mut files).unwrap();
        assert!(!files["parties.toml"].contains("\"b\""));
        assert!(Edit::Gone(Sort::Party, "b".into()).apply(&mut files).is_err());
        let row = |lat: &str| {
            ["p", "P, upper", "Pe|Pi", "settlement", lat, "2", "1", "", "", "own"].map(str::to_owned).to_vec()
        };
        Edit::Place(row("1")).apply(&mut files).unwrap();
        Edit::Place(row("3")).apply(&mut files).unwrap();
        assert_eq!(files["places.csv"].lines().count(), 2, "{}", files["places.csv"]);
        let line = json!({"id": "l", "label": "L", "accuracy_km": 1.0, "source": "own"});
        Edit::Line(Box::new((line.clone(), LINE.into()))).apply(&mut files).unwrap();
        Edit::Line(Box::new((line, String::new()))).apply(&mut files).unwrap();
        dated(&mut files, "2031-03-08".parse().unwrap());
        let pack = super::super::own::read(&files).unwrap();
        assert_eq!((pack.parties.len(), pack.places[0].lat, pack.lines.len()), (1, 3.0, 1));
        assert!(pack.manifest.always && pack.manifest.version == "2031-03-08");
    }

    #[test]
    fn an_id_is_made_of_a_name() {
        assert_eq!(slug("", "  Lake  Sarn (upper) "), "lake-sarn-upper");
        assert_eq!(slug("own_id", "x"), "own_id");
    }
}
