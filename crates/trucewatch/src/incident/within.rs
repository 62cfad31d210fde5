//! What two claims of one document share beyond what any two share, as inputs.

use std::sync::LazyLock;

use super::context::Context;
use super::likeness::{Input, Likeness, cosine};
use super::names::Set;
use super::traits::Traits;
use crate::claim::Kind;

/// Sets the inputs of two claims of one document.
pub(super) fn set(like: &mut Likeness, a: &Traits, b: &Traits) {
    let (x, y) = (&a.context, &b.context);
    like.set(Input::KindOdds, kind_odds(a.kind, b.kind));
    layout(like, a, b);
    telling(like, a, b);
    like.mark(Input::NearPlaceOther, x.place.is_some() && y.place.is_some() && x.place != y.place);
    like.set(Input::SentenceWords, cosine(&x.words, &y.words));
    like.set(Input::DaysAClaim, x.days_a_claim);
    like.set(Input::PlacesAClaim, x.places_a_claim);
}

/// Paragraphs from the head of a document that are its lead.
const LEAD: usize = 2;

fn layout(like: &mut Likeness, a: &Traits, b: &Traits) {
    let (x, y) = (a.context.paragraph, b.context.paragraph);
    let apart = x.abs_diff(y);
    like.mark(Input::Paragraph0, apart == 0);
    like.mark(Input::Paragraph1, apart == 1);
    like.set(Input::Paragraphs, log(apart));
    like.mark(Input::Lead, x.min(y) <= LEAD && apart > 1);
    like.set(Input::ClaimsBetween, log(a.order.abs_diff(b.order).saturating_sub(1)));
}

fn log(n: usize) -> f32 {
    #[expect(clippy::cast_precision_loss, reason = "paragraphs and claims of one document")]
    let n = n as f32;
    n.ln_1p()
}

fn telling(like: &mut Likeness, a: &Traits, b: &Traits) {
    let (x, y) = (&a.context, &b.context);
    let same = |holds: bool, telling: f32| if holds { telling } else { 0.0 };
    like.set(Input::KindTelling, same(a.kind == b.kind, x.telling.kind));
    like.set(Input::DayTelling, same(a.days.is_some() && a.days == b.days, x.telling.days));
    like.set(Input::NearDayTelling, same(x.days.is_some() && x.days == y.days, x.telling.near_days));
    like.set(Input::PlaceTelling, same(both(a.places.first(), b.places.first()), x.telling.place));
    like.set(Input::NearPlaceTelling, same(both(x.place.as_ref(), y.place.as_ref()), x.telling.near_place));
    like.set(Input::PartiesTelling, same(!a.parties.is_empty() && a.parties == b.parties, x.telling.parties));
    like.set(Input::PartyTelling, party_telling(&a.parties, x, &b.parties));
}

fn both(a: Option<&u32>, b: Option<&u32>) -> bool {
    a.is_some() && a == b
}

/// How telling the rarest party is that both name.
fn party_telling(a: &Set, x: &Context, b: &Set) -> f32 {
    a.iter().zip(&x.telling.party).filter(|(p, _)| b.contains(*p)).map(|(_, t)| *t).fold(0.0, f32::max)
}

/// Log odds that two claims of one document are of one happening, by their types alone.
fn kind_odds(a: Kind, b: Kind) -> f32 {
    KIND_ODDS.get(a as usize).and_then(|row| row.get(b as usize)).copied().unwrap_or(0.0)
}

/// Read from `kinds.csv`: two types and the log odds.
static KIND_ODDS: LazyLock<Vec<Vec<f32>>> = LazyLock::new(|| {
    let mut odds = vec![vec![0.0; Kind::ALL.len()]; Kind::ALL.len()];
    for (a, b, value) in include_str!("kinds.csv").lines().filter_map(row) {
        for (x, y) in [(a, b), (b, a)] {
            odds.get_mut(x as usize).and_then(|row| row.get_mut(y as usize)).into_iter().for_each(|slot| *slot = value);
        }
    }
    odds
});

fn row(line: &str) -> Option<(Kind, Kind, f32)> {
    let (a, rest) = line.split_once(',')?;
    let (b, value) = rest.split_once(',')?;
    Some((Kind::parse(a)?, Kind::parse(b)?, value.parse().ok()?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_two_types_have_odds() {
        let rows = include_str!("kinds.csv").lines().filter_map(row).count();
        assert_eq!(rows, Kind::ALL.len() * (Kind::ALL.len() + 1) / 2);
    }

    #[test]
    fn the_order_of_types_does_not_matter() {
        for (a, b) in Kind::ALL.iter().flat_map(|a| Kind::ALL.iter().map(move |b| (*a, *b))) {
            assert!((kind_odds(a, b) - kind_odds(b, a)).abs() < f32::EPSILON);
        }
    }
}
