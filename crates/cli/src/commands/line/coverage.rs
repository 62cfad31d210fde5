//! `trucewatch line coverage`: which stretches were watched on which day.

use std::io::Write;
use std::path::Path;

use geo::{Geometry, LineString, Point};
use jiff::civil::Date;
use line::coverage::{Account, DayOf, Lookout, Observed, Stretch, place_on};
use line::{earth, shapes};
use serde_json::{Value, json};
use trucewatch::when::Interval;

use super::watched::Watched;
use crate::args::border::Format;
use crate::args::line::Coverage;
use crate::commands::border::files::PlacedIncident;
use crate::commands::border::km;
use crate::failure::{Exit, Failure, note};
use crate::output::Paint;

/// Days that are looked at once, at most.
const DAYS: usize = 3_700;

/// An incident, and who could see it on its day.
struct Told<'a> {
    incident: &'a PlacedIncident,
    /// Its day; none where it is not told to the day, or lies outside the days asked for.
    day: Option<Date>,
    of_day: Option<DayOf>,
}

/// Everything that is told.
struct Report<'a> {
    watched: &'a Watched,
    account: Account<'a>,
    incidents: Vec<Told<'a>>,
}

/// Looks and prints.
pub(super) fn run(args: &Coverage, ledger: Option<&Path>, out: &mut dyn Write) -> Result<Exit, Failure> {
    let watched = Watched::read(&args.on, &args.packs, ledger)?;
    let report = report(args, &watched)?;
    match args.format {
        Format::Text => text(&report, out)?,
        Format::Json => writeln!(out, "{:#}", json(&report))?,
        Format::Geojson => writeln!(out, "{}", geojson(&report))?,
    }
    Ok(Exit::Done)
}

fn report<'a>(args: &Coverage, watched: &'a Watched) -> Result<Report<'a>, Failure> {
    let last = args.to.unwrap_or(args.from);
    if last < args.from {
        return Err(Failure::new(format!("--to {last} is before --from {}", args.from), "give the first day first"));
    }
    let days: Vec<Date> =
        args.from.series(jiff::Span::new().days(1)).take_while(|d| *d <= last).take(DAYS + 1).collect();
    if days.len() > DAYS {
        return Err(Failure::new(format!("more than {DAYS} days are asked for"), "ask for fewer days at once"));
    }
    let terrain = watched.terrain.as_ref();
    let lookouts: Vec<Lookout<'_>> =
        watched.posts.watch.iter().map(|w| Lookout::new(w, terrain, args.on.target)).collect();
    tell_of(&lookouts);
    let account = Account::new(&watched.line, args.on.stretch * 1000.0, lookouts, &days);
    let incidents = watched.incidents.iter().map(|i| told(i, &account)).collect();
    Ok(Report { watched, account, incidents })
}

