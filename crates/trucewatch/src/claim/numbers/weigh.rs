//! Which numbers are figures of a claim, weighed once more: every number of its sentence, and whoever is named there alone, may
//! be one, and trained trees say whether it is, what it counts and who they are. What the rules found is among their inputs,
//! and stands unless the trees are surer by a bound.

use std::sync::LazyLock;

use super::super::code::Draft;
use super::super::page::Page;
use super::counts;
use super::inputs::{Crowd, Scene};
use super::readings::{Reading, WHOS, readings};
use super::{figures_of, side_of};
use crate::figure::{Counted, Figure, Who};
use crate::trees::{Boost, Reader, settled};

/// Least probability of a figure that the rules give a claim.
const KEPT: f32 = 0.1;
/// Least probability that one that they do not give is a figure, and counts what and whom the trees say.
const TAKEN: f32 = 0.4;
/// By how much likelier than the rules' own another thing counted must be.
const BOUND_WHAT: f32 = 0.2;
/// By how much likelier than the rules' own it must be that others are counted.
const BOUND_WHO: f32 = 0.2;

/// The trees: whether a number is a figure of the claim, what it counts, who they are.
#[derive(Debug, Default)]
struct Weights {
    given: Boost,
    what: Boost,
    who: Boost,
}

/// Layout: magic `TWF1`, then the three sets of trees as in `weigh/table.rs`. Empty if the file is not of this version, which
/// a test forbids.
static WEIGHTS: LazyLock<Weights> = LazyLock::new(|| read(include_bytes!("weights.bin")).unwrap_or_default());

fn read(bytes: &[u8]) -> Option<Weights> {
    let mut reader = Reader::new(bytes);
    (reader.take(4)? == b"TWF1").then_some(())?;
    Some(Weights { given: reader.boost()?, what: reader.boost()?, who: reader.boost()? })
}

/// A reading as the trainer sees it.
#[derive(Debug)]
pub(in crate::claim) struct Candidate {
    /// The number, with the figure that the rules make of it.
    pub(in crate::claim) reading: Reading,
    /// What is told of it.
    pub(in crate::claim) shared: Vec<f32>,
    /// What else is told to say who is counted.
    pub(in crate::claim) surroundings: Vec<f32>,
    /// What it may count, each with what is told of that, and of everyone whom it may then count.
    pub(in crate::claim) whats: Vec<(Counted, Vec<f32>, [Vec<f32>; 3])>,
}

/// The candidates of a draft as the trainer sees them.
pub(in crate::claim) fn unsettled(page: &Page<'_>, draft: &Draft, all: &[Draft], crowd: &Crowd) -> Vec<Candidate> {
    let readings = readings(page, draft, &figures_of(page, draft));
    let scene = Scene::new(page, draft, all, &readings, crowd);
    let candidate = |at: usize| {
        let whats = scene.whats(at).into_iter().map(|(what, inputs)| (what, inputs, scene.whos(at, what)));
        Candidate {
            reading: readings[at].clone(),
            shared: scene.shared(at),
            surroundings: scene.surroundings(at),
            whats: whats.collect(),
        }
    };
    (0..readings.len()).map(candidate).collect()
}

/// The figures of a draft; `all` are the drafts of the document.
pub(in crate::claim) fn settle(page: &Page<'_>, draft: &Draft, all: &[Draft], crowd: &Crowd) -> Vec<Figure> {
    let ruled = figures_of(page, draft);
    let readings = readings(page, draft, &ruled);
    if readings.is_empty() {
        return ruled; // most claims stand beside no number
    }
    let scene = Scene::new(page, draft, all, &readings, crowd);
    let read = |f: &&Figure| !readings.iter().any(|r| r.quantity.span == f.span);
    let mut figures: Vec<Figure> = ruled.iter().filter(read).cloned().collect();
    figures.extend((0..readings.len()).filter_map(|at| scene.figure(at)));
    figures.sort_by_key(|f| f.span.start);
    figures
}

impl Scene<'_, '_> {
    /// The figure that a reading is of the claim, if it is one.
    fn figure(&self, at: usize) -> Option<Figure> {
        let reading = &self.readings[at];
        let shared = self.shared(at);
        let given = WEIGHTS.given.probability(&shared);
        if given < if reading.ruled.is_some() { KEPT } else { TAKEN } {
            return None;
        }
        let (what, of_what) = self.what(at, &shared)?;
        let (who, of_who) = self.who(at, &shared, what);
        match &reading.ruled {
            Some(ruled) if ruled.what == what && ruled.who == who => Some(ruled.clone()),
            Some(_) => Some(self.weighed(reading, what, who)),
            None => {
                let listed = counts::may_count(self.draft.kind.value, what);
                let taken = listed && given * of_what * of_who >= TAKEN && !self.is_anothers(reading);
                taken.then(|| self.weighed(reading, what, who))
            }
        }
    }

    /// Whether the rules give a number to another claim of the same type: it is counted once.
    fn is_anothers(&self, reading: &Reading) -> bool {
        let alike = self.rivals.iter().filter(|d| d.kind.value == self.draft.kind.value);
        { alike }.any(|d| figures_of(self.page, d).iter().any(|f| f.span == reading.quantity.span))
    }

    /// What a reading counts, with its probability: the likeliest thing, or what the rules say.
    fn what(&self, at: usize, shared: &[f32]) -> Option<(Counted, f32)> {
        let options = self.whats(at);
        let score = |(_, own): &(Counted, Vec<f32>)| WEIGHTS.what.score(&[shared, own].concat());
        let scores: Vec<f32> = options.iter().map(score).collect();
        let ruled = self.readings[at].ruled.as_ref().and_then(|f| options.iter().position(|(w, _)| *w == f.what));
        settled(&scores, ruled, BOUND_WHAT).map(|(best, p)| (options[best].0, p))
    }

    /// Who is counted, with the probability.
    fn who(&self, at: usize, shared: &[f32], what: Counted) -> (Who, f32) {
        let round = self.surroundings(at);
        let score = |own: &Vec<f32>| WEIGHTS.who.score(&[shared, &round[..], own].concat());
        let scores: Vec<f32> = self.whos(at, what).iter().map(score).collect();
        let ruled = self.ruled_who(at, what);
        let own = WHOS.iter().position(|w| *w == ruled && self.readings[at].ruled.is_some());
        settled(&scores, own, BOUND_WHO).map_or((ruled, 0.0), |(best, p)| (WHOS[best], p))
    }

    /// A figure that the rules do not have so.
    fn weighed(&self, reading: &Reading, what: Counted, who: Who) -> Figure {
        let quantity = &reading.quantity;
        Figure {
            span: quantity.span,
            what,
            who,
            side: side_of(self.page, self.draft, quantity.noun),
            min: quantity.min,
            max: quantity.max,
            approx: quantity.approx,
            rule: "figures/weights".into(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_weights_are_read() {
        assert!(!WEIGHTS.given.trees.is_empty() && !WEIGHTS.what.trees.is_empty() && !WEIGHTS.who.trees.is_empty());
    }

    #[test]
    fn a_cut_file_is_refused() {
        assert!(read(b"TWF1\0\0").is_none());
    }
}
