//! Who does it and to whom, weighed once more: every party at hand (named in the sentence, on record, on the other
//! side, in the claims before) is a candidate, and trained trees over how it stands there decide. What the rules found
//! is one of their inputs.

mod inputs;

use std::sync::LazyLock;

use syntax::Dep;

use super::code::Draft;
use super::page::Page;
use super::{Kind, Traced};
use crate::pack::PartyId;
use crate::party::Speaking;
use crate::trees::{Boost, Reader};

pub(super) use inputs::Candidate;
use inputs::candidates;

/// What the claims before one said of who took part, the last claim of each type.
#[derive(Debug, Default)]
pub(super) struct Past {
    last: Option<Cast>,
    by_kind: Vec<Cast>,
}

/// Who took part in a claim.
#[derive(Debug, Clone)]
struct Cast {
    kind: Kind,
    actors: Vec<PartyId>,
    targets: Vec<PartyId>,
}

impl Past {
    fn of_kind(&self, kind: Kind) -> Option<&Cast> {
        self.by_kind.iter().find(|c| c.kind == kind)
    }

    fn remember(&mut self, draft: &Draft) {
        let parties = |list: &[Traced<PartyId>]| list.iter().map(|p| p.value.clone()).collect();
        let cast = Cast { kind: draft.kind.value, actors: parties(&draft.actors), targets: parties(&draft.targets) };
        self.by_kind.retain(|c| c.kind != cast.kind);
        self.by_kind.push(cast.clone());
        self.last = Some(cast);
    }
}

/// Probability from which a candidate takes part.
const LIKELY: f32 = 0.5;

/// Where none is likely, but together they are this likely and the likeliest stands at [`POSSIBLE`], it takes part.
const TOGETHER: f32 = 0.6;

/// See [`TOGETHER`].
const POSSIBLE: f32 = 0.25;

/// The trained trees, read from `cast/weights.bin`.
#[derive(Debug, Default)]
struct Weights {
    actor: Boost,
    target: Boost,
}

/// Layout, little-endian: magic `TWR1`, then the trees of actors and those of targets as in `weigh/table.rs`. Empty if the file is not of this version, which a test forbids.
static WEIGHTS: LazyLock<Weights> = LazyLock::new(|| read(include_bytes!("cast/weights.bin")).unwrap_or_default());

fn read(bytes: &[u8]) -> Option<Weights> {
    let mut reader = Reader::new(bytes);
    (reader.take(4)? == b"TWR1").then_some(())?;
    Some(Weights { actor: reader.boost()?, target: reader.boost()? })
}

/// The candidates of each draft of a paragraph as the trainer sees them, those who take part left as the rules have it.
pub(super) fn unsettled(page: &Page<'_>, drafts: Vec<Draft>, past: &mut Past) -> Vec<(Draft, Vec<Candidate>)> {
    let mut drafts = drafts;
    drafts.sort_by_key(|d| (d.run.start, d.token));
    let with_candidates = |draft: Draft| {
        let found = candidates(page, &draft, past);
        past.remember(&draft);
        (draft, found)
    };
    drafts.into_iter().map(with_candidates).collect()
}

/// Settles who takes part in the drafts of a paragraph, in text order.
pub(super) fn settle(page: &Page<'_>, drafts: &mut [Draft], past: &mut Past) {
    let mut order: Vec<usize> = (0..drafts.len()).collect();
    order.sort_by_key(|&i| (drafts[i].run.start, drafts[i].token));
    for at in order {
        let candidates = candidates(page, &drafts[at], past);
        let draft = &mut drafts[at];
        draft.actors = chosen(page, draft, &candidates, &draft.actors, &WEIGHTS.actor, "actor/weights");
        draft.targets = match draft.kind.value.is_two_sided() {
            true => Vec::new(),
            false => chosen(page, draft, &candidates, &draft.targets, &WEIGHTS.target, "target/weights"),
        };
        past.remember(draft);
    }
}

/// The likely candidates; those that a rule had found keep its words and name. Beside one whom the tree names, only the
/// claim's own words add another.
fn chosen(
    page: &Page<'_>,
    draft: &Draft,
    candidates: &[Candidate],
    ruled: &[Traced<PartyId>],
    trees: &Boost,
    rule: &'static str,
) -> Vec<Traced<PartyId>> {
    let scored: Vec<(&Candidate, f32)> = candidates.iter().map(|c| (c, trees.probability(&c.inputs))).collect();
    let is_ruled = |c: &Candidate| ruled.iter().any(|r| r.value == c.party);
    let traced = |c: &Candidate| {
        let kept = ruled.iter().find(|r| r.value == c.party).cloned();
        let words = c.token.map(|i| page.paragraph.span_at(i));
        kept.unwrap_or_else(|| Traced::new(c.party.clone(), Vec::from_iter(words), rule))
    };
    let mut likely = likely(&scored);
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

/// The candidates from [`LIKELY`] on, or else the likeliest of several between which it is only open who it is.
fn likely<'c>(scored: &[(&'c Candidate, f32)]) -> Vec<&'c Candidate> {
    let sure: Vec<&Candidate> = scored.iter().filter(|(_, p)| *p >= LIKELY).map(|(c, _)| *c).collect();
    let together: f32 = scored.iter().map(|(_, p)| p).sum();
    if !sure.is_empty() || together < TOGETHER {
        return sure;
    }
    let best = scored.iter().rev().max_by(|a, b| a.1.total_cmp(&b.1)).filter(|(_, p)| *p >= POSSIBLE);
    best.map(|(c, _)| *c).into_iter().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_weights_are_read() {
        assert!(!WEIGHTS.actor.trees.is_empty() && !WEIGHTS.target.trees.is_empty());
    }

    #[test]
    fn a_cut_file_is_refused() {
        assert!(read(b"TWR1\0\0").is_none());
    }
}
