//! What the voices on an incident amount to (codebook). It grades who says what, never what is true.

use std::collections::BTreeSet;

use super::record::Record;
use super::voice::is_accusation;
use super::{affinity, observed};
use crate::claim::{Claim, Mode};
use crate::pack::{PartyId, PartyKind};

/// What the voices amount to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Standing {
    /// One side asserts, the accused denies.
    Contested,
    /// Each blames the other.
    Mutual,
    /// Only a side with a stake asserts, nobody answers.
    OneSided,
    /// An outlet alone says so, nobody answers.
    Uncontested,
    /// A source with no stake, or the accused itself, confirms.
    Corroborated,
    /// A monitor's own field report has it.
    Verified,
}

impl Standing {
    /// All of them.
    pub const ALL: &[Standing] = &[
        Standing::Contested,
        Standing::Mutual,
        Standing::OneSided,
        Standing::Uncontested,
        Standing::Corroborated,
        Standing::Verified,
    ];

    /// The codebook's word for it.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Standing::Contested => "contested",
            Standing::Mutual => "mutual",
            Standing::OneSided => "one-sided",
            Standing::Uncontested => "uncontested",
            Standing::Corroborated => "corroborated",
            Standing::Verified => "verified",
        }
    }
}

/// Reads the standing off the claims of one incident.
pub(super) fn of(claims: &[&Claim], record: &Record<'_>) -> Standing {
    if is_mutual(claims) {
        Standing::Mutual
    } else if is_contested(claims) {
        Standing::Contested
    } else if is_verified(claims, record) {
        Standing::Verified
    } else {
        unopposed(claims)
    }
}

/// Whether a monitor's own report has it; where that is a mission's field report, whether it has all that is said.
fn is_verified(claims: &[&Claim], record: &Record<'_>) -> bool {
    let mut reports = claims.iter().filter(|c| is_field_report(c, record)).peekable();
    let is_reported = reports.peek().is_some();
    let is_whole = || observed::of(claims).is_none_or(|o| o.rest.is_empty());
    is_reported && (reports.any(|c| !observed::is_own(c)) || is_whole())
}

/// The standing where nobody answers. Who denies it confirms nothing; where all deny, nothing but a side's word is there.
fn unopposed(claims: &[&Claim]) -> Standing {
    let claims = &at_heart(claims);
    let speakers = |denying: bool| -> BTreeSet<&PartyId> {
        let those = claims.iter().filter(|c| (c.mode.value == Mode::Denied) == denying);
        those.filter_map(|c| c.speaker.value.party.as_ref()).collect()
    };
    let (yes, no) = (speakers(false), speakers(true));
    let named = |all: &BTreeSet<&PartyId>| all.iter().filter(|p| !p.is_bystander()).count();
    match (named(&yes), yes.len() - named(&yes)) {
        (0, 0) if named(&no) > 0 => Standing::OneSided,
        (0, _) => Standing::Uncontested,
        (1, 0) => Standing::OneSided,
        _ => Standing::Corroborated,
    }
}

/// Those of an incident's claims that say whether it happened: of fighting or harm, not the truce that was called for
/// because of it, nor what might come of it.
fn at_heart<'a>(claims: &[&'a Claim]) -> Vec<&'a Claim> {
    let fact = |c: &Claim| matches!(c.mode.value, Mode::Asserted | Mode::Denied) && affinity::is_local(c.kind.value);
    let happened = claims.iter().any(|c| fact(c) && c.mode.value == Mode::Asserted);
    claims.iter().copied().filter(|c| !happened || fact(c)).collect()
}

/// Whether somebody with a part in it says no to what somebody else says.
fn is_contested(claims: &[&Claim]) -> bool {
    let no = claims.iter().filter(|c| says_no(c) && has_a_part(c, claims));
    let mut pairs = no.flat_map(|no| claims.iter().map(move |yes| (no, yes)));
    // what is only planned, asked for or feared is not yet said to have happened
    let happened = |yes: &Claim| is_step(yes) || yes.mode.value == Mode::Asserted;
    pairs.any(|(no, yes)| !says_no(yes) && happened(yes) && is_answer(no, yes))
}

