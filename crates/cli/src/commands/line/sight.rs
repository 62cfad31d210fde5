//! `trucewatch line sight`: what of a line a post sees.

use std::io::Write;
use std::path::Path;

use geo::{Coord, Geometry, LineString, MultiPolygon, Point, Rect};
use line::coverage::Lookout;
use line::earth::{self, Track};
use line::shapes;
use line::sight::Seen;
use serde_json::{Value, json};

use super::watched::Watched;
use crate::args::border::Format;
use crate::args::line::Sight;
use crate::commands::border::km;
use crate::failure::{Exit, Failure};
use crate::output::Paint;

/// Metres between the places of the line that are looked for.
const STEP_M: f64 = 100.0;

/// Looks and prints.
pub(super) fn run(args: &Sight, ledger: Option<&Path>, out: &mut dyn Write) -> Result<Exit, Failure> {
    let watched = Watched::read(&args.on, &args.packs, ledger)?;
    let ids: Vec<&str> = watched.posts.watch.iter().map(|w| w.id.as_str()).collect();
    let missing = || {
        let hint = if ids.is_empty() {
            "name a file of posts with --posts".to_owned()
        } else {
            format!("posts are {}", ids.join(", "))
        };
        Failure::new(format!("no post `{}`", args.post), hint)
    };
    let post = watched.posts.watch.iter().find(|w| w.id == args.post).ok_or_else(missing)?;
    let lookout = Lookout::new(post, watched.terrain.as_ref(), args.on.target);
    if lookout.is_off_terrain() {
        let hint = "add the tile on which it stands, or leave --terrain out";
        return Err(Failure::new(format!("the height of the ground at `{}` is not known", args.post), hint));
    }
    let runs = seen(&watched.line, &lookout);
    match args.format {
        Format::Text => text(&watched, &lookout, &runs, out)?,
        Format::Json => writeln!(out, "{:#}", json(&watched, &lookout, &runs))?,
        Format::Geojson => writeln!(out, "{}", geojson(&watched, &lookout, &runs))?,
    }
    Ok(Exit::Done)
}

/// Where along the line the parts begin and end that are seen, in metres.
fn seen(line: &[Coord], lookout: &Lookout<'_>) -> Vec<(f64, f64)> {
    let track = Track::new(line);
    let mut runs: Vec<(f64, f64)> = Vec::new();
    for (from, to) in track.stretches(STEP_M) {
        if !track.at(f64::midpoint(from, to)).is_some_and(|p| lookout.sees(p)) {
            continue;
        }
        match runs.last_mut() {
            Some((_, end)) if *end == from => *end = to,
            _ => runs.push((from, to)),
        }
    }
    runs
}

fn total(runs: &[(f64, f64)]) -> f64 {
    runs.iter().fold(0.0, |sum, (from, to)| sum + to - from)
}

/// Square kilometres of ground that are seen, by cells.
fn ground_km2(lookout: &Lookout<'_>) -> f64 {
    let area = |[west, south, east, north]: [f64; 4]| {
        let corners = [(west, south), (east, south), (east, north), (west, north)];
        earth::area(&corners.map(|(x, y)| Coord { x, y }))
    };
    lookout.views().map(|v| v.cells().next().map_or(0.0, area) * v.count(Seen::Visible) as f64 / 1e6).sum()
}

fn text(watched: &Watched, lookout: &Lookout<'_>, runs: &[(f64, f64)], out: &mut dyn Write) -> Result<(), Failure> {
    let (paint, post) = (Paint::of_stdout(), lookout.watch);
    let over = if lookout.views().next().is_some() {
        format!("over the terrain, from {} m above the ground", post.eye_m)
    } else {
        "without a terrain, whatever lies in between".to_owned()
    };
    writeln!(out, "{}  {}, reach {} km, {over}", paint.name(&post.id), post.kind.as_str(), post.reach_km)?;
    writeln!(out, "  {}: {} of {}", watched.title, km(total(runs)), km(earth::length(&watched.line)))?;
    runs.iter().try_for_each(|(from, to)| writeln!(out, "    km {:>6.1} to {:>6.1}", from / 1000.0, to / 1000.0))?;
    for view in lookout.views() {
        let (seen, hidden, unknown) = (view.count(Seen::Visible), view.count(Seen::Hidden), view.count(Seen::Unknown));
        let share = 100.0 * seen as f64 / (seen + hidden).max(1) as f64;
        let gaps = if unknown > 0 { format!(", the height of {unknown} cells is not known") } else { String::new() };
        writeln!(out, "  of the ground within reach {share:.0} %{gaps}")?;
    }
    Ok(())
}

fn json(watched: &Watched, lookout: &Lookout<'_>, runs: &[(f64, f64)]) -> Value {
    let post = lookout.watch;
    json!({
        "post": post.id,
        "line": watched.title,
        "reach_km": post.reach_km,
        "eye_m": post.eye_m,
        "terrain": lookout.views().next().is_some(),
        "seen_m": total(runs),
        "line_m": earth::length(&watched.line),
        "parts": runs.iter().map(|(from, to)| json!({ "from_m": from, "to_m": to })).collect::<Vec<_>>(),
        "ground_km2": lookout.views().next().map(|_| ground_km2(lookout)),
    })
}

fn geojson(watched: &Watched, lookout: &Lookout<'_>, runs: &[(f64, f64)]) -> String {
    let properties = |value: Value| value.as_object().cloned().unwrap_or_default();
    let told = |kind: &str| properties(json!({ "kind": kind, "post": lookout.watch.id }));
    let track = Track::new(&watched.line);
    let parts = runs.iter().map(|&(from, to)| {
        let line = LineString::new(earth::unbroken(&track.between(from, to)));
        shapes::feature(&Geometry::LineString(line), told("seen-line"))
    });
    let eyes =
        lookout.watch.eyes().into_iter().map(|at| shapes::feature(&Geometry::Point(Point::from(at)), told("post")));
    let ground = lookout.views().map(|view| {
        let boxes = rows(view.cells()).into_iter().map(|[west, south, east, north]| {
            Rect::new(Coord { x: west, y: south }, Coord { x: east, y: north }).to_polygon()
        });
        shapes::feature(&Geometry::MultiPolygon(MultiPolygon::new(boxes.collect())), told("seen-ground"))
    });
    shapes::write(eyes.chain(parts).chain(ground).collect())
}

/// Cells side by side as one.
fn rows(cells: impl Iterator<Item = [f64; 4]>) -> Vec<[f64; 4]> {
    let mut rows: Vec<[f64; 4]> = Vec::new();
    for cell in cells {
        match rows.last_mut() {
            Some(last) if last[1] == cell[1] && (last[2] - cell[0]).abs() < 1e-9 => last[2] = cell[2],
            _ => rows.push(cell),
        }
    }
    rows
}
