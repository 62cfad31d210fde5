//! Exceptions that the affix rules break up, such as `a.m.)` or `:-)`, put together again.

use rustc_hash::FxHashMap;

use super::{RawToken, Tokenizer};
use crate::lexeme::Lexicon;

/// A trie over word types: the broken-up exceptions.
#[derive(Default)]
pub(crate) struct Phrases {
    nodes: Vec<PhraseNode>,
}

#[derive(Default)]
struct PhraseNode {
    next: FxHashMap<u32, usize>,
    ends: bool,
}

impl Phrases {
    pub(super) fn insert(&mut self, words: impl Iterator<Item = u32>) {
        if self.nodes.is_empty() {
            self.nodes.push(PhraseNode::default());
        }
        let mut at = 0;
        for word in words {
            let fresh = self.nodes.len();
            at = *self.nodes[at].next.entry(word).or_insert(fresh);
            if at == fresh {
                self.nodes.push(PhraseNode::default());
            }
        }
        self.nodes[at].ends = at > 0;
    }

    /// Replaces every exception found by the tokens that the exception names.
    pub(super) fn merge(&self, rules: &Tokenizer, lexicon: &Lexicon, tokens: Vec<RawToken>) -> Vec<RawToken> {
        let spans = choose(self.find(&tokens), tokens.len());
        if spans.is_empty() {
            return tokens;
        }
        let mut merged = Vec::with_capacity(tokens.len());
        let mut at = 0;
        for (start, end) in spans {
            merged.extend_from_slice(&tokens[at..start]);
            replace(rules, lexicon, &tokens[start..end], &mut merged);
            at = end;
        }
        merged.extend_from_slice(&tokens[at..]);
        merged
    }

    /// Every run of tokens that is an exception.
    fn find(&self, tokens: &[RawToken]) -> Vec<(usize, usize)> {
        let mut found = Vec::new();
        for start in 0..tokens.len() {
            let mut node = self.nodes.first();
            for (end, token) in tokens.iter().enumerate().skip(start) {
                node = node.and_then(|n| n.next.get(&token.piece.lexeme)).and_then(|&n| self.nodes.get(n));
                match node {
                    Some(n) if n.ends => found.push((start, end + 1)),
                    Some(_) => {}
                    None => break,
                }
            }
        }
        found
    }
}

/// The longest runs, the leftmost of equally long ones; none may begin or end in one chosen or passed over before.
fn choose(mut spans: Vec<(usize, usize)>, length: usize) -> Vec<(usize, usize)> {
    if spans.is_empty() {
        return spans;
    }
    spans.sort_by_key(|&(start, end)| (std::cmp::Reverse(end - start), start));
    let mut seen = vec![false; length];
    spans.retain(|&(start, end)| {
        let free = !seen[start] && !seen[end - 1];
        seen[start..end].fill(true);
        free
    });
    spans.sort_unstable();
    spans
}

fn replace(rules: &Tokenizer, lexicon: &Lexicon, run: &[RawToken], merged: &mut Vec<RawToken>) {
    let mut written = String::new();
    for token in run {
        written.push_str(&lexicon.get(token.piece.lexeme).text);
        if token.space_after {
            written.push(' ');
        }
    }
    let space_after = run.last().is_some_and(|t| t.space_after);
    if space_after {
        written.pop();
    }
    match rules.special(&written) {
        Some(pieces) => {
            merged.extend(pieces.iter().map(|&piece| RawToken { piece, space_after: false }));
            super::mark(merged, space_after);
        }
        None => merged.extend_from_slice(run),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn longer_runs_win_and_block_what_overlaps() {
        assert_eq!(choose(vec![(0, 2), (1, 4), (4, 5)], 5), [(1, 4), (4, 5)]);
        assert_eq!(choose(vec![(0, 2), (1, 3)], 3), [(0, 2)]);
        assert_eq!(choose(vec![], 3), []);
    }
}
