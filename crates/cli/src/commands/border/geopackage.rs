//! GeoPackages: features of all tables in degrees on WGS 84.

use std::path::Path;

use geo::Geometry;
use geojson::JsonObject;
use geozero::ToGeo;
use geozero::wkb::GpkgWkb;
use line::shapes::{Shape, is_wgs84};
use rusqlite::types::ValueRef;
use rusqlite::{Connection, OpenFlags, Row};
use serde_json::json;

use crate::failure::Failure;

/// A table of features: its name, the column of geometry, and its coordinate system with its number in the file.
struct Layer {
    table: String,
    column: String,
    crs: String,
    srs: i32,
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
        features(&database, &layer, &mut shapes).map_err(|e| match e {
            Unread::Database(e) => wrong(e),
            Unread::Shape(why, hint) => Failure::new(format!("{}: `{}`: {why}", path.display(), layer.table), hint),
        })?;
    }
    Ok(shapes)
}

/// Why the features of a table cannot be read.
enum Unread {
    Database(rusqlite::Error),
    Shape(String, &'static str),
}

impl From<rusqlite::Error> for Unread {
    fn from(error: rusqlite::Error) -> Unread {
        Unread::Database(error)
    }
}

fn layers(database: &Connection) -> rusqlite::Result<Vec<Layer>> {
    let mut asked = database.prepare(
        "SELECT g.table_name, g.column_name, coalesce(s.organization || ':' || s.organization_coordsys_id, 'not said'),
                g.srs_id
         FROM gpkg_geometry_columns g JOIN gpkg_contents c ON c.table_name = g.table_name AND c.data_type = 'features'
         LEFT JOIN gpkg_spatial_ref_sys s ON s.srs_id = g.srs_id ORDER BY g.table_name",
    )?;
    let layer =
        |row: &Row<'_>| Ok(Layer { table: row.get(0)?, column: row.get(1)?, crs: row.get(2)?, srs: row.get(3)? });
    asked.query_map([], layer)?.collect()
}

fn features(database: &Connection, layer: &Layer, shapes: &mut Vec<Shape>) -> Result<(), Unread> {
    let table = layer.table.replace('"', "\"\"");
    let mut asked = database.prepare(&format!("SELECT * FROM \"{table}\" ORDER BY 1"))?;
    let names: Vec<String> = asked.column_names().map(str::to_owned).collect();
    let mut rows = asked.query([])?;
    while let Some(row) = rows.next()? {
        let Some(blob) = row.get::<_, Option<Vec<u8>>>(layer.column.as_str())? else { continue };
        let number = shapes.len() + 1;
        let geometry =
            geometry(blob, layer.srs).map_err(|(why, hint)| Unread::Shape(format!("feature {number}: {why}"), hint))?;
        let mut properties = JsonObject::new();
        for (i, name) in names.iter().enumerate().filter(|(_, n)| **n != layer.column) {
            properties.insert(name.clone(), value(row.get_ref(i)?));
        }
        let id = ["id", "name"].iter().find_map(|n| properties.get(*n)).and_then(|v| v.as_str()).map(str::to_owned);
        shapes.push(Shape { number, id, properties, geometry });
    }
    Ok(())
}

/// The geometry of a row, in the coordinate system of its table.
fn geometry(blob: Vec<u8>, srs: i32) -> Result<Geometry<f64>, (String, &'static str)> {
    let said = match blob.get(..8) {
        Some([b'G', b'P', _, flags, a, b, c, d]) if flags & 1 == 1 => i32::from_le_bytes([*a, *b, *c, *d]),
        Some([b'G', b'P', _, _, a, b, c, d]) => i32::from_be_bytes([*a, *b, *c, *d]),
        _ => return Err(("its geometry is none of a GeoPackage".to_owned(), "write the table again from its source")),
    };
    if said != srs {
        let why = format!("its geometry is in the coordinate system {said}, its table in {srs}");
        return Err((why, "write the table again, with one coordinate system for all of it"));
    }
    let read = GpkgWkb(blob).to_geo();
    read.map_err(|e| (format!("its geometry cannot be read: {e}"), "write the table again from its source"))
}

fn value(of: ValueRef<'_>) -> serde_json::Value {
    match of {
        ValueRef::Null | ValueRef::Blob(_) => serde_json::Value::Null,
        ValueRef::Integer(number) => json!(number),
        ValueRef::Real(number) => json!(number),
        ValueRef::Text(text) => json!(String::from_utf8_lossy(text)),
    }
}
