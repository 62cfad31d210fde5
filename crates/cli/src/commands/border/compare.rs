//! `trucewatch border compare`: two proposals side by side.

use std::io::Write;
use std::path::Path;

use line::Side;
use line::border::layers::Site;
use line::border::{Apart, Named, Near, SideBySide};
use trucewatch::pack::FeatureKind;

use super::register::proposal;
use super::{degrees, files, km};
use crate::args::border::{Compare, Format};
use crate::failure::{Exit, Failure, note};
use crate::output::Paint;

/// Compares and prints.
pub(super) fn run(args: &Compare, ledger: Option<&Path>, out: &mut dyn Write) -> Result<Exit, Failure> {
    let report = report(args, ledger)?;
    match args.format {
        Format::Text => text(&report, out)?,
        Format::Json => writeln!(out, "{:#}", report.json())?,
        Format::Geojson => writeln!(out, "{}", report.geojson())?,
    }
    Ok(Exit::Done)
}

fn report(args: &Compare, ledger: Option<&Path>) -> Result<SideBySide, Failure> {
    let named = |spec: &str| proposal(spec, &args.books, ledger);
    let (first, second) = (named(&args.first)?, named(&args.second)?);
    let (sites, roads) = layers(args)?;
    let near = Near { sites, roads, km: args.near, join_m: args.join };
    SideBySide::new(first, second, &near).map_err(|e| match e {
        Apart::Incomparable(_) => Failure::new(format!("{} and {}: {e}", args.first, args.second), e.hint()),
        Apart::UpsideDown { .. } => Failure::new(e.to_string(), e.hint()),
    })
}

/// Points and lines of the layers, of the packs that were named, and of the incidents.
fn layers(args: &Compare) -> Result<files::Layer, Failure> {
    let (mut sites, mut roads) = (Vec::new(), Vec::new());
    for path in &args.layers {
        let (points, lines) = files::layer(path)?;
        sites.extend(points);
        roads.extend(lines);
    }
    if !args.packs.packs.is_empty() {
        let knowledge = desk::world::all(&args.packs.options())?;
        let settlements = knowledge.places().filter(|p| p.kind == FeatureKind::Settlement);
        sites.extend(settlements.map(|p| Site {
            name: p.name.clone(),
            kind: "settlement".to_owned(),
            at: geo::Coord { x: p.lon, y: p.lat },
        }));
    }
    if let Some(path) = &args.incidents {
        let (placed, without) = files::incidents(path)?;
        if without > 0 {
            note(&format!("{without} incidents have no place on the map and are left out"));
        }
        sites.extend(placed.into_iter().map(|i| {
            let date = i.date.map(|d| format!(" {d}")).unwrap_or_default();
            Site { name: i.id, kind: format!("{}{date}", i.kind), at: i.at }
        }));
    }
    Ok((sites, roads))
}

fn text(report: &SideBySide, out: &mut dyn Write) -> Result<(), Failure> {
    let paint = Paint::of_stdout();
    let found = &report.found;
    let turned = if found.turned { "  drawn from the other end, turned round" } else { "" };
    let enclaves = |named: &Named| match named.proposal.enclaves.len() {
        0 => String::new(),
        1 => "  1 enclave".to_owned(),
        n => format!("  {n} enclaves"),
    };
    for (name, named, metres, turned) in
        [("First", &report.first, found.first_m, ""), ("Second", &report.second, found.second_m, turned)]
    {
        let map = named.map.as_ref().map(|m| format!(", {m}")).unwrap_or_default();
        let name = paint.name(&format!("{name:<7}"));
        writeln!(out, "{name} {}{map}  {:.3} km{}{turned}", named.title, metres / 1000.0, enclaves(named))?;
    }
    let gap = found.gaps_m.0.max(found.gaps_m.1);
    if gap > 0.5 {
        writeln!(out, "        their ends lie up to {gap:.0} m apart and are joined")?;
    }
    writeln!(
        out,
        "        the first has {} on its left and {} on its right",
        report.whose(Side::Left),
        report.whose(Side::Right)
    )?;
    deviation(report, paint, out)?;
    areas(report, paint, out)?;
    surroundings(report, paint, out)
}

fn deviation(report: &SideBySide, paint: Paint, out: &mut dyn Write) -> Result<(), Failure> {
    let Some(d) = &report.found.deviation else { return Ok(()) };
    writeln!(out, "\n{}", paint.name("Between them"))?;
    writeln!(out, "  {:.0} m in the mean, {:.0} m at most (at {})", d.mean_m, d.max_m, degrees(d.max_from.into()))?;
    writeln!(out, "  together along {} of the first; measured every {:.0} m", km(d.together_m), d.step_m)?;
    Ok(())
}

fn areas(report: &SideBySide, paint: Paint, out: &mut dyn Write) -> Result<(), Failure> {
    writeln!(out, "\n{}", paint.name("Areas that lie on one side under the first and on the other under the second"))?;
    for (i, change) in report.found.changes.iter().enumerate() {
        let (from, to) = (report.whose(change.from), report.whose(change.to()));
        let holes = if change.rings.len() > 1 { format!("  holes: {}", change.rings.len() - 1) } else { String::new() };
        writeln!(out, "  {:>3}  {:>12.4} km²  {from} → {to}{holes}", i + 1, change.area_m2 / 1e6)?;
    }
    if report.found.changes.is_empty() {
        writeln!(out, "  none")?;
    }
    for side in [Side::Left, Side::Right] {
        let (from, to) = (report.whose(side), report.whose(side.other()));
        writeln!(out, "  {:>17.4} km²  in all from {from} to {to}", report.found.lost_by(side) / 1e6)?;
    }
    Ok(())
}

fn surroundings(report: &SideBySide, paint: Paint, out: &mut dyn Write) -> Result<(), Failure> {
    if !report.ways.is_empty() {
        writeln!(out, "\n{}", paint.name("Roads and other lines through these areas"))?;
    }
    for way in &report.ways {
        let part = |metres: f64, side: Side| {
            let (from, to) = (report.whose(side), report.whose(side.other()));
            (metres > 0.0).then(|| format!("{} {from} → {to}", km(metres)))
        };
        let parts = [part(way.lost_by_left_m, Side::Left), part(way.lost_by_right_m, Side::Right)];
        writeln!(out, "  {}  {}", way.name, parts.into_iter().flatten().collect::<Vec<_>>().join(", "))?;
    }
    if report.sited.is_empty() {
        return Ok(());
    }
    writeln!(out, "\n{}", paint.name(&format!("In these areas, or within {} km of either line", report.near_km)))?;
    for s in &report.sited {
        let (first, second) = (report.whose_or_neither(s.first), report.whose_or_neither(s.second));
        let side = if s.changes() { format!("{first} → {second}") } else { first };
        let away = format!("{} from the first, {} from the second", km(s.to_first_m), km(s.to_second_m));
        writeln!(out, "  {}  {}  {side}  {}", s.site.name, s.site.kind, paint.faint(&away))?;
    }
    Ok(())
}
