//! Segments and their versions: of the ledger, or of a register; proposals from files.

use std::path::Path;

use desk::mission::{book, chosen};
use jiff::Timestamp;
use ledger::Ledger;
use line::border::sketch::{Sketch, Unsketched, sketch};
use line::border::{Drawn, Named, Undrawable};
use mission::book::Mission;
use mission::border::Version;
use mission::border::register::{self, Entry};

use super::files::{misdrawn, named, shapes, text};
use crate::args::border::Books;
use crate::failure::{Failure, note};

/// A border as it stands, and where it is kept.
pub(crate) struct Kept {
    /// Its segments, their versions, and who consents.
    pub(crate) mission: Mission,
    /// Entries that the rules do not allow, by line, and why; a ledger takes none in.
    pub(crate) refused: Vec<(usize, String)>,
    /// The register's file, or the ledger's.
    pub(crate) name: String,
}

impl Kept {
    /// Of the register that is named, else of the ledger.
    pub(crate) fn read(file: Option<&Path>, books: &Books, ledger: Option<&Path>) -> Result<Kept, Failure> {
        let until = books.as_of.map(|a| a.0);
        if let Some(file) = file {
            let (mission, refused) = replay(file, until)?;
            return Ok(Kept { mission, refused, name: file.display().to_string() });
        }
        let path = desk::ledger_path(ledger)?;
        let ledger = Ledger::open(&path)?;
        let (_, mission) = chosen(book(&ledger, ledger.moment(until)?)?, books.mission.as_deref())?;
        let mission = match &books.viewer {
            Some(viewer) => mission.sight(&viewer.0).ground(),
            None => mission,
        };
        Ok(Kept { mission, refused: Vec::new(), name: path.display().to_string() })
    }

    /// Tells the entries that were refused.
    pub(crate) fn tell_refused(&self) {
        for (line, why) in &self.refused {
            note(&format!(
                "{}:{line}: refused: {why}; entries are never changed: make a new one that is right",
                self.name
            ));
        }
    }
}

/// The entries of a register, a line each; empty lines and lines that begin with `#` are left out.
fn entries(path: &Path) -> Result<Vec<(usize, Entry)>, Failure> {
    let content = text(path)?;
    let lines = content.lines().enumerate().map(|(i, l)| (i + 1, l.trim()));
    let kept = lines.filter(|(_, l)| !l.is_empty() && !l.starts_with('#'));
    let parse = |(number, line): (usize, &str)| {
        let wrong = |e: serde_json::Error| {
            let message = format!("{}:{number}: {e}", path.display());
            Failure::new(message, "each line of a register is an entry as JSON; docs/line.md shows them")
        };
        serde_json::from_str(line).map(|entry| (number, entry)).map_err(wrong)
    };
    kept.map(parse).collect()
}

/// What entries up to a time make, and what was refused, with its line.
fn replay(path: &Path, until: Option<Timestamp>) -> Result<(Mission, Vec<(usize, String)>), Failure> {
    let kept: Vec<(usize, Entry)> =
        entries(path)?.into_iter().filter(|(_, e)| until.is_none_or(|u| e.at <= u)).collect();
    let (mission, refused) = register::replay(kept.iter().map(|(_, e)| e));
    let line = |place: usize| kept.get(place).map_or(0, |(line, _)| *line);
    Ok((mission, refused.into_iter().map(|(place, why)| (line(place), why)).collect()))
}

/// A proposal by the name of its file and, behind `#`, which it is there; or by segment and version of the ledger.
pub(super) fn proposal(spec: &str, books: &Books, ledger: Option<&Path>) -> Result<Named, Failure> {
    let (path, part) = named(spec);
    if path.extension().is_some_and(|e| e == "jsonl") {
        return of_kept(&Kept::read(Some(path), books, None)?, part);
    }
    let is_version = spec.rsplit_once('/').is_some_and(|(_, number)| number.parse::<u32>().is_ok());
    if part.is_none() && is_version && !path.exists() {
        return of_kept(&Kept::read(None, books, ledger)?, Some(spec));
    }
    of_file(path, part)
}

fn of_kept(kept: &Kept, part: Option<&str>) -> Result<Named, Failure> {
    let mission = &kept.mission;
    let mut all: Vec<(String, &Version)> = Vec::new();
    for segment in mission.segments.values() {
        all.extend(segment.numbered().map(|(n, v)| (format!("{}/{n}", segment.id), v)));
    }
    let known: Vec<&str> = all.iter().map(|(name, _)| name.as_str()).collect();
    let missing = || {
        let hint = if known.is_empty() {
            "no line is proposed there".to_owned()
        } else {
            format!("name one of {}", known.join(", "))
        };
        Failure::new(format!("{}: has no version `{}`", kept.name, part.unwrap_or_default()), hint)
    };
    let found = all.iter().find(|(name, _)| Some(name.as_str()) == part);
    let (_, version) = found.ok_or_else(missing)?;
    Ok(mission.named(version))
}

fn of_file(path: &Path, part: Option<&str>) -> Result<Named, Failure> {
    let (drawn, title, _) = drawn(path, part)?;
    let unsaid = drawn.map.is_empty().then(|| "not said".to_owned());
    let drawn = Drawn { map: unsaid.clone().unwrap_or(drawn.map), ..drawn };
    let wrong = |e: Undrawable| Failure::new(format!("{}: {e}", path.display()), e.hint());
    let course = drawn.course().map_err(wrong)?;
    let map = Some(drawn.map.clone()).filter(|_| unsaid.is_none());
    let sides = [drawn.left.clone(), drawn.right.clone()];
    Ok(Named { title, map, sides, proposal: drawn.along(course) })
}

/// The line of a file that is proposed on a map: one that is named, else the line's own.
pub(super) fn proposed(spec: &str, map: Option<&String>) -> Result<Drawn, Failure> {
    let (path, part) = named(spec);
    let (mut drawn, _, number) = drawn(path, part)?;
    if let Some(map) = map {
        drawn.map.clone_from(map);
    }
    let wrong = |e: Undrawable| match e {
        Undrawable::NoMap => {
            let hint = "name the map, with its year and scale where they are known, with --map";
            Failure::new(format!("{}: {e}", path.display()), hint)
        }
        e => Failure::new(format!("{}: feature {number}: {e}", path.display()), e.hint()),
    };
    drawn.course().map_err(wrong)?;
    Ok(drawn)
}

/// The line of a file as it is drawn, with its enclaves: its title, and the feature that it is.
fn drawn(path: &Path, part: Option<&str>) -> Result<(Drawn, String, usize), Failure> {
    let Sketch { drawn, title, number } = sketch(&shapes(path)?, part).map_err(|e| match e {
        Unsketched::Shape(e) => misdrawn(path, &e),
        e => Failure::new(format!("{}: {e}", path.display()), e.hint()),
    })?;
    Ok((drawn, title, number))
}
