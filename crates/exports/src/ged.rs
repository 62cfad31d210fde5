//! Incidents with dead as a table in the manner of UCDP GED. All rules stand in `docs/exports.md`; what cannot be told is
//! left blank, and numbers of different people are never added.

use std::collections::{BTreeMap, BTreeSet};

use trucewatch::figure::Who;
use trucewatch::incident::Incident;
use trucewatch::pack::{PartyId, PartyKind};
use trucewatch::when::Interval;

use crate::acled::{is_asserted, notes};
use crate::figures::{Range, Scope, over};
use crate::matter::Matter;
use crate::table::{Cell, Column, Table, day, real, text, whole};

const COLUMNS: &[Column] = &[
    text("relid", "#event+code", "id of the incident"),
    whole("year", "#date+year", "year of its first day"),
    text("code_status", "#status+review", "how far people reviewed it"),
    whole("type_of_violence", "#event+type", "1 a state takes part, 2 none does; blank where it cannot be told"),
    text("side_a", "#org+side_a", "a party that fights, a state first; order says nothing of who did it"),
    text("side_b", "#org+side_b", "the other; blank where more than two are named, who all stand in side_a"),
    whole("number_of_sources", "#indicator+origins+num", "separate sources"),
    text("source_office", "#meta+source+list", "outlets or documents"),
    text("source_original", "#contact+name+speaker+list", "who is on record"),
    text("source_article", "#description", "what is claimed, in the words of the reports"),
    whole("where_prec", "#geo+precision", "UCDP precision of the place"),
    text("where_coordinates", "#loc+name", "where, as written"),
    real("latitude", "#geo+lat", "degrees north"),
    real("longitude", "#geo+lon", "degrees east"),
    text("geom_wkt", "#geo+wkt", "the point"),
    text("country", "#country+code+v_iso2", "country code (ISO 3166-1 alpha-2)"),
    whole("date_prec", "#date+precision", "1 a day, 2 up to six days, 3 a week, 4 a month, 5 longer"),
    day("date_start", "#date+event+start", "first day"),
    day("date_end", "#date+event+end", "last day"),
    whole("deaths_a", "#affected+killed+side_a", "dead fighters of side_a, where all voices give one exact number"),
    whole("deaths_b", "#affected+killed+side_b", "dead fighters of side_b, likewise"),
    whole("deaths_civilians", "#affected+killed+civilian", "dead civilians, likewise"),
    whole("deaths_unknown", "#affected+killed+unknown", "dead of whom nothing more is said, likewise"),
    whole("best", "#affected+killed+best", "only where all voices give one exact number"),
    whole("high", "#affected+killed+max", "highest by the rule of figures"),
    whole("low", "#affected+killed+min", "lowest by the rule of figures"),
    text("standing", "#status+standing", "not UCDP's: what the voices amount to"),
];

/// Incidents of which somebody says that they happened and how many died: a row each.
#[must_use]
pub(crate) fn table(matter: &Matter<'_>) -> Table {
    let dead = matter.dead();
    let row = |i: &&Incident| {
        let scopes = dead.get(&i.id).filter(|s| s.values().any(|t| t.high != Some(0)))?;
        is_asserted(matter, i).then(|| row(matter, i, scopes))
    };
    let rows = matter.incidents.iter().filter_map(row).collect();
    Table { name: "ged", says: "Incidents with dead in the manner of UCDP GED: a row each", columns: COLUMNS, rows }
}

