//! Stated parts against a stated total, of one voice, in one document, over one scope. Neither is ever mended.

use std::collections::BTreeMap;

use super::{Category, Toll, window};
use crate::figure::Who;
use crate::pack::PartyId;

/// How parts lie to a total.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Fit {
    /// They can make up the total, or part of it.
    Fits,
    /// One of them is greater than the total.
    PartExceeds,
    /// Together they are more than the total.
    SumExceeds,
    /// They are said to cover all of it, and together they are fewer.
    SumFallsShort,
}

impl Fit {
    /// A word for it.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Fit::Fits => "fits",
            Fit::PartExceeds => "part exceeds total",
            Fit::SumExceeds => "parts exceed total",
            Fit::SumFallsShort => "parts fall short of total",
        }
    }
}

/// A stated total with its stated parts.
#[derive(Debug, Clone, PartialEq)]
pub struct Sum<'a> {
    /// The total.
    pub total: &'a Toll,
    /// Its parts; none of them overlaps another.
    pub parts: Vec<&'a Toll>,
    /// How they lie to it.
    pub fit: Fit,
}

/// What a total and its parts have in common: voice, category, scope, place, day.
type Table = (String, Category, window::Scope, Option<String>, Option<jiff::civil::Date>);

/// Every stated total that has stated parts.
#[must_use]
pub fn sums(tolls: &[Toll]) -> Vec<Sum<'_>> {
    let mut tables: BTreeMap<Table, Vec<&Toll>> = BTreeMap::new();
    for toll in tolls.iter().filter(|t| !t.denied) {
        let (voice, _, category, _, scope, place) = super::series::key(toll);
        tables.entry((voice, category, scope, place, toll.known)).or_default().push(toll);
    }
    tables.values().flat_map(|table| table.iter().flat_map(|total| of_total(total, table))).collect()
}

fn of_total<'a>(total: &'a Toll, table: &[&'a Toll]) -> Vec<Sum<'a>> {
    let by_who = |t: &&&Toll| total.who == Who::Any && t.who != Who::Any && t.side == total.side;
    let by_side = |t: &&&Toll| total.side.is_none() && t.side.is_some() && t.who == total.who;
    let whos = distinct(table.iter().filter(by_who).copied(), |t| Some(t.who));
    let sides = distinct(table.iter().filter(by_side).copied(), |t| t.side.clone());
    [whos, sides].into_iter().filter(|parts| !parts.is_empty()).map(|parts| sum(total, parts)).collect()
}

/// The parts, if no two of them say the same slice differently; else those slices are left out.
fn distinct<'a, K: Ord>(parts: impl Iterator<Item = &'a Toll>, slice: impl Fn(&Toll) -> K) -> Vec<&'a Toll> {
    let mut by_slice: BTreeMap<K, Vec<&Toll>> = BTreeMap::new();
    for part in parts {
        by_slice.entry(slice(part)).or_default().push(part);
    }
    let single = by_slice.into_values().filter_map(|same| <[&Toll; 1]>::try_from(same).ok()).map(|[one]| one);
    let mut parts: Vec<&Toll> = single.collect();
    parts.sort_by_key(|t| t.words.start);
    parts
}

fn sum<'a>(total: &'a Toll, parts: Vec<&'a Toll>) -> Sum<'a> {
    let fit = fit(total, &parts);
    Sum { total, parts, fit }
}

fn fit(total: &Toll, parts: &[&Toll]) -> Fit {
    let loose = total.approx || parts.iter().any(|p| p.approx);
    let least: u64 = parts.iter().filter_map(|p| p.min).fold(0, u64::saturating_add);
    let most = parts.iter().map(|p| p.max).try_fold(0_u64, |sum, max| max.map(|m| sum.saturating_add(m)));
    let above = |n: u64| total.max.is_some_and(|max| n > stretched(max, loose));
    if parts.iter().any(|p| p.min.is_some_and(above)) {
        Fit::PartExceeds
    } else if above(least) {
        Fit::SumExceeds
    } else if covers_all(parts) && most.zip(total.min).is_some_and(|(most, min)| stretched(most, loose) < min) {
        Fit::SumFallsShort
    } else {
        Fit::Fits
    }
}

/// Soldiers and civilians are everybody; that two sides are all who suffered is nowhere said.
fn covers_all(parts: &[&Toll]) -> bool {
    [Who::Military, Who::Civilian].iter().all(|who| parts.iter().any(|p| p.who == *who))
        && parts.windows(2).all(|pair| matches!(pair, [a, b] if side(a) == side(b)))
}

fn side(toll: &Toll) -> Option<&PartyId> {
    toll.side.as_ref()
}

/// A tenth more where somebody only said "about".
fn stretched(n: u64, loose: bool) -> u64 {
    if loose { n.saturating_add(n / 10) } else { n }
}

#[cfg(test)]
mod tests {
    use super::super::tolls;
    use super::*;
    use crate::claim::Kind;
    use crate::figure::Counted;
    use crate::incident::sample::{Tale, Told};

    fn told(figures: &[(Who, Option<&str>, u64)]) -> Tale {
        let mut tale = Tale::new();
        let start = Told::new("a", "2031-03-08", "a toll of some kind").by("vesk").kind(Kind::Casualties, &[], &[]);
        let told = figures.iter().fold(start.on("2031-03-07"), |told, (who, side, n)| {
            told.figure_of(Counted::Killed, *who, *side, Some(*n), Some(*n))
        });
        tale.tell(told);
        tale
    }

    fn fits(figures: &[(Who, Option<&str>, u64)]) -> Vec<Fit> {
        let tale = told(figures);
        let tolls = tolls(&tale.record(), &tale.gather());
        sums(&tolls).iter().map(|s| s.fit).collect()
    }

    #[test]
    fn figures_side_by_side_are_no_sum() {
        assert!(fits(&[(Who::Military, Some("vesk"), 5), (Who::Military, Some("orlava"), 7)]).is_empty());
        assert!(fits(&[(Who::Military, None, 5), (Who::Civilian, None, 7)]).is_empty());
    }

    #[test]
    fn parts_are_held_against_the_total() {
        let any = (Who::Any, None, 95);
        assert_eq!(fits(&[any, (Who::Civilian, None, 11)]), [Fit::Fits]);
        assert_eq!(fits(&[any, (Who::Civilian, None, 96)]), [Fit::PartExceeds]);
        assert_eq!(fits(&[any, (Who::Civilian, None, 11), (Who::Military, None, 90)]), [Fit::SumExceeds]);
        assert_eq!(fits(&[any, (Who::Civilian, None, 11), (Who::Military, None, 80)]), [Fit::SumFallsShort]);
        assert_eq!(fits(&[any, (Who::Civilian, None, 11), (Who::Military, None, 84)]), [Fit::Fits]);
    }

    #[test]
    fn two_sides_need_not_be_all_who_suffered() {
        assert_eq!(
            fits(&[(Who::Any, None, 95), (Who::Any, Some("vesk"), 40), (Who::Any, Some("orlava"), 20)]),
            [Fit::Fits]
        );
        assert_eq!(
            fits(&[(Who::Any, None, 95), (Who::Any, Some("vesk"), 40), (Who::Any, Some("orlava"), 60)]),
            [Fit::SumExceeds]
        );
    }
}
