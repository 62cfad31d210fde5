//! Who does it and to whom, weighed once more: every party at hand (named in the sentence, on record, on the other
//! side, in the claims before) is a candidate, and trained trees over how it stands there decide. What the rules found
//! is one of their inputs.

mod around;
mod inputs;
mod named;
mod sets;
mod told;
mod words;

use std::sync::LazyLock;

use syntax::Dep;

use super::Traced;
use super::code::Draft;
use super::page::Page;
use crate::pack::PartyId;
use crate::party::Speaking;
use crate::trees::{Boost, Reader};

pub(super) use inputs::Candidate;
use inputs::{Near, candidates};
use sets::Field;
use told::Cast;
pub(super) use told::Told;
use words::Words;

/// The trained trees, read from `cast/weights.bin`.
#[derive(Debug, Default)]
struct Weights {
    words: Words,
    actor: Role,
    target: Role,
}

/// The trees of one role: those that judge each candidate alone, and those that choose between sets of them.
#[derive(Debug, Default)]
struct Role {
    alone: Boost,
    sets: Boost,
}

/// Layout, little-endian: magic `TWR3`, what is known of words (`cast/words.rs`), then of actors and of targets the trees that judge candidates and those that choose
/// sets, as in `weigh/table.rs`. Empty if the file is not of this version, which a test forbids.
static WEIGHTS: LazyLock<Weights> = LazyLock::new(|| read(include_bytes!("cast/weights.bin")).unwrap_or_default());

fn read(bytes: &[u8]) -> Option<Weights> {
    let mut reader = Reader::new(bytes);
    (reader.take(4)? == b"TWR3").then_some(())?;
    let words = Words::read(&mut reader)?;
    let mut role = || Some(Role { alone: reader.boost()?, sets: reader.boost()? });
    Some(Weights { words, actor: role()?, target: role()? })
}

/// The candidates of each draft of a paragraph as the trainer sees them, those who take part left as the rules have it.
pub(super) fn unsettled(page: &Page<'_>, drafts: Vec<Draft>, told: &Told) -> Vec<(Draft, Vec<Candidate>)> {
    let mut drafts = drafts;
    drafts.sort_by_key(|d| (d.run.start, d.token));
    let found: Vec<_> = in_order(page, &drafts, told).into_iter().map(|(_, candidates)| candidates).collect();
    drafts.into_iter().zip(found).collect()
}

/// Settles who takes part in the drafts of a paragraph, in text order.
pub(super) fn settle(page: &Page<'_>, drafts: &mut [Draft], told: &Told) {
    for (at, mut candidates) in in_order(page, drafts, told) {
        candidates.iter_mut().for_each(|c| c.inputs.extend(WEIGHTS.words.inputs(&c.keys)));
        let chances = [&WEIGHTS.actor, &WEIGHTS.target].map(|r| probabilities(&r.alone, &candidates));
        let draft = &mut drafts[at];
        let actors = likely(draft, &candidates, &draft.actors, &chances, 0);
        let actors = traced(page, draft, actors, &draft.actors, "actor/weights");
        draft.targets = match draft.kind.value.is_two_sided() {
            true => Vec::new(),
            false => {
                let targets = likely(draft, &candidates, &draft.targets, &chances, 1);
                traced(page, draft, targets, &draft.targets, "target/weights")
            }
        };
        draft.actors = actors;
    }
}

/// The candidates of each draft, by its index and in text order. What other claims say of who took part is known as the
/// rules have it, here as in training.
fn in_order(page: &Page<'_>, drafts: &[Draft], told: &Told) -> Vec<(usize, Vec<Candidate>)> {
    let casts: Vec<Cast> = drafts.iter().map(Cast::of).collect();
    let mut order: Vec<usize> = (0..drafts.len()).collect();
    order.sort_by_key(|&i| (drafts[i].run.start, drafts[i].token));
    let found = |place: usize| {
        let (at, last) = (order[place], place.checked_sub(1).map(|before| &casts[order[before]]));
        let near = Near { own: &casts[at], last, beside: beside(page, &casts, at) };
        (at, candidates(page, &drafts[at], near, told))
    };
    (0..order.len()).map(found).collect()
}