/// Whether a claim is of a step, which is contested from the day on which it is promised or asked for.
fn is_step(claim: &Claim) -> bool {
    !affinity::is_local(claim.kind.value)
}

fn says_no(claim: &Claim) -> bool {
    matches!(claim.mode.value, Mode::Denied | Mode::Rejected)
}

/// Whether the speaker is one of those who do or suffer what the claims say.
fn has_a_part(claim: &Claim, claims: &[&Claim]) -> bool {
    let party = claim.speaker.value.party.as_ref();
    claims.iter().flat_map(|c| c.actors.iter().chain(&c.targets)).any(|p| Some(&p.value) == party)
}

/// Whether a no is to what another voice says: of a like type, and of the same doer where both name one.
fn is_answer(no: &Claim, yes: &Claim) -> bool {
    let like = affinity::answers(no.kind.value, yes.kind.value);
    let other = no.speaker.value.party != yes.speaker.value.party;
    let open = no.actors.is_empty() || yes.actors.is_empty();
    like && other && (open || no.actors.iter().any(|a| yes.actors.iter().any(|b| a.value == b.value)))
}

/// Whether two parties each say that the other did it.
fn is_mutual(claims: &[&Claim]) -> bool {
    let blames = |c: &Claim, d: &Claim| {
        let accused = c.actors.iter().any(|a| Some(&a.value) == d.speaker.value.party.as_ref());
        is_accusation(c) && accused
    };
    claims.iter().any(|c| claims.iter().any(|d| blames(c, d) && blames(d, c)))
}

/// Whether an international body tells in its own voice what it observed.
fn is_field_report(claim: &Claim, record: &Record<'_>) -> bool {
    let Some(party) = &claim.speaker.value.party else { return false };
    let body = record.knowledge().parties().any(|p| p.id == *party && p.kind == PartyKind::Body);
    let doer = claim.actors.iter().any(|a| a.value == *party);
    body && !doer && claim.mode.value == Mode::Asserted && is_observable(claim)
}

/// Whether the claim is of a kind that can be seen on the ground.
fn is_observable(claim: &Claim) -> bool {
    affinity::is_local(claim.kind.value)
}

#[cfg(test)]
mod tests {
    use super::super::sample::{Tale, Told};
    use super::*;

    fn told(by: &str, from: &str, to: &str) -> Told {
        Told::new(by, "2031-03-08", &format!("{from} shelled Hollin, says {by}"))
            .by(by)
            .shelling(from, to, "2031-03-07")
            .at("Hollin")
    }

    fn standing(tales: &[Told]) -> Standing {
        let mut tale = Tale::new();
        tales.iter().for_each(|t| tale.tell(t.clone()));
        let found = tale.gather();
        assert_eq!(found.len(), 1);
        found[0].standing
    }

    #[test]
    fn a_denial_by_somebody_with_no_part_in_it_contests_nothing() {
        assert_ne!(
            standing(&[told("orlava", "vesk", "orlava"), told("ilmeria", "vesk", "orlava").denied()]),
            Standing::Contested
        );
    }

    #[test]
    fn what_is_only_planned_is_not_yet_contested() {
        let planned = told("orlava", "vesk", "orlava").mode(Mode::Planned);
        assert_ne!(standing(&[planned, told("vesk", "vesk", "orlava").denied()]), Standing::Contested);
    }

    #[test]
    fn the_codebooks_six() {
        assert_eq!(standing(&[told("orlava", "vesk", "orlava")]), Standing::OneSided);
        assert_eq!(standing(&[told("media", "vesk", "orlava")]), Standing::Uncontested);
        assert_eq!(
            standing(&[told("orlava", "vesk", "orlava"), told("vesk", "vesk", "orlava").denied()]),
            Standing::Contested
        );
        assert_eq!(standing(&[told("orlava", "vesk", "orlava"), told("vesk", "orlava", "vesk")]), Standing::Mutual);
        assert_eq!(
            standing(&[told("orlava", "vesk", "orlava"), told("vesk", "vesk", "orlava")]),
            Standing::Corroborated
        );
        assert_eq!(standing(&[told("orlava", "vesk", "orlava"), told("jlm", "vesk", "orlava")]), Standing::Verified);
    }
}
