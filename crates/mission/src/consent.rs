//! Who consents to what. A thing that was proposed is agreed when every party whose consent it needs has given it and
//! the last that each said is a plain yes; nothing that was said is ever taken off.

use jiff::Timestamp;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// What a mandate may make conditional. It may name others.
pub const SUBJECTS: &[&str] = &["mission", "deployment", "post", "patrol-route", "visit", "border-segment", "exchange"];

/// Something that is proposed.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub struct Proposal {
    /// What kind of thing: one of [`SUBJECTS`], or one that the mandate names.
    pub subject: String,
    /// In a few words.
    pub title: String,
    /// In full.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub words: String,
    /// Where: the name of a place.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub place: Option<String>,
    /// The party that controls the place.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub host: Option<String>,
    /// Parties that are asked beside those that the mandate names.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub asks: Vec<String>,
    /// How many people.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub strength: Option<u32>,
    /// First day.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub from: Option<Date>,
    /// Last day.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub until: Option<Date>,
    /// Id of an earlier proposal in whose place this one is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub instead_of: Option<String>,
    /// A shape on the map, as GeoJSON.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub shape: Option<String>,
}

/// What a party answers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Answer {
    /// Yes.
    Consents,
    /// No.
    Refuses,
    /// Yes, if something is so.
    OnCondition,
    /// No longer.
    Withdraws,
}

impl Answer {
    /// In words, of a party.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Answer::Consents => "consents",
            Answer::Refuses => "refuses",
            Answer::OnCondition => "consents on condition",
            Answer::Withdraws => "withdraws its consent",
        }
    }
}

/// An answer with its entry.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Given {
    /// Entry of the ledger.
    pub entry: u64,
    /// When it was taken in.
    pub at: Timestamp,
    /// Whose it is.
    pub party: String,
    /// What it is.
    pub answer: Answer,
    /// In which words.
    pub words: String,
    /// Who signed it: the name of the key.
    pub signed: Option<String>,
}

/// A step with its entry.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Done {
    /// Entry of the ledger.
    pub entry: u64,
    /// When it happened.
    pub on: Timestamp,
    /// Who states it.
    pub by: String,
    /// In which words.
    pub words: String,
}

/// How far a thing has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Stage {
    /// A consent is missing.
    Open,
    /// Every consent is there.
    Agreed,
    /// It is carried out.
    Executed,
    /// It is at an end.
    Ended,
    /// It is no longer proposed.
    Dropped,
}

impl Stage {
    /// Its word.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Stage::Open => "open",
            Stage::Agreed => "agreed",
            Stage::Executed => "executed",
            Stage::Ended => "ended",
            Stage::Dropped => "dropped",
        }
    }
}

/// Why a thing is not agreed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Missing {
    /// A party has not answered.
    Answer(String),
    /// A party consents on a condition, in these words; only itself can say that it is met.
    Condition(String, String),
    /// A party refuses, in these words.
    Refused(String, String),
    /// A party has withdrawn its consent, in these words.
    Withdrawn(String, String),
    /// The mission's own mandate is not agreed.
    Mandate,
}

impl Missing {
    /// The party that is waited for.
    #[must_use]
    pub fn party(&self) -> Option<&str> {
        match self {
            Missing::Answer(p) | Missing::Condition(p, _) | Missing::Refused(p, _) | Missing::Withdrawn(p, _) => {
                Some(p)
            }
            Missing::Mandate => None,
        }
    }
}

/// Something that was proposed, and all that became of it.
#[derive(Debug, Clone, PartialEq)]
pub struct Subject {
    /// Id of the statement that proposed it.
    pub id: String,
    /// Its entry.
    pub entry: u64,
    /// When it was taken in.
    pub at: Timestamp,
    /// Who proposed it.
    pub by: String,
    /// The party that proposed it, where one did.
    pub party: Option<String>,
    /// What was proposed.
    pub proposal: Proposal,
    /// Whose consent it needs, by the mandate of then.
    pub needs: Vec<String>,
    /// Every answer, the first first.
    pub answers: Vec<Given>,
    /// That it was carried out.
    pub executed: Option<Done>,
    /// That it came to an end.
    pub ended: Option<Done>,
    /// That it is no longer proposed.
    pub dropped: Option<Done>,
}

impl Subject {
    /// The last answer of a party.
    #[must_use]
    pub fn last(&self, party: &str) -> Option<&Given> {
        self.answers.iter().rev().find(|g| g.party == party)
    }

    /// The consents that it lacks, by party; none where all are there.
    #[must_use]
    pub fn missing(&self) -> Vec<Missing> {
        self.needs.iter().filter_map(|party| self.lacks(party)).collect()
    }

    fn lacks(&self, party: &str) -> Option<Missing> {
        let party_name = party.to_owned();
        let Some(given) = self.last(party) else { return Some(Missing::Answer(party_name)) };
        let words = given.words.clone();
        match given.answer {
            Answer::Consents => None,
            Answer::OnCondition => Some(Missing::Condition(party_name, words)),
            Answer::Refuses => Some(Missing::Refused(party_name, words)),
            Answer::Withdraws => Some(Missing::Withdrawn(party_name, words)),
        }
    }

    /// The stage that its own consents give it.
    #[must_use]
    pub fn stage(&self) -> Stage {
        match (&self.dropped, &self.ended, &self.executed) {
            (Some(_), ..) => Stage::Dropped,
            (None, Some(_), _) => Stage::Ended,
            (None, None, Some(_)) => Stage::Executed,
            _ if self.missing().is_empty() => Stage::Agreed,
            _ => Stage::Open,
        }
    }

    /// Whether it is carried out although a consent was withdrawn since.
    #[must_use]
    pub fn stands_without_consent(&self) -> bool {
        self.stage() == Stage::Executed && !self.missing().is_empty()
    }

    /// To whom it was put: the parties whose consent it needs, and its proposer.
    #[must_use]
    pub fn put_to(&self) -> Vec<String> {
        let mut all: Vec<String> = self.needs.iter().chain(&self.party).cloned().collect();
        all.sort();
        all.dedup();
        all
    }
}