/// Posts that see nothing, and why.
pub(super) fn tell_of(lookouts: &[Lookout<'_>]) {
    for lookout in lookouts {
        let (id, lacks) = (&lookout.watch.id, lookout.watch.lacks());
        if !lacks.is_empty() {
            note(&format!("{id} does not stand: it lacks the consent of {}", lacks.join(" and ")));
        }
        if lacks.is_empty() && lookout.watch.was_never_in_place() {
            note(&format!("{id} is agreed and not in place"));
        }
        if lookout.is_off_terrain() {
            note(&format!("{id} sees nothing: the height of the ground there is not known"));
        }
    }
}

fn told<'a>(incident: &'a PlacedIncident, account: &Account<'_>) -> Told<'a> {
    let interval = incident.date.as_deref().and_then(|d| d.parse::<Interval>().ok());
    let day = interval.and_then(|i| i.first_day().filter(|f| i.last_day() == Some(*f)));
    let day = day.filter(|d| account.days.contains_key(d));
    Told { incident, day, of_day: day.map(|d| place_on(incident.at, d, &account.lookouts)) }
}

fn text(report: &Report<'_>, out: &mut dyn Write) -> Result<(), Failure> {
    let paint = Paint::of_stdout();
    let all = report.account.length();
    writeln!(
        out,
        "{}, {} in {} stretches",
        paint.name(&report.watched.title),
        km(all),
        report.account.stretches.len()
    )?;
    for (day, of) in &report.account.days {
        let part = |what| {
            let metres = report.account.metres(of, what);
            format!("{} {} ({:.0} %)", what.as_str(), km(metres), 100.0 * metres / all.max(1.0))
        };
        let parts = [Observed::Observed, Observed::Partly, Observed::Not].map(part);
        writeln!(out, "\n{}  {}", paint.key(&day.to_string()), parts.join(", "))?;
        for (from, to, seen) in report.account.runs(of) {
            let by = report.account.ids(seen);
            let by = if by.is_empty() { String::new() } else { format!("  {}", by.join(", ")) };
            let hours =
                if seen.observed == Observed::Partly { format!("  {:.1} h", seen.hours) } else { String::new() };
            writeln!(
                out,
                "  km {:>6.1} to {:>6.1}  {:<8}{hours}{}",
                from / 1000.0,
                to / 1000.0,
                seen.observed.as_str(),
                paint.faint(&by)
            )?;
        }
    }
    incidents(report, paint, out)
}

fn incidents(report: &Report<'_>, paint: Paint, out: &mut dyn Write) -> Result<(), Failure> {
    if report.incidents.is_empty() {
        return Ok(());
    }
    let nobody = report.incidents.iter().filter(|t| is_unseen(t)).count();
    let of = report.incidents.iter().filter(|t| t.of_day.is_some()).count();
    writeln!(out, "\n{}", paint.name(&format!("Incidents that nobody could see: {nobody} of {of} on these days")))?;
    for told in &report.incidents {
        let seen = match &told.of_day {
            None => "not told to a day of these".to_owned(),
            Some(d) if d.observed == Observed::Not => "nobody".to_owned(),
            Some(d) => format!("{} for {:.1} h", report.account.ids(d).join(", "), d.hours),
        };
        let date = told.incident.date.as_deref().unwrap_or("undated");
        writeln!(out, "  {date}  {}  {}  {seen}", told.incident.kind, paint.faint(&told.incident.id))?;
    }
    Ok(())
}

fn is_unseen(told: &Told<'_>) -> bool {
    told.of_day.as_ref().is_some_and(|d| d.observed == Observed::Not)
}

fn json(report: &Report<'_>) -> Value {
    let of_day = |(stretch, seen): (&Stretch, &DayOf)| json!({ "from_m": stretch.from_m, "to_m": stretch.to_m, "observed": seen.observed, "hours": seen.hours, "by": report.account.ids(seen) });
    let day = |(day, of): (&Date, &Vec<DayOf>)| {
        json!({
            "day": day.to_string(),
            "observed_m": report.account.metres(of, Observed::Observed),
            "partly_m": report.account.metres(of, Observed::Partly),
            "not_m": report.account.metres(of, Observed::Not),
            "stretches": report.account.stretches.iter().zip(of).map(of_day).collect::<Vec<_>>(),
        })
    };
    json!({
        "line": report.watched.title,
        "crs": "EPSG:4326",
        "days": report.account.days.iter().map(day).collect::<Vec<_>>(),
        "incidents": report.incidents.iter().map(|t| told_json(report, t)).collect::<Vec<_>>(),
    })
}

fn told_json(report: &Report<'_>, told: &Told<'_>) -> Value {
    let PlacedIncident { id, kind, date, at } = told.incident;
    json!({
        "id": id,
        "type": kind,
        "date": date,
        "day": told.day.map(|d| d.to_string()),
        "lat": at.y,
        "lon": at.x,
        "observed": told.of_day.as_ref().map(|d| d.observed),
        "hours": told.of_day.as_ref().map(|d| d.hours),
        "by": told.of_day.as_ref().map(|d| report.account.ids(d)),
    })
}

fn geojson(report: &Report<'_>) -> String {
    let properties = |value: Value| value.as_object().cloned().unwrap_or_default();
    let mut features = Vec::new();
    for (day, of) in &report.account.days {
        for (stretch, seen) in report.account.stretches.iter().zip(of) {
            let told = json!({ "kind": "stretch", "day": day.to_string(), "observed": seen.observed, "hours": seen.hours,
                "by": report.account.ids(seen), "from_m": stretch.from_m, "to_m": stretch.to_m });
            let line = LineString::new(earth::unbroken(&stretch.line));
            features.push(shapes::feature(&Geometry::LineString(line), properties(told)));
        }
    }
    for told in &report.incidents {
        let point = Geometry::Point(Point::from(told.incident.at));
        features.push(shapes::feature(&point, properties(told_json(report, told))));
    }
    shapes::write(features)
}
