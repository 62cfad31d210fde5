//! Transition systems: a state, the moves it allows, and a small network that scores them.

pub(crate) mod arc_eager;
pub(crate) mod biluo;
mod tree;

use std::collections::BTreeMap;

use crate::gemm::multiply_transposed;
use crate::load::msgpack::{decode, field, text};
use crate::load::network::Network;
use crate::load::{LoadError, Malformed, Package};
use crate::tok2vec::{WIDTH, by_piece};

/// Stands for "no token" among features.
pub(crate) const NONE: u32 = u32::MAX;
/// Width of the hidden layer.
const HIDDEN: usize = 64;
/// Pieces of its maxout.
const PIECES: usize = 2;
/// Floats that one token contributes to the hidden layer in one role.
const LOWER: usize = HIDDEN * PIECES;
/// Classes are scored in blocks of this many, each kept in registers.
const BLOCK: usize = 16;

/// Scores all moves of a state that is described by `F` tokens.
pub(crate) struct Scorer<const F: usize> {
    projection: Vec<f32>,
    projection_bias: Vec<f32>,
    /// `F` × [`LOWER`] rows of [`HIDDEN`] floats: what a token contributes in each role.
    lower: Vec<f32>,
    lower_bias: Vec<f32>,
    /// What a role contributes that no token fills.
    padding: Vec<f32>,
    /// Blocks of classes; in each, [`HIDDEN`] rows of [`BLOCK`] floats.
    upper: Vec<[f32; BLOCK]>,
    upper_bias: Vec<f32>,
    classes: usize,
}

impl<const F: usize> Scorer<F> {
    pub(crate) fn parse(network: &Network) -> Result<Self, Malformed> {
        let affine = network.one("precomputable_affine")?;
        let is_upper = |shape: &[usize]| shape.get(1) == Some(&HIDDEN);
        let mut linear = network.all("linear");
        let [Some(one), Some(other)] = [linear.next(), linear.next()] else {
            return Err(Malformed::new("fewer than two linear layers"));
        };
        let (upper, projection) = if is_upper(&one.param("W")?.shape) { (one, other) } else { (other, one) };
        let classes = upper.param("W")?.shape[0];
        let weights = upper.shaped("W", &[classes, HIDDEN])?;
        let lower = affine.shaped("W", &[F, HIDDEN, PIECES, HIDDEN])?;
        let padding = affine.shaped("pad", &[1, F, HIDDEN, PIECES])?;
        let per_role = |data: &[f32], size| -> Vec<f32> {
            data.chunks_exact(LOWER * size).flat_map(|role| by_piece(role, HIDDEN, PIECES, size)).collect()
        };
        Ok(Scorer {
            projection: projection.shaped("W", &[HIDDEN, WIDTH])?.to_vec(),
            projection_bias: projection.shaped("b", &[HIDDEN])?.to_vec(),
            lower: per_role(lower, HIDDEN),
            lower_bias: by_piece(affine.shaped("b", &[HIDDEN, PIECES])?, HIDDEN, PIECES, 1),
            padding: per_role(padding, 1),
            upper: in_blocks(weights, classes),
            upper_bias: upper.shaped("b", &[classes])?.to_vec(),
            classes,
        })
    }

    /// Number of moves.
    pub(crate) fn classes(&self) -> usize {
        self.classes
    }

    /// Floats a token that [`Scorer::precompute`] gives.
    pub(crate) const FLOATS: usize = F * LOWER;

    /// What each encoded token contributes to the hidden layer, in every role.
    pub(crate) fn precompute(&self, encoded: &[f32]) -> Vec<f32> {
        let tokens = encoded.len() / WIDTH;
        let mut projected = vec![0.0; tokens * HIDDEN];
        multiply_transposed(tokens, WIDTH, encoded, WIDTH, &self.projection, &mut projected);
        for row in projected.chunks_exact_mut(HIDDEN) {
            for (value, bias) in row.iter_mut().zip(&self.projection_bias) {
                *value += bias;
            }
        }
        let mut lower = vec![0.0; tokens * Self::FLOATS];
        multiply_transposed(tokens, HIDDEN, &projected, HIDDEN, &self.lower, &mut lower);
        lower
    }

