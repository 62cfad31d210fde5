//! The tables that make a SQLite file a GeoPackage (OGC 12-128r18), and its layers.

use geo::{Geometry, Rect, coord};
use rusqlite::{Connection, params};

use super::{params_from_iter, shape, value};
use crate::about::About;
use crate::error::ExportError;
use crate::table::{Cell, Column, Kind, Table};

/// "GPKG".
const APPLICATION: i32 = 0x4750_4B47;
/// Version 1.3.
const VERSION: i32 = 10300;

const TABLES: &str = include_str!("schema.sql");
/// The spatial index of a layer, and what keeps it in step: `{t}` is the table.
const INDEX: &str = include_str!("index.sql");

/// Makes the tables that every GeoPackage has.
pub(super) fn begin(database: &Connection) -> Result<(), ExportError> {
    database.pragma_update(None, "application_id", APPLICATION)?;
    database.pragma_update(None, "user_version", VERSION)?;
    Ok(database.execute_batch(TABLES)?)
}

/// What is said of the whole, as metadata of the file and as a table that needs no knowledge of metadata.
pub(super) fn metadata(database: &Connection, about: &About) -> Result<(), ExportError> {
    let json = serde_json::to_string(about).unwrap_or_default();
    database.execute(
        "INSERT INTO gpkg_metadata VALUES (1, 'dataset', 'http://www.opengis.net/doc/IS/geopackage/1.3', 'application/json', ?1)",
        [&json],
    )?;
    let at = changed(about);
    database
        .execute("INSERT INTO gpkg_metadata_reference VALUES ('geopackage', NULL, NULL, NULL, ?1, 1, NULL)", [&at])?;
    database
        .execute_batch("CREATE TABLE about (fid INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL, name TEXT, says TEXT)")?;
    for (name, says) in about.lines() {
        database.execute("INSERT INTO about (name, says) VALUES (?1, ?2)", [name, &says])?;
    }
    let says = "Of what this file is made: filter, cut-off time, review, version, packs";
    database.execute(
        "INSERT INTO gpkg_contents (table_name, data_type, identifier, description, last_change)
         VALUES ('about', 'attributes', 'about', ?1, ?2)",
        [says, &at],
    )?;
    Ok(())
}

/// When the file's content last changed, in the form that GeoPackage wants: its cut-off, for no clock is asked.
fn changed(about: &About) -> String {
    let time = about.cut_off.as_deref().and_then(|t| t.parse::<jiff::Timestamp>().ok()).unwrap_or_default();
    time.strftime("%Y-%m-%dT%H:%M:%S.000Z").to_string()
}

/// A table of the file, with shapes or without.
pub(super) struct Layer {
    name: &'static str,
    says: String,
    columns: &'static [Column],
    /// Type of its shapes; empty where it has none.
    shape: &'static str,
    changed: String,
}

impl Layer {
    /// A layer for the rows of a table, without shapes.
    pub(super) fn of(table: &Table, about: &About) -> Layer {
        let says = format!("{}. Filter: {}. {}", table.says, about.filter_in_words(), about.review);
        Layer { name: table.name, says, columns: table.columns, shape: "", changed: changed(about) }
    }

    /// A layer for the rows of a table that says all there is to say. No clock is asked: it changed when time began.
    pub(super) fn alone(table: &Table) -> Layer {
        let changed = "1970-01-01T00:00:00.000Z".to_owned();
        Layer { name: table.name, says: table.says.to_owned(), columns: table.columns, shape: "", changed }
    }

    /// With shapes of a type.
    pub(super) fn shaped(self, shape: &'static str) -> Layer {
        Layer { shape, ..self }
    }

    /// Makes it, empty.
    pub(super) fn make(&self, database: &Connection) -> Result<(), ExportError> {
        let geometry = if self.shape.is_empty() { String::new() } else { format!(", geom {}", self.shape) };
        let columns: String = self.columns.iter().map(|c| format!(", \"{}\" {}", c.name, kind(c.kind))).collect();
        let name = self.name;
        database.execute_batch(&format!(
            "CREATE TABLE \"{name}\" (fid INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL{geometry}{columns})"
        ))?;
        let data_type = if self.shape.is_empty() { "attributes" } else { "features" };
        let srs = (!self.shape.is_empty()).then_some(shape::SRS);
        database.execute(
            "INSERT INTO gpkg_contents (table_name, data_type, identifier, description, last_change, srs_id)
             VALUES (?1, ?2, ?1, ?3, ?4, ?5)",
            params![name, data_type, self.says, self.changed, srs],
        )?;
        self.describe(database)
    }

