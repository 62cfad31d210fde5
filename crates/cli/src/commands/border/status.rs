//! `trucewatch border status`: how far each segment has come.

use std::io::Write;
use std::path::Path;

use exports::border::{proposer, segment};
use mission::Subject;
use mission::book::Mission;
use mission::border::progress::{Share, progress};
use mission::border::{Confirmed, Segment, Standing, Version};
use serde_json::{Value, json};

use super::register::Kept;
use crate::args::border::{Format, Status};
use crate::failure::{Exit, Failure};
use crate::output::Paint;

/// Replays and prints.
pub(super) fn run(args: &Status, ledger: Option<&Path>, out: &mut dyn Write) -> Result<Exit, Failure> {
    let kept = Kept::read(args.register.as_deref(), &args.books, ledger)?;
    match args.format {
        Format::Text => text(&kept.mission, out)?,
        Format::Json => writeln!(out, "{:#}", json(&kept))?,
        Format::Geojson => writeln!(out, "{}", exports::border::geojson(&kept.mission))?,
    }
    kept.tell_refused();
    Ok(if kept.refused.is_empty() { Exit::Done } else { Exit::NotInOrder })
}

fn text(mission: &Mission, out: &mut dyn Write) -> Result<(), Failure> {
    let paint = Paint::of_stdout();
    for segment in mission.segments.values() {
        let Standing { state, version, without_consent, waits } = mission.standing(segment);
        let version = version.map(|n| format!(" (version {n})")).unwrap_or_default();
        let (id, state) = (paint.name(&segment.id), paint.key(state.as_str()));
        writeln!(out, "{id}  {state}{version}  {}  {}", length(mission.metres(segment)), segment.title)?;
        for (number, version) in segment.numbered() {
            writeln!(out, "  {number}  {}", mission.proposed(version).map(|s| told(version, s)).unwrap_or_default())?;
        }
        segment.confirmations.iter().try_for_each(|c| writeln!(out, "  {}", confirmed(segment, c)))?;
        let word = if without_consent { "stands without consent" } else { "waits" };
        waits.iter().try_for_each(|w| writeln!(out, "  {word}: {w}"))?;
    }
    writeln!(out, "{}", paint.name("Progress"))?;
    for share in progress(mission).iter().filter(|s| s.segments > 0) {
        writeln!(out, "  {}", shared(share))?;
    }
    if mission.segments.is_empty() {
        writeln!(out, "  no segment is open")?;
    }
    Ok(())
}

/// "joint-line-mission confirmed the withdrawal from the ridge, 2031-04-20".
fn confirmed(segment: &Segment, confirmed: &Confirmed) -> String {
    let Confirmed { who, precondition, met, reports, done } = confirmed;
    let what = segment.preconditions.iter().find(|p| p.id == *precondition).map_or(precondition.as_str(), |p| &p.what);
    let word = if *met { "confirmed" } else { "took back that it had confirmed" };
    let reports = if reports.is_empty() { String::new() } else { format!(", by report {}", reports.join(", ")) };
    format!("{who} {word} {what}, {}{reports}", done.on.strftime("%Y-%m-%d"))
}

/// "vesk on sheet 12, 1976, 2031-04-02: orlava refuses, vesk consents; 3 pillars".
fn told(version: &Version, subject: &Subject) -> String {
    let given = subject.needs.iter().filter_map(|p| subject.last(p));
    let answers: Vec<String> = given.map(|g| format!("{} {}", g.party, g.answer.as_str())).collect();
    let answers = if answers.is_empty() { "nobody answered".to_owned() } else { answers.join(", ") };
    let pillars = match version.pillars.len() {
        0 => String::new(),
        1 => "; 1 pillar".to_owned(),
        n => format!("; {n} pillars"),
    };
    let steps = [
        ("delimited", &version.delimited),
        ("demarcated", &subject.executed),
        ("ended", &subject.ended),
        ("dropped", &subject.dropped),
    ];
    let step = |(word, done): &(&str, &Option<_>)| {
        done.as_ref().map(|d: &mission::consent::Done| format!("; {word} {}", d.on.strftime("%Y-%m-%d")))
    };
    let steps: String = steps.iter().filter_map(step).collect();
    format!(
        "{} on {}, {}, {}: {answers}{steps}{pillars}",
        proposer(subject),
        version.drawn.map,
        subject.at.strftime("%Y-%m-%d"),
        super::km(version.course.length())
    )
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

fn json(kept: &Kept) -> Value {
    let refused = kept.refused.iter().map(|(line, why)| json!({ "line": line, "reason": why }));
    json!({
        "crs": "EPSG:4326",
        "segments": kept.mission.segments.values().map(|s| segment(&kept.mission, s)).collect::<Vec<_>>(),
        "progress": progress(&kept.mission),
        "refused": refused.collect::<Vec<_>>(),
    })
}
