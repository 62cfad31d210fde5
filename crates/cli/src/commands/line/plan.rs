//! `trucewatch line plan`: where new posts should stand.

use std::io::Write;
use std::path::Path;

use desk::highs::Highs;
use geo::{Coord, Geometry, LineString, Point};
use line::earth::{self, Track};
use line::nearest::nearest;
use line::plan::Solver;
use line::plan::siting::{Ground, Siting, Sum, Wish, site};
use line::shapes;
use line::watch::{Watch, Watches};
use mission::Act;
use serde_json::{Value, json};

use super::coverage::tell_of;
use super::watched::{self, Watched};
use crate::args::border::Format;
use crate::args::line::Plan;
use crate::args::mission::Author;
use crate::commands::border::{degrees, km};
use crate::commands::mission::state;
use crate::failure::{Exit, Failure, note};
use crate::output::Paint;

/// Everything that is told.
struct Report<'a> {
    watched: &'a Watched,
    siting: Siting<'a>,
}

/// Plans and prints.
pub(super) fn run(args: &Plan, ledger: Option<&Path>, out: &mut dyn Write) -> Result<Exit, Failure> {
    let watched = Watched::read(&args.on, &args.packs, ledger)?;
    let sites = watched::watches(&args.sites)?;
    let report = report(args, &watched, &sites)?;
    match args.format {
        Format::Text => text(&report, out)?,
        Format::Json => writeln!(out, "{:#}", json(&report))?,
        Format::Geojson => writeln!(out, "{}", geojson(&report))?,
    }
    if !args.record {
        return Ok(Exit::Done);
    }
    let mission = args.on.books.mission.clone();
    let author = Author { by: args.by.clone(), role: None, party: None, key: None, draft: false, mission, at: None };
    let plan = mission::watch::Plan::new(&report.watched.title, &report.siting);
    state(&author, Act::Plan(plan), ledger, out)
}

fn report<'a>(args: &Plan, watched: &'a Watched, sites: &'a Watches) -> Result<Report<'a>, Failure> {
    let highs = Highs::find(args.solver.as_deref(), args.time_limit);
    if highs.is_none() {
        note("no solver is at hand: the plan says how far it may be from the best (`make solver` fetches HiGHS)");
    }
    let incidents: Vec<Coord> = watched.incidents.iter().map(|i| i.at).collect();
    let today = &watched.posts.watch;
    let ground = Ground { line: &watched.line, terrain: watched.terrain.as_ref(), today };
    let siting = site(&ground, &incidents, &sites.watch, &wish(args), highs.as_ref().map(|h| h as &dyn Solver));
    let siting = siting.map_err(|left_out| {
        let message = format!("{}: no site is left to choose from", args.sites.display());
        Failure::new(message, format!("left out were: {}", left_out.join("; ")))
    })?;
    tell_of(&siting.today);
    siting.trouble.iter().for_each(|why| note(why));
    Ok(Report { watched, siting })
}

fn wish(args: &Plan) -> Wish {
    Wish {
        posts: args.count,
        apart_m: args.apart * 1000.0,
        stretch_m: args.on.stretch * 1000.0,
        incident_m: args.incident_km * 1000.0,
        target_m: args.on.target,
        as_if_agreed: args.as_if_agreed,
    }
}

impl Report<'_> {
    fn told(&self, sum: Sum) -> String {
        let all = self.siting.all();
        let share = 100.0 * sum.metres as f64 / all.metres.max(1) as f64;
        let incidents = if all.incidents > 0 {
            format!(", {} of {} incidents", sum.incidents, all.incidents)
        } else {
            String::new()
        };
        format!("{} of {} ({share:.0} %){incidents}", km(sum.metres as f64), km(all.metres as f64))
    }

    /// "proven best by HiGHS", or how far it may be from it.
    fn proof(&self) -> String {
        if self.siting.plan.is_best() {
            return format!("proven best (found by {})", self.siting.plan.found_by);
        }
        let (gap, by) = (self.siting.plan.gap_percent(), &self.siting.plan.found_by);
        format!("found by {by}; a better plan could add at most {gap:.2} % more than this one adds")
    }
}

fn text(report: &Report<'_>, out: &mut dyn Write) -> Result<(), Failure> {
    let paint = Paint::of_stdout();
    writeln!(out, "{}", paint.name(&report.watched.title))?;
    writeln!(out, "  today       {}", report.told(report.siting.today()))?;
    writeln!(out, "  with these  {}", report.told(report.siting.then()))?;
    writeln!(
        out,
        "  {} of {} posts, from {} sites; {}",
        report.siting.plan.sites.len(),
        report.siting.asked,
        report.siting.sites.len(),
        report.proof()
    )?;
    let track = Track::new(&report.watched.line);
    for (site, _) in report.siting.chosen() {
        let Some(at) = site.eyes().first().copied() else { continue };
        let along = nearest(&track, at).map(|n| format!("km {:.1}", n.along / 1000.0)).unwrap_or_default();
        writeln!(out, "  {}  {}  {}", paint.key(&site.id), degrees(at), paint.faint(&along))?;
    }
    report.siting.left_out.iter().try_for_each(|why| writeln!(out, "  left out: {why}"))?;
    Ok(())
}

fn json(report: &Report<'_>) -> Value {
    let sum = |s: Sum| json!({ "metres": s.metres, "incidents": s.incidents });
    json!({
        "line": report.watched.title,
        "crs": "EPSG:4326",
        "today": sum(report.siting.today()),
        "with_plan": sum(report.siting.then()),
        "all": sum(report.siting.all()),
        "sites": report.siting.chosen().map(|(s, _)| s.id.as_str()).collect::<Vec<_>>(),
        "worth": report.siting.plan.worth,
        "at_most": report.siting.plan.at_most,
        "proven_best": report.siting.plan.is_best(),
        "gap_percent": report.siting.plan.gap_percent(),
        "found_by": report.siting.plan.found_by,
        "left_out": report.siting.left_out,
    })
}

fn geojson(report: &Report<'_>) -> String {
    let properties = |value: Value| value.as_object().cloned().unwrap_or_default();
    let point = |w: &Watch, kind: &str| {
        let told = properties(json!({ "kind": kind, "id": w.id, "reach_km": w.reach_km }));
        w.eyes().first().map(|&at| shapes::feature(&Geometry::Point(Point::from(at)), told))
    };
    let today = report.watched.posts.watch.iter().filter_map(|w| point(w, "today"));
    let planned = report.siting.chosen().filter_map(|(w, _)| point(w, "planned"));
    let track = Track::new(&report.watched.line);
    let pieces = report.siting.places.iter().filter(|p| p.metres > 0).scan(0.0, |from, place| {
        let start = *from;
        *from += place.metres as f64;
        Some((start, *from, place))
    });
    let stretches = pieces.map(|(from, to, place)| {
        let seen = if place.seen_today {
            "today"
        } else if report.siting.planned(place.at) {
            "with-plan"
        } else {
            "not"
        };
        let line = LineString::new(earth::unbroken(&track.between(from, to)));
        shapes::feature(&Geometry::LineString(line), properties(json!({ "kind": "stretch", "seen": seen })))
    });
    shapes::write(today.chain(planned).chain(stretches).collect())
}
