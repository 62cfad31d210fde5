//! Gradient-boosted trees, as trained: reading them from bytes and walking them.

use syntax::Dep;

/// One node: a split, or a leaf.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Node {
    /// Which input is compared; ignored at a leaf.
    input: u16,
    /// At most this goes left.
    threshold: f32,
    /// Index of the left child in its tree; 0 at a leaf.
    left: u16,
    /// Index of the right child in its tree; 0 at a leaf.
    right: u16,
    /// What a leaf adds to the sum.
    value: f32,
}

/// A sum of trees over a base value, in log odds.
#[derive(Debug, Clone, Default)]
pub(crate) struct Boost {
    base: f32,
    pub(crate) trees: Vec<Vec<Node>>,
}

impl Boost {
    /// The trees of a file that begins with `magic` and holds nothing else; `None` for any other, or one that is cut.
    pub(crate) fn read(magic: &[u8], bytes: &[u8]) -> Option<Boost> {
        let mut reader = Reader::new(bytes);
        (reader.take(magic.len())? == magic).then_some(())?;
        reader.boost()
    }

    /// Probability, 0 to 1. A missing input counts as 0.
    pub(crate) fn probability(&self, inputs: &[f32]) -> f32 {
        logistic(self.score(inputs))
    }

    /// The sum itself. A missing input counts as 0.
    pub(crate) fn score(&self, inputs: &[f32]) -> f32 {
        let sum: f32 = self.trees.iter().map(|tree| leaf(tree, inputs)).sum();
        self.base + sum
    }
}

/// The probability that log odds stand for, 0 to 1.
pub(crate) fn logistic(odds: f32) -> f32 {
    1.0 / (1.0 + (-odds).exp())
}

/// How likely each of several candidates is by its score, the logarithm of a weight: its share of all weights. With `none`,
/// no candidate at all may be the right one, and weighs 1. See `scripts/choice.py`.
pub(crate) fn chances(scores: &[f32], none: bool) -> Vec<f32> {
    let top = scores.iter().copied().fold(if none { 0.0 } else { f32::MIN }, f32::max);
    let weights = scores.iter().map(|s| (s - top).exp());
    let all = weights.clone().sum::<f32>() + if none { (-top).exp() } else { 0.0 };
    weights.map(|w| w / all).collect()
}

/// The place of the greatest value, the first of several.
pub(crate) fn greatest(values: &[f32]) -> Option<usize> {
    (0..values.len()).rev().max_by(|&a, &b| values[a].total_cmp(&values[b]))
}

/// The likeliest of several candidates by their scores if it is likelier than the rules' own by the bound, else that one;
/// with its probability. See `settled` in `scripts/choice.py`.
pub(crate) fn settled(scores: &[f32], ruled: Option<usize>, bound: f32) -> Option<(usize, f32)> {
    let chances = chances(scores, false);
    let best = greatest(&chances)?;
    let own = ruled.filter(|&r| chances[best] <= chances[r] + bound);
    let chosen = own.unwrap_or(best);
    Some((chosen, chances[chosen]))
}

/// What is left to read of a file of weights; `None` where it ends too soon.
pub(crate) struct Reader<'a>(&'a [u8]);

impl<'a> Reader<'a> {
    pub(crate) fn new(bytes: &'a [u8]) -> Reader<'a> {
        Reader(bytes)
    }

    pub(crate) fn take(&mut self, n: usize) -> Option<&'a [u8]> {
        let (head, rest) = self.0.split_at_checked(n)?;
        self.0 = rest;
        Some(head)
    }

    pub(crate) fn u16(&mut self) -> Option<u16> {
        Some(u16::from_le_bytes(self.take(2)?.try_into().ok()?))
    }

    pub(crate) fn u32(&mut self) -> Option<u32> {
        Some(u32::from_le_bytes(self.take(4)?.try_into().ok()?))
    }

    pub(crate) fn f32(&mut self) -> Option<f32> {
        Some(f32::from_le_bytes(self.take(4)?.try_into().ok()?))
    }

    /// Text behind its length, a u8.
    pub(crate) fn text(&mut self) -> Option<String> {
        let length = usize::from(*self.take(1)?.first()?);
        String::from_utf8(self.take(length)?.to_vec()).ok()
    }

    /// Base value and trees.
    pub(crate) fn boost(&mut self) -> Option<Boost> {
        let base = self.f32()?;
        let trees = (0..self.u16()?).map(|_| self.tree()).collect::<Option<Vec<_>>>()?;
        Some(Boost { base, trees })
    }

    fn tree(&mut self) -> Option<Vec<Node>> {
        (0..self.u16()?).map(|_| self.node()).collect()
    }

    fn node(&mut self) -> Option<Node> {
        Some(Node {
            input: self.u16()?,
            threshold: self.f32()?,
            left: self.u16()?,
            right: self.u16()?,
            value: self.f32()?,
        })
    }
}

fn leaf(tree: &[Node], inputs: &[f32]) -> f32 {
    let mut at = 0;
    while let Some(node) = tree.get(at) {
        if node.left == 0 {
            return node.value;
        }
        let input = inputs.get(usize::from(node.input)).copied().unwrap_or(0.0);
        at = usize::from(if input <= node.threshold { node.left } else { node.right });
    }
    0.0
}

/// An input that says whether something is so.
pub(crate) fn yes(is: bool) -> f32 {
    f32::from(u8::from(is))
}

/// An input that says which value of a list it is, from 1 on; 0 for none.
pub(crate) fn number(place: Option<usize>) -> f32 {
    place.map_or(0.0, |at| at as f32 + 1.0)
}

/// An input that says which relation of the tree it is.
pub(crate) fn label(dep: Dep) -> f32 {
    number(Dep::ALL.iter().position(|d| *d == dep))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_trees_give_the_base() {
        assert!((Boost::default().probability(&[]) - 0.5).abs() < 1e-6);
    }

    #[test]
    fn chances_are_shares_of_all_weights() {
        assert_eq!(chances(&[0.0, 0.0], false), [0.5, 0.5]);
        assert_eq!(chances(&[0.0, 0.0, 0.0], true), [0.25; 3]);
        assert_eq!(chances(&[1e4, 1e4], false), [0.5, 0.5]);
        assert!(chances(&[], true).is_empty());
    }

    #[test]
    fn the_first_of_the_greatest_is_taken() {
        assert_eq!(greatest(&[1.0, 3.0, 3.0]), Some(1));
        assert_eq!(greatest(&[]), None);
    }

    #[test]
    fn splits_send_left_up_to_the_threshold() {
        let node = |threshold, left, right, value| Node { input: 0, threshold, left, right, value };
        let boost =
            Boost { base: 0.0, trees: vec![vec![node(1.0, 1, 2, 0.0), node(0.0, 0, 0, -9.0), node(0.0, 0, 0, 9.0)]] };
        assert!(boost.probability(&[1.0]) < 0.01);
        assert!(boost.probability(&[1.1]) > 0.99);
    }

    #[test]
    fn the_rules_stand_unless_another_is_surer_by_the_bound() {
        let scores = |chances: &[f32]| chances.iter().map(|c| c.ln()).collect::<Vec<f32>>();
        let chosen = |chances: &[f32], ruled| settled(&scores(chances), ruled, 0.2).map(|(best, _)| best);
        assert_eq!(chosen(&[0.45, 0.55], Some(0)), Some(0));
        assert_eq!(chosen(&[0.3, 0.7], Some(0)), Some(1));
        assert_eq!(chosen(&[0.45, 0.55], None), Some(1));
        assert_eq!(chosen(&[], None), None);
    }
}
