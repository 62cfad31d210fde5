//! What is known of an incident beyond itself: who published it, whether people reviewed it, what it is called.

use std::collections::BTreeSet;

use trucewatch::claim::Claim;
use trucewatch::incident::Incident;

use super::Books;

/// How far people have reviewed an incident's claims.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Reviewed {
    /// None of them.
    No,
    /// Some of them.
    Partly,
    /// All of them.
    Yes,
}

impl Reviewed {
    /// All of them.
    pub const ALL: [Reviewed; 3] = [Reviewed::No, Reviewed::Partly, Reviewed::Yes];

    /// The word by which it is asked for.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Reviewed::No => "unreviewed",
            Reviewed::Partly => "partly",
            Reviewed::Yes => "reviewed",
        }
    }

    /// As a reader is told.
    #[must_use]
    pub fn in_words(self) -> &'static str {
        match self {
            Reviewed::No => "read by machine, not reviewed",
            Reviewed::Partly => "partly reviewed by people",
            Reviewed::Yes => "reviewed by people",
        }
    }
}

impl Books {
    /// An incident's claims, in their order.
    pub fn claims<'a>(&'a self, incident: &'a Incident) -> impl Iterator<Item = &'a Claim> {
        incident.members.iter().filter_map(|m| self.record().claim(&m.claim))
    }

    /// Whether somebody accepted or corrected a claim.
    #[must_use]
    pub fn is_accepted(&self, claim: &str) -> bool {
        self.evidence().marks.get(claim).is_some_and(|m| m.accepted)
    }

    /// How far people have reviewed an incident.
    #[must_use]
    pub fn reviewed(&self, incident: &Incident) -> Reviewed {
        let accepted = incident.members.iter().filter(|m| self.is_accepted(&m.claim)).count();
        match accepted {
            0 => Reviewed::No,
            n if n == incident.members.len() => Reviewed::Yes,
            _ => Reviewed::Partly,
        }
    }

    /// Who published what an incident rests on: outlets, or documents' names where those are not known.
    #[must_use]
    pub fn publishers<'a>(&'a self, incident: &'a Incident) -> BTreeSet<&'a str> {
        let sources = self.claims(incident).filter_map(|c| self.record().source(c));
        sources.map(|s| s.outlet.as_deref().unwrap_or(&s.name)).collect()
    }

    /// What an incident is called: its type and place.
    #[must_use]
    pub fn title(&self, incident: &Incident) -> String {
        let kind = spaced(incident.kind.as_str());
        match &incident.place {
            Some(place) => format!("{kind} at {}", place.name),
            None => format!("{kind}, place not known"),
        }
    }

    /// The title of a party, by its id.
    #[must_use]
    pub fn party(&self, id: &str) -> String {
        if id == trucewatch::pack::PartyId::MEDIA {
            return "outlets in their own words".to_owned();
        }
        let id = trucewatch::pack::PartyId::new(id);
        self.record().knowledge().title(&id).to_owned()
    }
}

/// A word of the codebook as people read it: its first letter large, spaces for hyphens.
pub(crate) fn spaced(word: &str) -> String {
    let mut chars = word.chars();
    let first = chars.next().map(|c| c.to_uppercase().collect::<String>()).unwrap_or_default();
    first + &chars.as_str().replace(['-', '_'], " ")
}
