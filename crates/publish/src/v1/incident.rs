//! Incidents and findings on the wire.

use serde::Serialize;
use trucewatch::claim::ClaimPlace;
use trucewatch::pack::PartyId;

/// A page of incidents.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Incidents {
    /// The incidents.
    pub items: Vec<Incident>,
    /// Where the next page begins, where there is one.
    pub next: Option<String>,
}

/// One incident.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Incident {
    /// Its id.
    pub id: String,
    /// Its leading type.
    #[serde(rename = "type")]
    pub kind: String,
    /// What its voices amount to.
    pub standing: String,
    /// When (EDTF).
    pub date: Option<String>,
    /// Where, as written.
    pub place: Option<String>,
    /// Degrees north.
    pub lat: Option<f64>,
    /// Degrees east.
    pub lon: Option<f64>,
    /// UCDP precision of the place.
    pub precision: Option<u8>,
    /// Who does or suffers it.
    pub parties: Vec<String>,
    /// Each party's voice.
    pub voices: Vec<Voice>,
    /// Separate sources.
    pub origins: Vec<Origin>,
    /// Ids of its claims.
    pub claims: Vec<String>,
    /// Why each claim but the first is in it, in the order of `claims`.
    pub why: Vec<String>,
}

/// One party's voice.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Voice {
    /// Who.
    pub party: String,
    /// What it does.
    pub stance: String,
    /// By which claims.
    pub claims: Vec<String>,
}

/// One separate source.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Origin {
    /// Who it is.
    pub who: String,
    /// Ids of the documents that carry it.
    pub documents: Vec<String>,
    /// Why each of them goes back to it, in the order of `documents`.
    pub why: Vec<String>,
}

impl Incident {
    /// The wire form.
    #[must_use]
    pub fn new(incident: &trucewatch::incident::Incident) -> Incident {
        let trucewatch::incident::Incident { id, kind, members, date, place, parties, voices, standing, origins } =
            incident;
        let resolved = place.as_ref().and_then(|p: &ClaimPlace| p.resolved.as_ref());
        Incident {
            id: id.clone(),
            kind: kind.to_string(),
            standing: standing.as_str().to_owned(),
            date: date.map(|d| d.to_string()),
            place: place.as_ref().map(|p| p.name.clone()),
            lat: resolved.map(|r| r.lat),
            lon: resolved.map(|r| r.lon),
            precision: resolved.map(|r| r.precision),
            parties: parties.iter().map(PartyId::to_string).collect(),
            voices: voices.iter().map(Voice::new).collect(),
            origins: origins.iter().map(Origin::new).collect(),
            claims: members.iter().map(|m| m.claim.clone()).collect(),
            why: members.iter().map(why).collect(),
        }
    }
}

fn why(member: &trucewatch::incident::Member) -> String {
    let trucewatch::incident::Member { claim: _, why } = member;
    why.as_ref().map(|tie| format!("{}: {}", tie.with, tie.shares.join(", "))).unwrap_or_default()
}

impl Voice {
    fn new(voice: &trucewatch::incident::Voice) -> Voice {
        let trucewatch::incident::Voice { party, stance, claims } = voice;
        Voice { party: party.to_string(), stance: stance.as_str().to_owned(), claims: claims.clone() }
    }
}

impl Origin {
    fn new(origin: &trucewatch::incident::Origin) -> Origin {
        let trucewatch::incident::Origin { who, documents, why } = origin;
        Origin { who: who.clone(), documents: documents.clone(), why: why.clone() }
    }
}
