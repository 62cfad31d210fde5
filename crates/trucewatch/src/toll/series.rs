//! Series: what one voice said over time of one scope. Only within it does a later figure take an earlier one's place.

use std::collections::BTreeMap;

use super::{Category, Toll, window};
use crate::figure::Who;
use crate::pack::PartyId;

/// What a voice said of one scope, oldest first.
#[derive(Debug, Clone, PartialEq)]
pub struct Series<'a> {
    /// Its figures in the order of the days for which they hold; never empty.
    pub tolls: Vec<&'a Toll>,
}

/// What makes two figures a matter of one series: voice, whose, what, who, scope of time and place.
pub(super) type Key = (String, Option<PartyId>, Category, Who, window::Scope, Option<String>);

/// The series that a toll belongs to.
pub(super) fn key(toll: &Toll) -> Key {
    let voice = toll.reporter.party.as_ref().map_or_else(|| toll.reporter.name.clone(), ToString::to_string);
    let scope = toll.window.scope();
    let place = if scope.is_incident() { None } else { toll.place_key.clone() };
    (voice, toll.side.clone(), toll.category, toll.who, scope, place)
}

/// Sorts tolls into series. Denials stand by themselves: who denies a figure gives none.
#[must_use]
pub fn series(tolls: &[Toll]) -> Vec<Series<'_>> {
    let mut by_key: BTreeMap<(Key, bool), Vec<&Toll>> = BTreeMap::new();
    for toll in tolls {
        by_key.entry((key(toll), toll.denied)).or_default().push(toll);
    }
    let mut all: Vec<Series<'_>> = by_key.into_values().map(|tolls| Series { tolls }).collect();
    all.sort_by_key(Series::order);
    all
}

impl<'a> Series<'a> {
    /// The figures that stand: those of the last day on which the voice spoke; more than one where it then gave
    /// figures that differ.
    #[must_use]
    pub fn standing(&self) -> &[&'a Toll] {
        let last = self.tolls.last().and_then(|t| t.known);
        let from = if last.is_none() { 0 } else { self.tolls.partition_point(|t| t.known != last) };
        self.tolls.get(from..).unwrap_or(&[])
    }

    /// The figures whose place a later one has taken.
    #[must_use]
    pub fn superseded(&self) -> &[&'a Toll] {
        self.tolls.get(..self.tolls.len() - self.standing().len()).unwrap_or(&[])
    }

    /// The figures of the last day before the standing one.
    #[must_use]
    pub fn before(&self) -> Option<&'a Toll> {
        self.superseded().last().copied()
    }

    fn order(&self) -> (Option<jiff::civil::Date>, Option<String>, Option<usize>) {
        let first = self.tolls.first();
        (first.and_then(|t| t.known), first.and_then(|t| t.claims.first().cloned()), first.map(|t| t.words.start))
    }
}

#[cfg(test)]
mod tests {
    use super::super::tolls;
    use super::*;
    use crate::claim::Kind;
    use crate::figure::Counted;
    use crate::incident::sample::{Tale, Told};

    fn war(by: &str, day: &str, n: u64) -> Told {
        Told::new(&format!("{by}-{day}-{n}"), day, &format!("{n} dead since the fighting began"))
            .by(by)
            .kind(Kind::Casualties, &[], &["orlava"])
            .on("2031-02-20/..")
            .figure(Counted::Killed, None, Some(n), Some(n))
    }

    fn standing(all: &[Told]) -> Vec<Vec<Option<u64>>> {
        let mut tale = Tale::new();
        all.iter().for_each(|t| tale.tell(t.clone()));
        let tolls = tolls(&tale.record(), &tale.gather());
        series(&tolls).iter().map(|s| s.standing().iter().map(|t| t.min).collect()).collect()
    }

    #[test]
    fn another_voice_supersedes_nothing() {
        assert_eq!(
            standing(&[war("orlava", "2031-03-01", 20), war("vesk", "2031-03-05", 50)]),
            [[Some(20)], [Some(50)]]
        );
    }

    #[test]
    fn another_place_supersedes_nothing() {
        let at = |told: Told, place: &str| told.at(place);
        let all = [at(war("orlava", "2031-03-01", 20), "Hollin"), at(war("orlava", "2031-03-05", 50), "Tavik")];
        assert_eq!(standing(&all).len(), 2);
    }

    #[test]
    fn a_later_figure_of_one_voice_takes_the_place_of_an_earlier_one() {
        assert_eq!(standing(&[war("orlava", "2031-03-05", 31), war("orlava", "2031-03-01", 20)]), [[Some(31)]]);
    }

    #[test]
    fn two_figures_of_one_day_both_stand() {
        assert_eq!(
            standing(&[war("orlava", "2031-03-05", 31), war("orlava", "2031-03-05", 33)]),
            [[Some(31), Some(33)]]
        );
    }
}
