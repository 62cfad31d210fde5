//! Incidents on the wire.

use serde::Serialize;
use trucewatch::claim::ClaimPlace;
use trucewatch::document::Positions;
use trucewatch::incident::Record;
use trucewatch::pack::PartyId;

use crate::table::Row;
use crate::v1::{Claim, Finding};

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
    /// What of it a mission's own observers saw, where their field reports are among its claims.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub observed: Option<Observed>,
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

/// What of an incident was observed, and what was not.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Observed {
    /// Ids of the claims by which observers report it.
    pub claims: Vec<String>,
    /// What others say beyond that.
    pub rest: Vec<Unseen>,
}

/// A claim of which something was not observed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Unseen {
    /// Its id.
    pub claim: String,
    /// What of it: `kind` (that anything of its kind happened), `doer`, `figures`.
    pub lacks: Vec<String>,
}

impl Observed {
    fn new(observed: &trucewatch::incident::Observed) -> Observed {
        let unseen = |u: &trucewatch::incident::Unseen| Unseen {
            claim: u.claim.clone(),
            lacks: u.lacks.iter().map(|l| l.as_str().to_owned()).collect(),
        };
        Observed { claims: observed.claims.clone(), rest: observed.rest.iter().map(unseen).collect() }
    }
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
        let trucewatch::incident::Incident {
            id,
            kind,
            members,
            date,
            place,
            parties,
            voices,
            standing,
            observed,
            origins,
        } = incident;
        let resolved = place.as_ref().and_then(|p: &ClaimPlace| p.resolved.as_ref());
        Incident {
            id: id.clone(),
            kind: kind.to_string(),
            standing: standing.as_str().to_owned(),
            observed: observed.as_ref().map(Observed::new),
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

/// One incident with its claims in full and what it comes to under the terms of agreements.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct IncidentInFull {
    /// The incident.
    #[serde(flatten)]
    pub incident: Incident,
    /// Its claims, in the order of `claims`.
    pub said: Vec<Said>,
    /// Findings on it.
    pub findings: Vec<Finding>,
}

/// A claim with the document that it stands in.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Said {
    /// Id of the document.
    pub document: String,
    /// The document's name.
    pub name: String,
    /// The claim.
    #[serde(flatten)]
    pub claim: Claim,
}

impl IncidentInFull {
    /// The wire form.
    #[must_use]
    pub fn new(
        incident: &trucewatch::incident::Incident,
        record: &Record<'_>,
        findings: &[trucewatch::finding::Finding],
    ) -> IncidentInFull {
        let said = |member: &trucewatch::incident::Member| {
            let claim = record.claim(&member.claim)?;
            let source = record.source(claim)?;
            let claim = Claim::new(claim, &source.text, &Positions::new(&source.text));
            Some(Said { document: source.id.clone(), name: source.name.clone(), claim })
        };
        IncidentInFull {
            incident: Incident::new(incident),
            said: incident.members.iter().filter_map(said).collect(),
            findings: findings.iter().map(Finding::new).collect(),
        }
    }
}

impl Row for Incident {
    const HEAD: &'static [&'static str] = &[
        "id",
        "type",
        "standing",
        "date",
        "place",
        "lat",
        "lon",
        "precision",
        "parties",
        "voices",
        "origins",
        "claims",
    ];

    fn cells(&self) -> Vec<String> {
        let Incident {
            id,
            kind,
            standing,
            observed: _,
            date,
            place,
            lat,
            lon,
            precision,
            parties,
            voices,
            origins,
            claims,
            why: _,
        } = self;
        let voices: Vec<String> = voices.iter().map(|v| format!("{} {}", v.party, v.stance)).collect();
        let origins: Vec<&str> = origins.iter().map(|o| o.who.as_str()).collect();
        vec![
            id.clone(),
            kind.clone(),
            standing.clone(),
            date.clone().unwrap_or_default(),
            place.clone().unwrap_or_default(),
            lat.map(|d| d.to_string()).unwrap_or_default(),
            lon.map(|d| d.to_string()).unwrap_or_default(),
            precision.map(|p| p.to_string()).unwrap_or_default(),
            parties.join("; "),
            voices.join("; "),
            origins.join("; "),
            claims.join("; "),
        ]
    }
}
