//! One claim's sentence up to its quotation: who, and what they did by saying it.

use crate::claim::{Aspect, Claim, Kind, Mode, TAKEN_BACK};
use crate::incident::{Record, is_accusation};
use crate::pack::{PartyId, PartyKind};

use super::{quotation, speaker, words};

/// What has been said in an entry before, so that an answer can be short.
#[derive(Debug, Default)]
pub(super) struct Heard {
    /// Types that somebody put on record, with who does it and who says so.
    said: Vec<(Kind, Vec<PartyId>, Option<PartyId>)>,
}

impl Heard {
    /// Remembers a claim.
    pub(super) fn hear(&mut self, claim: &Claim) {
        if !matches!(claim.mode.value, Mode::Denied | Mode::Rejected) {
            self.said.push((claim.kind.value, actors(claim), claim.speaker.value.party.clone()));
        }
    }

    /// Whether a claim answers one that was heard of somebody else: the same type by the same doer.
    fn answers(&self, claim: &Claim) -> bool {
        let actors = actors(claim);
        let same = |doers: &[PartyId]| doers.iter().any(|a| actors.contains(a));
        let other = |who: &Option<PartyId>| *who != claim.speaker.value.party;
        self.said.iter().any(|(kind, doers, who)| *kind == claim.kind.value && same(doers) && other(who))
    }
}

fn actors(claim: &Claim) -> Vec<PartyId> {
    claim.actors.iter().map(|p| p.value.clone()).collect()
}

/// What a speaker did, to follow the name: "accused Orlava of shelling", "denied it", "said".
pub(super) fn did(record: &Record<'_>, claim: &Claim, heard: &Heard) -> String {
    let said = Said { record, claim };
    match claim.mode.value {
        Mode::Asserted => said.asserted(),
        Mode::Denied if claim.mode.rule != TAKEN_BACK && said.is_party() && heard.answers(claim) => {
            "denied it".to_owned()
        }
        Mode::Denied => said.denied(),
        Mode::Planned => said.planned(),
        // an outlet asks for nothing and is against nothing: it reports who is
        Mode::CalledFor if said.is_outlet() => format!("reported a call for {}", said.act()),
        Mode::Rejected if said.is_outlet() => format!("reported opposition to {}", said.act()),
        Mode::CalledFor => said.called_for(),
        Mode::Rejected if said.kind() == Kind::Position => "said".to_owned(),
        Mode::Rejected if heard.answers(claim) => "came out against it".to_owned(),
        Mode::Rejected if said.kind() == Kind::Casualties => {
            format!("came out against {}", words::phrase(Kind::Casualties).doing)
        }
        Mode::Rejected => format!("came out against {}", said.act()),
        Mode::Conditional => said.conditional(),
    }
}

/// What one offers to others.
fn is_service(kind: Kind) -> bool {
    matches!(kind, Kind::Talks | Kind::Mediation | Kind::Assistance | Kind::Exchange)
}

/// A claim with what is needed to put it into words.
struct Said<'a> {
    record: &'a Record<'a>,
    claim: &'a Claim,
}