/// The other claims of a claim's sentence, the nearest first.
fn beside<'c>(page: &Page<'_>, casts: &'c [Cast], at: usize) -> Vec<&'c Cast> {
    let (token, sentence) = (casts[at].token, page.sentence(casts[at].token));
    let others = casts.iter().enumerate().filter(|(i, c)| *i != at && sentence.contains(&c.token));
    let mut others: Vec<&Cast> = others.map(|(_, c)| c).collect();
    others.sort_by_key(|c| c.token.abs_diff(token));
    others
}

fn probabilities(trees: &Boost, candidates: &[Candidate]) -> Vec<f32> {
    candidates.iter().map(|c| trees.probability(&c.inputs)).collect()
}

/// The best set of candidates for a role, 0 for actors and 1 for targets.
fn likely<'c>(
    draft: &Draft,
    candidates: &'c [Candidate],
    ruled: &[Traced<PartyId>],
    chances: &[Vec<f32>; 2],
    role: usize,
) -> Vec<&'c Candidate> {
    let field = Field {
        inputs: candidates.iter().map(|c| &c.inputs[..]).collect(),
        own: chances[role].clone(),
        other: chances[1 - role].clone(),
        ruled: candidates.iter().map(|c| ruled.iter().any(|r| r.value == c.party)).collect(),
        is_two_sided: draft.kind.value.is_two_sided(),
    };
    let trees = [&WEIGHTS.actor, &WEIGHTS.target][role];
    field.chosen(&trees.sets).into_iter().map(|at| &candidates[at]).collect()
}

/// Those chosen with their words; those that a rule had found keep its words and name. Beside one whom the tree names,
/// only the claim's own words add another.
fn traced(
    page: &Page<'_>,
    draft: &Draft,
    chosen: Vec<&Candidate>,
    ruled: &[Traced<PartyId>],
    rule: &'static str,
) -> Vec<Traced<PartyId>> {
    let is_ruled = |c: &Candidate| ruled.iter().any(|r| r.value == c.party);
    let traced = |c: &Candidate| {
        let kept = ruled.iter().find(|r| r.value == c.party).cloned();
        let words = c.token.map(|i| page.paragraph.span_at(i));
        kept.unwrap_or_else(|| Traced::new(c.party.clone(), Vec::from_iter(words), rule))
    };
    let mut likely = chosen;
    let by_tree = |c: &&Candidate| ruled.iter().any(|r| r.value == c.party && r.rule.ends_with("/tree"));
    if !draft.kind.value.is_two_sided() && likely.iter().any(by_tree) {
        likely.retain(|c| is_ruled(c) || c.token.is_some_and(|i| draft.run.contains(&i)));
    }
    // "by both sides" names neither alone
    let named = |c: &Candidate| {
        let alone = |i: &usize| page.parse.child_by(*i, Dep::Conj).is_none();
        let of = |i: usize| page.mentions.parties(page.index, i, Speaking::NOBODY);
        c.token.filter(alone).map(of).filter(|all| all.len() > 1)
    };
    let all: Vec<PartyId> = likely.iter().map(|c| c.party.clone()).collect();
    likely.retain(|c| is_ruled(c) || named(c).is_none_or(|several| several.iter().all(|p| all.contains(p))));
    likely.into_iter().map(traced).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_weights_are_read() {
        let filled = |r: &Role| !r.alone.trees.is_empty() && !r.sets.trees.is_empty();
        assert!(filled(&WEIGHTS.actor) && filled(&WEIGHTS.target));
    }

    #[test]
    fn a_cut_file_is_refused() {
        assert!(read(b"TWR3\0\0").is_none());
    }
}