    /// Says what each column means, and which one holds the shapes.
    fn describe(&self, database: &Connection) -> Result<(), ExportError> {
        for column in self.columns {
            database.execute(
                "INSERT INTO gpkg_data_columns (table_name, column_name, title, description) VALUES (?1, ?2, ?3, ?4)",
                params![self.name, column.name, column.tag, column.says],
            )?;
        }
        if self.shape.is_empty() {
            return Ok(());
        }
        database.execute(
            "INSERT INTO gpkg_geometry_columns VALUES (?1, 'geom', ?2, ?3, 0, 0)",
            params![self.name, self.shape, shape::SRS],
        )?;
        database.execute(
            "INSERT INTO gpkg_extensions VALUES (?1, 'geom', 'gpkg_rtree_index',
             'http://www.geopackage.org/spec130/#extension_rtree', 'write-only')",
            [self.name],
        )?;
        Ok(database.execute_batch(&format!(
            "CREATE VIRTUAL TABLE \"rtree_{0}_geom\" USING rtree(id, minx, maxx, miny, maxy)",
            self.name
        ))?)
    }

    /// Adds a row, with its shape where it has one.
    pub(super) fn add(
        &self,
        database: &Connection,
        shape: Option<&Geometry<f64>>,
        row: &[Cell],
    ) -> Result<(), ExportError> {
        let mut values: Vec<rusqlite::types::Value> = Vec::with_capacity(row.len() + 1);
        if !self.shape.is_empty() {
            values.push(shape.map(shape::bytes).transpose()?.into());
        }
        values.extend(row.iter().map(value));
        let places = vec!["?"; values.len()].join(", ");
        let mut add = database.prepare_cached(&format!("INSERT INTO \"{}\" VALUES (NULL, {places})", self.name))?;
        add.execute(params_from_iter(values))?;
        let bounds = shape.and_then(shape::bounds);
        bounds.map_or(Ok(()), |bounds| self.index(database, bounds))
    }

    fn index(&self, database: &Connection, bounds: Rect<f64>) -> Result<(), ExportError> {
        let sql = format!("INSERT INTO \"rtree_{}_geom\" VALUES (last_insert_rowid(), ?1, ?2, ?3, ?4)", self.name);
        let (min, max) = (bounds.min(), bounds.max());
        database.prepare_cached(&sql)?.execute([min.x, max.x, min.y, max.y])?;
        Ok(())
    }

    /// Notes the bounds of its shapes, and what keeps the index in step from now on.
    pub(super) fn finish(&self, database: &Connection) -> Result<(), ExportError> {
        if self.shape.is_empty() {
            return Ok(());
        }
        let sql = format!("SELECT min(minx), min(miny), max(maxx), max(maxy) FROM \"rtree_{}_geom\"", self.name);
        let edges: [Option<f64>; 4] =
            database.query_row(&sql, [], |r| Ok([r.get(0)?, r.get(1)?, r.get(2)?, r.get(3)?]))?;
        if let [Some(west), Some(south), Some(east), Some(north)] = edges {
            let around = Rect::new(coord! { x: west, y: south }, coord! { x: east, y: north });
            database.execute(
                "UPDATE gpkg_contents SET min_x = ?2, min_y = ?3, max_x = ?4, max_y = ?5 WHERE table_name = ?1",
                params![self.name, around.min().x, around.min().y, around.max().x, around.max().y],
            )?;
        }
        Ok(database.execute_batch(&INDEX.replace("{t}", self.name))?)
    }
}

fn kind(kind: Kind) -> &'static str {
    match kind {
        Kind::Text => "TEXT",
        Kind::Whole => "INTEGER",
        Kind::Real => "REAL",
        Kind::Day => "DATE",
        Kind::Flag => "BOOLEAN",
    }
}