impl Said<'_> {
    fn kind(&self) -> Kind {
        self.claim.kind.value
    }

    fn is_party(&self) -> bool {
        self.claim.speaker.value.party.as_ref().is_some_and(|p| !p.is_bystander())
    }

    fn is_outlet(&self) -> bool {
        let speaker = &self.claim.speaker.value;
        speaker.name == speaker::NARRATOR && speaker.party.as_ref().is_none_or(|p| p.as_str() == PartyId::MEDIA)
    }

    fn is_doer(&self) -> bool {
        let party = self.claim.speaker.value.party.as_ref();
        self.claim.actors.iter().any(|a| Some(&a.value) == party)
    }

    /// Titles of those who do it, the speaker's own party left out.
    fn others(&self) -> Vec<String> {
        let party = self.claim.speaker.value.party.as_ref();
        let others = self.claim.actors.iter().filter(|a| Some(&a.value) != party && !a.value.is_bystander());
        others.map(|a| speaker::party(self.record.knowledge(), &a.value)).collect()
    }

    fn named_actors(&self) -> Vec<String> {
        let named = self.claim.actors.iter().filter(|a| !a.value.is_bystander());
        named.map(|a| speaker::party(self.record.knowledge(), &a.value)).collect()
    }

    /// The act with those who do it: "shelling by Vesk", "talks between Vesk and Orlava".
    fn act(&self) -> String {
        let ends = self.kind() == Kind::Truce && self.claim.aspect.as_ref().is_some_and(|a| a.value == Aspect::Ended);
        let act = &words::phrase(self.kind()).act;
        let act = &if ends { format!("the end of {act}") } else { act.clone() };
        match (self.kind().is_two_sided(), self.named_actors().as_slice()) {
            (_, []) => act.clone(),
            (true, all @ [_, _, ..]) => format!("{act} between {}", words::list(all)),
            (true, [_]) => act.clone(),
            (false, _) if self.others().is_empty() => act.clone(),
            (false, all) => format!("{act} by {}", words::list(all)),
        }
    }

    /// Whether a body speaks that is neither side's: a mission, an aid society.
    fn is_body(&self) -> bool {
        let party = self.claim.speaker.value.party.as_ref();
        self.record.knowledge().parties().any(|p| Some(&p.id) == party && p.kind == PartyKind::Body)
    }

    fn asserted(&self) -> String {
        if is_accusation(self.claim) && self.is_body() {
            // a mission says what it saw, and whose it was; it accuses nobody
            return format!("reported {}", self.act());
        }
        if is_accusation(self.claim) {
            return format!("accused {} of {}", words::list(&self.others()), words::phrase(self.kind()).doing);
        }
        match self.kind() {
            Kind::Threat => "warned of force".to_owned(),
            Kind::Casualties | Kind::Damage | Kind::Detention => "reported".to_owned(),
            Kind::Position if quotation::tells_who(self.record, self.claim) => {
                "took a stand, in the report's words".to_owned()
            }
            _ if quotation::tells_who(self.record, self.claim) => "said, in the report's words".to_owned(),
            _ => "said".to_owned(),
        }
    }

    fn denied(&self) -> String {
        if self.claim.mode.rule == TAKEN_BACK {
            return format!("took back the claim of {}", self.act());
        }
        let phrase = words::phrase(self.kind());
        match (&phrase.undone, self.others().as_slice()) {
            _ if !self.is_party() => "said".to_owned(),
            (Some(undone), [_, ..]) if !self.is_doer() => {
                format!("said that {} had not {undone}", words::list(&self.others()))
            }
            // who takes a step denies no charge by saying that it has not come to it
            (Some(undone), []) if self.is_doer() && self.kind() != Kind::Truce => {
                format!("said that it had not {undone}")
            }
            _ => format!("denied {}", phrase.doing),
        }
    }

    fn planned(&self) -> String {
        match (self.is_doer(), self.is_party()) {
            (true, _) => "announced".to_owned(),
            (false, true) if is_accusation(self.claim) => {
                format!("accused {} of planning {}", words::list(&self.others()), words::phrase(self.kind()).doing)
            }
            // what another is to do is not the speaker's to announce
            (false, true) if !self.others().is_empty() && !self.kind().is_two_sided() => {
                format!("spoke of {} to come", self.act())
            }
            (false, true) => format!("announced {}", self.act()),
            (false, false) => "said, of what was to come".to_owned(),
        }
    }

    fn called_for(&self) -> String {
        let act = &words::phrase(self.kind()).act;
        match (self.is_doer(), self.others().as_slice()) {
            (true, []) if is_service(self.kind()) => format!("offered {act}"),
            // by the words quoted it may be one's own step or another's
            (true, []) if self.kind() != Kind::Truce => format!("spoke for {act}"),
            (false, [one]) if self.kind() == Kind::Assistance => format!("asked {one} for {act}"),
            _ if self.kind() == Kind::Position => "demanded".to_owned(),
            // Nobody asks for the dead: the words are of them, whatever they ask for.
            _ if self.kind() == Kind::Casualties => format!("spoke of {act}"),
            _ => format!("called for {}", self.act()),
        }
    }

    fn conditional(&self) -> String {
        let hostile = matches!(self.kind().class(), crate::claim::Class::Hostilities | crate::claim::Class::Harm);
        match (hostile || !self.is_party(), self.kind()) {
            (_, Kind::Threat) => "warned of force".to_owned(),
            (true, _) => format!("spoke of the possibility of {}", self.act()),
            (false, _) => format!("named a condition for {}", self.act()),
        }
    }
}
