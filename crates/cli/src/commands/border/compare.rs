//! `trucewatch border compare`: two proposals side by side.

use std::io::Write;
use std::path::Path;

use geo::{Geometry, LineString, Polygon};
use line::Side;
use line::border::change::Change;
use line::border::compare::aligned;
use line::border::layers::{Site, Sited, Way, sited, ways};
use line::border::{Comparison, compare};
use line::{earth, shapes};
use serde_json::{Value, json};
use trucewatch::pack::FeatureKind;

use super::register::{Named, proposal};
use super::{degrees, files, km};
use crate::args::border::{Compare, Format};
use crate::failure::{Exit, Failure, note};
use crate::output::Paint;

/// Everything that is told.
struct Report {
    first: Named,
    second: Named,
    found: Comparison,
    sited: Vec<Sited>,
    ways: Vec<Way>,
    near_km: f64,
}

/// Compares and prints.
pub(super) fn run(args: &Compare, ledger: Option<&Path>, out: &mut dyn Write) -> Result<Exit, Failure> {
    let report = report(args, ledger)?;
    match args.format {
        Format::Text => text(&report, out)?,
        Format::Json => writeln!(out, "{:#}", json(&report))?,
        Format::Geojson => writeln!(out, "{}", geojson(&report))?,
    }
    Ok(Exit::Done)
}

fn report(args: &Compare, ledger: Option<&Path>) -> Result<Report, Failure> {
    let named = |spec: &str| proposal(spec, &args.books, ledger);
    let (first, second) = (named(&args.first)?, named(&args.second)?);
    let refused =
        |e: line::border::Incomparable| Failure::new(format!("{} and {}: {e}", args.first, args.second), e.hint());
    let found = compare(&first.proposal, &second.proposal, args.join).map_err(refused)?;
    face_one_way(&first, &second, found.turned)?;
    let (sites, roads) = layers(args)?;
    let (other, _) = aligned(&first.proposal, &second.proposal);
    let sited = sited(&first.proposal, &other, &found.changes, &sites, args.near * 1000.0);
    let ways = ways(&found.changes, &roads);
    Ok(Report { first, second, found, sited, ways, near_km: args.near })
}

