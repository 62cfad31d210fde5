//! What the weights are made from: the pairs that are compared, with what they share.

use super::likeness::{self, Input};
use super::record::Record;
use super::{cluster, evidence, traits};

/// One pair of claims that is compared.
#[derive(Debug, Clone, PartialEq)]
pub struct Pair {
    /// Id of the one claim.
    pub a: String,
    /// Id of the other.
    pub b: String,
    /// The inputs, in the order of [`names`].
    pub inputs: Vec<f32>,
}

/// Names of the inputs.
#[must_use]
pub fn names() -> &'static [&'static str] {
    Input::NAMES
}

/// All pairs of a record that are compared and not ruled out.
#[must_use]
pub fn pairs(record: &Record<'_>) -> Vec<Pair> {
    let traits = traits::of(record);
    let pair = |(a, b): (usize, usize)| {
        let (a, b) = (traits.get(a)?, traits.get(b)?);
        evidence::between(a, b)?;
        Some(Pair { a: a.claim.id.clone(), b: b.claim.id.clone(), inputs: likeness::of(a, b).0.to_vec() })
    };
    cluster::candidates(&traits).into_iter().filter_map(pair).collect()
}
