//! From ties between claims to groups: joined strongest first, while the mean over both groups speaks for it.

use std::collections::BTreeMap;

use super::near::FLOOR;

/// Mean log odds between two groups above which they are one. Below 0, since what is spoken of more than once is
/// spoken of often, and a pair that is missed costs more pairs than its own.
pub(super) const JOIN: f32 = -0.6;

/// A tie between two claims on their way into groups.
#[derive(Debug, Clone, Copy)]
pub(super) struct Edge {
    pub(super) score: f32,
    /// Places of the two in the record, the first being smaller: among like ties the earlier counts first.
    pub(super) places: (u32, u32),
    /// The nodes that they are: of settled groups by number, and after those the new claims, one by one.
    pub(super) nodes: (u32, u32),
}

/// Joins new claims with each other and with groups that are settled, given by their sizes. Settled groups are not joined
/// with each other. Returns the node of each node's group: that of the settled group, or else of the group's first claim.
pub(super) fn join(settled: &[u32], new: usize, edges: &[Edge]) -> Vec<u32> {
    let mut nodes = Nodes::new(settled, new, edges);
    let mut order: Vec<&Edge> = edges.iter().filter(|e| e.score > JOIN).collect();
    order.sort_unstable_by(|e, f| f.score.total_cmp(&e.score).then(e.places.cmp(&f.places)));
    for edge in order {
        let (x, y) = (nodes.group(edge.nodes.0), nodes.group(edge.nodes.1));
        let (x, y) = (x.min(y), x.max(y));
        if x != y && !nodes.is_settled(y) && nodes.linkage(x, y) > JOIN {
            nodes.merge(x, y);
        }
    }
    nodes.groups()
}

/// Mean evidence between groups of given sizes, where so many ties with such a sum are known.
pub(super) fn mean(sum: f64, ties: u32, pairs: f64) -> f32 {
    let mean = (sum + (pairs - f64::from(ties)) * f64::from(FLOOR)) / pairs.max(1.0);
    #[expect(clippy::cast_possible_truncation, reason = "a mean of such numbers")]
    let mean = mean as f32;
    mean
}

/// Groups on their way: settled ones first, then claims.
struct Nodes {
    settled: usize,
    sizes: Vec<u32>,
    /// For each node one that it was joined to, or itself.
    above: Vec<u32>,
    /// For each group sum and number of its ties to others.
    sums: Vec<BTreeMap<u32, (f64, u32)>>,
}

impl Nodes {
    fn new(settled: &[u32], new: usize, edges: &[Edge]) -> Nodes {
        let all = settled.len() + new;
        let sizes = settled.iter().copied().chain(std::iter::repeat_n(1, new)).collect();
        let mut sums = vec![BTreeMap::new(); all];
        for Edge { score, nodes: (x, y), .. } in edges {
            add(&mut sums, *x, *y, (f64::from(*score), 1));
        }
        Nodes { settled: settled.len(), sizes, above: (0..).take(all).collect(), sums }
    }

    fn is_settled(&self, group: u32) -> bool {
        (group as usize) < self.settled
    }

    fn group(&self, node: u32) -> u32 {
        let mut group = node;
        while let Some(above) = self.above.get(group as usize).filter(|a| **a != group) {
            group = *above;
        }
        group
    }

    fn groups(&self) -> Vec<u32> {
        (0..).take(self.above.len()).map(|node| self.group(node)).collect()
    }

    fn size(&self, group: u32) -> u32 {
        self.sizes.get(group as usize).copied().unwrap_or(0)
    }

    /// Mean evidence between the claims of two groups.
    fn linkage(&self, x: u32, y: u32) -> f32 {
        let (sum, ties) = self.sums.get(x as usize).and_then(|s| s.get(&y)).copied().unwrap_or_default();
        mean(sum, ties, f64::from(self.size(x)) * f64::from(self.size(y)))
    }

    fn merge(&mut self, into: u32, from: u32) {
        let moved = self.size(from);
        self.sizes.get_mut(into as usize).into_iter().for_each(|size| *size += moved);
        self.above.get_mut(from as usize).into_iter().for_each(|above| *above = into);
        let sums = self.sums.get_mut(from as usize).map(std::mem::take).unwrap_or_default();
        for (other, sum) in sums {
            self.sums.get_mut(other as usize).into_iter().for_each(|theirs| _ = theirs.remove(&from));
            if other != into {
                add(&mut self.sums, into, other, sum);
            }
        }
    }
}

fn add(sums: &mut [BTreeMap<u32, (f64, u32)>], x: u32, y: u32, (sum, ties): (f64, u32)) {
    for (one, other) in [(x, y), (y, x)] {
        let slot = sums.get_mut(one as usize).map(|s| s.entry(other).or_default());
        slot.into_iter().for_each(|(s, n)| (*s, *n) = (*s + sum, *n + ties));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn edge(score: f32, x: u32, y: u32) -> Edge {
        Edge { score, places: (x, y), nodes: (x, y) }
    }

    #[test]
    fn settled_groups_are_not_joined() {
        assert_eq!(join(&[2, 2], 1, &[edge(2.0, 0, 2), edge(1.0, 1, 2)]), [0, 1, 0]);
    }

    #[test]
    fn a_group_that_mostly_says_nothing_of_a_claim_does_not_take_it() {
        assert_eq!(join(&[9], 1, &[edge(2.0, 0, 1)]), [0, 1]);
        assert_eq!(join(&[1], 1, &[edge(2.0, 0, 1)]), [0, 0]);
    }
}
