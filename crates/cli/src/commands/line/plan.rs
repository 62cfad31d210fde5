//! `trucewatch line plan`: where new posts should stand.

use std::io::Write;
use std::path::Path;

use geo::{Coord, Geometry, LineString, Point};
use line::coverage::Lookout;
use line::earth::{self, Track};
use line::nearest::nearest;
use line::plan::{Problem, Solver, plan};
use line::shapes;
use line::watch::{Watch, Watches};
use mission::Act;
use serde_json::{Value, json};

use super::coverage::tell_of;
use super::highs::Highs;
use super::watched::{self, Watched};
use crate::args::border::Format;
use crate::args::line::Plan;
use crate::args::mission::Author;
use crate::commands::border::{degrees, km};
use crate::commands::mission::state;
use crate::failure::{Exit, Failure, note};
use crate::output::Paint;

/// A piece of the line or an incident, what seeing it is worth, and who sees it today.
struct Place {
    at: Coord,
    /// Metres of line that it stands for; nought of an incident.
    metres: u64,
    /// Metres of line that it is worth as an incident.
    incident: u64,
    seen_today: bool,
}

impl Place {
    fn worth(&self) -> u64 {
        self.metres + self.incident
    }
}

/// Everything that is told.
struct Report<'a> {
    watched: &'a Watched,
    places: Vec<Place>,
    sites: Vec<&'a Watch>,
    lookouts: Vec<Lookout<'a>>,
    plan: line::plan::Plan,
    /// Sites that lack a consent, and whose; and those too near to posts of today.
    left_out: Vec<String>,
    asked: usize,
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
    state(&author, Act::Plan(report.on_record()), ledger, out)
}

fn report<'a>(args: &Plan, watched: &'a Watched, sites: &'a Watches) -> Result<Report<'a>, Failure> {
    let look = |w: &'a Watch| Lookout::new(w, watched.terrain.as_ref(), args.on.target);
    let today: Vec<Lookout<'_>> = watched.posts.watch.iter().map(look).collect();
    tell_of(&today);
    let standing: Vec<&Lookout<'_>> = today.iter().filter(|l| l.watch.stands()).collect();
    let (sites, left_out) = allowed(args, &standing, sites);
    if sites.is_empty() {
        let message = format!("{}: no site is left to choose from", args.sites.display());
        return Err(Failure::new(message, format!("left out were: {}", left_out.join("; "))));
    }
    let places = places(args, watched, &standing);
    let lookouts: Vec<Lookout<'_>> = sites.iter().map(|w| look(w)).collect();
    let problem = problem(args, &places, &lookouts);
    let highs = Highs::find(args.solver.as_deref(), args.time_limit);
    if highs.is_none() {
        note("no solver is at hand: the plan says how far it may be from the best (`make solver` fetches HiGHS)");
    }
    let (plan, why) = plan(&problem, highs.as_ref().map(|h| h as &dyn Solver));
    why.iter().for_each(|why| note(why));
    Ok(Report { watched, places, sites, lookouts, plan, left_out, asked: args.count })
}

/// Sites that may be chosen, and why the others may not.
fn allowed<'a>(args: &Plan, standing: &[&Lookout<'_>], sites: &'a Watches) -> (Vec<&'a Watch>, Vec<String>) {
    let (mut allowed, mut left_out) = (Vec::new(), Vec::new());
    for site in &sites.watch {
        let lacks = site.lacks();
        let too_near = standing.iter().find(|l| apart(l.watch, site) < args.apart * 1000.0);
        if !lacks.is_empty() && !args.as_if_agreed {
            left_out.push(format!("{} lacks the consent of {}", site.id, lacks.join(" and ")));
        } else if let Some(post) = too_near {
            left_out.push(format!("{} is too near to {}", site.id, post.watch.id));
        } else {
            allowed.push(site);
        }
    }
    (allowed, left_out)
}

/// Metres between the nearest places from which two look.
fn apart(a: &Watch, b: &Watch) -> f64 {
    let eyes = b.eyes();
    let ways = a.eyes().into_iter().flat_map(|from| eyes.iter().map(move |to| earth::metres(from, *to)));
    ways.fold(f64::INFINITY, f64::min)
}

