//! Everything that has rows as an OGC GeoPackage 1.3: incidents as points, how far they may be off as areas, the packs'
//! lines and zones, and claims, findings, documents as tables beside them.
//!
//! Of incidents without a place the geometry is null: they are in the table and on no map.

mod schema;
mod shape;

use std::fs;

use rusqlite::types::Value;
use rusqlite::{Connection, params_from_iter};
use tempfile::NamedTempFile;

use crate::error::ExportError;
use crate::matter::Matter;
use crate::table::{Cell, Column, Table, real, text};
use crate::{claims, documents, findings, incidents};
use schema::Layer;

const AREA: &[Column] = &[
    text("incident", "#event+code", "id of the incident"),
    text("place", "#loc+name", "where, as written"),
    real("precision_km", "#geo+radius+km", "radius of the area"),
];

const LINE: &[Column] = &[
    text("id", "#geo+line+code", "id in the pack"),
    text("label", "#geo+line+name", "whose line it is"),
    text("parties", "#org+party+list", "parties that it parts or joins"),
    real("accuracy_km", "#geo+accuracy+km", "how far the drawn line may lie from the real one"),
    text("source", "#meta+source", "where the drawing comes from"),
];

/// What is shown, as the bytes of a GeoPackage.
///
/// # Errors
/// Where the temporary file that SQLite writes to cannot be made.
pub(crate) fn write(matter: &Matter<'_>) -> Result<Vec<u8>, ExportError> {
    file(|database| {
        schema::begin(database)?;
        points(database, matter)?;
        areas(database, matter)?;
        lines(database, matter)?;
        for table in [claims::table(matter), findings::table(matter), documents::table(matter)] {
            attributes(database, matter, &table)?;
        }
        schema::metadata(database, &matter.about)
    })
}

/// A table of shapes, one a row, as the bytes of a GeoPackage with this one layer.
///
/// # Errors
/// Where the temporary file that SQLite writes to cannot be made.
pub fn layer(table: &Table, shapes: &[geo::Geometry<f64>]) -> Result<Vec<u8>, ExportError> {
    file(|database| {
        schema::begin(database)?;
        let layer = Layer::alone(table).shaped("GEOMETRY");
        layer.make(database)?;
        for (row, shape) in table.rows.iter().zip(shapes) {
            layer.add(database, Some(shape), row)?;
        }
        layer.finish(database)
    })
}

/// The bytes of a database that is filled in one go.
fn file(fill: impl FnOnce(&Connection) -> Result<(), ExportError>) -> Result<Vec<u8>, ExportError> {
    let file = NamedTempFile::new()?;
    let mut database = Connection::open(file.path())?;
    database.pragma_update(None, "journal_mode", "off")?;
    let all = database.transaction()?;
    fill(&all)?;
    all.commit()?;
    database.close().map_err(|(_, e)| e)?;
    Ok(fs::read(file.path())?)
}

fn points(database: &Connection, matter: &Matter<'_>) -> Result<(), ExportError> {
    let table = incidents::table(matter);
    let layer = Layer::of(&table, &matter.about).shaped("POINT");
    layer.make(database)?;
    let places = matter.incidents.iter().map(|i| i.place.as_ref().and_then(|p| p.resolved.as_ref()));
    for (row, place) in table.rows.iter().zip(places) {
        let point = place.map(|r| geo::Geometry::from(geo::Point::new(r.lon, r.lat)));
        layer.add(database, point.as_ref(), row)?;
    }
    layer.finish(database)
}

fn areas(database: &Connection, matter: &Matter<'_>) -> Result<(), ExportError> {
    let says = "How far from its point an incident may be: a circle each, by the precision of its place";
    let table = Table { name: "areas", says, columns: AREA, rows: Vec::new() };
    let layer = Layer::of(&table, &matter.about).shaped("POLYGON");
    layer.make(database)?;
    for incident in &matter.incidents {
        let Some(place) = &incident.place else { continue };
        let Some(spot) = &place.resolved else { continue };
        let Some(radius) = publish::reach_km(spot.precision) else { continue };
        let area = shape::circle(spot.lat, spot.lon, radius);
        layer.add(database, Some(&area), &[incident.id.as_str().into(), place.name.as_str().into(), radius.into()])?;
    }
    layer.finish(database)
}

