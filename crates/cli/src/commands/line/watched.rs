//! What the commands about lines look at: a line, those who watch it, the ground, incidents near it.

use std::fs;
use std::path::Path;

use geo::{Coord, Geometry};
use line::earth::Track;
use line::nearest::nearest;
use line::terrain::Terrain;
use line::watch::Watches;
use trucewatch::pack::Knowledge;

use crate::args::border::PacksInUse;
use crate::args::line::On;
use crate::commands::border::files::{self, PlacedIncident};
use crate::commands::border::register::Kept;
use crate::failure::{Failure, note};

/// A line with its name.
pub(super) struct Watched {
    /// What it is called.
    pub(super) title: String,
    /// Its vertices.
    pub(super) line: Vec<Coord>,
    /// Who watches it today.
    pub(super) posts: Watches,
    /// The ground, where it is known.
    pub(super) terrain: Option<Terrain>,
    /// Incidents near it.
    pub(super) incidents: Vec<PlacedIncident>,
}

impl Watched {
    /// Reads what was named.
    pub(super) fn read(on: &On, packs: &PacksInUse, ledger: Option<&Path>) -> Result<Watched, Failure> {
        let hint = "a stretch is between 0.05 and 100 km long";
        if !(0.05..=100.0).contains(&on.stretch) {
            return Err(Failure::new(format!("--stretch {}", on.stretch), hint));
        }
        let (title, line) = named_line(&on.line, packs)?;
        let terrain = on.terrain.as_deref().map(terrain).transpose()?;
        let posts = posts(on, ledger)?;
        let incidents = on.incidents.as_deref().map(|p| near(p, &line, on.near)).transpose()?.unwrap_or_default();
        Ok(Watched { title, line, posts, terrain, incidents })
    }
}

/// Who watches: by the file that is named, else by the ledger that is.
fn posts(on: &On, ledger: Option<&Path>) -> Result<Watches, Failure> {
    match (&on.posts, ledger) {
        (Some(file), _) => watches(file),
        (None, Some(_)) => Ok(Kept::read(None, &on.books, ledger)?.mission.watches()),
        (None, None) => Ok(Watches::default()),
    }
}

/// A line of a file, or of a pack.
fn named_line(spec: &str, packs: &PacksInUse) -> Result<(String, Vec<Coord>), Failure> {
    let (path, part) = files::named(spec);
    if path.exists() {
        return line_of_file(path, part);
    }
    let knowledge = desk::world::all(&packs.options())?;
    let found = knowledge.lines().find(|l| l.id == spec);
    let missing = || {
        let hint = format!("name a file, or one of the packs' lines: {}", ids(&knowledge).join(", "));
        Failure::new(format!("`{spec}` is neither a file nor a line of a pack"), hint)
    };
    let line = found.ok_or_else(missing)?;
    match &line.geometry {
        Geometry::LineString(drawn) => Ok((line.label.clone(), drawn.0.clone())),
        _ => Err(Failure::new(
            format!("`{spec}` is no line in one piece"),
            format!("lines are {}", ids(&knowledge).join(", ")),
        )),
    }
}

fn line_of_file(path: &Path, part: Option<&str>) -> Result<(String, Vec<Coord>), Failure> {
    let shapes = files::shapes(path)?;
    let lines: Vec<_> = shapes.iter().filter(|s| s.is_line()).collect();
    let wanted = |s: &&&line::shapes::Shape| part.is_none_or(|p| s.id.as_deref() == Some(p) || s.name() == p);
    let found: Vec<_> = lines.iter().filter(wanted).collect();
    let [shape] = found.as_slice() else {
        let names: Vec<String> = lines.iter().map(|s| s.id.clone().unwrap_or_else(|| s.name())).collect();
        let message = format!("{}: holds {} such lines", path.display(), found.len());
        return Err(Failure::new(message, format!("name one behind #: {}", names.join(", "))));
    };
    let course = shape.course().map_err(|e| files::misdrawn(path, &e))?;
    Ok((shape.name(), course.vertices().to_vec()))
}

fn ids(knowledge: &Knowledge) -> Vec<&str> {
    knowledge.lines().filter(|l| matches!(l.geometry, Geometry::LineString(_))).map(|l| l.id.as_str()).collect()
}

/// A file of posts or sites.
pub(in crate::commands) fn watches(path: &Path) -> Result<Watches, Failure> {
    let hint = "docs/line.md shows the form: [[watch]] with id, lat, lon and reach-km";
    let content = files::text(path)?;
    let place = |e: &toml::de::Error| {
        let before = e.span().and_then(|s| content.get(..s.start)).unwrap_or("");
        before.matches('\n').count() + 1
    };
    let wrong = |e: toml::de::Error| Failure::new(format!("{}:{}: {}", path.display(), place(&e), e.message()), hint);
    let mut watches: Watches = toml::from_str(&content).map_err(wrong)?;
    let checked = watches.check().map_err(|e| e.to_string()).and_then(|()| mission::watch::judge(&mut watches));
    checked.map_err(|e| Failure::new(format!("{}: {e}", path.display()), hint))?;
    Ok(watches)
}

/// All tiles of a folder, or one.
fn terrain(path: &Path) -> Result<Terrain, Failure> {
    let wrong =
        |e: std::io::Error| Failure::new(format!("{}: {e}", path.display()), "name a tile or a folder of tiles");
    let mut tiles = Vec::new();
    if path.is_dir() {
        for entry in fs::read_dir(path).map_err(wrong)? {
            tiles.push(entry.map_err(wrong)?.path());
        }
        tiles.retain(|p| {
            p.extension().is_some_and(|e| ["hgt", "tif", "tiff"].iter().any(|t| e.eq_ignore_ascii_case(t)))
        });
        tiles.sort();
    } else {
        tiles.push(path.to_path_buf());
    }
    let mut terrain = Terrain::default();
    for tile in tiles {
        let name = tile.file_name().and_then(|n| n.to_str()).unwrap_or_default();
        let bytes = fs::read(&tile).map_err(wrong)?;
        terrain.add(name, &bytes).map_err(|e| Failure::new(format!("{}: {e}", tile.display()), e.hint()))?;
    }
    if terrain.is_empty() {
        return Err(Failure::new(
            format!("{}: holds no tile", path.display()),
            "tiles end in .hgt, such as S46W125.hgt, or in .tif",
        ));
    }
    Ok(terrain)
}

fn near(path: &Path, line: &[Coord], near_km: f64) -> Result<Vec<PlacedIncident>, Failure> {
    let (mut placed, without) = files::incidents(path)?;
    let track = Track::new(line);
    let all = placed.len();
    placed.retain(|i| nearest(&track, i.at).is_some_and(|n| n.metres <= near_km * 1000.0));
    if without + all > placed.len() {
        note(&format!(
            "left out of {}: without a place on the map: {without}, further than {near_km} km from the line: {}",
            path.display(),
            all - placed.len()
        ));
    }
    Ok(placed)
}
