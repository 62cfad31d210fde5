//! The nets' trained numbers, read from `net.bin`, and what each of their layers does to rows of floats.
//!
//! Layout, little-endian: magic `TWN4`; then net after net: u16 width of a word, of a relation, of a tag, of the hidden rows, of a clause
//! and of what is carried on; then as bfloat16, matrices row by output: words (width x 300) and bias, five rows for
//! words without a vector, relations, tags, the two rounds (each weights, bias, gain, shift), what a token says (27 x hidden) and bias, what a
//! clause as a whole says (27 x twice hidden) and bias; the clause made small (clause x twice hidden) and bias, for either
//! direction what is brought (three carried x clause and place) and what was carried (three carried x carried) with
//! their biases, both mixed with the clause (clause x twice carried and clause) and bias, what they say (27 x clause)
//! and bias; what a clause as a whole (11 x twice hidden) and what is mixed (11 x clause) tell beside the type, each with bias.

use syntax::{Dep, Tag, multiply_transposed};

use super::super::super::Kind;
use super::TOLD;
use super::context::Carry;

/// Floats of a static vector.
pub(super) const VECTOR: usize = 300;
/// Kinds of words without a vector, with one row to spare.
const MASKS: usize = 5;
/// Rounds in which every token hears of those beside, over and under it.
const ROUNDS: usize = 2;
/// A token hears of itself, the one before, the one behind, its head and its children.
pub(super) const HEARD: usize = 5;
/// Reset, update and candidate of what is carried on.
pub(super) const GATES: usize = 3;
/// Keeps the spread of a row from being nothing.
const LEAST_SPREAD: f32 = 1e-5;

/// A linear layer: a row of weights an output, and a bias.
#[derive(Debug)]
pub(super) struct Linear {
    pub(super) inputs: usize,
    pub(super) weights: Vec<f32>,
    pub(super) bias: Vec<f32>,
}

impl Linear {
    /// How many outputs it has.
    pub(super) fn outputs(&self) -> usize {
        self.bias.len()
    }

    /// The outputs of all rows, one after another.
    pub(super) fn of(&self, rows: &[f32]) -> Vec<f32> {
        let (count, width) = (rows.len() / self.inputs, self.bias.len());
        let mut out = vec![0.0; count * width];
        multiply_transposed(count, self.inputs, rows, self.inputs, &self.weights, &mut out);
        for row in out.chunks_exact_mut(width) {
            row.iter_mut().zip(&self.bias).for_each(|(value, bias)| *value += bias);
        }
        out
    }
}

/// What a token makes of what it hears: a linear layer, each row normalised, nothing below zero.
#[derive(Debug)]
pub(super) struct Round {
    linear: Linear,
    gain: Vec<f32>,
    shift: Vec<f32>,
}

impl Round {
    pub(super) fn of(&self, heard: &[f32]) -> Vec<f32> {
        let mut out = self.linear.of(heard);
        for row in out.chunks_exact_mut(self.gain.len()) {
            let count = row.len() as f32;
            let mean = row.iter().sum::<f32>() / count;
            let spread = row.iter().map(|value| (value - mean) * (value - mean)).sum::<f32>() / count;
            let scale = 1.0 / (spread + LEAST_SPREAD).sqrt();
            for ((value, gain), shift) in row.iter_mut().zip(&self.gain).zip(&self.shift) {
                *value = ((*value - mean) * scale * gain + shift).max(0.0);
            }
        }
        out
    }
}

/// All of the net's numbers.
#[derive(Debug)]
pub(super) struct Layers {
    pub(super) words: Linear,
    masks: Vec<f32>,
    deps: Vec<f32>,
    tags: Vec<f32>,
    pub(super) rounds: Vec<Round>,
    pub(super) token: Linear,
    pub(super) clause: Linear,
    pub(super) small: Linear,
    pub(super) carry: [Carry; 2],
    pub(super) mixed: Linear,
    pub(super) context: Linear,
    pub(super) aside: Linear,
    pub(super) aside_context: Linear,
}

impl Layers {
    /// The row of the `index`th kind of word without a vector.
    pub(super) fn mask(&self, index: usize) -> &[f32] {
        nth(&self.masks, index, self.words.bias.len())
    }

