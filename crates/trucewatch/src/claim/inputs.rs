//! What several sets of trees are told alike.

use syntax::Pos;

use super::code::Draft;
use super::page::Page;
use super::{Kind, Mode};
use crate::pack::PartyId;
use crate::trees::{number, yes};

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

/// What is told first of a claim: its type, its mode, what kind of word it hangs on, whether the verb of its `unit` is passive
/// or negated.
pub(super) fn of_draft(page: &Page<'_>, draft: &Draft, unit: usize) -> Vec<f32> {
    vec![
        number(Kind::ALL.iter().position(|k| *k == draft.kind.value)),
        number(Mode::ALL.iter().position(|m| *m == draft.mode.value)),
        part_of_speech(page, draft.token),
        yes(page.is_passive(unit)),
        yes(page.is_negated(unit)),
    ]
}
