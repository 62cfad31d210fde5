//! What was read for some days: by the side of the outlet and by area. A day or an area of which nothing was read is not
//! covered, which is not the same as quiet.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;

use crate::claim::Claim;
use crate::incident::{Incident, Record, Source};
use crate::pack::{FeatureKind, Knowledge, PartyId};

/// What was read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Coverage {
    /// Each day from the first to the last.
    pub days: Vec<CoveredDay>,
    /// Each area that the packs of single conflicts list.
    pub areas: Vec<CoveredArea>,
    /// Ids of incidents that rest on the outlets of one side only, and which side.
    pub one_sided: Vec<(String, PartyId)>,
}

/// What was read of one day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CoveredDay {
    /// The day.
    pub day: Date,
    /// Documents published on it, by the side of the outlet; `other` where an outlet has no side that packs know.
    pub documents: BTreeMap<PartyId, usize>,
    /// Incidents of this day.
    pub incidents: usize,
}

impl CoveredDay {
    /// Whether anything was read that was published on it.
    #[must_use]
    pub fn is_covered(&self) -> bool {
        !self.documents.is_empty()
    }
}

/// What was read of one area.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CoveredArea {
    /// Id of the place.
    pub id: String,
    /// Its name.
    pub name: String,
    /// Documents with a claim there.
    pub documents: usize,
    /// Incidents there.
    pub incidents: usize,
}

/// What was read from one day to another.
#[must_use]
pub fn coverage(record: &Record<'_>, incidents: &[Incident], from: Date, to: Date) -> Coverage {
    let knowledge = record.knowledge();
    let sides: BTreeMap<&str, PartyId> = record.sources().map(|s| (s.id.as_str(), side(s, knowledge))).collect();
    Coverage {
        days: days(record, incidents, &sides, from, to),
        areas: areas(record, incidents),
        one_sided: incidents.iter().filter_map(|i| Some((i.id.clone(), only_side(i, record, &sides)?))).collect(),
    }
}

/// Days that are looked at, at most.
const MOST_DAYS: usize = 40_000;

fn days(
    record: &Record<'_>,
    incidents: &[Incident],
    sides: &BTreeMap<&str, PartyId>,
    from: Date,
    to: Date,
) -> Vec<CoveredDay> {
    let mut days: BTreeMap<Date, CoveredDay> = from
        .series(jiff::Span::new().days(1))
        .take_while(|day| *day <= to)
        .take(MOST_DAYS)
        .map(|day| (day, CoveredDay { day, documents: BTreeMap::new(), incidents: 0 }))
        .collect();
    for source in record.sources() {
        let day = source.published.and_then(|p| p.last_day().or(p.first_day()));
        if let Some(day) = day.and_then(|d| days.get_mut(&d)) {
            let side = sides.get(source.id.as_str()).cloned().unwrap_or_else(|| PartyId::new(PartyId::OTHER));
            *day.documents.entry(side).or_default() += 1;
        }
    }
    for incident in incidents {
        let exact = incident.date.filter(|d| d.length_in_days() == Some(1)).and_then(|d| d.first_day());
        exact.and_then(|d| days.get_mut(&d)).into_iter().for_each(|day| day.incidents += 1);
    }
    days.into_values().collect()
}

/// The side whose outlet published a document: for whom the outlet speaks, else the one to whom its country belongs.
fn side(source: &Source, knowledge: &Knowledge) -> PartyId {
    let named = |name: &String| source.outlet.as_ref().is_some_and(|o| o.eq_ignore_ascii_case(name));
    let outlet = knowledge.outlets().find(|o| named(&o.name) || o.also.iter().any(named));
    let country = outlet.and_then(|o| o.country.as_ref());
    let owner = country.and_then(|c| knowledge.parties().find(|p| p.countries.contains(c))).map(|p| p.id.clone());
    let speaks_for = outlet.and_then(|o| o.speaks_for.clone());
    speaks_for.or(owner).unwrap_or_else(|| PartyId::new(PartyId::OTHER))
}

/// The side on whose outlets alone an incident rests, where it is one of those in it.
fn only_side(incident: &Incident, record: &Record<'_>, sides: &BTreeMap<&str, PartyId>) -> Option<PartyId> {
    let claims = incident.members.iter().filter_map(|m| record.claim(&m.claim));
    let sides: BTreeSet<&PartyId> = claims.filter_map(|c| sides.get(c.document.as_str())).collect();
    let only = sides.first().filter(|_| sides.len() == 1)?;
    incident.parties.contains(only).then(|| (**only).clone())
}

fn areas(record: &Record<'_>, incidents: &[Incident]) -> Vec<CoveredArea> {
    let knowledge = record.knowledge();
    let within: BTreeMap<&str, &str> = knowledge.places().map(|p| (p.id.as_str(), p.within.as_str())).collect();
    let wide = |k: FeatureKind| matches!(k, FeatureKind::District | FeatureKind::Province | FeatureKind::Region);
    let at = |id: &str, area: &str| {
        std::iter::successors(Some(id), |id| within.get(id).copied()).take(8).any(|id| id == area)
    };
    let place = |c: &Claim| c.place.as_ref().and_then(|p| p.value.resolved.as_ref()).map(|r| r.id.clone());
    let claims: Vec<(&str, String)> =
        record.claims().iter().filter_map(|c| Some((c.document.as_str(), place(c)?))).collect();
    let happened: Vec<&str> =
        incidents.iter().filter_map(|i| i.place.as_ref()?.resolved.as_ref()).map(|r| r.id.as_str()).collect();
    let one = |entry: &crate::pack::PlaceEntry| {
        let documents: BTreeSet<&str> = claims.iter().filter(|(_, p)| at(p, &entry.id)).map(|(d, _)| *d).collect();
        let incidents = happened.iter().filter(|p| at(p, &entry.id)).count();
        CoveredArea { id: entry.id.clone(), name: entry.name.clone(), documents: documents.len(), incidents }
    };
    knowledge.places().filter(|p| wide(p.kind)).map(one).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::incident::sample::{Tale, Told};

    #[test]
    fn a_day_of_which_nothing_was_read_is_not_covered() {
        let mut tale = Tale::new();
        for day in ["2031-03-07", "2031-03-09"] {
            tale.tell(Told::new(day, day, "Vesk shelled Hollin").by("orlava").shelling("vesk", "orlava", "2031-03-08"));
        }
        let record = tale.record();
        let day = |d: &str| d.parse::<Date>().unwrap();
        let found = coverage(&record, &tale.gather(), day("2031-03-06"), day("2031-03-09"));
        let covered: Vec<bool> = found.days.iter().map(CoveredDay::is_covered).collect();
        assert_eq!(covered, [false, true, false, true]);
        assert!(found.days[2].incidents > 0, "others may tell of a day on which nothing was published");
        assert!(found.areas.iter().all(|a| a.documents == 0), "no claim gives a place on the map");
    }
}
