//! Incidents as a table in the manner of ACLED. Types are mapped by `data/acled.csv`, all rules stand in
//! `docs/exports.md`; what cannot be told is left blank, and nothing is coded by us that no claim says.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use trucewatch::claim::Mode;
use trucewatch::incident::Incident;
use trucewatch::pack::{PartyId, PartyKind};
use trucewatch::when::Interval;

use crate::figures;
use crate::matter::Matter;
use crate::table::{Cell, Column, Table, day, real, text, whole};

const COLUMNS: &[Column] = &[
    text("event_id_cnty", "#event+code", "id of the incident"),
    day("event_date", "#date+event", "first day"),
    whole("year", "#date+year", "its year"),
    whole("time_precision", "#date+precision", "1 a day, 2 up to a week, 3 up to a month; blank beyond"),
    text("disorder_type", "#event+disorder+type", "by the table of types"),
    text("event_type", "#event+type", "by the table of types; blank where the reports do not say how"),
    text("sub_event_type", "#event+subtype", "by the table of types; blank where it cannot be told"),
    text("actor1", "#org+actor1", "a party; order says nothing of who did it"),
    text("inter1", "#org+actor1+type", "State forces or External/Other forces; else blank"),
    text("actor2", "#org+actor2", "another party"),
    text("inter2", "#org+actor2+type", "as inter1"),
    text("assoc_actors", "#org+list", "further parties"),
    text("country", "#country+code+v_iso2", "country code (ISO 3166-1 alpha-2)"),
    text("location", "#loc+name", "where, as written"),
    real("latitude", "#geo+lat", "degrees north"),
    real("longitude", "#geo+lon", "degrees east"),
    whole("geo_precision", "#geo+precision", "1 the place, 2 near it or its district, 3 larger"),
    text("source", "#meta+source+list", "outlets or documents"),
    text("notes", "#description", "what is claimed, in the words of the reports"),
    whole("fatalities", "#affected+killed+best", "only where all voices give one exact number"),
    whole("fatalities_low", "#affected+killed+min", "not ACLED's: lowest by the rule of figures"),
    whole("fatalities_high", "#affected+killed+max", "not ACLED's: highest by the rule of figures"),
    text("tags", "#meta+tags", "standing and review"),
];

/// Type to disorder type, event type, sub-event type.
static TYPES: LazyLock<BTreeMap<&str, [&str; 3]>> = LazyLock::new(|| {
    let lines = include_str!("../data/acled.csv").lines().skip(1);
    lines
        .filter_map(|line| {
            let mut cells = line.split(',');
            Some((cells.next()?, [cells.next()?, cells.next()?, cells.next()?]))
        })
        .collect()
});

/// Incidents of which somebody says that they happened, of types that the table knows: a row each.
#[must_use]
pub(crate) fn table(matter: &Matter<'_>) -> Table {
    let is_event = |i: &&&Incident| TYPES.contains_key(i.kind.as_str()) && is_asserted(matter, i);
    let rows = matter.incidents.iter().filter(is_event).map(|i| row(matter, i)).collect();
    Table { name: "acled", says: "Incidents in the manner of ACLED: a row each", columns: COLUMNS, rows }
}

/// Whether somebody says that it happened.
pub(crate) fn is_asserted(matter: &Matter<'_>, incident: &Incident) -> bool {
    let mut claims = incident.members.iter().filter_map(|m| matter.record.claim(&m.claim));
    claims.any(|c| c.mode.value == Mode::Asserted)
}

