//! Registers and proposals from files.

use std::path::Path;

use jiff::Timestamp;
use line::border::register::{Drawn, DrawnEnclave, Refusal, Version};
use line::border::{Enclave, Entry, Proposal, Register};
use line::shapes::Shape;
use line::{Course, Side};

use super::files::{misdrawn, named, shapes, text};
use crate::failure::Failure;

/// A proposal with what is known of it.
pub(super) struct Named {
    /// Who proposes it, or the line's own name.
    pub(super) title: String,
    /// On which map, where that is said.
    pub(super) map: Option<String>,
    /// Parties on its left and right, where they are said.
    pub(super) sides: [Option<String>; 2],
    /// The line and its enclaves.
    pub(super) proposal: Proposal,
}

/// The entries of a register, a line each; empty lines and lines that begin with `#` are left out.
pub(super) fn entries(path: &Path) -> Result<Vec<(usize, Entry)>, Failure> {
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

/// The register that entries up to a time make, and what was refused, with its line.
pub(super) fn replay(path: &Path, until: Option<Timestamp>) -> Result<(Register, Vec<(usize, Refusal)>), Failure> {
    let mut register = Register::default();
    let mut refused = Vec::new();
    for (number, entry) in entries(path)?.iter().filter(|(_, e)| until.is_none_or(|u| e.at <= u)) {
        refused.extend(register.apply(entry).err().map(|refusal| (*number, refusal)));
    }
    Ok((register, refused))
}

/// A proposal by the name of its file and, behind `#`, which it is there.
pub(super) fn proposal(spec: &str) -> Result<Named, Failure> {
    let (path, part) = named(spec);
    if path.extension().is_some_and(|e| e == "jsonl") {
        return of_register(path, part);
    }
    of_file(path, part)
}

fn of_register(path: &Path, part: Option<&str>) -> Result<Named, Failure> {
    let (register, _) = replay(path, None)?;
    let known: Vec<String> =
        register.segments().flat_map(|(id, s)| (1..=s.versions.len()).map(move |n| format!("#{id}/{n}"))).collect();
    let wanted = part.and_then(|p| p.rsplit_once('/')).and_then(|(id, n)| Some((id, n.parse().ok()?)));
    let found = wanted.and_then(|(id, n)| register.segment(id)?.version(n));
    let missing = || {
        let message = format!("{}: names no version: {}", path.display(), part.unwrap_or("nothing behind its name"));
        Failure::new(message, format!("name one of {}", known.join(", ")))
    };
    found.map(of_version).ok_or_else(missing)
}

/// A version of a register.
pub(super) fn of_version(version: &Version) -> Named {
    let Drawn { map, left, right, enclaves, .. } = &version.drawn;
    let side = |holder: &String| if left.as_ref() == Some(holder) { Side::Left } else { Side::Right };
    let enclave = |e: &DrawnEnclave| Enclave { holder: side(&e.holder), ring: e.ring.clone() };
    Named {
        title: version.by.clone(),
        map: Some(map.clone()),
        sides: [left.clone(), right.clone()],
        proposal: Proposal { course: version.course.clone(), enclaves: enclaves.iter().map(enclave).collect() },
    }
}

fn of_file(path: &Path, part: Option<&str>) -> Result<Named, Failure> {
    let (drawn, title, _) = drawn(path, part)?;
    let fit = Course::new(&drawn.line);
    let course = fit.map_err(|e| Failure::new(format!("{}: {e}", path.display()), e.hint()))?;
    let Drawn { map, left, right, enclaves, .. } = drawn;
    let side = |holder: &String| if left.as_ref() == Some(holder) { Side::Left } else { Side::Right };
    let enclaves = enclaves.iter().map(|e| Enclave { holder: side(&e.holder), ring: e.ring.clone() }).collect();
    let map = Some(map).filter(|m| !m.is_empty());
    Ok(Named { title, map, sides: [left, right], proposal: Proposal { course, enclaves } })
}

/// The line of a file as it is drawn, with its enclaves: its title, and the feature that it is.
pub(super) fn drawn(path: &Path, part: Option<&str>) -> Result<(Drawn, String, usize), Failure> {
    let all = shapes(path)?;
    let lines: Vec<&Shape> = all.iter().filter(|s| s.is_line()).collect();
    let wanted = |s: &&&Shape| part.is_none_or(|p| s.id.as_deref() == Some(p) || s.name() == p);
    let found: Vec<&Shape> = lines.iter().filter(wanted).copied().collect();
    let [line] = found.as_slice() else { return Err(not_one(path, &found, &lines)) };
    let wrong = |e| misdrawn(path, &e);
    let text = |name: &str| line.text(name).map(str::to_owned);
    let (left, right) = (text("left"), text("right"));
    let mut enclaves = Vec::new();
    for shape in all.iter().filter(|s| s.text("holder").is_some()) {
        if shape.text("of").is_some_and(|of| Some(of) != line.id.as_deref()) {
            continue;
        }
        let (holder, ring) = (shape.needed("holder").map_err(wrong)?.to_owned(), shape.ring().map_err(wrong)?);
        if Some(&holder) != left.as_ref() && Some(&holder) != right.as_ref() {
            let message =
                format!("{}: feature {}: `{holder}` lies on neither side of the line", path.display(), shape.number);
            return Err(Failure::new(message, "give the line `left` and `right`, one of which is the holder"));
        }
        enclaves.push(DrawnEnclave { holder, ring });
    }
    let map = text("map").unwrap_or_default();
    let title = text("by").unwrap_or_else(|| line.name());
    let vertices = line.line().map_err(wrong)?;
    Ok((Drawn { map, crs: "EPSG:4326".to_owned(), line: vertices, left, right, enclaves }, title, line.number))
}

fn not_one(path: &Path, found: &[&Shape], lines: &[&Shape]) -> Failure {
    let ids: Vec<String> = lines.iter().map(|s| s.id.clone().unwrap_or_else(|| s.name())).collect();
    let message = match found.len() {
        0 => format!("{}: holds no such line", path.display()),
        n => format!("{}: holds {n} lines", path.display()),
    };
    let hint = if ids.is_empty() {
        "draw the border as a line".to_owned()
    } else {
        format!("name one behind #: {}", ids.join(", "))
    };
    Failure::new(message, hint)
}
