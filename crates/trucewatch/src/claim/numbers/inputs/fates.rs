//! Words that say what befell somebody, wherever they stand: by the nearest of them a number counts the dead or the wounded
//! where the tree does not tie the two.

use std::ops::Range;

use super::super::super::page::Page;
use super::super::super::path::Path;
use super::{FAR, Scene, place};
use crate::figure::{Counted, fate_of};
use crate::trees::yes;

/// Such words that are looked at, of a sentence's first.
const MOST: usize = 40;

/// All such words of some tokens.
pub(super) fn of(page: &Page<'_>, tokens: Range<usize>) -> Vec<(usize, Counted)> {
    tokens.filter_map(|i| Some((i, fate_of(page.parse, i)?))).take(MOST).collect()
}

impl Scene<'_, '_> {
    /// The words next to a reading that say what befell somebody.
    pub(super) fn of_fates(&self, at: usize) -> Vec<f32> {
        let own = self.fates.iter().find(|(i, _)| *i == self.draft.token || *i == self.unit);
        let mut inputs = vec![place(own.map(|(_, w)| *w)), self.fates.len().min(10) as f32];
        let nearest = self.fates.iter().min_by_key(|(i, _)| self.far(at, *i));
        inputs.extend(self.of_word(at, nearest));
        let head = self.readings[at].quantity.head();
        let after = self.fates.iter().find(|(i, _)| *i > head);
        inputs.extend([place(after.map(|(_, w)| *w)), after.map_or(-1.0, |(i, _)| self.page.steps(head, *i, FAR))]);
        inputs
    }

    /// The word next to a reading that says that `what` befell somebody.
    pub(super) fn of_fate(&self, at: usize, what: Counted) -> Vec<f32> {
        let own = self.fates.iter().filter(|(_, w)| *w == what).min_by_key(|(i, _)| self.far(at, *i));
        let nearest = self.fates.iter().map(|(i, _)| self.far(at, *i)).min();
        let mut inputs = self.of_word(at, own);
        inputs.push(yes(own.is_some_and(|(i, _)| Some(self.far(at, *i)) == nearest)));
        inputs
    }

    fn of_word(&self, at: usize, word: Option<&(usize, Counted)>) -> Vec<f32> {
        let Some(&(i, what)) = word else { return vec![-1.0; 6] };
        let (page, head) = (self.page, self.readings[at].quantity.head());
        let is_own = i == self.draft.token || i == self.unit;
        vec![
            place(Some(what)),
            self.far(at, i).0.min(FAR) as f32,
            page.steps(head, i, FAR),
            yes(is_own),
            yes(self.draft.run.contains(&i)),
            yes(page.parse.is_under(head, i)) + 2.0 * yes(page.parse.is_under(i, head)),
        ]
    }

    /// How far a word is from a reading through the tree and through the words.
    fn far(&self, at: usize, word: usize) -> (usize, usize) {
        let head = self.readings[at].quantity.head();
        (Path::between(self.page, head, word).length(), head.abs_diff(word))
    }
}
