//! One claim in one sentence: who, what they do by saying it, and their words.

use crate::claim::{Claim, Kind, Mode};
use crate::incident::Record;
use crate::pack::{Knowledge, PartyId};

use super::{speaker, words};

/// What has been said in an entry before, so that an answer can be short.
#[derive(Debug, Default)]
pub(super) struct Heard {
    /// Types of which somebody was accused, with the accused.
    accused: Vec<(Kind, Vec<PartyId>)>,
}

impl Heard {
    /// Remembers a claim.
    pub(super) fn hear(&mut self, claim: &Claim) {
        if matches!(claim.mode.value, Mode::Asserted | Mode::Planned) {
            self.accused.push((claim.kind.value, ids(&claim.actors)));
        }
    }

    /// Whether a claim answers one that was heard.
    fn answers(&self, claim: &Claim) -> bool {
        let actors = ids(&claim.actors);
        self.accused
            .iter()
            .any(|(kind, accused)| *kind == claim.kind.value && accused.iter().any(|a| actors.contains(a)))
    }
}

fn ids(parties: &[crate::claim::Traced<PartyId>]) -> Vec<PartyId> {
    parties.iter().map(|p| p.value.clone()).collect()
}

/// The sentence up to the quotation, without a colon: "Vesk accuses Orlava of shelling".
pub(super) fn sentence(record: &Record<'_>, claim: &Claim, heard: &Heard) -> String {
    let said = Said { name: speaker::name(record, claim), claim, knowledge: record.knowledge() };
    words::capital(&match claim.mode.value {
        Mode::Asserted => said.asserted(),
        Mode::Denied if heard.answers(claim) => format!("{} denies it", said.name),
        Mode::Denied => said.denied(),
        Mode::Planned => said.planned(),
        Mode::CalledFor => said.called_for(),
        Mode::Rejected => format!("{} is against {}", said.name, said.act()),
        Mode::Conditional => said.conditional(),
    })
}

/// A claim with what is needed to put it into words.
struct Said<'a> {
    name: String,
    claim: &'a Claim,
    knowledge: &'a Knowledge,
}

impl Said<'_> {
    fn kind(&self) -> Kind {
        self.claim.kind.value
    }

    fn speaks_of_itself(&self) -> bool {
        let party = self.claim.speaker.value.party.as_ref();
        self.claim.actors.iter().any(|a| Some(&a.value) == party)
    }

    fn speaks_for_somebody(&self) -> bool {
        self.claim.speaker.value.party.as_ref().is_some_and(|p| !p.is_bystander())
    }

    /// Titles of those who do it, the speaker's own party left out.
    fn others(&self) -> Vec<&str> {
        let party = self.claim.speaker.value.party.as_ref();
        let others = self.claim.actors.iter().filter(|a| Some(&a.value) != party && !a.value.is_bystander());
        others.map(|a| self.knowledge.title(&a.value)).collect()
    }

    fn actors(&self) -> Vec<&str> {
        let named = self.claim.actors.iter().filter(|a| !a.value.is_bystander());
        named.map(|a| self.knowledge.title(&a.value)).collect()
    }

    /// The act with those who do it: "shelling by Vesk", "talks between Vesk and Orlava".
    fn act(&self) -> String {
        let act = &words::phrase(self.kind()).act;
        let actors = self.actors();
        match (self.kind().is_two_sided(), actors.as_slice()) {
            (_, []) => act.clone(),
            (true, [_, _, ..]) => format!("{act} between {}", words::list(&actors)),
            (true, [_]) => act.clone(),
            _ if self.speaks_of_itself() && self.others().is_empty() => format!("{act} of its own"),
            _ => format!("{act} by {}", words::list(&actors)),
        }
    }

    fn asserted(&self) -> String {
        let phrase = words::phrase(self.kind());
        if crate::incident::is_accusation(self.claim) {
            return format!("{} accuses {} of {}", self.name, words::list(&self.others()), phrase.doing);
        }
        match self.kind() {
            Kind::Position => format!("{} says", self.name),
            Kind::Threat => format!("{} warns of force", self.name),
            Kind::Casualties | Kind::Damage | Kind::Detention | Kind::Displacement => format!("{} reports", self.name),
            _ if self.speaks_of_itself() => format!("{} says of its own side", self.name),
            _ => format!("{} reports {}", self.name, self.act()),
        }
    }

    fn denied(&self) -> String {
        let phrase = words::phrase(self.kind());
        match (&phrase.undone, self.others().as_slice()) {
            (Some(undone), [other]) if !self.speaks_of_itself() => {
                format!("{} says that {other} has not {undone}", self.name)
            }
            (Some(undone), [_, _, ..]) if !self.speaks_of_itself() => {
                format!("{} says that {} have not {undone}", self.name, words::list(&self.others()))
            }
            _ if self.speaks_for_somebody() => format!("{} denies {}", self.name, phrase.doing),
            _ => format!("{} reports that there was no {}", self.name, bare(&phrase.act)),
        }
    }

    fn planned(&self) -> String {
        match (self.speaks_of_itself(), self.speaks_for_somebody()) {
            (true, _) => format!("{} promises {}", self.name, self.act()),
            (false, true) if crate::incident::is_accusation(self.claim) => {
                let doing = &words::phrase(self.kind()).doing;
                format!("{} accuses {} of planning {doing}", self.name, words::list(&self.others()))
            }
            (false, true) => format!("{} announces {}", self.name, self.act()),
            (false, false) => format!("{} expects {}", self.name, self.act()),
        }
    }

    fn called_for(&self) -> String {
        let act = &words::phrase(self.kind()).act;
        let own = self.speaks_of_itself();
        match (own, self.others().as_slice()) {
            (true, []) => format!("{} offers {act}", self.name),
            (false, [one]) if self.kind() == Kind::Assistance => format!("{} asks {one} for {act}", self.name),
            _ if self.kind() == Kind::Position => format!("{} demands", self.name),
            _ => format!("{} calls for {}", self.name, self.act()),
        }
    }

    fn conditional(&self) -> String {
        format!("{} speaks of {} as possible or under a condition", self.name, self.act())
    }
}

fn bare(act: &str) -> &str {
    act.strip_prefix("a ").or_else(|| act.strip_prefix("an ")).unwrap_or(act)
}
