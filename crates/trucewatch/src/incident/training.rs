//! What the weights are made from: the pairs that are compared, with what they share.

use super::likeness::{self, Input};
use super::near::{self, Claims};
use super::record::Record;
use super::traits::Traits;
use super::{evidence, traits};
use crate::claim::Kind;

/// One pair of claims that is compared.
#[derive(Debug, Clone, PartialEq)]
pub struct Pair {
    /// Id of the one claim.
    pub a: String,
    /// Id of the other.
    pub b: String,
    /// Their types.
    pub kinds: (Kind, Kind),
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
    let traits: Vec<Option<Traits>> = traits::of(record).into_iter().map(Some).collect();
    let rank: Vec<u32> = (0..).zip(&traits).map(|(i, _)| i).collect();
    let claims = Claims { traits: &traits, rank: &rank, days: &[] };
    let id = |i: u32| record.claims().get(i as usize).map_or_else(String::new, |c| c.id.clone());
    let pair = |(a, b): (u32, u32)| {
        let (x, y) = claims.traits(a).zip(claims.traits(b))?;
        evidence::between(x, y)?;
        let inputs = likeness::of(x, y).0.into_iter().take(names().len()).collect();
        Some(Pair { a: id(a), b: id(b), kinds: (x.kind, y.kind), inputs })
    };
    near::pairs(&rank, &claims).into_iter().filter_map(pair).collect()
}
