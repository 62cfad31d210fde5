//! `trucewatch border status`: how far each segment has come.

use std::io::Write;

use line::border::progress::{Share, progress};
use line::border::register::{Refusal, Segment, Version};
use line::border::{Register, State};
use serde_json::{Value, json};

use super::{register, versions};
use crate::args::border::{Format, Status};
use crate::failure::{Exit, Failure, note};
use crate::output::Paint;

/// Replays and prints.
pub(super) fn run(args: &Status, out: &mut dyn Write) -> Result<Exit, Failure> {
    let (register, refused) = register::replay(&args.register, args.as_of.map(|a| a.0))?;
    match args.format {
        Format::Text => text(&register, out)?,
        Format::Json => writeln!(out, "{:#}", json(&register, &refused))?,
        Format::Geojson => writeln!(out, "{}", versions::geojson(&register))?,
    }
    for (line, refusal) in &refused {
        note(&format!("{}:{line}: refused: {refusal}; {}", args.register.display(), refusal.hint()));
    }
    Ok(if refused.is_empty() { Exit::Done } else { Exit::NotInOrder })
}

fn text(register: &Register, out: &mut dyn Write) -> Result<(), Failure> {
    let paint = Paint::of_stdout();
    for (id, segment) in register.segments() {
        let standing = segment.standing();
        let version = standing.version.map(|n| format!(" (version {n})")).unwrap_or_default();
        let head = format!(
            "{}  {}{version}  {}",
            paint.name(id),
            paint.key(standing.state.as_str()),
            length(segment.metres())
        );
        writeln!(out, "{head}  {}", segment.title)?;
        for (number, version) in (1u32..).zip(&segment.versions) {
            writeln!(out, "  {number}  {}", told(version))?;
        }
        for waits in &standing.waits {
            writeln!(out, "  waits for {waits}")?;
        }
    }
    writeln!(out, "{}", paint.name("Progress"))?;
    for share in progress(register).iter().filter(|s| s.segments > 0) {
        writeln!(out, "  {}", shared(share))?;
    }
    if register.segments().next().is_none() {
        writeln!(out, "  no segment is open")?;
    }
    Ok(())
}

/// "vesk on sheet 12, 1976, 2031-04-02: orlava refused, vesk given; 3 pillars".
fn told(version: &Version) -> String {
    let answers: Vec<String> = version.consents.iter().map(|(p, a)| format!("{p} {}", word(a))).collect();
    let answers = if answers.is_empty() { "nobody answered".to_owned() } else { answers.join(", ") };
    let day = version.at.strftime("%Y-%m-%d");
    let pillars = match version.pillars.len() {
        0 => String::new(),
        1 => "; 1 pillar".to_owned(),
        n => format!("; {n} pillars"),
    };
    let steps = [("delimited", version.delimited), ("demarcated", version.demarcated)];
    let steps: String =
        steps.iter().filter_map(|(s, at)| Some(format!("; {s} {}", at.as_ref()?.strftime("%Y-%m-%d")))).collect();
    format!(
        "{} on {}, {day}, {}: {answers}{steps}{pillars}",
        version.by,
        version.drawn.map,
        super::km(version.course.length())
    )
}

pub(super) fn word(answer: line::Answer) -> &'static str {
    match answer {
        line::Answer::Given => "consents",
        line::Answer::Conditional => "consents on a condition",
        line::Answer::Refused => "refuses",
        line::Answer::Withdrawn => "took its answer back",
    }
}

fn length((min, max): (f64, f64)) -> String {
    if max <= 0.0 {
        return "length not known".to_owned();
    }
    if max - min < 50.0 { super::km(max) } else { format!("{:.1} to {:.1} km", min / 1000.0, max / 1000.0) }
}

fn shared(share: &Share) -> String {
    let range =
        |min: f64, max: f64| if max - min < 0.05 { format!("{max:.1}") } else { format!("{min:.1} to {max:.1}") };
    let (km, percent) = (range(share.min_km, share.max_km), range(share.min_percent, share.max_percent));
    let segments = if share.segments == 1 { "1 segment".to_owned() } else { format!("{} segments", share.segments) };
    let unmeasured = match share.unmeasured {
        0 => String::new(),
        n if n == share.segments => return format!("{:<10}  {segments}  length not known", share.state.as_str()),
        n => format!("  (the length of {n} is not known)"),
    };
    format!("{:<10}  {segments}  {km} km  {percent} %{unmeasured}", share.state.as_str())
}

fn json(register: &Register, refused: &[(usize, Refusal)]) -> Value {
    let refused = refused.iter().map(|(line, r)| json!({ "line": line, "reason": r.to_string(), "hint": r.hint() }));
    json!({
        "crs": "EPSG:4326",
        "segments": register.segments().map(|(id, s)| segment(id, s)).collect::<Vec<_>>(),
        "progress": progress(register),
        "refused": refused.collect::<Vec<_>>(),
    })
}

fn segment(id: &str, segment: &Segment) -> Value {
    let (standing, (min_m, max_m)) = (segment.standing(), segment.metres());
    let versions = (1u32..).zip(&segment.versions).map(|(n, v)| versions::properties(id, segment, n, v));
    json!({
        "id": id,
        "title": segment.title,
        "parties": segment.parties,
        "state": standing.state,
        "version": standing.version,
        "waits": standing.waits.iter().map(ToString::to_string).collect::<Vec<_>>(),
        "min_m": min_m,
        "max_m": max_m,
        "agreed": standing.state >= State::Agreed,
        "versions": versions.collect::<Vec<_>>(),
    })
}
