//! How likely two claims tell of one happening, in log odds: a logistic regression and boosted trees over what they
//! share, half and half. `README.md` says what the weights were made from.
//!
//! Layout of `weights.bin`, little-endian: magic `TWP1`; u16 number of inputs; f32 bias; per input one f32 weight;
//! f32 base of the trees; u16 number of trees, each a u8 number of nodes, each node u8 input, f32 threshold, u8 left,
//! u8 right, f32 value (left 0 at a leaf).

use std::sync::LazyLock;

use super::likeness::{INPUTS, Likeness};

/// One node of a tree: a split, or a leaf.
#[derive(Debug, Clone, Copy)]
struct Node {
    input: usize,
    threshold: f32,
    left: usize,
    right: usize,
    value: f32,
}

/// The trained weights.
#[derive(Debug, Default)]
struct Weights {
    bias: f32,
    regression: Vec<f32>,
    base: f32,
    trees: Vec<Vec<Node>>,
}

/// The weights of the program; none if the file is not of this version, which a test forbids.
static WEIGHTS: LazyLock<Weights> =
    LazyLock::new(|| Reader(include_bytes!("weights.bin")).weights().unwrap_or_default());

/// Below this the trees are not asked: they never lift a pair so far.
const HOPELESS: f32 = -4.5;

/// Log odds that two claims tell of one happening.
pub(super) fn of(like: &Likeness) -> f32 {
    let linear = WEIGHTS.regression(like);
    if linear < HOPELESS { linear } else { f32::midpoint(linear, WEIGHTS.boosted(like)) }
}

impl Weights {
    fn regression(&self, like: &Likeness) -> f32 {
        self.bias + self.regression.iter().zip(&like.0).map(|(w, x)| w * x).sum::<f32>()
    }

    fn boosted(&self, like: &Likeness) -> f32 {
        self.base + self.trees.iter().map(|tree| leaf(tree, like)).sum::<f32>()
    }
}

fn leaf(tree: &[Node], like: &Likeness) -> f32 {
    let mut at = 0;
    while let Some(node) = tree.get(at) {
        if node.left == 0 {
            return node.value;
        }
        let input = like.0.get(node.input).copied().unwrap_or(0.0);
        at = if input <= node.threshold { node.left } else { node.right };
    }
    0.0
}

struct Reader<'a>(&'a [u8]);

impl Reader<'_> {
    fn bytes<const N: usize>(&mut self) -> Option<[u8; N]> {
        let (head, rest) = self.0.split_first_chunk::<N>()?;
        self.0 = rest;
        Some(*head)
    }

    fn u8(&mut self) -> Option<usize> {
        self.bytes::<1>().map(|[b]| usize::from(b))
    }

    fn u16(&mut self) -> Option<usize> {
        self.bytes().map(|b| usize::from(u16::from_le_bytes(b)))
    }

    fn f32(&mut self) -> Option<f32> {
        self.bytes().map(f32::from_le_bytes)
    }

    fn weights(mut self) -> Option<Weights> {
        (self.bytes::<4>()? == *b"TWP1" && self.u16()? == INPUTS).then_some(())?;
        let bias = self.f32()?;
        let regression = (0..INPUTS).map(|_| self.f32()).collect::<Option<_>>()?;
        let base = self.f32()?;
        let trees = (0..self.u16()?).map(|_| self.tree()).collect::<Option<_>>()?;
        Some(Weights { bias, regression, base, trees })
    }

    fn tree(&mut self) -> Option<Vec<Node>> {
        (0..self.u8()?).map(|_| self.node()).collect()
    }

    fn node(&mut self) -> Option<Node> {
        let input = self.u8()?;
        let threshold = self.f32()?;
        Some(Node { input, threshold, left: self.u8()?, right: self.u8()?, value: self.f32()? })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cut_file_is_refused() {
        assert!(Reader(b"TWP1\0\0").weights().is_none());
        assert!(Reader(b"TWP9").weights().is_none());
    }

    #[test]
    fn the_weights_are_read() {
        assert_eq!(WEIGHTS.regression.len(), INPUTS);
        assert!(!WEIGHTS.trees.is_empty());
    }
}