    /// Scores of all moves for the tokens in their roles ([`NONE`] for a role without a token).
    pub(crate) fn score(&self, features: [u32; F], precomputed: &[f32], scores: &mut Vec<f32>) {
        let mut sums = [0.0f32; LOWER];
        for (role, &token) in features.iter().enumerate() {
            let at = if token == NONE { role * LOWER } else { token as usize * Self::FLOATS + role * LOWER };
            let from = if token == NONE { &self.padding } else { precomputed };
            for (sum, value) in sums.iter_mut().zip(&from[at..at + LOWER]) {
                *sum += value;
            }
        }
        let mut hidden = [0.0f32; HIDDEN];
        for (o, hidden) in hidden.iter_mut().enumerate() {
            let piece = |p: usize| sums[p * HIDDEN + o] + self.lower_bias[p * HIDDEN + o];
            *hidden = piece(0).max(piece(1));
        }
        scores.clear();
        for block in self.upper.as_chunks::<HIDDEN>().0 {
            scores.extend_from_slice(&weigh(&hidden, block));
        }
        scores.truncate(self.classes);
        for (score, bias) in scores.iter_mut().zip(&self.upper_bias) {
            *score += bias;
        }
    }
}

#[inline]
fn weigh(hidden: &[f32; HIDDEN], block: &[[f32; BLOCK]; HIDDEN]) -> [f32; BLOCK] {
    let mut sums = [0.0f32; BLOCK];
    for (h, weights) in hidden.iter().zip(block) {
        for (sum, weight) in sums.iter_mut().zip(weights) {
            *sum += h * weight;
        }
    }
    sums
}

/// Reorders one row a class into blocks of classes, the last filled up with zeros.
fn in_blocks(weights: &[f32], classes: usize) -> Vec<[f32; BLOCK]> {
    let weight = |class: usize, h: usize| weights.get(class * HIDDEN + h).copied().unwrap_or(0.0);
    (0..classes.div_ceil(BLOCK))
        .flat_map(|b| (0..HIDDEN).map(move |h| std::array::from_fn(|i| weight(b * BLOCK + i, h))))
        .collect()
}

/// Reads the moves of a pipe and hands them on: the number of the action and the label, in the order of the network's
/// classes.
pub(crate) fn load_moves<T>(
    package: &Package,
    pipe: &str,
    make: impl FnOnce(Vec<(u8, String)>) -> Result<T, Malformed>,
) -> Result<T, LoadError> {
    package.read(&format!("{pipe}/moves"), |bytes| {
        let file = decode(bytes)?;
        let frequencies: BTreeMap<u8, BTreeMap<String, i64>> =
            serde_json::from_str(text(field(&file, "moves")?)?).map_err(|e| Malformed::new(format!("moves: {e}")))?;
        make(frequencies.into_iter().flat_map(|(action, labels)| in_order(action, labels)).collect())
    })
}

/// Frequent labels come first; of equally frequent ones, the last in the alphabet.
fn in_order(action: u8, labels: BTreeMap<String, i64>) -> Vec<(u8, String)> {
    let mut labels: Vec<_> = labels.into_iter().collect();
    labels.sort_by(|(a, m), (b, n)| (n, b).cmp(&(m, a)));
    labels.into_iter().map(|(label, _)| (action, label)).collect()
}

/// The best-scored class that `allowed` lets through; the first of equals.
pub(crate) fn best(scores: &[f32], allowed: impl Fn(usize) -> bool) -> Option<usize> {
    let mut best: Option<(usize, f32)> = None;
    for (class, &score) in scores.iter().enumerate() {
        if best.is_none_or(|(_, top)| score > top) && allowed(class) {
            best = Some((class, score));
        }
    }
    best.map(|(class, _)| class)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn moves_are_ordered_as_in_training() {
        let labels = [("b", 2), ("a", 2), ("c", 9)].map(|(l, n)| (l.to_owned(), n));
        let order: Vec<_> = in_order(3, labels.into()).into_iter().map(|(_, l)| l).collect();
        assert_eq!(order, ["c", "b", "a"]);
    }

    #[test]
    fn the_first_of_equal_scores_wins() {
        assert_eq!(best(&[1.0, 3.0, 3.0], |_| true), Some(1));
        assert_eq!(best(&[1.0, 3.0, 2.0], |c| c != 1), Some(2));
        assert_eq!(best(&[f32::NAN, 1.0], |_| true), Some(0), "broken weights still give a move");
        assert_eq!(best(&[1.0], |_| false), None);
    }

    #[test]
    fn classes_are_filled_up_to_whole_blocks() {
        let weights: Vec<f32> = (0..17 * HIDDEN).map(|i| i as f32).collect();
        let blocks = in_blocks(&weights, 17);
        assert_eq!(blocks.len(), 2 * HIDDEN);
        assert_eq!((blocks[1][2], blocks[HIDDEN][0], blocks[HIDDEN][1]), (129.0, 1024.0, 0.0));
    }
}
