//! Which other claims of the sentence may count the same number.

use super::super::super::Kind;
use super::super::super::code::Draft;
use super::super::super::path::Path;
use super::super::{counts, meant, taking_part};
use super::{FAR, Scene};
use crate::trees::{number, yes};

/// Another claim beside a number.
struct Rival {
    /// Whether the number stands in its words, or counts who takes part in it.
    holds: bool,
    /// Whether its type counts such things.
    counts: bool,
    /// Steps from its word to the number through the tree, and through the words.
    far: (usize, usize),
    kind: Kind,
    is_alike: bool,
}

impl Scene<'_, '_> {
    /// What other claims of the sentence make of a reading.
    pub(super) fn of_rivals(&self, at: usize) -> Vec<f32> {
        let (page, head) = (self.page, self.readings[at].quantity.head());
        let own = (self.paths[at].length(), page.steps(self.draft.token, head, FAR).abs() as usize);
        let rivals: Vec<Rival> = self.rivals.iter().map(|d| self.rival(d, at)).collect();
        let count = |test: &dyn Fn(&Rival) -> bool| rivals.iter().filter(|r| test(r)).count().min(FAR) as f32;
        let nearest = rivals.iter().filter(|r| r.counts).min_by_key(|r| r.far);
        vec![
            count(&|r| r.holds),
            count(&|r| r.holds && r.counts),
            count(&|r| r.counts),
            count(&|r| r.counts && r.far < own),
            count(&|r| r.far < own),
            count(&|r| r.is_alike),
            count(&|r| r.is_alike && r.far < own),
            count(&|r| r.is_alike && r.holds),
            nearest.map_or(0.0, |r| number(Kind::ALL.iter().position(|k| *k == r.kind))),
            nearest.map_or(-1.0, |r| r.far.0.min(FAR) as f32),
            yes(nearest.is_some_and(|r| r.holds)),
        ]
    }

    fn rival(&self, other: &Draft, at: usize) -> Rival {
        let (page, quantity) = (self.page, &self.readings[at].quantity);
        let head = quantity.head();
        Rival {
            holds: other.run.contains(&quantity.tokens.start) || taking_part(page, other).contains(&head),
            counts: meant(page, other, quantity).is_some_and(|w| counts::counts(other.kind.value, w)),
            far: (Path::between(page, other.token, head).length(), page.steps(other.token, head, FAR).abs() as usize),
            kind: other.kind.value,
            is_alike: other.kind.value == self.draft.kind.value,
        }
    }
}