fn row(matter: &Matter<'_>, incident: &Incident) -> Vec<Cell> {
    let resolved = incident.place.as_ref().and_then(|p| p.resolved.as_ref());
    let toll = figures::of(matter, &incident.id);
    let first = incident.date.and_then(Interval::first_day);
    let kind = TYPES.get(incident.kind.as_str()).copied().unwrap_or_default();
    let mut parties: Vec<&PartyId> = incident.parties.iter().filter(|p| !p.is_bystander()).collect();
    parties.sort_by_key(|p| matter.title(p).to_owned());
    let actor = |at: usize| parties.get(at).map(|p| matter.title(p)).into();
    let inter = |at: usize| parties.get(at).and_then(|p| forces(matter, p)).into();
    vec![
        incident.id.as_str().into(),
        first.into(),
        first.map(|d| u64::from(d.year().unsigned_abs())).into(),
        incident.date.and_then(time_precision).into(),
        some(kind[0]),
        some(kind[1]),
        some(kind[2]),
        actor(0),
        inter(0),
        actor(1),
        inter(1),
        Cell::list(parties.iter().skip(2).map(|p| matter.title(p))),
        resolved.map(|r| r.country.as_str()).map_or(Cell::Empty, some),
        incident.place.as_ref().map(|p| p.name.as_str()).into(),
        resolved.map(|r| r.lat).into(),
        resolved.map(|r| r.lon).into(),
        resolved.map(|r| geo_precision(r.precision)).into(),
        Cell::list(matter.publishers(incident)),
        Cell::list(notes(matter, incident)),
        toll.best.into(),
        toll.low.into(),
        toll.high.into(),
        Cell::list([incident.standing.as_str(), matter.review(incident)]),
    ]
}

fn some(words: &str) -> Cell {
    if words.is_empty() { Cell::Empty } else { words.into() }
}

fn time_precision(date: Interval) -> Option<u64> {
    match date.length_in_days()? {
        1 if !date.approx => Some(1),
        days if days <= 7 => Some(2),
        days if days <= 31 => Some(3),
        _ => None,
    }
}

fn geo_precision(precision: u8) -> u8 {
    match precision {
        1 => 1,
        2 | 3 => 2,
        _ => 3,
    }
}

/// ACLED's word for the kind of a party, where packs tell it.
fn forces(matter: &Matter<'_>, party: &PartyId) -> Option<&'static str> {
    match matter.kind(party)? {
        PartyKind::State => Some("State forces"),
        PartyKind::Body => Some("External/Other forces"),
        _ => None,
    }
}

/// What is claimed, each with who says it and, where it is not asserted, how: a denial's words alone may sound as if
/// they said that it was so.
pub(crate) fn notes(matter: &Matter<'_>, incident: &Incident) -> Vec<String> {
    let claims = incident.members.iter().filter_map(|m| matter.record.claim(&m.claim));
    let one = |c: &trucewatch::claim::Claim| {
        let words = matter.record.quote(c).split_whitespace().collect::<Vec<_>>().join(" ");
        let mode = match c.mode.value {
            Mode::Asserted => String::new(),
            other => format!(" ({})", other.as_str().replace('_', " ")),
        };
        format!("{}{mode}: “{words}”", c.speaker.value.name)
    };
    claims.map(one).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sample::Sample;
    use trucewatch::claim::Kind;

    #[test]
    fn talks_and_what_nobody_asserts_are_no_events() {
        let table = table(&Sample::new().matter());
        assert_eq!(table.rows.len(), 2, "{:?}", table.rows);
    }

    #[test]
    fn every_type_of_the_mapping_is_one() {
        assert_eq!(TYPES.len(), 17);
        assert!(TYPES.keys().all(|word| Kind::parse(word).is_some()));
    }

    #[test]
    fn a_denial_is_told_as_one() {
        let table = table(&Sample::new().matter());
        let notes: Vec<String> = table.column("notes").map(Cell::written).collect();
        assert!(notes.iter().any(|n| n.contains(" (denied): “it did not shell")), "{notes:?}");
    }

    #[test]
    fn a_toll_of_what_is_contested_is_no_one_number() {
        let table = table(&Sample::new().matter());
        let written = |column: &str| table.column(column).map(Cell::written).collect::<Vec<_>>();
        assert!(written("fatalities").iter().all(String::is_empty), "{:?}", written("fatalities"));
        assert!(written("fatalities_low").contains(&"2".to_owned()));
    }
}
