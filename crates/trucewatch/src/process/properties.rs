//! What must hold of the processes of any claims at all.

use std::collections::{BTreeMap, BTreeSet};

use proptest::collection::vec;
use proptest::option;
use proptest::prelude::*;
use proptest::sample::select;

use super::{Process, State, Topic, follow};
use crate::claim::{Aspect, Kind, Mode};
use crate::figure::Counted;
use crate::finding::check;
use crate::incident::sample::{Tale, Told, tries};

const PARTIES: [&str; 4] = ["vesk", "orlava", "ilmeria", "media"];
const DATES: [&str; 5] = ["2031-03-05", "2031-03-06/..", "2031-02-20/2031-03-09", "2031-03", "2030-01-07"];
const WORDS: [&str; 4] = [
    "Ilmerian observers, only with the approval of Vesk and Orlava",
    "the Ashvel corridor, restricted to ambulances",
    "the ceasefire that both had signed",
    "foreign ministers met and a joint commission was named",
];

prop_compose! {
    fn claim()(
        document in 0..4_usize,
        by in select(&PARTIES[..]),
        words in select(&WORDS[..]),
        kind in select(Kind::ALL.iter().copied().filter(|k| Topic::of(*k).is_some()).collect::<Vec<_>>()),
        mode in select(Mode::ALL),
        aspect in option::of(select(Aspect::ALL)),
        actors in vec(select(&PARTIES[..3]), 0..3),
        targets in vec(select(&PARTIES[..3]), 0..2),
        date in option::of(select(&DATES[..])),
        place in option::of(select(vec!["Hollin", "Ashvel corridor", "zone"])),
        strength in option::of(1..500_u64),
    ) -> Told {
        let day = format!("2031-03-{:02}", 7 + document);
        let told = Told::new(&format!("d{document}"), &day, words).by(by).kind(kind, &actors, &targets).mode(mode);
        let told = aspect.into_iter().fold(told, |t, a| t.aspect(a));
        let told = date.into_iter().fold(told, Told::on);
        let told = place.into_iter().fold(told, Told::at);
        strength.into_iter().fold(told, |t, n| t.figure(Counted::Personnel, None, Some(n), None))
    }
}

fn of(tale: &Tale) -> Vec<Process> {
    let (record, incidents) = (tale.record(), tale.gather());
    let as_of = "2031-03-12".parse().ok();
    follow(&record, &incidents, &check(&record, &incidents, as_of), as_of)
}

/// The state of the process that each claim is in.
fn states(all: &[Process]) -> BTreeMap<String, State> {
    all.iter().flat_map(|p| p.claims().map(|c| (c.to_owned(), p.state))).collect()
}

proptest! {
    #![proptest_config(tries(384))]

    #[test]
    fn the_order_of_documents_does_not_matter(claims in vec(claim(), 0..12)) {
        let mut tale = Tale::of(claims);
        let forward = of(&tale);
        tale.reverse();
        prop_assert_eq!(forward, of(&tale));
    }

    #[test]
    fn every_claim_of_a_step_is_in_one_process_and_nothing_else_is(claims in vec(claim(), 0..12)) {
        let tale = Tale::of(claims);
        let all = of(&tale);
        let told: Vec<&str> = all.iter().flat_map(Process::claims).collect();
        let given: BTreeSet<&str> = tale.claims().iter().map(|c| c.id.as_str()).collect();
        prop_assert_eq!(told.len(), given.len());
        prop_assert_eq!(told.iter().copied().collect::<BTreeSet<_>>(), given);
        for process in &all {
            prop_assert!(process.state == State::Named || process.standing().next().is_some());
            prop_assert!(process.said_by.iter().all(|p| !process.disputed_by.contains(p)));
            let figures = |id: &String, min| tale.claims().iter().any(|c| c.id == *id && c.figures.iter().any(|f| f.min == min));
            prop_assert!(process.details.counts.iter().all(|(id, f)| figures(id, f.min)));
        }
    }

    #[test]
    fn a_denial_a_refusal_or_a_condition_never_moves_a_state(
        claims in vec(claim(), 0..10),
        more in claim(),
        mode in select(vec![Mode::Denied, Mode::Rejected, Mode::Conditional]),
    ) {
        let mut tale = Tale::of(claims);
        let before = of(&tale);
        let more = more.mode(mode).kind(Kind::Exchange, &["vesk", "orlava"], &[]);
        tale.tell(more);
        let after = states(&of(&tale));
        for (claim, state) in states(&before) {
            prop_assert_eq!(after.get(&claim), Some(&state), "{}", claim);
        }
    }

    #[test]
    fn without_a_fact_nothing_is_beyond_a_promise(claims in vec(claim(), 0..12)) {
        let mut tale = Tale::new();
        for claim in claims {
            let mode = if claim.its_mode() == Mode::Asserted { Mode::Planned } else { claim.its_mode() };
            tale.tell(claim.mode(mode));
        }
        prop_assert!(of(&tale).iter().all(|p| p.state <= State::Agreed));
    }
}
