//! What a clause's document adds to what is known of it: all clauses are read in order, from the first on and from the last back,
//! by gated recurrent units (Cho and others 2014, with the reset inside the candidate as in cuDNN), so that a history, a list or
//! a thing said again can be told from news.

use super::layers::{GATES, Layers, Linear};
use crate::trees::logistic;

/// Scale of the logarithm of a clause's place.
const FAR: f32 = 4.0;

/// One direction: what a clause brings and what was carried so far, each giving reset, update and candidate.
#[derive(Debug)]
pub(super) struct Carry {
    brought: Linear,
    /// Of each number carried what it adds to every gate: a single row is quicker to multiply so than as a matrix.
    carried: Vec<f32>,
    bias: Vec<f32>,
}

impl Carry {
    pub(super) fn new(brought: Linear, carried: &Linear) -> Carry {
        let gates = carried.outputs();
        let weight = |input: usize, output: usize| carried.weights[output * carried.inputs + input];
        let rows = (0..carried.inputs).flat_map(|input| (0..gates).map(move |output| weight(input, output)));
        Carry { brought, carried: rows.collect(), bias: carried.bias.clone() }
    }

    fn width(&self) -> usize {
        self.bias.len() / GATES
    }

    /// The state after each row, rows taken in the given order.
    fn over(&self, rows: &[f32], order: impl Iterator<Item = usize>) -> Vec<f32> {
        let brought = self.brought.of(rows);
        let (gates, width) = (self.bias.len(), self.width());
        let mut out = vec![0.0; brought.len() / GATES];
        let mut state = vec![0.0; width];
        for i in order {
            self.step(&brought[i * gates..(i + 1) * gates], &mut state);
            out[i * width..(i + 1) * width].copy_from_slice(&state);
        }
        out
    }

    fn step(&self, brought: &[f32], state: &mut [f32]) {
        let width = state.len();
        let mut carried = self.bias.clone();
        for (value, row) in state.iter().zip(self.carried.chunks_exact(carried.len())) {
            carried.iter_mut().zip(row).for_each(|(gate, weight)| *gate += value * weight);
        }
        for (i, value) in state.iter_mut().enumerate() {
            let [reset, update] = [i, width + i].map(|at| logistic(brought[at] + carried[at]));
            let candidate = (brought[2 * width + i] + reset * carried[2 * width + i]).tanh();
            *value = (1.0 - update) * candidate + update * *value;
        }
    }
}

/// What every clause makes of itself and of those round it, given mean and maximum of the rows of its tokens.
pub(super) fn mixed(layers: &Layers, pooled: &[f32]) -> Vec<f32> {
    let clauses = not_below_zero(layers.small.of(pooled));
    let width = layers.small.outputs();
    let count = clauses.len() / width;
    let placed: Vec<f32> = clauses.chunks_exact(width).enumerate().flat_map(|(i, row)| with_place(i, row)).collect();
    let [on, back] = &layers.carry;
    let carried = on.width();
    let (on, back) = (on.over(&placed, 0..count), back.over(&placed, (0..count).rev()));
    let sides = on.chunks_exact(carried).zip(back.chunks_exact(carried));
    let heard: Vec<f32> =
        sides.zip(clauses.chunks_exact(width)).flat_map(|((on, back), own)| [on, back, own].concat()).collect();
    not_below_zero(layers.mixed.of(&heard))
}

/// A clause's row and how far down it stands.
fn with_place(index: usize, row: &[f32]) -> impl Iterator<Item = f32> {
    row.iter().copied().chain([(index as f32).ln_1p() / FAR])
}

fn not_below_zero(mut rows: Vec<f32>) -> Vec<f32> {
    rows.iter_mut().for_each(|value| *value = value.max(0.0));
    rows
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A unit that keeps what it has (update 1) or takes what is brought (update 0).
    fn carry(update: f32) -> Carry {
        let brought = Linear { inputs: 1, weights: vec![0.0, 0.0, 1.0], bias: vec![0.0, update, 0.0] };
        Carry::new(brought, &Linear { inputs: 1, weights: vec![0.0; 3], bias: vec![0.0; 3] })
    }

    #[test]
    fn what_is_carried_comes_from_either_side() {
        assert_eq!(carry(99.0).over(&[1.0, 2.0], 0..2), [0.0, 0.0]);
        let taken = carry(-99.0).over(&[1.0, 2.0], (0..2).rev());
        assert!((taken[0] - 1.0_f32.tanh()).abs() < 1e-6 && (taken[1] - 2.0_f32.tanh()).abs() < 1e-6, "{taken:?}");
        let halves = carry(0.0).over(&[1.0, 0.0], 0..2);
        assert!((halves[1] - halves[0] / 2.0).abs() < 1e-6, "{halves:?}");
    }
}
