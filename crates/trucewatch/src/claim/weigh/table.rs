//! The trained weights, read from `weights.bin`.
//!
//! Layout, little-endian: magic `TWW1`; per type one f32 bias and one f32 scale; u32 number of words, then for each
//! a u8 length, its bytes, 27 × i8 regression weights (times the scale) and 27 × u8 shares (of 255); f32 threshold;
//! f32 base; u16 number of trees, each a u16 number of nodes, each node u16 input, f32 threshold, u16 left,
//! u16 right, f32 value.

use std::sync::LazyLock;

use rustc_hash::FxHashMap;

use super::super::Kind;
use super::boost::{Boost, Node};

/// How many types there are.
pub(super) const KINDS: usize = Kind::ALL.len();

/// What training knows of one word.
#[derive(Debug, Clone)]
pub(super) struct WordWeights {
    pub(super) regression: [f32; KINDS],
    /// Share of the word's clauses that carry the type, smoothed.
    pub(super) share: [f32; KINDS],
}

/// All trained weights.
#[derive(Debug, Default)]
pub(super) struct Table {
    pub(super) bias: Vec<f32>,
    pub(super) words: FxHashMap<String, WordWeights>,
    /// Least probability at which a clause holds a type.
    pub(super) threshold: f32,
    pub(super) boost: Boost,
}

/// The weights of the program; empty if the file is not of this version, which a test forbids.
pub(super) static TABLE: LazyLock<Table> =
    LazyLock::new(|| Reader(include_bytes!("weights.bin")).table().unwrap_or_default());

/// What is left to read of a file of weights; `None` where it ends too soon.
pub(in crate::claim) struct Reader<'a>(&'a [u8]);

impl<'a> Reader<'a> {
    pub(in crate::claim) fn new(bytes: &'a [u8]) -> Reader<'a> {
        Reader(bytes)
    }

    pub(in crate::claim) fn take(&mut self, n: usize) -> Option<&'a [u8]> {
        let (head, rest) = self.0.split_at_checked(n)?;
        self.0 = rest;
        Some(head)
    }

    fn u16(&mut self) -> Option<u16> {
        Some(u16::from_le_bytes(self.take(2)?.try_into().ok()?))
    }

    pub(in crate::claim) fn u32(&mut self) -> Option<u32> {
        Some(u32::from_le_bytes(self.take(4)?.try_into().ok()?))
    }

    pub(in crate::claim) fn f32(&mut self) -> Option<f32> {
        Some(f32::from_le_bytes(self.take(4)?.try_into().ok()?))
    }

    fn table(mut self) -> Option<Table> {
        (self.take(4)? == b"TWW1").then_some(())?;
        let bias = (0..KINDS).map(|_| self.f32()).collect::<Option<Vec<_>>>()?;
        let scale = (0..KINDS).map(|_| self.f32()).collect::<Option<Vec<_>>>()?;
        let count = self.u32()?;
        let words = (0..count).map(|_| self.word(&scale)).collect::<Option<FxHashMap<_, _>>>()?;
        let threshold = self.f32()?;
        Some(Table { bias, words, threshold, boost: self.boost()? })
    }

    fn word(&mut self, scale: &[f32]) -> Option<(String, WordWeights)> {
        let length = usize::from(*self.take(1)?.first()?);
        let word = String::from_utf8(self.take(length)?.to_vec()).ok()?;
        let regression = self.take(KINDS)?;
        let share = self.take(KINDS)?;
        let signed = |k: usize| f32::from(i8::from_le_bytes([regression[k]])) * scale[k];
        let weights = WordWeights {
            regression: std::array::from_fn(signed),
            share: std::array::from_fn(|k| f32::from(share[k]) / 255.0),
        };
        Some((word, weights))
    }

    /// Base value and trees.
    pub(in crate::claim) fn boost(&mut self) -> Option<Boost> {
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_weights_are_read() {
        assert_eq!(TABLE.bias.len(), KINDS);
        assert!(!TABLE.boost.trees.is_empty());
    }

    #[test]
    fn a_cut_file_is_refused() {
        assert!(Reader(b"TWW1\0\0").table().is_none());
        assert!(Reader(b"TWW9").table().is_none());
    }
}
