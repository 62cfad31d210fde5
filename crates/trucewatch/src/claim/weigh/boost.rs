//! Gradient-boosted trees, as trained: only walking them.

/// One node: a split, or a leaf.
#[derive(Debug, Clone, Copy)]
pub(in crate::claim) struct Node {
    /// Which input is compared; ignored at a leaf.
    pub(super) input: u16,
    /// At most this goes left.
    pub(super) threshold: f32,
    /// Index of the left child in its tree; 0 at a leaf.
    pub(super) left: u16,
    /// Index of the right child in its tree; 0 at a leaf.
    pub(super) right: u16,
    /// What a leaf adds to the sum.
    pub(super) value: f32,
}

/// A sum of trees over a base value, in log odds.
#[derive(Debug, Clone, Default)]
pub(in crate::claim) struct Boost {
    pub(super) base: f32,
    pub(in crate::claim) trees: Vec<Vec<Node>>,
}

impl Boost {
    /// Probability, 0 to 1. A missing input counts as 0.
    pub(in crate::claim) fn probability(&self, inputs: &[f32]) -> f32 {
        let sum: f32 = self.trees.iter().map(|tree| leaf(tree, inputs)).sum();
        1.0 / (1.0 + (-(self.base + sum)).exp())
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_trees_give_the_base() {
        assert!((Boost::default().probability(&[]) - 0.5).abs() < 1e-6);
    }

    #[test]
    fn splits_send_left_up_to_the_threshold() {
        let node = |threshold, left, right, value| Node { input: 0, threshold, left, right, value };
        let boost =
            Boost { base: 0.0, trees: vec![vec![node(1.0, 1, 2, 0.0), node(0.0, 0, 0, -9.0), node(0.0, 0, 0, 9.0)]] };
        assert!(boost.probability(&[1.0]) < 0.01);
        assert!(boost.probability(&[1.1]) > 0.99);
    }
}
