//! What an incident is called by: its leading type, time and place.

use jiff::civil::Date;

use super::Incident;
use crate::claim::{Claim, ClaimPlace, Class, Kind, Mode};
use crate::when::Interval;

/// The type that most of the claims have; what an act did comes after the act, and a stand, or a breach whose kind
/// is not said, only where nothing else is.
pub(super) fn kind(claims: &[&Claim]) -> Kind {
    let act = claims.iter().any(|c| c.kind.value.class() == Class::Hostilities && c.kind.value != Kind::Violation);
    let vague = |k: Kind| matches!(k, Kind::Position | Kind::Violation) || act && k.class() == Class::Harm;
    let count = |k: Kind| claims.iter().filter(|c| c.kind.value == k).count();
    let all = claims.iter().map(|c| c.kind.value);
    all.max_by_key(|k| (!vague(*k), count(*k), std::cmp::Reverse(*k))).unwrap_or(Kind::Position)
}

/// The shortest stretch of time that a claim of the leading type gives; that of what happened before that of what
/// is asked or foreseen.
pub(super) fn date(claims: &[&Claim], kind: Kind) -> Option<Interval> {
    let dated = claims.iter().filter_map(|c| Some((c, c.date.as_ref()?.value)));
    let rank = |c: &Claim, i: &Interval| {
        let foreseen = !matches!(c.mode.value, Mode::Asserted | Mode::Denied);
        (c.kind.value != kind, foreseen, i.length_in_days().unwrap_or(i32::MAX), i.approx, i.first_day())
    };
    dated.min_by_key(|(c, i)| rank(c, i)).map(|(_, i)| i)
}

/// The most exact place that a claim gives, the leading type's first.
pub(super) fn place(claims: &[&Claim], kind: Kind) -> Option<ClaimPlace> {
    let placed = claims.iter().filter_map(|c| Some((c, &c.place.as_ref()?.value)));
    let exactness = |p: &ClaimPlace| p.resolved.as_ref().map_or(7, |r| r.precision);
    placed.min_by_key(|(c, p)| (c.kind.value != kind, exactness(p))).map(|(_, p)| p.clone())
}

/// Incidents stand in the order of their first day, undated ones last.
pub(super) fn order(incident: &Incident) -> (bool, Option<Date>, &str) {
    let day = incident.date.and_then(|d| d.first_day().or(d.last_day()));
    (day.is_none(), day, incident.id.as_str())
}
