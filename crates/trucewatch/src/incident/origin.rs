//! How many separate sources claims go back to: copies of one text, and texts quoting one voice, count once.

use std::collections::BTreeMap;

use super::record::Record;
use crate::claim::Claim;
use crate::pack::PartyId;

/// One separate source.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Origin {
    /// Who it is: a party, a speaker, an agency, or the first of some like documents, by its name.
    pub who: String,
    /// Ids of the documents that carry it.
    pub documents: Vec<String>,
    /// Why each of the documents goes back to it, in the order of `documents`.
    pub why: Vec<String>,
}

/// The text that a document is a copy of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Copied {
    /// Id of the first document with this text.
    pub first: String,
    /// What shows it, as the end of a sentence that begins with the document: "shares 87 % of its words".
    pub reason: String,
}

/// What the documents of a record go back to.
#[derive(Debug)]
pub(super) struct Origins<'a> {
    /// Id of a document to its name, and to the text that it copies.
    documents: BTreeMap<&'a str, (&'a str, Option<&'a Copied>)>,
}

impl<'a> Origins<'a> {
    /// Takes note of the copies among the documents of a record.
    pub(super) fn of(record: &Record<'a>) -> Origins<'a> {
        let known = record.sources().map(|s| (s.id.as_str(), (s.name.as_str(), s.copy_of.as_ref())));
        Origins { documents: known.collect() }
    }

    /// The separate sources behind some claims. A party speaks with one voice, whoever quotes it.
    pub(super) fn behind(&self, claims: &[&Claim]) -> Vec<Origin> {
        let mut by_who: BTreeMap<String, BTreeMap<&str, String>> = BTreeMap::new();
        for claim in claims {
            let (who, why) = self.source_of(claim);
            by_who.entry(who).or_default().entry(claim.document.as_str()).or_insert(why);
        }
        let origin = |(who, carriers): (String, BTreeMap<&str, String>)| {
            let (documents, why) = carriers.into_iter().map(|(d, w)| (d.to_owned(), w)).unzip();
            Origin { who, documents, why }
        };
        by_who.into_iter().map(origin).collect()
    }

    /// Who stands behind a claim, and what shows it.
    fn source_of(&self, claim: &Claim) -> (String, String) {
        let speaker = &claim.speaker.value;
        let quotes = || format!("quotes {}", speaker.name);
        match speaker.party.as_ref().map(PartyId::as_str) {
            Some(PartyId::MEDIA) | None => self.outlet(claim),
            Some(PartyId::OTHER) => (speaker.name.clone(), quotes()),
            Some(party) => (party.to_owned(), quotes()),
        }
    }

    fn outlet(&self, claim: &Claim) -> (String, String) {
        if let Some(agency) = claim.via.last() {
            return (agency.value.clone(), format!("takes it from {}", agency.value));
        }
        let name = |id: &str| self.documents.get(id).map_or_else(|| id.to_owned(), |(name, _)| (*name).to_owned());
        match self.documents.get(claim.document.as_str()).and_then(|(_, copied)| *copied) {
            Some(copied) => {
                let first = name(&copied.first);
                let why = format!("a copy of {first}: {}", copied.reason);
                (first, why)
            }
            None => (name(&claim.document), "its own words".to_owned()),
        }
    }
}