/// Refuses a line that names other sides than the first one, drawn the same way: it is upside down.
fn face_one_way(first: &Named, second: &Named, turned: bool) -> Result<(), Failure> {
    let mut sides = second.sides.clone();
    if turned {
        sides.reverse();
    }
    for (hand, (a, b)) in ["left", "right"].iter().zip(first.sides.iter().zip(&sides)) {
        let (Some(a), Some(b)) = (a, b) else { continue };
        if a != b {
            let way = if turned { "turned round to run the same way" } else { "which runs the same way" };
            let message = format!("`{a}` lies on the {hand} hand of the first line, and `{b}` of the second, {way}");
            let hint = "one of them is upside down: exchange its `left` and `right`, or draw it from the other end";
            return Err(Failure::new(message, hint));
        }
    }
    Ok(())
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

impl Report {
    /// Whose a side is: the first line's own names, else those of the second, else which hand it is.
    fn whose(&self, side: Side) -> String {
        let of = |named: &Named, side: Side| named.sides[usize::from(side == Side::Right)].clone();
        let seconds = if self.found.turned { side.other() } else { side };
        of(&self.first, side).or_else(|| of(&self.second, seconds)).unwrap_or_else(|| format!("the {side}"))
    }

    fn whose_or_neither(&self, side: Option<Side>) -> String {
        side.map_or_else(|| "neither".to_owned(), |s| self.whose(s))
    }
}

fn text(report: &Report, out: &mut dyn Write) -> Result<(), Failure> {
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

fn deviation(report: &Report, paint: Paint, out: &mut dyn Write) -> Result<(), Failure> {
    let Some(d) = &report.found.deviation else { return Ok(()) };
    writeln!(out, "\n{}", paint.name("Between them"))?;
    writeln!(out, "  {:.0} m in the mean, {:.0} m at most (at {})", d.mean_m, d.max_m, degrees(d.max_from.into()))?;
    writeln!(out, "  together along {} of the first; measured every {:.0} m", km(d.together_m), d.step_m)?;
    Ok(())
}

fn areas(report: &Report, paint: Paint, out: &mut dyn Write) -> Result<(), Failure> {
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

fn surroundings(report: &Report, paint: Paint, out: &mut dyn Write) -> Result<(), Failure> {
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

fn json(report: &Report) -> Value {
    let found = &report.found;
    let named = |n: &Named, metres: f64| {
        let [left, right] = &n.sides;
        json!({ "title": n.title, "map": n.map, "left": left, "right": right, "metres": metres,
                "vertices": n.proposal.course.vertices().len(), "enclaves": n.proposal.enclaves.len() })
    };
    let change = |c: &Change| {
        json!({ "from": report.whose(c.from), "to": report.whose(c.to()), "m2": c.area_m2,
        "rings": c.rings.iter().map(|r| pairs(r)).collect::<Vec<_>>() })
    };
    let total =
        |side: Side| json!({ "from": report.whose(side), "to": report.whose(side.other()), "m2": found.lost_by(side) });
    let site = |s: &Sited| {
        json!({ "name": s.site.name, "kind": s.site.kind, "lon": s.site.at.x, "lat": s.site.at.y,
        "first": s.first.map(|x| report.whose(x)), "second": s.second.map(|x| report.whose(x)), "changes": s.changes(),
        "to_first_m": s.to_first_m, "to_second_m": s.to_second_m })
    };
    let way = |w: &Way| json!({ "name": w.name, "from_left_m": w.lost_by_left_m, "from_right_m": w.lost_by_right_m });
    json!({
        "crs": "EPSG:4326",
        "first": named(&report.first, found.first_m),
        "second": named(&report.second, found.second_m),
        "turned": found.turned,
        "gaps_m": [found.gaps_m.0, found.gaps_m.1],
        "left": report.whose(Side::Left),
        "right": report.whose(Side::Right),
        "between": found.deviation,
        "areas": found.changes.iter().map(change).collect::<Vec<_>>(),
        "totals": [total(Side::Left), total(Side::Right)],
        "ways": report.ways.iter().map(way).collect::<Vec<_>>(),
        "sites": report.sited.iter().map(site).collect::<Vec<_>>(),
    })
}

fn pairs(line: &[geo::Coord]) -> Vec<[f64; 2]> {
    line.iter().map(|&c| c.into()).collect()
}

fn geojson(report: &Report) -> String {
    let properties = |value: Value| value.as_object().cloned().unwrap_or_default();
    let lines = [("first", &report.first), ("second", &report.second)].map(|(which, named)| {
        let line = LineString::new(earth::unbroken(named.proposal.course.vertices()));
        let told = json!({ "kind": "proposal", "which": which, "title": named.title, "map": named.map });
        shapes::feature(&Geometry::LineString(line), properties(told))
    });
    let areas = report.found.changes.iter().map(|c| {
        let mut rings = c.rings.iter().map(|r| LineString::new(earth::unbroken(r)));
        let area = Polygon::new(rings.next().unwrap_or_else(|| LineString::new(vec![])), rings.collect());
        let (from, to) = (report.whose(c.from), report.whose(c.to()));
        let told = json!({ "kind": "area", "from": from, "to": to, "km2": c.area_m2 / 1e6 });
        shapes::feature(&Geometry::Polygon(area), properties(told))
    });
    let sites = report.sited.iter().map(|s| {
        let told = json!({ "kind": s.site.kind, "name": s.site.name, "first": s.first.map(|x| report.whose(x)),
                           "second": s.second.map(|x| report.whose(x)), "changes": s.changes() });
        shapes::feature(&Geometry::Point(s.site.at.into()), properties(told))
    });
    shapes::write(lines.into_iter().chain(areas).chain(sites).collect())
}