fn lines(database: &Connection, matter: &Matter<'_>) -> Result<(), ExportError> {
    let says = "Lines and zones of the packs in use, whose they are; drawing them takes no position on any territory";
    let table = Table { name: "lines", says, columns: LINE, rows: Vec::new() };
    let layer = Layer::of(&table, &matter.about).shaped("GEOMETRY");
    layer.make(database)?;
    for line in matter.record.knowledge().lines() {
        let parties = Cell::list(line.parties.iter().map(|p| matter.title(p)));
        let row = [
            line.id.as_str().into(),
            line.label.as_str().into(),
            parties,
            line.accuracy_km.into(),
            line.source.as_str().into(),
        ];
        layer.add(database, Some(&line.geometry), &row)?;
    }
    layer.finish(database)
}

fn attributes(database: &Connection, matter: &Matter<'_>, table: &Table) -> Result<(), ExportError> {
    let layer = Layer::of(table, &matter.about);
    layer.make(database)?;
    table.rows.iter().try_for_each(|row| layer.add(database, None, row))?;
    layer.finish(database)
}

fn value(cell: &Cell) -> Value {
    match cell {
        Cell::Empty => Value::Null,
        Cell::Text(words) => Value::Text(words.clone()),
        Cell::Whole(number) => Value::Integer(*number),
        Cell::Real(number) => Value::Real(*number),
        Cell::Day(day) => Value::Text(day.to_string()),
        Cell::Flag(is) => Value::Integer(i64::from(*is)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sample::Sample;

    fn opened() -> (NamedTempFile, Connection) {
        let file = NamedTempFile::new().unwrap();
        fs::write(file.path(), write(&Sample::new().matter()).unwrap()).unwrap();
        let database = Connection::open(file.path()).unwrap();
        (file, database)
    }

    fn number(database: &Connection, sql: &str) -> i64 {
        database.query_row(sql, [], |row| row.get(0)).unwrap()
    }

    #[test]
    fn words_from_outside_stay_words() {
        let (_file, database) = opened();
        let names = "SELECT count(*) FROM documents WHERE name = '<b>''); DROP TABLE claims;--.txt'";
        assert_eq!((number(&database, names), number(&database, "SELECT count(*) FROM claims")), (1, 5));
    }

    #[test]
    fn it_is_a_geopackage_and_sound() {
        let (_file, database) = opened();
        assert_eq!(number(&database, "PRAGMA application_id"), 0x4750_4B47);
        assert_eq!(number(&database, "PRAGMA user_version"), 10300);
        let checked: String = database.query_row("PRAGMA integrity_check", [], |row| row.get(0)).unwrap();
        assert_eq!(checked, "ok");
        assert_eq!(number(&database, "SELECT count(*) FROM pragma_foreign_key_check"), 0);
    }

    #[test]
    fn what_has_no_place_is_there_without_a_shape() {
        let (_file, database) = opened();
        let all = number(&database, "SELECT count(*) FROM incidents");
        let unplaced = number(&database, "SELECT count(*) FROM incidents WHERE geom IS NULL AND place IS NULL");
        assert_eq!(number(&database, "SELECT count(*) FROM rtree_incidents_geom"), all - unplaced);
        assert_eq!((number(&database, "SELECT count(*) FROM areas"), unplaced), (all - unplaced, 1));
    }

    #[test]
    fn a_layer_of_its_own_is_a_geopackage_too() {
        let rows = vec![vec!["a".into(), "Hollin".into(), 1.5.into()]];
        let table = Table { name: "areas", says: "One area", columns: AREA, rows };
        let file = NamedTempFile::new().unwrap();
        fs::write(file.path(), layer(&table, &[shape::circle(-44.8, -124.9, 2.0)]).unwrap()).unwrap();
        let database = Connection::open(file.path()).unwrap();
        assert_eq!(number(&database, "PRAGMA application_id"), 0x4750_4B47);
        assert_eq!(number(&database, "SELECT srs_id FROM gpkg_geometry_columns WHERE table_name = 'areas'"), 4326);
        assert_eq!(number(&database, "SELECT count(*) FROM rtree_areas_geom"), 1);
    }

    #[test]
    fn the_filter_is_said_inside() {
        let (_file, database) = opened();
        let says: String =
            database.query_row("SELECT says FROM about WHERE name = 'filter'", [], |row| row.get(0)).unwrap();
        assert_eq!(says, "place=Hollin' OR 1=1");
    }
}
