//! Figures by who says them. They stand side by side and are never added up; windows and floors are kept.

use crate::claim::{Claim, Mode};
use crate::figure::{Counted, Figure, Who};
use crate::incident::Record;
use crate::pack::PartyId;

use super::line::{Line, LineBuilder, Page};
use super::{Entry, happened, speaker, words};

/// Entries: figures of single days and incidents, and figures of a longer time, apart.
pub(super) fn entries(page: &mut Page<'_>, claims: &[&Claim]) -> Vec<Entry> {
    let counted: Vec<&Claim> = claims.iter().copied().filter(|c| is_toll(c)).collect();
    let (long, short): (Vec<&Claim>, Vec<&Claim>) =
        counted.into_iter().partition(|c| happened::is_background(c.date.as_ref().map(|d| d.value)));
    let entry = |page: &mut Page<'_>, heading: &str, claims: Vec<&Claim>| {
        let told: Vec<Line> = claims.iter().filter_map(|c| line(page, c)).collect();
        (!told.is_empty()).then(|| Entry { told, listed: true, ..Entry::headed(heading) })
    };
    let of_days = entry(page, "Of single days and incidents", short);
    let of_long = entry(page, "Over a longer time", long);
    of_days.into_iter().chain(of_long).collect()
}

fn is_toll(claim: &Claim) -> bool {
    let fact = matches!(claim.mode.value, Mode::Asserted | Mode::Denied);
    fact && claim.figures.iter().any(|f| is_of_people_harmed(f.what))
}

fn is_of_people_harmed(what: Counted) -> bool {
    use Counted::{Captured, Casualties, Displaced, Killed, Missing, Wounded};
    matches!(what, Killed | Wounded | Casualties | Captured | Missing | Displaced)
}

fn line(page: &mut Page<'_>, claim: &Claim) -> Option<Line> {
    let record = page.record;
    let figures = claim.figures.iter().filter(|f| is_of_people_harmed(f.what));
    let figures: Vec<String> = figures.map(|f| figure(record, claim, f)).collect();
    let who = words::capital(&speaker::name(record, claim));
    let not = if claim.mode.value == Mode::Denied { "denies: " } else { "" };
    let when = claim.date.as_ref().map(|d| words::when(d.value)).unwrap_or_else(|| "time not said".to_owned());
    let place = claim.place.as_ref().map(|p| format!("{}, ", p.value.name)).unwrap_or_default();
    LineBuilder::new(format!("{who}: {not}{} ({place}{when})", words::list(&figures)))
        .cite(page, claim)
        .say(".")
        .build()
        .ok()
}

/// "more than 1,250 people killed", "two Orlavan soldiers wounded".
pub(super) fn figure(record: &Record<'_>, claim: &Claim, figure: &Figure) -> String {
    let number = number(record, claim, figure);
    let own = figure.side.is_some() && figure.side == claim.speaker.value.party;
    let number = if own { format!("{number} of its own") } else { number };
    let whose = figure.side.as_ref().filter(|_| !own).map(|s| whose(record, s)).unwrap_or_default();
    let one = figure.min == Some(1) && figure.max == Some(1);
    let people = match (figure.who, one) {
        (Who::Military, true) => "soldier",
        (Who::Military, false) => "soldiers",
        (Who::Civilian, true) => "civilian",
        (Who::Civilian, false) => "civilians",
        (Who::Any, true) => "person",
        (Who::Any, false) => "people",
    };
    let what = match figure.what {
        Counted::Killed => "killed",
        Counted::Wounded => "wounded",
        Counted::Casualties => "killed or wounded",
        Counted::Captured => "captured",
        Counted::Missing => "missing",
        _ => "displaced",
    };
    format!("{number} {people}{whose} {what}")
}

fn whose(record: &Record<'_>, side: &PartyId) -> String {
    format!(" of {}", speaker::party(record.knowledge(), side))
}

/// The number as the document words it, where its words hold a figure; else floor and ceiling spelt out.
fn number(record: &Record<'_>, claim: &Claim, figure: &Figure) -> String {
    let written = record.source(claim).map_or("", |s| s.words(figure.span));
    if written.chars().any(|c| c.is_ascii_digit()) {
        return written.split_whitespace().collect::<Vec<_>>().join(" ");
    }
    let about = if figure.approx { "about " } else { "" };
    match (figure.min, figure.max) {
        (Some(a), Some(b)) if a == b => format!("{about}{}", words::number(a)),
        (Some(a), Some(b)) => format!("{} to {}", words::number(a), words::number(b)),
        (Some(a), None) => format!("{} or more", words::number(a)),
        (None, Some(b)) => format!("up to {}", words::number(b)),
        (None, None) => "an unknown number of".to_owned(),
    }
}
