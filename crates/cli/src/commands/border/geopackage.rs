//! GeoPackages: features of all tables in degrees on WGS 84, in and out.

use std::path::Path;

use geo::Geometry;
use geojson::JsonObject;
use geozero::wkb::GpkgWkb;
use geozero::{CoordDimensions, ToGeo, ToWkb};
use line::shapes::{Shape, is_wgs84};
use rusqlite::types::{Value, ValueRef};
use rusqlite::{Connection, OpenFlags, Row, params};
use serde_json::json;

use crate::failure::Failure;

/// What a GeoPackage is apart from its tables (OGC 12-128r17).
const SCHEMA: &str = include_str!("geopackage.sql");

/// A table of features: its name, the column of geometry, and its coordinate system.
struct Layer {
    table: String,
    column: String,
    crs: String,
}

/// All features of all tables, tables in the order of their names.
pub(super) fn read(path: &Path) -> Result<Vec<Shape>, Failure> {
    let wrong = |e: rusqlite::Error| {
        let hint = "the file is a GeoPackage: an SQLite file with gpkg_contents";
        Failure::new(format!("{}: {e}", path.display()), hint)
    };
    let database = Connection::open_with_flags(path, OpenFlags::SQLITE_OPEN_READ_ONLY).map_err(wrong)?;
    let mut shapes = Vec::new();
    for layer in layers(&database).map_err(wrong)? {
        if !is_wgs84(&layer.crs) {
            let message = format!("{}: the coordinate system of `{}` is {}", path.display(), layer.table, layer.crs);
            return Err(Failure::new(
                message,
                "only EPSG:4326 is read; convert it, such as with `ogr2ogr -t_srs EPSG:4326`",
            ));
        }
        features(&database, &layer, &mut shapes).map_err(wrong)?;
    }
    Ok(shapes)
}

fn layers(database: &Connection) -> rusqlite::Result<Vec<Layer>> {
    let mut asked = database.prepare(
        "SELECT g.table_name, g.column_name, coalesce(s.organization || ':' || s.organization_coordsys_id, 'not said')
         FROM gpkg_geometry_columns g JOIN gpkg_contents c ON c.table_name = g.table_name AND c.data_type = 'features'
         LEFT JOIN gpkg_spatial_ref_sys s ON s.srs_id = g.srs_id ORDER BY g.table_name",
    )?;
    let layer = |row: &Row<'_>| Ok(Layer { table: row.get(0)?, column: row.get(1)?, crs: row.get(2)? });
    asked.query_map([], layer)?.collect()
}

fn features(database: &Connection, layer: &Layer, shapes: &mut Vec<Shape>) -> rusqlite::Result<()> {
    let table = layer.table.replace('"', "\"\"");
    let mut asked = database.prepare(&format!("SELECT * FROM \"{table}\" ORDER BY 1"))?;
    let names: Vec<String> = asked.column_names().map(str::to_owned).collect();
    let mut rows = asked.query([])?;
    while let Some(row) = rows.next()? {
        let Some(geometry) = geometry(row, &layer.column)? else { continue };
        let mut properties = JsonObject::new();
        for (i, name) in names.iter().enumerate().filter(|(_, n)| **n != layer.column) {
            properties.insert(name.clone(), value(row.get_ref(i)?));
        }
        let id = ["id", "name"].iter().find_map(|n| properties.get(*n)).and_then(|v| v.as_str()).map(str::to_owned);
        shapes.push(Shape { number: shapes.len() + 1, id, properties, geometry });
    }
    Ok(())
}

/// The geometry of a row; none where it is null, or not one that is known.
fn geometry(row: &Row<'_>, column: &str) -> rusqlite::Result<Option<Geometry<f64>>> {
    let blob: Option<Vec<u8>> = row.get(column)?;
    Ok(blob.and_then(|b| GpkgWkb(b).to_geo().ok()))
}

fn value(of: ValueRef<'_>) -> serde_json::Value {
    match of {
        ValueRef::Null | ValueRef::Blob(_) => serde_json::Value::Null,
        ValueRef::Integer(number) => json!(number),
        ValueRef::Real(number) => json!(number),
        ValueRef::Text(text) => json!(String::from_utf8_lossy(text)),
    }
}

/// Writes a GeoPackage with one table of features; its columns are the properties of the first feature.
pub(super) fn write(path: &Path, table: &str, shapes: &[(Geometry<f64>, JsonObject)]) -> Result<(), Failure> {
    let wrong = |e: rusqlite::Error| {
        Failure::new(format!("{}: {e}", path.display()), "give a file in a folder that can be written to")
    };
    let mut database = Connection::open(path).map_err(wrong)?;
    database.pragma_update(None, "journal_mode", "off").map_err(wrong)?;
    let all = database.transaction().map_err(wrong)?;
    fill(&all, table, shapes).and_then(|()| all.commit()).map_err(wrong)
}

fn fill(database: &Connection, table: &str, shapes: &[(Geometry<f64>, JsonObject)]) -> rusqlite::Result<()> {
    database.execute_batch(SCHEMA)?;
    let names: Vec<&String> = shapes.first().map(|(_, p)| p.keys().collect()).unwrap_or_default();
    let columns: String = names.iter().map(|n| format!(", \"{n}\"")).collect();
    let typed: String = names.iter().map(|n| format!(", \"{n}\" {}", kind(n, shapes))).collect();
    database.execute_batch(&format!("CREATE TABLE {table} (fid INTEGER PRIMARY KEY, geom GEOMETRY{typed})"))?;
    let contents = "INSERT INTO gpkg_contents (table_name, data_type, identifier, last_change, srs_id)
                    VALUES (?1, 'features', ?1, '1970-01-01T00:00:00.000Z', 4326)";
    database.execute(contents, params![table])?;
    let geometry_columns = "INSERT INTO gpkg_geometry_columns VALUES (?1, 'geom', 'GEOMETRY', 4326, 0, 0)";
    database.execute(geometry_columns, params![table])?;
    let marks: String = names.iter().map(|_| ", ?").collect();
    let mut insert = database.prepare(&format!("INSERT INTO {table} (geom{columns}) VALUES (?{marks})"))?;
    for (geometry, properties) in shapes {
        let blob = geometry.to_gpkg_wkb(CoordDimensions::xy(), Some(4326), vec![]).unwrap_or_default();
        let cells = names.iter().map(|n| cell(properties.get(n.as_str())));
        insert.execute(rusqlite::params_from_iter(std::iter::once(Value::Blob(blob)).chain(cells)))?;
    }
    Ok(())
}

/// The type of a column, by the first value in it.
fn kind(name: &str, shapes: &[(Geometry<f64>, JsonObject)]) -> &'static str {
    match shapes.iter().filter_map(|(_, p)| p.get(name)).find(|v| !v.is_null()) {
        Some(serde_json::Value::Number(number)) if number.is_i64() => "INTEGER",
        Some(serde_json::Value::Number(_)) => "DOUBLE",
        Some(serde_json::Value::Bool(_)) => "BOOLEAN",
        _ => "TEXT",
    }
}

fn cell(value: Option<&serde_json::Value>) -> Value {
    match value {
        None | Some(serde_json::Value::Null) => Value::Null,
        Some(serde_json::Value::String(text)) => Value::Text(text.clone()),
        Some(serde_json::Value::Number(number)) => match number.as_i64() {
            Some(whole) => Value::Integer(whole),
            None => number.as_f64().map_or(Value::Null, Value::Real),
        },
        Some(serde_json::Value::Bool(is)) => Value::Integer(i64::from(*is)),
        Some(other) => Value::Text(other.to_string()),
    }
}
