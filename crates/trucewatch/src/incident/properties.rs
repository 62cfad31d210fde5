//! What must hold of the incidents of any claims at all. `PROPTEST_CASES` says how many sets of claims are tried.

use std::collections::{BTreeMap, BTreeSet};

use proptest::collection::vec;
use proptest::option;
use proptest::prelude::*;
use proptest::sample::{Index, select};

use super::sample::{Tale, Told, tries};
use super::{Gathered, Incident, Standing};
use crate::claim::{Kind, Mode};
use crate::figure::Counted;
use crate::finding::check;

const PARTIES: [&str; 5] = ["vesk", "orlava", "ilmeria", "jlm", "media"];
const PLACES: [&str; 3] = ["Hollin", "Tavik", "Kethra"];
const DATES: [&str; 7] = [
    "2031-03-05",
    "2031-03-06T11:59",
    "2031-03-06T12:01",
    "2031-03-07",
    "2031-03-07/2031-03-09",
    "2031-02-20/..",
    "2031-03~",
];
const WORDS: [&str; 5] = [
    "the guns of one side fired on the village and its school",
    "the village came under fire before dawn",
    "soldiers crossed the line near the bridge",
    "the truce of March holds in most places",
    "prisoners were handed over at the bridge",
];

prop_compose! {
    fn claim()(
        document in 0..4_usize,
        by in select(&PARTIES[..]),
        words in select(&WORDS[..]),
        kind in select(Kind::ALL),
        mode in select(Mode::ALL),
        actors in vec(select(&PARTIES[..4]), 0..2),
        targets in vec(select(&PARTIES[..4]), 0..2),
        place in option::of(select(&PLACES[..])),
        date in option::of(select(&DATES[..])),
        killed in option::of(1..900_u64),
    ) -> Told {
        let day = format!("2031-03-{:02}", 7 + document);
        let told = Told::new(&format!("d{document}"), &day, words).by(by).kind(kind, &actors, &targets).mode(mode);
        let told = place.into_iter().fold(told, Told::at);
        let told = date.into_iter().fold(told, Told::on);
        killed.into_iter().fold(told, |told, n| told.figure(Counted::Killed, None, Some(n), Some(n)))
    }
}

fn tale(told: &[Told]) -> Tale {
    let mut tale = Tale::new();
    told.iter().for_each(|t| tale.tell(t.clone()));
    tale
}

/// Standing of the incident of each claim.
fn standings(incidents: &[Incident]) -> BTreeMap<String, Standing> {
    incidents.iter().flat_map(|i| i.members.iter().map(|m| (m.claim.clone(), i.standing))).collect()
}

/// How much a standing says for a claim.
fn strength(standing: Standing) -> u8 {
    match standing {
        Standing::Contested | Standing::Mutual => 0,
        Standing::OneSided | Standing::Uncontested => 1,
        Standing::Corroborated => 2,
        Standing::Verified => 3,
    }
}

proptest! {
    #![proptest_config(tries(96))]

    #[test]
    fn every_claim_is_in_one_incident(told in vec(claim(), 0..14)) {
        let tale = tale(&told);
        let members: Vec<String> =
            tale.gather().iter().flat_map(|i| i.members.iter().map(|m| m.claim.clone())).collect();
        let ids: BTreeSet<&String> = members.iter().collect();
        prop_assert_eq!(ids.len(), members.len());
        prop_assert_eq!(ids, tale.claims().iter().map(|c| &c.id).collect());
    }

    #[test]
    fn the_order_of_documents_and_claims_does_not_matter(told in vec(claim(), 0..14)) {
        let mut tale = tale(&told);
        let (incidents, findings) = (tale.gather(), check(&tale.record(), &tale.gather(), None));
        tale.reverse();
        prop_assert_eq!(&incidents, &tale.gather());
        prop_assert_eq!(findings, check(&tale.record(), &incidents, None));
    }

    #[test]
    fn a_copy_changes_no_standing_and_adds_no_origin(told in vec(claim(), 1..12), which in any::<Index>()) {
        let document = told[which.index(told.len())].document().to_owned();
        let mut tale = tale(&told);
        let before = tale.gather();
        let copied: Vec<Told> = told.iter().filter(|t| t.document() == document).cloned().collect();
        copied.into_iter().for_each(|t| tale.tell(t.in_document("z-copy")));
        tale.copied("z-copy", &document);
        let after = tale.gather();
        let (old, new) = (standings(&before), standings(&after));
        prop_assert!(old.iter().all(|(claim, standing)| new.get(claim) == Some(standing)));
        prop_assert_eq!(before.len(), after.len());
        let origins = |all: &[Incident]| -> Vec<usize> { all.iter().map(|i| i.origins.len()).collect() };
        prop_assert_eq!(origins(&before), origins(&after));
    }

    #[test]
    fn a_denial_makes_no_claim_stronger_and_its_removal_restores_all(told in vec(claim(), 0..12), denial in claim()) {
        let mut tale = tale(&told);
        let before = tale.gather();
        tale.tell(denial.mode(Mode::Denied).in_document("z-denial"));
        let (old, new) = (standings(&before), standings(&tale.gather()));
        for (claim, standing) in &old {
            let now = new[claim];
            prop_assert!(strength(now) <= strength(*standing), "{claim}: {standing:?} became {now:?}");
        }
        tale.forget("z-denial");
        prop_assert_eq!(before, tale.gather());
    }

    #[test]
    fn what_comes_in_bit_by_bit_is_as_if_it_had_come_at_once(told in vec(claim(), 1..14), later in 0..16_u8) {
        let is_later = |t: &Told| t.document().trim_start_matches('d').parse().is_ok_and(|n: u8| later >> n & 1 == 1);
        let documents: BTreeSet<&str> = told.iter().filter(|t| is_later(t)).map(Told::document).collect();
        let (first, all): (Vec<Told>, Vec<Told>) = (told.iter().filter(|t| !is_later(t)).cloned().collect(), told.clone());
        let (first, all) = (tale(&first), tale(&all));
        let mut gathered = Gathered::of(&first.record());
        let known: Vec<Incident> = gathered.incidents().into_iter().cloned().collect();
        let changes = gathered.update(&all.record(), &documents);
        let now: Vec<Incident> = gathered.incidents().into_iter().cloned().collect();
        prop_assert_eq!(&now, &all.gather());
        for incident in now.iter().filter(|i| !known.contains(i)) {
            prop_assert!(changes.made.contains(&incident.id));
        }
        for incident in known.iter().filter(|i| now.iter().all(|n| n.id != i.id)) {
            prop_assert!(changes.gone.contains(&incident.id));
        }
        gathered.update(&first.record(), &documents);
        prop_assert_eq!(known, gathered.incidents().into_iter().cloned().collect::<Vec<_>>());
    }

    #[test]
    fn findings_cite_claims_of_their_incident_and_no_number_of_their_own(told in vec(claim(), 0..12)) {
        let tale = tale(&told);
        let (record, incidents) = (tale.record(), tale.gather());
        for finding in check(&record, &incidents, None) {
            let incident = incidents.iter().find(|i| i.id == finding.incident).unwrap();
            prop_assert!(!finding.claims.is_empty());
            prop_assert!(finding.claims.iter().all(|c| incident.members.iter().any(|m| m.claim == *c)));
        }
    }
}
