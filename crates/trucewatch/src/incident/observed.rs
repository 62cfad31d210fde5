//! What of an incident a mission's own observers saw, by their field reports, and what is only said by others.
//!
//! A field report verifies what is in it and no more: who fired stays open where nobody saw it, and so does whatever else
//! others say beyond it. What a monitor is read to have reported elsewhere is no field report of the mission.

use super::affinity::{self, Relation};
use crate::claim::{Claim, Kind, Mode};
use crate::figure::Figure;

/// The rule by which the speaker of a claim of a field report is set.
const OWN: &str = "field/mission";

/// What of an incident was observed, and what was not.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Observed {
    /// Ids of the claims by which observers report it.
    pub claims: Vec<String>,
    /// What others say beyond that.
    pub rest: Vec<Unseen>,
}

/// A claim of which something was not observed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unseen {
    /// Its id.
    pub claim: String,
    /// What of it.
    pub lacks: Vec<Lack>,
}

/// What of a claim was not observed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Lack {
    /// That anything of its kind happened.
    Kind,
    /// Who did it.
    Doer,
    /// How many there were.
    Figures,
}

impl Lack {
    /// All of them.
    pub const ALL: &[Lack] = &[Lack::Kind, Lack::Doer, Lack::Figures];

    /// Its word.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Lack::Kind => "kind",
            Lack::Doer => "doer",
            Lack::Figures => "figures",
        }
    }
}

/// Whether a claim stands in a field report of a mission.
pub(super) fn is_own(claim: &Claim) -> bool {
    claim.speaker.rule == OWN && is_fact(claim)
}

fn is_fact(claim: &Claim) -> bool {
    claim.mode.value == Mode::Asserted && affinity::is_local(claim.kind.value)
}

/// What was observed of what some claims say; none where no field report is among them.
pub(super) fn of(claims: &[&Claim]) -> Option<Observed> {
    let (own, others): (Vec<&Claim>, Vec<&Claim>) = claims.iter().copied().partition(|c| is_own(c));
    let unseen = |c: &&Claim| {
        let lacks = lacks(c, &own);
        (!lacks.is_empty()).then(|| Unseen { claim: c.id.clone(), lacks })
    };
    let rest = others.iter().filter(|c| is_fact(c)).filter_map(unseen).collect();
    (!own.is_empty()).then(|| Observed { claims: own.iter().map(|c| c.id.clone()).collect(), rest })
}

fn lacks(claim: &Claim, own: &[&Claim]) -> Vec<Lack> {
    let alike: Vec<&Claim> = own.iter().copied().filter(|o| shows(o.kind.value, claim.kind.value)).collect();
    if alike.is_empty() {
        return vec![Lack::Kind];
    }
    let doer = claim.actors.is_empty() || alike.iter().any(|o| o.actors.iter().any(|a| does(a.value.as_str(), claim)));
    let figures = claim.figures.iter().all(|f| alike.iter().any(|o| o.figures.iter().any(|seen| bears_out(seen, f))));
    let both = [(doer, Lack::Doer), (figures, Lack::Figures)];
    both.into_iter().filter(|(is_seen, _)| !is_seen).map(|(_, lack)| lack).collect()
}

fn does(party: &str, claim: &Claim) -> bool {
    claim.actors.iter().any(|a| a.value.as_str() == party)
}

/// Whether who sees the one has seen the other: the same, or what is said with less.
fn shows(seen: Kind, said: Kind) -> bool {
    let fire = [Kind::Shelling, Kind::Airstrike].contains(&seen) && said == Kind::Explosion;
    let breach = said == Kind::Violation && affinity::between(seen, said) == Relation::Vague;
    seen == said || fire || breach
}

/// Whether a figure that was observed bears out one that is said: of the same, and not apart from it.
fn bears_out(seen: &Figure, said: &Figure) -> bool {
    let bounds = |f: &Figure| (f.min.unwrap_or_default(), f.max.unwrap_or(u64::MAX.into()));
    let ((a, b), (c, d)) = (bounds(seen), bounds(said));
    seen.what == said.what && a.max(c) <= b.min(d)
}

#[cfg(test)]
mod tests {
    use super::super::sample::{Tale, Told};
    use super::super::standing::{self, Standing};
    use super::*;
    use crate::figure::Counted;

    fn said(by: &str) -> Told {
        Told::new(by, "2031-03-08", &format!("Hollin was shelled, says {by}")).by(by).at("Hollin")
    }

    fn alleged() -> Told {
        said("orlava").shelling("vesk", "orlava", "2031-03-07")
    }

    /// What observers report: shelling, of which they may have seen by whom.
    fn report(actors: &[&str]) -> Told {
        said("jlm").kind(Kind::Shelling, actors, &[]).on("2031-03-07").in_the_field()
    }

    /// What some claims of one incident amount to, and what of them was not observed.
    fn come_to(tales: impl IntoIterator<Item = Told>) -> (Standing, Option<Vec<Lack>>) {
        let tale = Tale::of(tales);
        let claims: Vec<&Claim> = tale.claims().iter().collect();
        let lacks = of(&claims).map(|o| o.rest.into_iter().flat_map(|r| r.lacks).collect());
        (standing::of(&claims, &tale.record()), lacks)
    }

    #[test]
    fn what_nobody_saw_is_not_verified() {
        let partly = |lack| (Standing::Corroborated, Some(vec![lack]));
        assert_eq!(come_to([alleged(), report(&[])]), partly(Lack::Doer));
        let fewer = report(&["vesk"]).figure(Counted::Killed, None, Some(2), Some(2));
        let more = alleged().figure(Counted::Killed, None, Some(9), Some(9));
        assert_eq!(come_to([more, fewer]), partly(Lack::Figures));
        assert_eq!(come_to([alleged(), report(&[]).kind(Kind::Explosion, &[], &[])]), partly(Lack::Kind));
    }

    #[test]
    fn what_was_seen_is_verified_and_a_denial_still_contests_it() {
        assert_eq!(come_to([alleged(), report(&["vesk"])]), (Standing::Verified, Some(vec![])));
        assert_eq!(come_to([report(&[])]), (Standing::Verified, Some(vec![])));
        let denied = said("vesk").shelling("vesk", "orlava", "2031-03-07").denied();
        assert_eq!(come_to([alleged(), report(&["vesk"]), denied]).0, Standing::Contested);
    }

    #[test]
    fn what_a_monitor_is_read_to_have_said_is_no_field_report() {
        let read = said("jlm").shelling("vesk", "orlava", "2031-03-07");
        assert_eq!(come_to([alleged(), read]), (Standing::Verified, None));
    }
}