fn places(args: &Plan, watched: &Watched, standing: &[&Lookout<'_>]) -> Vec<Place> {
    let seen_today = |at: Coord| standing.iter().any(|l| l.sees(at));
    let track = Track::new(&watched.line);
    let length = |(from, to): (f64, f64)| (to - from).round() as u64;
    let stretches = track.stretches(args.on.stretch * 1000.0);
    let of_line = stretches.into_iter().filter_map(|s| {
        let at = track.at(f64::midpoint(s.0, s.1))?;
        Some(Place { at, metres: length(s), incident: 0, seen_today: seen_today(at) })
    });
    let worth = (args.incident_km.max(0.0) * 1000.0).round() as u64;
    let of_incidents =
        watched.incidents.iter().map(|i| Place { at: i.at, metres: 0, incident: worth, seen_today: seen_today(i.at) });
    of_line.chain(of_incidents).collect()
}

fn problem(args: &Plan, places: &[Place], lookouts: &[Lookout<'_>]) -> Problem {
    let open = || (0u32..).zip(places).filter(|(_, p)| !p.seen_today);
    let sees = lookouts.iter().map(|l| open().filter(|(_, p)| l.sees(p.at)).map(|(i, _)| i).collect()).collect();
    let weights = places.iter().map(|p| if p.seen_today { 0 } else { p.worth() }).collect();
    Problem { sees, weights, too_near: too_near(args.apart * 1000.0, lookouts), posts: args.count }
}

fn too_near(metres: f64, lookouts: &[Lookout<'_>]) -> Vec<(u32, u32)> {
    let mut pairs = Vec::new();
    if metres <= 0.0 {
        return pairs;
    }
    let near = |a: &Lookout<'_>, b: &Lookout<'_>| {
        let lat = |w: &Watch| w.lat.unwrap_or(f64::NAN);
        // A degree of latitude is at least 110.5 km; patrols have no latitude of their own and are always measured.
        let far = (lat(a.watch) - lat(b.watch)).abs() * 110_500.0 > metres;
        !far && apart(a.watch, b.watch) < metres
    };
    for (i, a) in (0u32..).zip(lookouts) {
        let later = (i + 1..).zip(lookouts.iter().skip(i as usize + 1));
        pairs.extend(later.filter(|(_, b)| near(a, b)).map(|(j, _)| (i, j)));
    }
    pairs
}

/// Metres of line and worth of incidents that are seen.
#[derive(Clone, Copy, PartialEq, Eq)]
struct Sum {
    metres: u64,
    incidents: usize,
}

impl Report<'_> {
    fn sum(&self, seen: impl Fn(&Place) -> bool) -> Sum {
        let met = || self.places.iter().filter(|p| seen(p));
        Sum { metres: met().map(|p| p.metres).sum(), incidents: met().filter(|p| p.metres == 0).count() }
    }

    fn chosen(&self) -> impl Iterator<Item = (&Watch, &Lookout<'_>)> {
        let both = |&i: &u32| Some((*self.sites.get(i as usize)?, self.lookouts.get(i as usize)?));
        self.plan.sites.iter().filter_map(both)
    }

    fn today(&self) -> Sum {
        self.sum(|p| p.seen_today)
    }

    fn then(&self) -> Sum {
        let chosen: Vec<&Lookout<'_>> = self.chosen().map(|(_, l)| l).collect();
        self.sum(|p| p.seen_today || chosen.iter().any(|l| l.sees(p.at)))
    }

    fn all(&self) -> Sum {
        self.sum(|_| true)
    }

    fn told(&self, sum: Sum) -> String {
        let all = self.all();
        let share = 100.0 * sum.metres as f64 / all.metres.max(1) as f64;
        let incidents = if all.incidents > 0 {
            format!(", {} of {} incidents", sum.incidents, all.incidents)
        } else {
            String::new()
        };
        format!("{} of {} ({share:.0} %){incidents}", km(sum.metres as f64), km(all.metres as f64))
    }

    /// As the ledger keeps it. Whose consent a site needs is asked anew when it is proposed.
    fn on_record(&self) -> mission::watch::Plan {
        let plain = |w: &Watch| {
            let mut watch = w.clone();
            watch.parties.clear();
            watch.consents.clear();
            watch
        };
        mission::watch::Plan {
            line: self.watched.title.clone(),
            asked: self.asked,
            metres: self.all().metres,
            today: self.today().metres,
            with_plan: self.then().metres,
            worth: self.plan.worth,
            at_most: self.plan.at_most,
            found_by: self.plan.found_by.clone(),
            watch: self.chosen().map(|(w, _)| plain(w)).collect(),
        }
    }

    /// "proven best by HiGHS", or how far it may be from it.
    fn proof(&self) -> String {
        if self.plan.is_best() {
            return format!("proven best (found by {})", self.plan.found_by);
        }
        let (gap, by) = (self.plan.gap_percent(), &self.plan.found_by);
        format!("found by {by}; a better plan could add at most {gap:.2} % more than this one adds")
    }
}

fn text(report: &Report<'_>, out: &mut dyn Write) -> Result<(), Failure> {
    let paint = Paint::of_stdout();
    writeln!(out, "{}", paint.name(&report.watched.title))?;
    writeln!(out, "  today       {}", report.told(report.today()))?;
    writeln!(out, "  with these  {}", report.told(report.then()))?;
    writeln!(
        out,
        "  {} of {} posts, from {} sites; {}",
        report.plan.sites.len(),
        report.asked,
        report.sites.len(),
        report.proof()
    )?;
    let track = Track::new(&report.watched.line);
    for (site, _) in report.chosen() {
        let Some(at) = site.eyes().first().copied() else { continue };
        let along = nearest(&track, at).map(|n| format!("km {:.1}", n.along / 1000.0)).unwrap_or_default();
        writeln!(out, "  {}  {}  {}", paint.key(&site.id), degrees(at), paint.faint(&along))?;
    }
    report.left_out.iter().try_for_each(|why| writeln!(out, "  left out: {why}"))?;
    Ok(())
}

fn json(report: &Report<'_>) -> Value {
    let sum = |s: Sum| json!({ "metres": s.metres, "incidents": s.incidents });
    json!({
        "line": report.watched.title,
        "crs": "EPSG:4326",
        "today": sum(report.today()),
        "with_plan": sum(report.then()),
        "all": sum(report.all()),
        "sites": report.chosen().map(|(s, _)| s.id.as_str()).collect::<Vec<_>>(),
        "worth": report.plan.worth,
        "at_most": report.plan.at_most,
        "proven_best": report.plan.is_best(),
        "gap_percent": report.plan.gap_percent(),
        "found_by": report.plan.found_by,
        "left_out": report.left_out,
    })
}

fn geojson(report: &Report<'_>) -> String {
    let properties = |value: Value| value.as_object().cloned().unwrap_or_default();
    let point = |w: &Watch, kind: &str| {
        let told = properties(json!({ "kind": kind, "id": w.id, "reach_km": w.reach_km }));
        w.eyes().first().map(|&at| shapes::feature(&Geometry::Point(Point::from(at)), told))
    };
    let today = report.watched.posts.watch.iter().filter_map(|w| point(w, "today"));
    let chosen: Vec<(&Watch, &Lookout<'_>)> = report.chosen().collect();
    let planned = chosen.iter().filter_map(|(w, _)| point(w, "planned"));
    let track = Track::new(&report.watched.line);
    let pieces = report.places.iter().filter(|p| p.metres > 0).scan(0.0, |from, place| {
        let start = *from;
        *from += place.metres as f64;
        Some((start, *from, place))
    });
    let stretches = pieces.map(|(from, to, place)| {
        let seen = if place.seen_today {
            "today"
        } else if chosen.iter().any(|(_, l)| l.sees(place.at)) {
            "with-plan"
        } else {
            "not"
        };
        let line = LineString::new(earth::unbroken(&track.between(from, to)));
        shapes::feature(&Geometry::LineString(line), properties(json!({ "kind": "stretch", "seen": seen })))
    });
    shapes::write(today.chain(planned).chain(stretches).collect())
}
