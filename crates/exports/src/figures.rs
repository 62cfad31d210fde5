//! The dead of an incident as low, best and high, by a rule that adds nothing up and invents nothing.
//!
//! A figure counts for an incident where its words count that incident and the same voice has not since given another.
//! Figures are of one scope where they count the same people: of the same side, and military, civilian or either. Within
//! a scope, low is the lowest floor that any voice gives, high the highest ceiling, none where a voice leaves it open.
//! `best` is given only where all voices give one and the same exact number, and nobody denies that it happened. Over scopes nothing is added: low is the
//! largest of their lows, for there are at least as many dead as of any one group; high and best are those of the figure
//! for everybody if there is one, or of the only scope, else none. Where a voice denies a figure, low and best are none.

use std::collections::{BTreeMap, BTreeSet};

use trucewatch::figure::Who;
use trucewatch::pack::PartyId;
use trucewatch::toll::{self, Category, Toll, Window};

use crate::matter::Matter;

/// Low, best and high of a number of people.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Range {
    pub(crate) low: Option<u64>,
    pub(crate) best: Option<u64>,
    pub(crate) high: Option<u64>,
}

/// Whose people: their side, and military, civilian or either.
pub(crate) type Scope = (Option<PartyId>, &'static str);

/// The dead of incidents, by the incident's id and scope; no best of those that are contested.
pub(crate) fn dead(tolls: &[Toll], contested: &BTreeSet<&str>) -> BTreeMap<String, BTreeMap<Scope, Range>> {
    let series = toll::series(tolls);
    let gone: BTreeSet<String> = series.iter().flat_map(|s| s.superseded()).map(|t| t.id()).collect();
    let mut told: BTreeMap<String, BTreeMap<Scope, Vec<&Toll>>> = BTreeMap::new();
    for toll in tolls.iter().filter(|t| t.category == Category::Dead && !gone.contains(&t.id())) {
        if let Window::Incident { id, .. } = &toll.window {
            let scope = (toll.side.clone(), toll.who.as_str());
            told.entry(id.clone()).or_default().entry(scope).or_default().push(toll);
        }
    }
    let ranged = |id: &str, tolls: &[&Toll]| {
        let range = range(tolls);
        Range { best: range.best.filter(|_| !contested.contains(id)), ..range }
    };
    let of = |(id, scopes): (String, BTreeMap<Scope, Vec<&Toll>>)| {
        let ranges = scopes.into_iter().map(|(scope, tolls)| (scope, ranged(&id, &tolls))).collect();
        (id, ranges)
    };
    told.into_iter().map(of).collect()
}

/// The dead of an incident over all scopes.
pub(crate) fn of(matter: &Matter<'_>, incident: &str) -> Range {
    matter.dead().get(incident).map(over).unwrap_or_default()
}

/// The figures of one scope side by side.
fn range(tolls: &[&Toll]) -> Range {
    let given: Vec<&&Toll> = tolls.iter().filter(|t| !t.denied).collect();
    let is_denied = given.len() < tolls.len();
    let first = given.first().and_then(|t| t.min);
    let agree = !is_denied && given.iter().all(|t| t.is_exact() && t.min == first);
    let floors: Option<Vec<u64>> = given.iter().map(|t| t.min).collect();
    let ceilings: Option<Vec<u64>> = given.iter().map(|t| t.max).collect();
    Range {
        low: floors.and_then(|f| f.into_iter().min()).filter(|_| !is_denied),
        best: first.filter(|_| agree),
        high: ceilings.and_then(|c| c.into_iter().max()),
    }
}

/// Several scopes taken together, without adding.
pub(crate) fn over(scopes: &BTreeMap<Scope, Range>) -> Range {
    let everybody = (None, Who::Any.as_str());
    let one = if scopes.len() == 1 { scopes.values().next() } else { scopes.get(&everybody) };
    Range {
        low: scopes.values().filter_map(|t| t.low).max(),
        best: one.and_then(|t| t.best),
        high: one.and_then(|t| t.high),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn toll(low: u64, best: Option<u64>, high: Option<u64>) -> Range {
        Range { low: Some(low), best, high }
    }

    fn scopes(all: &[(Option<&str>, &'static str, Range)]) -> BTreeMap<Scope, Range> {
        all.iter().map(|(side, who, toll)| ((side.map(PartyId::new), *who), *toll)).collect()
    }

    #[test]
    fn two_groups_are_never_added() {
        let found = over(&scopes(&[
            (Some("vesk"), "military", toll(2, Some(2), Some(2))),
            (Some("orlava"), "civilian", toll(3, Some(3), Some(3))),
        ]));
        assert_eq!(found, Range { low: Some(3), best: None, high: None });
    }

    #[test]
    fn one_group_stands_as_it_is() {
        assert_eq!(over(&scopes(&[(None, "civilian", toll(2, Some(2), Some(2)))])), toll(2, Some(2), Some(2)));
    }

    #[test]
    fn a_figure_for_everybody_is_the_high_one() {
        let found =
            over(&scopes(&[(None, "any", toll(5, None, Some(7))), (None, "civilian", toll(3, Some(3), Some(3)))]));
        assert_eq!(found, toll(5, None, Some(7)));
    }
}