fn row(matter: &Matter<'_>, incident: &Incident, scopes: &BTreeMap<Scope, Range>) -> Vec<Cell> {
    let resolved = incident.place.as_ref().and_then(|p| p.resolved.as_ref());
    let Range { low, best, high } = over(scopes);
    let (sides, violence) = sides(matter, incident);
    let first = incident.date.and_then(Interval::first_day);
    let claims = incident.members.iter().filter_map(|m| matter.record.claim(&m.claim));
    let speakers: BTreeSet<&str> = claims.map(|c| c.speaker.value.name.as_str()).collect();
    let [side_a, side_b] = named(matter, &sides);
    let fighters =
        |at: usize| sides.get(at).filter(|_| sides.len() <= 2).and_then(|p| agreed(scopes, Some(p), Who::Military));
    vec![
        incident.id.as_str().into(),
        first.map(|d| u64::from(d.year().unsigned_abs())).into(),
        matter.review(incident).into(),
        violence.into(),
        side_a,
        side_b,
        incident.origins.len().into(),
        Cell::list(matter.publishers(incident)),
        Cell::list(speakers),
        Cell::list(notes(matter, incident)),
        resolved.map(|r| r.precision).into(),
        incident.place.as_ref().map(|p| p.name.as_str()).into(),
        resolved.map(|r| r.lat).into(),
        resolved.map(|r| r.lon).into(),
        resolved.map(|r| format!("POINT ({} {})", r.lon, r.lat)).into(),
        resolved.map(|r| r.country.as_str()).filter(|c| !c.is_empty()).into(),
        incident.date.and_then(date_prec).into(),
        first.into(),
        incident.date.and_then(Interval::last_day).into(),
        fighters(0).into(),
        fighters(1).into(),
        only(scopes, |who| who == Who::Civilian.as_str()).into(),
        agreed(scopes, None, Who::Any).into(),
        best.into(),
        high.into(),
        low.into(),
        incident.standing.as_str().into(),
    ]
}

/// The number for some people on which all voices agree.
fn agreed(scopes: &BTreeMap<Scope, Range>, side: Option<&PartyId>, who: Who) -> Option<u64> {
    scopes.get(&(side.cloned(), who.as_str())).and_then(|t| t.best)
}

/// The number of the only group of a kind; none where there are several, for they would have to be added.
fn only(scopes: &BTreeMap<Scope, Range>, is_it: impl Fn(&str) -> bool) -> Option<u64> {
    let mut found = scopes.iter().filter(|((_, who), _)| is_it(who)).map(|(_, toll)| toll);
    found.next().filter(|_| found.next().is_none()).and_then(|t| t.best)
}

/// Those who fight, states first, then by title; and what type of violence it is.
fn sides<'a>(matter: &Matter<'_>, incident: &'a Incident) -> (Vec<&'a PartyId>, Option<u64>) {
    let fights =
        |p: &&PartyId| matches!(matter.kind(p), Some(PartyKind::State | PartyKind::Authority | PartyKind::ArmedGroup));
    let mut sides: Vec<&PartyId> = incident.parties.iter().filter(fights).collect();
    sides.sort_by_key(|p| (matter.kind(p) != Some(PartyKind::State), matter.title(p).to_owned()));
    let has_state = sides.iter().any(|p| matter.kind(p) == Some(PartyKind::State));
    let violence = (sides.len() > 1).then_some(if has_state { 1 } else { 2 });
    (sides, violence)
}

fn named(matter: &Matter<'_>, sides: &[&PartyId]) -> [Cell; 2] {
    match sides {
        [a, b] => [matter.title(a).into(), matter.title(b).into()],
        all => [Cell::list(all.iter().map(|p| matter.title(p))), Cell::Empty],
    }
}

fn date_prec(date: Interval) -> Option<u64> {
    Some(match date.length_in_days()? {
        1 if !date.approx => 1,
        days if days < 7 => 2,
        7 => 3,
        days if days <= 31 => 4,
        _ => 5,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sample::Sample;

    #[test]
    fn what_nobody_died_in_is_no_row() {
        assert_eq!(table(&Sample::new().matter()).rows.len(), 1);
    }

    #[test]
    fn two_groups_of_civilians_are_not_added() {
        let toll = Range { low: Some(2), best: Some(2), high: Some(2) };
        let of = |id: &str| ((Some(PartyId::new(id)), "civilian"), toll);
        let is_civilian = |who: &str| who == "civilian";
        assert_eq!(only(&BTreeMap::from([of("vesk"), of("orlava")]), is_civilian), None);
        assert_eq!(only(&BTreeMap::from([of("vesk")]), is_civilian), Some(2));
    }

    #[test]
    fn precision_of_days() {
        for (words, precision) in
            [("2031-03-07", 1), ("2031-03-07~", 2), ("2031-03-01/2031-03-07", 3), ("2031-03", 4), ("2031", 5)]
        {
            assert_eq!(date_prec(words.parse().unwrap()), Some(precision), "{words}");
        }
        assert_eq!(date_prec("2031-03-07/..".parse().unwrap()), None);
    }
}
