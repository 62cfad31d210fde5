//! What must hold of the tolls of any claims at all.

use std::collections::BTreeSet;

use proptest::collection::vec;
use proptest::option;
use proptest::prelude::*;
use proptest::sample::select;

use super::{Toll, series, sums, tolls};
use crate::claim::{Kind, Mode};
use crate::figure::{Amount, Counted, Who};
use crate::incident::sample::{Tale, Told, tries};

const PARTIES: [&str; 4] = ["vesk", "orlava", "jlm", "media"];
const WORDS: [&str; 4] =
    ["dead", "dead since the war began", "dead since the ceasefire", "shells and 4 bursts of fire"];
const DATES: [&str; 6] =
    ["2031-03-05", "2031-03-06/..", "2031-02-20/2031-03-09", "2031-03", "1990/1999", "2031-03-07T04:00"];

prop_compose! {
    fn claim()(
        document in 0..4_usize,
        by in select(&PARTIES[..]),
        words in select(&WORDS[..]),
        kind in select(vec![Kind::Casualties, Kind::Shelling, Kind::Violation, Kind::Exchange, Kind::Damage]),
        mode in select(Mode::ALL),
        target in select(&PARTIES[..3]),
        date in option::of(select(&DATES[..])),
        figures in vec((select(Counted::ALL), select(vec![Who::Any, Who::Military, Who::Civilian]),
            option::of(select(&PARTIES[..3])), option::of(0..5_000_u64), option::of(0..5_000_u64)), 0..4),
    ) -> Told {
        let day = format!("2031-03-{:02}", 7 + document);
        let told = Told::new(&format!("d{document}"), &day, words).by(by).kind(kind, &["vesk"], &[target]).mode(mode);
        let told = date.into_iter().fold(told, Told::on);
        figures.into_iter().fold(told, |told, (what, who, side, a, b)| {
            let (min, max) = match (a, b) {
                (None, None) => (Some(1), None),
                (Some(a), Some(b)) => (Some(a.min(b)), Some(a.max(b))),
                other => other,
            };
            told.figure_of(what, who, side, min, max)
        })
    }
}

fn of(tale: &Tale) -> Vec<Toll> {
    tolls(&tale.record(), &tale.gather())
}

/// Every number that a claim holds, with the claim's id.
fn numbers(tale: &Tale) -> BTreeSet<(String, Option<u64>, Option<u64>)> {
    tale.claims()
        .iter()
        .flat_map(|c| c.figures.iter().map(|f| (c.id.clone(), f.min.map(Amount::floor), f.max.map(Amount::floor))))
        .collect()
}

proptest! {
    #![proptest_config(tries(512))]

    #[test]
    fn no_figure_appears_that_no_claim_holds(claims in vec(claim(), 0..12)) {
        let tale = Tale::of(claims);
        let held = numbers(&tale);
        for toll in of(&tale) {
            prop_assert!(!toll.claims.is_empty());
            for claim in &toll.claims {
                prop_assert!(held.contains(&(claim.clone(), toll.min, toll.max)));
            }
        }
    }

    #[test]
    fn the_order_of_documents_does_not_matter(claims in vec(claim(), 0..12)) {
        let mut tale = Tale::of(claims);
        let forward = of(&tale);
        tale.reverse();
        prop_assert_eq!(forward, of(&tale));
    }

    #[test]
    fn every_toll_is_in_one_series_and_one_voice_speaks_there(claims in vec(claim(), 0..12)) {
        let tale = Tale::of(claims);
        let all = of(&tale);
        let sorted = series(&all);
        prop_assert_eq!(sorted.iter().map(|s| s.tolls.len()).sum::<usize>(), all.len());
        for one in &sorted {
            prop_assert!(!one.standing().is_empty());
            let voices: BTreeSet<_> = one.tolls.iter().map(|t| (&t.reporter.party, &t.category, &t.side)).collect();
            prop_assert_eq!(voices.iter().map(|(_, c, s)| (c, s)).collect::<BTreeSet<_>>().len(), 1);
            let last = one.tolls.last().and_then(|t| t.known);
            prop_assert!(one.superseded().iter().all(|t| t.known < last));
        }
    }

    #[test]
    fn checks_of_parts_change_nothing_and_stay_with_one_voice(claims in vec(claim(), 0..12)) {
        let tale = Tale::of(claims);
        let all = of(&tale);
        for sum in sums(&all) {
            prop_assert!(!sum.parts.is_empty());
            prop_assert!(sum.parts.iter().all(|p| p.reporter.party == sum.total.reporter.party));
            prop_assert!(sum.parts.iter().all(|p| p.category == sum.total.category && all.contains(p)));
        }
    }
}
