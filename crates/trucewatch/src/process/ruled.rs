//! What people decided about incidents, carried on to the promised steps that their claims belong to.

use std::collections::{BTreeMap, BTreeSet};

use super::thing::Topic;
use super::thread::Item;
use crate::incident::Ruling;

/// Applies rulings in their order to threads. Where incidents are one, so are the promises of one topic that hold the
/// claims named; where claims are of a happening of their own, they are a promise of their own. Every claim stays in
/// exactly one thread, and with its topic.
pub(super) fn apply(threads: &mut Vec<Vec<Item<'_>>>, rulings: &[Ruling]) {
    for ruling in rulings {
        let (Ruling::Together(ids) | Ruling::Apart(ids)) = ruling;
        let ids: BTreeSet<&str> = ids.iter().map(String::as_str).collect();
        let named = |item: &Item<'_>| ids.contains(item.claim.id.as_str());
        let mut moved: BTreeMap<Topic, Vec<Item<'_>>> = BTreeMap::new();
        for thread in threads.iter_mut() {
            let whole = matches!(ruling, Ruling::Together(_)) && thread.iter().any(named);
            for item in thread.extract_if(.., |item| whole || named(item)) {
                moved.entry(item.topic).or_default().push(item);
            }
        }
        threads.extend(moved.into_values());
        threads.retain(|thread| !thread.is_empty());
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Process, State, follow};
    use super::*;
    use crate::claim::{Kind, Mode};
    use crate::incident::gather_with;
    use crate::incident::sample::{Tale, Told};

    /// Vesk promised to leave the height, and somebody left a village.
    fn tale() -> Tale {
        let told = |document: &str, day: &str, words: &str| {
            Told::new(document, day, words).by("vesk").kind(Kind::Withdrawal, &["vesk"], &[]).on(day)
        };
        Tale::of([
            told("a", "2031-03-07", "Vesk will leave Height 612").mode(Mode::Planned),
            told("b", "2031-03-08", "Ilmeria left Tavik").kind(Kind::Withdrawal, &["ilmeria"], &[]),
            told("b", "2031-03-08", "shells fell on Tavik").kind(Kind::Shelling, &["vesk"], &["orlava"]),
        ])
    }

    fn followed(tale: &Tale, rulings: &[Ruling]) -> Vec<Process> {
        let record = tale.record().with_rulings(rulings);
        follow(&record, &gather_with(&record, rulings), &[], None)
    }

    fn ids(tale: &Tale) -> Vec<String> {
        tale.record().claims().iter().map(|c| c.id.clone()).collect()
    }

    #[test]
    fn claims_that_are_not_there_or_alone_already_change_nothing() {
        let tale = tale();
        let apart = [Ruling::Together(vec!["x".to_owned()]), Ruling::Apart(ids(&tale).into_iter().take(1).collect())];
        assert_eq!(followed(&tale, &apart), followed(&tale, &[]));
        assert_eq!(followed(&tale, &[]).len(), 2);
    }

    #[test]
    fn merged_incidents_are_one_promise_and_what_is_no_step_stays_none() {
        let tale = tale();
        let found = followed(&tale, &[Ruling::Together(ids(&tale))]);
        assert_eq!((found.len(), found[0].steps.len(), found[0].state), (1, 2, State::Done));
        assert_eq!(found[0].incidents.len(), 1);
    }

    #[test]
    fn a_claim_that_was_split_off_is_a_promise_of_its_own() {
        let tale = tale();
        let withdrawals: Vec<String> = ids(&tale).into_iter().filter(|id| id.ends_with("withdrawal")).collect();
        let last = withdrawals.iter().skip(1).cloned().collect();
        let found = followed(&tale, &[Ruling::Together(withdrawals), Ruling::Apart(last)]);
        assert_eq!(found.len(), 2);
        assert_eq!(found, followed(&tale, &[]));
    }
}
