//! What was agreed, read against a day, a place and words: is it in force, does it apply there, is it the one meant.

mod area;
mod force;
mod meant;
mod zone;

pub use area::Inside;
pub use force::{Force, days_off, edge, in_force, in_force_for};
pub use meant::meant;
pub use zone::{Position, position};

use crate::pack::{Agreement, Knowledge, PartyId, Term};

/// Whether somebody is a party to an agreement.
#[must_use]
pub fn is_party(agreement: &Agreement, party: &PartyId) -> bool {
    agreement.parties.iter().any(|p| p.party == *party)
}

/// Who is bound by a term: those that it names, else all parties.
pub fn bound<'a>(agreement: &'a Agreement, term: &'a Term) -> Vec<&'a PartyId> {
    if term.binds.is_empty() {
        agreement.parties.iter().map(|p| &p.party).collect()
    } else {
        term.binds.iter().collect()
    }
}

/// Whether a place lies where a term applies: in its zone along a line, where it has one, and in its area. A term with
/// no area of its own applies in the agreement's; an agreement with none applies everywhere between its parties.
#[must_use]
pub fn applies_at(
    agreement: &Agreement,
    term: &Term,
    place: Option<&crate::claim::ClaimPlace>,
    knowledge: &Knowledge,
) -> Inside {
    let area = if term.area.is_empty() { &agreement.area } else { &term.area };
    match term.zone.as_ref().map(|zone| zone::inside(place, zone, knowledge)) {
        None => area::inside(place, area, knowledge),
        Some(Inside::Yes) if !term.area.is_empty() => area::inside(place, area, knowledge),
        Some(inside) => inside,
    }
}
