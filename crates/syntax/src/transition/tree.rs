//! After the parse: lifted arcs back to their true heads, and where sentences start.

use super::arc_eager::Labels;

/// Rounds of spaCy's adjustment of edges in trees that are not projective.
const MAX_ROUNDS: usize = 12;

/// Puts lifted arcs back: the new head is the first token with the head's label, breadth first and left to right
/// under the present head (the HEAD scheme of Nivre and Nilsson, 2005).
pub(super) fn deprojectivise(heads: &mut [u32], labels: &mut [u16], table: &Labels, is_space: &[bool]) {
    let lifted = |label: u16| table.lifted.get(usize::from(label)).copied().flatten();
    if !labels.iter().any(|&l| lifted(l).is_some()) {
        return;
    }
    let edges = Edges::new(heads);
    let mut children = children(heads);
    for token in 0..heads.len() {
        let Some((plain, wanted)) = lifted(labels[token]) else { continue };
        let old = heads[token] as usize;
        let found = wanted.and_then(|wanted| {
            find_under(old, &children, |child, parent| {
                let visible = edges.cover(parent, child) && !is_space[child] && child != token;
                visible.then(|| labels[child] == wanted)
            })
        });
        if let Some(new) = found {
            children[old].retain(|&c| c as usize != token);
            let at = children[new].partition_point(|&c| (c as usize) < token);
            children[new].insert(at, token as u32);
            heads[token] = new as u32;
        }
        labels[token] = plain;
    }
}

/// The first token under `top`, breadth first, that `test` says yes to. What it has no answer for is passed over with
/// all that hangs on it.
fn find_under(top: usize, children: &[Vec<u32>], test: impl Fn(usize, usize) -> Option<bool>) -> Option<usize> {
    let mut queue = std::collections::VecDeque::from([top]);
    // A tree has no more parents than tokens; the bound holds even if the weights are nonsense.
    for _ in 0..=children.len() {
        let parent = queue.pop_front()?;
        for child in children[parent].iter().map(|&c| c as usize) {
            match test(child, parent) {
                Some(true) => return Some(child),
                Some(false) => queue.push_back(child),
                None => {}
            }
        }
    }
    None
}

/// Children of each token, in text order; a root is not its own child.
fn children(heads: &[u32]) -> Vec<Vec<u32>> {
    let mut children = vec![Vec::new(); heads.len()];
    for (token, &head) in heads.iter().enumerate() {
        if head as usize != token {
            children[head as usize].push(token as u32);
        }
    }
    children
}

/// Whether a sentence starts at each token: at the left edge of every root.
pub(super) fn sentence_starts(heads: &[u32]) -> Vec<bool> {
    Edges::new(heads).starts(heads)
}

/// First and last token under each token, as spaCy computes them: in rounds, until every head stands in the sentence
/// of its child.
struct Edges {
    left: Vec<u32>,
    right: Vec<u32>,
}

impl Edges {
    fn new(heads: &[u32]) -> Self {
        let own = || (0..heads.len() as u32).collect::<Vec<_>>();
        let mut edges = Edges { left: own(), right: own() };
        for _ in 0..MAX_ROUNDS {
            (0..heads.len()).for_each(|token| edges.widen(heads[token] as usize, token));
            (0..heads.len()).rev().for_each(|token| edges.widen(heads[token] as usize, token));
            if within_sentences(heads, &edges.starts(heads)) {
                break;
            }
        }
        edges
    }

    fn widen(&mut self, head: usize, child: usize) {
        self.left[head] = self.left[head].min(self.left[child]);
        self.right[head] = self.right[head].max(self.right[child]);
    }

    fn cover(&self, token: usize, other: usize) -> bool {
        (self.left[token] as usize..=self.right[token] as usize).contains(&other)
    }

    fn starts(&self, heads: &[u32]) -> Vec<bool> {
        let mut starts = vec![false; heads.len()];
        for (token, &head) in heads.iter().enumerate() {
            if head as usize == token {
                starts[self.left[token] as usize] = true;
            }
        }
        starts
    }
}

/// Whether every head stands in the sentence of its child (or, as spaCy has it, just behind its end).
fn within_sentences(heads: &[u32], starts: &[bool]) -> bool {
    let mut start = 0;
    for end in 0..heads.len() {
        if (end > 0 && starts[end]) || end + 1 == heads.len() {
            if !heads[start..end].iter().all(|&h| (start..=end).contains(&(h as usize))) {
                return false;
            }
            start = end;
        }
    }
    true
}

#[cfg(test)]
mod tests {
    use super::*;

    fn labels() -> Labels {
        Labels::new(["nsubj", "ccomp", "dobj||ccomp", "dobj||xcomp"].into_iter()).unwrap()
    }

    #[test]
    fn projective_trees_stay_as_they_are() {
        let (mut heads, mut own) = (vec![1, 1, 1], vec![0, 1, 0]);
        deprojectivise(&mut heads, &mut own, &labels(), &[false; 3]);
        assert_eq!((heads, own), (vec![1, 1, 1], vec![0, 1, 0]));
    }

    #[test]
    fn a_lifted_arc_goes_to_the_token_with_its_heads_label() {
        let table = labels();
        let (mut heads, mut own) = (vec![1, 1, 1, 2], vec![2, 0, 1, 0]);
        deprojectivise(&mut heads, &mut own, &table, &[false; 4]);
        assert_eq!(heads, [2, 1, 1, 2]);
        assert_eq!(table.lifted[2].unwrap().0, own[0]);
    }

    #[test]
    fn a_lifted_arc_without_a_place_stays() {
        let (mut heads, mut own) = (vec![1, 1, 1], vec![3, 0, 1]);
        deprojectivise(&mut heads, &mut own, &labels(), &[false; 3]);
        assert_eq!(heads, [1, 1, 1]);
    }

    #[test]
    fn white_space_is_no_head() {
        let (mut heads, mut own) = (vec![1, 1, 1], vec![2, 0, 1]);
        deprojectivise(&mut heads, &mut own, &labels(), &[false, false, true]);
        assert_eq!(heads, [1, 1, 1]);
    }

    #[test]
    fn sentences_start_at_the_left_edge_of_roots() {
        assert_eq!(sentence_starts(&[1, 1, 4, 2, 4]), [true, false, true, false, false]);
        assert!(sentence_starts(&[]).is_empty());
    }
}
