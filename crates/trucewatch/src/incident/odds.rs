//! How likely two claims tell of one happening, in log odds: a logistic regression and boosted trees over what they
//! share, half and half; one such model for two claims of one document, and one for claims of two documents.
//! `README.md` says what the weights were made from.
//!
//! Layout of `weights.bin`, little-endian: magic `TWP2`; u16 number of inputs; then both models: f32 bias; per input one
//! f32 weight; f32 base of the trees; u16 number of trees, each a u8 number of nodes, each node u8 input, f32 threshold,
//! u8 left, u8 right, f32 value (left 0 at a leaf).

use std::sync::LazyLock;

use super::likeness::{INPUTS, Input, Likeness, ROOM};

/// Splits that a tree asks at most one after another.
const DEPTH: usize = 4;
const LEAVES: usize = 1 << DEPTH;

/// A tree in which every leaf lies at the same depth: split `i`, the first being 1, leads to the splits `2i` and
/// `2i + 1`, and those of the last row to the leaves in order.
#[derive(Debug)]
struct Tree {
    inputs: [u8; LEAVES],
    thresholds: [f32; LEAVES],
    leaves: [f32; LEAVES],
}

/// One node of a tree as it is written: a split, or a leaf (`left` 0).
#[derive(Debug, Clone, Copy)]
struct Node {
    input: u8,
    threshold: f32,
    left: usize,
    right: usize,
    value: f32,
}

/// The trained weights.
#[derive(Debug, Default)]
struct Weights {
    within: Model,
    across: Model,
}

/// What decides about one sort of pairs.
#[derive(Debug, Default)]
struct Model {
    bias: f32,
    regression: Vec<f32>,
    base: f32,
    trees: Vec<Tree>,
}

/// The weights of the program; none if the file is not of this version, which a test forbids.
static WEIGHTS: LazyLock<Weights> =
    LazyLock::new(|| Reader(include_bytes!("weights.bin")).weights().unwrap_or_default());

/// Below this the trees are not asked.
const HOPELESS: f32 = -2.5;

/// What two claims of two documents count for more: fewer of their pairs are of one happening, so their odds lie lower, but
/// a happening that several documents tell of is told of often.
const ACROSS: f32 = 0.4;

/// Log odds that two claims tell of one happening. Where the regression leaves no hope the trees are not asked: they never
/// lift a pair so far that it counts.
pub(super) fn of(like: &Likeness) -> f32 {
    let (model, more) = match like.get(Input::Across) > 0.0 {
        true => (&WEIGHTS.across, ACROSS),
        false => (&WEIGHTS.within, 0.0),
    };
    let linear = model.regression(like);
    if linear < HOPELESS { linear } else { f32::midpoint(linear, model.boosted(like)) + more }
}

impl Model {
    /// Summed in eight lanes, always in the same order.
    fn regression(&self, like: &Likeness) -> f32 {
        let mut lanes = [0.0; 8];
        for (weights, inputs) in self.regression.chunks(8).zip(like.0.chunks(8)) {
            for ((lane, weight), input) in lanes.iter_mut().zip(weights).zip(inputs) {
                *lane += weight * input;
            }
        }
        self.bias + lanes.iter().sum::<f32>()
    }

    fn boosted(&self, like: &Likeness) -> f32 {
        self.base + self.trees.iter().map(|tree| tree.leaf(like)).sum::<f32>()
    }
}

impl Tree {
    /// Lays the nodes of a tree out; `None` where it is deeper than is read here.
    fn of(nodes: &[Node]) -> Option<Tree> {
        let mut tree = Tree { inputs: [0; LEAVES], thresholds: [0.0; LEAVES], leaves: [0.0; LEAVES] };
        tree.lay(nodes, *nodes.first()?, 1)?;
        Some(tree)
    }

    /// Lays a node and those below it out; a leaf that lies too high is repeated below.
    fn lay(&mut self, nodes: &[Node], node: Node, at: usize) -> Option<()> {
        if let Some(leaf) = at.checked_sub(LEAVES) {
            *self.leaves.get_mut(leaf)? = node.value;
            return (node.left == 0).then_some(());
        }
        *self.inputs.get_mut(at)? = node.input;
        *self.thresholds.get_mut(at)? = node.threshold;
        let below = |next: usize| if node.left == 0 { Some(node) } else { nodes.get(next).copied() };
        self.lay(nodes, below(node.left)?, 2 * at)?;
        self.lay(nodes, below(node.right)?, 2 * at + 1)
    }

    fn leaf(&self, like: &Likeness) -> f32 {
        let mut at = 1;
        for _ in 0..DEPTH {
            // The remainders change nothing; they spare the program a check of each index.
            let input = like.0[usize::from(self.inputs[at % LEAVES]) % ROOM];
            at = 2 * at + usize::from(input > self.thresholds[at % LEAVES]);
        }
        self.leaves[at % LEAVES]
    }
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
        (self.bytes::<4>()? == *b"TWP2" && self.u16()? == INPUTS).then_some(())?;
        Some(Weights { within: self.model()?, across: self.model()? })
    }

    fn model(&mut self) -> Option<Model> {
        let bias = self.f32()?;
        let regression = (0..INPUTS).map(|_| self.f32()).collect::<Option<_>>()?;
        let base = self.f32()?;
        let trees = (0..self.u16()?).map(|_| self.tree()).collect::<Option<_>>()?;
        Some(Model { bias, regression, base, trees })
    }

    fn tree(&mut self) -> Option<Tree> {
        let nodes: Vec<Node> = (0..self.u8()?).map(|_| self.node()).collect::<Option<_>>()?;
        Tree::of(&nodes)
    }

    fn node(&mut self) -> Option<Node> {
        let [input] = self.bytes()?;
        let threshold = self.f32()?;
        Some(Node { input, threshold, left: self.u8()?, right: self.u8()?, value: self.f32()? })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cut_file_is_refused() {
        assert!(Reader(b"TWP2\0\0").weights().is_none());
        assert!(Reader(b"TWP9").weights().is_none());
    }

    #[test]
    fn the_weights_are_read() {
        for model in [&WEIGHTS.within, &WEIGHTS.across] {
            assert_eq!(model.regression.len(), INPUTS);
            assert!(!model.trees.is_empty());
        }
    }
}
