//! What each party says of an incident, beside the others.

use super::affinity;
use crate::claim::{Aspect, Claim, Kind, Mode};
use crate::pack::PartyId;

/// What a party does by its claims, the weightiest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Stance {
    /// Says that another party did it.
    Accuses,
    /// Says that it did not happen, or was not done.
    Denies,
    /// Says that it happened or holds, or that it will do it.
    Asserts,
    /// Refuses it or is against it.
    Refuses,
    /// Asks for it, offers it, or names a condition.
    Asks,
    /// Is named in it and says nothing in the documents read.
    Silent,
}

impl Stance {
    /// The word for it.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Stance::Accuses => "accuses",
            Stance::Denies => "denies",
            Stance::Asserts => "asserts",
            Stance::Refuses => "refuses",
            Stance::Asks => "asks",
            Stance::Silent => "silent",
        }
    }
}

/// One party's voice in an incident.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Voice {
    /// Who; `media` for outlets' own voices together.
    pub party: PartyId,
    /// The weightiest of what it does.
    pub stance: Stance,
    /// Ids of its claims; none where it is silent.
    pub claims: Vec<String>,
}

/// What one claim makes its speaker do.
pub(super) fn stance(claim: &Claim) -> Stance {
    match claim.mode.value {
        Mode::Denied => Stance::Denies,
        Mode::Rejected => Stance::Refuses,
        Mode::CalledFor | Mode::Conditional => Stance::Asks,
        Mode::Asserted | Mode::Planned if is_accusation(claim) => Stance::Accuses,
        Mode::Asserted | Mode::Planned => Stance::Asserts,
    }
}

/// Whether a party with a name says that another one did, or will do, a hostile act.
pub(crate) fn is_accusation(claim: &Claim) -> bool {
    let Some(speaker) = claim.speaker.value.party.as_ref().filter(|p| !p.is_bystander()) else { return false };
    let said = matches!(claim.mode.value, Mode::Asserted | Mode::Planned);
    let other = !claim.actors.is_empty() && claim.actors.iter().all(|a| a.value != *speaker);
    said && other && affinity::is_hostile(claim.kind.value) && !is_shared_fight(claim)
}

/// Whether a claim tells of fighting that goes on, rather than of who began it.
fn is_shared_fight(claim: &Claim) -> bool {
    let begun = claim.aspect.as_ref().is_some_and(|a| a.value == Aspect::Begun);
    claim.kind.value == Kind::Clash && !begun && claim.mode.value == Mode::Asserted
}

/// The voices on some claims: those who speak, in the order of their first claims, then those who are named and
/// silent.
pub(super) fn of(claims: &[&Claim]) -> Vec<Voice> {
    let mut voices: Vec<Voice> = Vec::new();
    for claim in claims {
        let party = claim.speaker.value.party.clone().unwrap_or_else(|| PartyId::new(PartyId::OTHER));
        match voices.iter_mut().find(|v| v.party == party) {
            Some(voice) => {
                voice.stance = voice.stance.min(stance(claim));
                voice.claims.push(claim.id.clone());
            }
            None => voices.push(Voice { party, stance: stance(claim), claims: vec![claim.id.clone()] }),
        }
    }
    for party in named(claims).into_iter().filter(|p| !p.is_bystander()) {
        if voices.iter().all(|v| v.party != party) {
            voices.push(Voice { party, stance: Stance::Silent, claims: Vec::new() });
        }
    }
    voices
}

/// Everybody who does or suffers what the claims say, in the order in which they are named.
pub(super) fn named(claims: &[&Claim]) -> Vec<PartyId> {
    let mut all: Vec<PartyId> = Vec::new();
    for party in claims.iter().flat_map(|c| c.actors.iter().chain(&c.targets)).map(|p| &p.value) {
        if !all.contains(party) {
            all.push(party.clone());
        }
    }
    all
}

#[cfg(test)]
mod tests {
    use super::super::sample::{Tale, Told};
    use super::*;

    fn stances(tale: &Tale) -> Vec<(String, Stance)> {
        let claims: Vec<&Claim> = tale.claims().iter().collect();
        of(&claims).into_iter().map(|v| (v.party.to_string(), v.stance)).collect()
    }

    #[test]
    fn the_outlet_accuses_nobody() {
        let mut tale = Tale::new();
        tale.tell(Told::new("a", "2031-03-08", "Vesk shelled Hollin").by("media").shelling(
            "vesk",
            "orlava",
            "2031-03-07",
        ));
        assert_eq!(stances(&tale)[0], ("media".to_owned(), Stance::Asserts));
    }

    #[test]
    fn who_is_named_and_says_nothing_is_silent() {
        let mut tale = Tale::new();
        tale.tell(Told::new("a", "2031-03-08", "Vesk shelled Hollin").by("orlava").shelling(
            "vesk",
            "orlava",
            "2031-03-07",
        ));
        assert_eq!(stances(&tale), [("orlava".to_owned(), Stance::Accuses), ("vesk".to_owned(), Stance::Silent)]);
    }
}
