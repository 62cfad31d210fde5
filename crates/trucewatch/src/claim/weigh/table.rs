//! The trained weights, read from `weights.bin`.
//!
//! Layout, little-endian: magic `TWW1`; per type one f32 bias and one f32 scale; u32 number of words, then for each
//! a u8 length, its bytes, 27 × i8 regression weights (times the scale) and 27 × u8 shares (of 255); f32 threshold;
//! f32 base; u16 number of trees, each a u16 number of nodes, each node u16 input, f32 threshold, u16 left,
//! u16 right, f32 value.

use std::sync::LazyLock;

use rustc_hash::FxHashMap;

use super::super::Kind;
use crate::trees::{Boost, Reader};

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
    /// The probability from which on a clause may hold a type; `confidence.rs` decides, who is on record too.
    pub(super) threshold: f32,
    pub(super) boost: Boost,
}

/// The weights of the program; empty if the file is not of this version, which a test forbids.
pub(super) static TABLE: LazyLock<Table> = LazyLock::new(|| table(include_bytes!("weights.bin")).unwrap_or_default());

fn table(bytes: &[u8]) -> Option<Table> {
    let mut reader = Reader::new(bytes);
    (reader.take(4)? == b"TWW1").then_some(())?;
    let bias = (0..KINDS).map(|_| reader.f32()).collect::<Option<Vec<_>>>()?;
    let scale = (0..KINDS).map(|_| reader.f32()).collect::<Option<Vec<_>>>()?;
    let count = reader.u32()?;
    let words = (0..count).map(|_| word(&mut reader, &scale)).collect::<Option<FxHashMap<_, _>>>()?;
    let threshold = reader.f32()?;
    Some(Table { bias, words, threshold, boost: reader.boost()? })
}

fn word(reader: &mut Reader<'_>, scale: &[f32]) -> Option<(String, WordWeights)> {
    let length = usize::from(*reader.take(1)?.first()?);
    let word = String::from_utf8(reader.take(length)?.to_vec()).ok()?;
    let regression = reader.take(KINDS)?;
    let share = reader.take(KINDS)?;
    let signed = |k: usize| f32::from(i8::from_le_bytes([regression[k]])) * scale[k];
    let weights = WordWeights {
        regression: std::array::from_fn(signed),
        share: std::array::from_fn(|k| f32::from(share[k]) / 255.0),
    };
    Some((word, weights))
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
        assert!(table(b"TWW1\0\0").is_none());
        assert!(table(b"TWW9").is_none());
    }
}
