//! The operator's own background of the maps: a file of MBTiles (1.3) with pictures, read where it lies. Nothing is asked
//! of any other machine.

use std::path::Path;
use std::sync::{Mutex, PoisonError};

use axum::http::header;
use axum::response::{IntoResponse, Response};
use desk::Failure;
use rusqlite::{Connection, OpenFlags, OptionalExtension};
use serde_json::{Value, json};

/// Deepest zoom that a map can have.
const DEEPEST: u32 = 24;

/// A file of tiles.
pub(crate) struct Tiles {
    file: Mutex<Connection>,
    media: &'static str,
    name: String,
    attribution: String,
    zooms: (u32, u32),
    bounds: Option<[f64; 4]>,
}

impl Tiles {
    /// Opens a file.
    ///
    /// # Errors
    /// Where it is not there, is no MBTiles, or holds no pictures.
    pub(crate) fn open(path: &Path) -> Result<Tiles, Failure> {
        let hint = "give a file of MBTiles with png, jpg or webp, such as `gdal_translate -of MBTILES` makes";
        let wrong = |what: String| Failure::new(format!("{}: {what}", path.display()), hint);
        let unread = |e: rusqlite::Error| wrong(format!("is no MBTiles: {e}"));
        let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let file = Connection::open_with_flags(path, flags).map_err(unread)?;
        let word = |name: &str| -> Result<String, Failure> {
            let query = "SELECT value FROM metadata WHERE name = ?1";
            let found = file.query_row(query, [name], |row| row.get::<_, String>(0)).optional();
            Ok(found.map_err(unread)?.unwrap_or_default())
        };
        let format = word("format")?;
        let media = media(&format).ok_or_else(|| wrong(format!("holds `{format}`, which is no picture")))?;
        let query = "SELECT coalesce(min(zoom_level), 0), coalesce(max(zoom_level), 0) FROM tiles";
        let zooms = file.query_row(query, [], |row| Ok((row.get(0)?, row.get(1)?))).map_err(unread)?;
        let (name, attribution, bounds) =
            (plain(&word("name")?), plain(&word("attribution")?), bounds(&word("bounds")?));
        Ok(Tiles { file: Mutex::new(file), media, name, attribution, zooms, bounds })
    }

    /// What it says of itself, as TileJSON, with the tiles under an address.
    pub(crate) fn about(&self, root: &str) -> Value {
        let mut about = json!({
            "tilejson": "3.0.0",
            "name": self.name,
            "attribution": self.attribution,
            "minzoom": self.zooms.0,
            "maxzoom": self.zooms.1,
            "tiles": [format!("{root}/tiles/{{z}}/{{x}}/{{y}}")],
        });
        if let (Some(bounds), Some(about)) = (self.bounds, about.as_object_mut()) {
            about.insert("bounds".to_owned(), json!(bounds));
        }
        about
    }

    /// The picture of a tile, counted from the north-west; nothing where there is none.
    pub(crate) fn get(&self, z: u32, x: u32, y: u32) -> Option<Response> {
        let row = 2u32.checked_pow(z).filter(|_| z <= DEEPEST)?.checked_sub(1)?.checked_sub(y)?;
        let file = self.file.lock().unwrap_or_else(PoisonError::into_inner);
        let query = "SELECT tile_data FROM tiles WHERE zoom_level = ?1 AND tile_column = ?2 AND tile_row = ?3";
        let mut find = file.prepare_cached(query).ok()?;
        let picture: Vec<u8> = find.query_row((z, x, row), |row| row.get(0)).optional().ok()??;
        let heads = [(header::CONTENT_TYPE, self.media), (header::CACHE_CONTROL, "private, max-age=3600")];
        Some((heads, picture).into_response())
    }
}

fn media(format: &str) -> Option<&'static str> {
    match format {
        "png" => Some("image/png"),
        "jpg" | "jpeg" => Some("image/jpeg"),
        "webp" => Some("image/webp"),
        _ => None,
    }
}

/// West, south, east, north, in degrees.
fn bounds(words: &str) -> Option<[f64; 4]> {
    let all: Vec<f64> = words.split(',').map(|w| w.trim().parse().ok()).collect::<Option<_>>()?;
    all.try_into().ok().filter(|[west, south, east, north]: &[f64; 4]| west < east && south < north)
}

/// Words without markup, which attributions often have.
fn plain(words: &str) -> String {
    let mut depth = 0u32;
    let outside = |c: &char| {
        match c {
            '<' => depth += 1,
            '>' if depth > 0 => {
                depth -= 1;
                return false;
            }
            _ => {}
        }
        depth == 0
    };
    words.chars().filter(outside).filter(|c| !c.is_control()).take(300).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn file(format: &str) -> (tempfile::TempDir, std::path::PathBuf) {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.mbtiles");
        let made = Connection::open(&path).unwrap();
        made.execute_batch(
            "CREATE TABLE metadata (name TEXT, value TEXT);
             CREATE TABLE tiles (zoom_level INTEGER, tile_column INTEGER, tile_row INTEGER, tile_data BLOB);
             INSERT INTO tiles VALUES (3, 2, 1, x'89504e47');
             INSERT INTO metadata VALUES ('name', 'Relief'), ('bounds', '-130,-50,-120,-40'),
               ('attribution', 'by <a href=\"x\">Orn</a> & others');",
        )
        .unwrap();
        made.execute("INSERT INTO metadata VALUES ('format', ?1)", [format]).unwrap();
        (folder, path)
    }

    #[test]
    fn what_holds_no_pictures_is_refused() {
        let (_folder, vectors) = file("pbf");
        assert!(Tiles::open(&vectors).err().unwrap().message.contains("`pbf`, which is no picture"));
        let folder = tempfile::tempdir().unwrap();
        let other = folder.path().join("x.mbtiles");
        assert!(Tiles::open(&other).is_err() && !other.exists());
        std::fs::write(&other, "no database").unwrap();
        assert!(Tiles::open(&other).is_err());
    }

    #[test]
    fn rows_are_counted_from_the_north() {
        let (_folder, path) = file("png");
        let tiles = Tiles::open(&path).unwrap();
        assert!(tiles.get(3, 2, 6).is_some());
        for (z, x, y) in [(3, 2, 1), (3, 2, 8), (40, 0, 0), (0, 0, 0)] {
            assert!(tiles.get(z, x, y).is_none(), "{z}/{x}/{y}");
        }
        let about = tiles.about("/public");
        assert_eq!(about["tiles"][0], "/public/tiles/{z}/{x}/{y}");
        assert_eq!((&about["minzoom"], &about["maxzoom"]), (&json!(3), &json!(3)));
        assert_eq!(about["attribution"], "by Orn & others");
        assert_eq!(about["bounds"], json!([-130.0, -50.0, -120.0, -40.0]));
    }
}
