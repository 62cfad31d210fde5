//! Examples in the files of agreements, put to their terms as claims are.

use super::{Case, Count};
use crate::claim::{ClaimPlace, Kind};
use crate::figure::Amount;
use crate::pack::{Example, Knowledge};
use crate::place::Resolved;

impl Case {
    /// The case that an example puts.
    ///
    /// # Errors
    /// What is wrong with it, in words: a type, a date or a place that is none.
    pub fn of_example(example: &Example, knowledge: &Knowledge) -> Result<Case, String> {
        let kind = Kind::parse(&example.claim).ok_or_else(|| format!("`{}` is no type of claim", example.claim))?;
        let date = example.date.as_deref().map(str::parse).transpose().map_err(|e| format!("{e}"))?;
        let place = example.place.as_deref().map(|id| place(id, knowledge)).transpose()?;
        let numbered = example.min.is_some() || example.max.is_some();
        let count = numbered.then_some(Count {
            min: example.min.map(Amount::from),
            max: example.max.map(Amount::from),
            approx: false,
        });
        Ok(Case { kind, actors: example.actor.clone(), date, place, count })
    }
}

/// The place of an id; a line has a name and no one point.
fn place(id: &str, knowledge: &Knowledge) -> Result<ClaimPlace, String> {
    if let Some(line) = knowledge.lines().find(|l| l.id == id) {
        let name = line.names.first().unwrap_or(&line.id).clone();
        return Ok(ClaimPlace { name, resolved: None });
    }
    let entry = knowledge.places().find(|p| p.id == id).ok_or_else(|| format!("no pack lists the place `{id}`"))?;
    let resolved = Resolved {
        id: entry.id.clone(),
        lat: entry.lat,
        lon: entry.lon,
        country: entry.country.clone(),
        precision: entry.precision,
        why: "given".to_owned(),
    };
    Ok(ClaimPlace { name: entry.name.clone(), resolved: Some(resolved) })
}
