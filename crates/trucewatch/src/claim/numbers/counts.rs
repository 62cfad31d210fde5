//! Which figures a claim of a type carries, read from `counts.toml`.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use serde::Deserialize;

use super::super::Kind;
use crate::figure::{Counted, Who};

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct Counts {
    counts: BTreeMap<String, BTreeSet<String>>,
    anywhere: Anywhere,
    befall: BTreeMap<String, String>,
    single: BTreeMap<String, BTreeSet<String>>,
    shut_in: ShutIn,
    military: Military,
    civilian: Civilian,
    who: BTreeMap<String, BTreeMap<String, BTreeSet<String>>>,
    relation: Relation,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Anywhere {
    counts: BTreeSet<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Relation {
    prepositions: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ShutIn {
    words: BTreeSet<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Military {
    types: BTreeSet<String>,
    men: BTreeSet<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Civilian {
    scenes: BTreeSet<String>,
    taken: BTreeSet<String>,
}

#[expect(clippy::unwrap_used, reason = "the file is part of the program and read by a test")]
static COUNTS: LazyLock<Counts> = LazyLock::new(|| toml::from_str(include_str!("counts.toml")).unwrap());

/// Whether a type of claim counts such things.
pub(super) fn counts(kind: Kind, what: Counted) -> bool {
    COUNTS.counts.get(kind.as_str()).is_some_and(|list| list.contains(what.as_str()))
}

/// Whether a claim of a type may have such a figure where trained trees say so: what the type counts, and what is hit, held
/// or left whatever the type.
pub(super) fn may_count(kind: Kind, what: Counted) -> bool {
    counts(kind, what) || COUNTS.anywhere.counts.contains(what.as_str())
}

/// What a type of claim counts, in the codebook's order.
pub(super) fn all(kind: Kind) -> impl Iterator<Item = Counted> {
    Counted::ALL.iter().copied().filter(move |what| counts(kind, *what))
}

/// What befell the people of a claim, by its type alone.
pub(super) fn befalls(kind: Kind) -> Option<Counted> {
    COUNTS.befall.get(kind.as_str()).and_then(|name| Counted::parse(name))
}

/// Whether one thing under an article is a figure of this type.
pub(super) fn counts_single(kind: Kind, what: Counted) -> bool {
    COUNTS.single.get(what.as_str()).is_none_or(|kinds| kinds.contains(kind.as_str()))
}

/// Whether things of this type are the army's or civilians', where no word says it.
pub(super) fn whose(kind: Kind, what: Counted) -> Option<Who> {
    let listed = |who: &str| {
        COUNTS.who.get(who).and_then(|types| types.get(kind.as_str())).is_some_and(|list| list.contains(what.as_str()))
    };
    [Who::Military, Who::Civilian].into_iter().find(|who| listed(who.as_str()))
}

/// Whether people and vehicles of this type are the army's unless something else is said.
pub(super) fn is_military(kind: Kind) -> bool {
    COUNTS.military.types.contains(kind.as_str())
}

/// Whether a word names a place or an occasion of civilians: "a bus", "the funeral".
pub(super) fn is_scene(lemma: &str) -> bool {
    COUNTS.civilian.scenes.contains(lemma)
}

/// Whether a word of taking people says that they are civilians: "kidnapped", "arrested".
pub(super) fn takes_civilians(lemma: &str) -> bool {
    COUNTS.civilian.taken.contains(lemma)
}

/// Whether a word says that people are shut in.
pub(super) fn shuts_in(lemma: &str) -> bool {
    COUNTS.shut_in.words.contains(lemma)
}

/// Which preposition it is, from 1 on; 0 for another word.
pub(super) fn leads(word: &str) -> f32 {
    crate::trees::number(COUNTS.relation.prepositions.iter().position(|p| p == word))
}

/// Whether a noun stands for soldiers where an army acts: "pulled back 2,600 men".
pub(super) fn is_men(lemma: &str) -> bool {
    COUNTS.military.men.contains(lemma)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn trained_trees_may_add_places_and_what_the_type_counts() {
        assert!(may_count(Kind::Shelling, Counted::Munitions) && may_count(Kind::Shelling, Counted::Settlements));
        assert!(!may_count(Kind::Shelling, Counted::DistanceKm) && !may_count(Kind::Talks, Counted::Personnel));
    }

    #[test]
    fn every_type_and_thing_is_known() {
        let things = COUNTS
            .counts
            .values()
            .flatten()
            .chain(&COUNTS.anywhere.counts)
            .chain(COUNTS.befall.values())
            .chain(COUNTS.single.keys());
        assert!({ things }.all(|name| Counted::parse(name).is_some()));
        let kinds = COUNTS.counts.keys().chain(COUNTS.befall.keys()).chain(&COUNTS.military.types);
        assert!(kinds.chain(COUNTS.single.values().flatten()).all(|name| Kind::parse(name).is_some()));
        let listed = || COUNTS.who.values().flatten();
        assert!(listed().all(|(kind, _)| Kind::parse(kind).is_some()));
        assert!(listed().flat_map(|(_, list)| list).all(|name| Counted::parse(name).is_some()));
    }
}