    pub(super) fn dep(&self, dep: Dep) -> &[f32] {
        nth(&self.deps, dep as usize, self.deps.len() / Dep::ALL.len())
    }

    pub(super) fn tag(&self, tag: Tag) -> &[f32] {
        nth(&self.tags, tag as usize, self.tags.len() / Tag::ALL.len())
    }

    /// Reads the nets of a file; `None` if it is of another form.
    pub(super) fn read_all(bytes: &[u8]) -> Option<Vec<Layers>> {
        let mut file = File(bytes.strip_prefix(b"TWN4")?);
        let mut nets = Vec::new();
        while !file.0.is_empty() {
            nets.push(Layers::read(&mut file)?);
        }
        Some(nets)
    }

    fn read(file: &mut File<'_>) -> Option<Layers> {
        let [word, dep, tag, hidden] = [file.number()?, file.number()?, file.number()?, file.number()?];
        let [size, carried] = [file.number()?, file.number()?];
        let words = file.linear(VECTOR, word)?;
        let (masks, deps, tags) =
            (file.floats(MASKS * word)?, file.floats(dep * Dep::ALL.len())?, file.floats(tag * Tag::ALL.len())?);
        let mut inputs = word + dep + tag;
        let mut rounds = Vec::new();
        for _ in 0..ROUNDS {
            let linear = file.linear(HEARD * inputs, hidden)?;
            rounds.push(Round { linear, gain: file.floats(hidden)?, shift: file.floats(hidden)? });
            inputs = hidden;
        }
        let token = file.linear(hidden, Kind::ALL.len())?;
        let clause = file.linear(2 * hidden, Kind::ALL.len())?;
        let small = file.linear(2 * hidden, size)?;
        let carry = [file.carry(size + 1, carried)?, file.carry(size + 1, carried)?];
        let mixed = file.linear(2 * carried + size, size)?;
        let context = file.linear(size, Kind::ALL.len())?;
        let (aside, aside_context) = (file.linear(2 * hidden, TOLD)?, file.linear(size, TOLD)?);
        Some(Layers {
            words,
            masks,
            deps,
            tags,
            rounds,
            token,
            clause,
            small,
            carry,
            mixed,
            context,
            aside,
            aside_context,
        })
    }
}

fn nth(rows: &[f32], index: usize, width: usize) -> &[f32] {
    rows.get(index * width..(index + 1) * width).unwrap_or(&[])
}

/// What is left to read.
struct File<'a>(&'a [u8]);

impl File<'_> {
    fn number(&mut self) -> Option<usize> {
        let (head, rest) = self.0.split_first_chunk()?;
        self.0 = rest;
        Some(usize::from(u16::from_le_bytes(*head)))
    }

    fn floats(&mut self, count: usize) -> Option<Vec<f32>> {
        let (head, rest) = self.0.split_at_checked(2 * count)?;
        self.0 = rest;
        let pairs = head.as_chunks().0.iter();
        Some(pairs.map(|pair| f32::from_bits(u32::from(u16::from_le_bytes(*pair)) << 16)).collect())
    }

    fn linear(&mut self, inputs: usize, outputs: usize) -> Option<Linear> {
        Some(Linear { inputs, weights: self.floats(inputs * outputs)?, bias: self.floats(outputs)? })
    }

    fn carry(&mut self, inputs: usize, width: usize) -> Option<Carry> {
        let (brought, carried) = (self.linear(inputs, GATES * width)?, self.linear(width, GATES * width)?);
        Some(Carry::new(brought, &carried))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_of_another_form_are_refused() {
        assert!(Layers::read_all(b"TWN4\0\0").is_none());
        assert!(Layers::read_all(b"TWN3").is_none());
    }

    #[test]
    fn a_row_is_normalised() {
        let linear = Linear { inputs: 1, weights: vec![1.0, -1.0], bias: vec![0.0, 0.0] };
        let round = Round { linear, gain: vec![1.0, 1.0], shift: vec![0.0, 0.5] };
        let out = round.of(&[3.0]);
        assert!((out[0] - 1.0).abs() < 1e-3 && out[1] == 0.0, "{out:?}");
    }
}
