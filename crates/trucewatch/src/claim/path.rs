//! How one word of a sentence stands to another.

use syntax::{Dep, Pos};

use super::page::Page;

/// The way through the tree from a claim's word to a name.
#[derive(Debug, Clone, Copy)]
pub(super) struct Path {
    /// Steps up from the claim's word to the word over both.
    pub(super) up: usize,
    /// Steps down from there to the name.
    pub(super) down: usize,
    /// The word over both.
    pub(super) top: usize,
    /// The relation of the name's branch to the word over both.
    pub(super) branch: Dep,
    /// The last preposition on the way down.
    pub(super) preposition: Option<usize>,
}

impl Path {
    /// The way from `from` to `to`; both stand in one sentence.
    pub(super) fn between(page: &Page<'_>, from: usize, to: usize) -> Path {
        let over: Vec<usize> = std::iter::once(from).chain(page.parse.ancestors(from)).collect();
        let mut way = Vec::new();
        let mut at = to;
        while !over.contains(&at) && page.token(at).head != at {
            way.push(at);
            at = page.token(at).head;
        }
        let up = over.iter().position(|&o| o == at).unwrap_or(over.len());
        let branch = way.last().map_or(Dep::Unset, |&b| page.token(b).dep);
        let is_preposition = |&&i: &&usize| page.token(i).pos == Pos::Adp;
        Path { up, down: way.len(), top: at, branch, preposition: way.iter().find(is_preposition).copied() }
    }

    pub(super) fn length(&self) -> usize {
        self.up + self.down
    }
}
