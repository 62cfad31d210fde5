//! What several sets of trees are told alike.

use syntax::Pos;

use super::page::Page;
use crate::pack::PartyId;

/// What somebody is: nobody, the media, others, a party.
pub(super) fn class(party: Option<&PartyId>) -> f32 {
    match party {
        None => 0.0,
        Some(p) if p.as_str() == PartyId::MEDIA => 1.0,
        Some(p) if p.is_bystander() => 2.0,
        Some(_) => 3.0,
    }
}

/// Whether a word is a verb, a noun or neither.
pub(super) fn part_of_speech(page: &Page<'_>, i: usize) -> f32 {
    match page.token(i).pos {
        Pos::Verb | Pos::Aux => 0.0,
        Pos::Noun | Pos::Propn => 1.0,
        _ => 2.0,
    }
}
