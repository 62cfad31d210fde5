//! Who consents to what. A thing that was proposed is agreed when every party whose consent it needs has given it and
//! the last that each said is a plain yes; nothing that was said is ever taken off.

use jiff::Timestamp;
use jiff::civil::Date;
use line::border::Drawn;
use line::watch::Watch;
use serde::{Deserialize, Serialize};

use crate::book::short;

/// What a mandate may make conditional. It may name others.
pub const SUBJECTS: &[&str] =
    &["mission", "deployment", "post", "patrol-route", "camera", "visit", "border-segment", "exchange"];

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
    /// Of a border: the segment for which a line is proposed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub segment: Option<String>,
    /// Id of the plan from which who would watch is taken.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub plan: Option<String>,
    /// Of a border: the line, on which map, with whose land on which hand.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub drawn: Option<Drawn>,
    /// Who would watch from where, at which hours: the posts, patrols and cameras.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub watch: Vec<Watch>,
}

/// What a party answers. Files of registers and posts may write the second word of each.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Answer {
    /// Yes.
    #[serde(alias = "given")]
    Consents,
    /// No.
    #[serde(alias = "refused")]
    Refuses,
    /// Yes, if something is so.
    #[serde(alias = "conditional")]
    OnCondition,
    /// No longer.
    #[serde(alias = "withdrawn")]
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
    /// What keeps a party's last answer, with its words, from being a consent. Nothing but a plain yes is one.
    #[must_use]
    pub fn of(party: &str, last: Option<(Answer, &str)>) -> Option<Missing> {
        let party = party.to_owned();
        let Some((answer, words)) = last else { return Some(Missing::Answer(party)) };
        let words = words.to_owned();
        match answer {
            Answer::Consents => None,
            Answer::OnCondition => Some(Missing::Condition(party, words)),
            Answer::Refuses => Some(Missing::Refused(party, words)),
            Answer::Withdraws => Some(Missing::Withdrawn(party, words)),
        }
    }

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
    /// What is proposed under an id, by an entry of a time; by somebody, for a party where it is one's; and whose consent
    /// it needs.
    #[must_use]
    pub fn new(
        (id, entry, at): (String, u64, Timestamp),
        (by, party): (String, Option<String>),
        proposal: Proposal,
        needs: Vec<String>,
    ) -> Subject {
        let (answers, executed, ended, dropped) = (Vec::new(), None, None, None);
        Subject { id, entry, at, by, party, proposal, needs, answers, executed, ended, dropped }
    }

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
        Missing::of(party, self.last(party).map(|g| (g.answer, g.words.as_str())))
    }

    /// Notes what a party answers.
    ///
    /// # Errors
    /// Where the party is not asked, it is too late for answers, a condition is not said, or nothing is there to withdraw.
    pub fn hear(&mut self, given: Given) -> Result<(), String> {
        let (party, name) = (&given.party, short(&self.id));
        if !self.needs.contains(party) {
            return Err(format!("`{party}` is not asked: `{name}` needs the consent of {}", self.needs.join(" and ")));
        }
        if let stage @ (Stage::Dropped | Stage::Ended) = self.stage() {
            return Err(format!("`{name}` is {}", stage.as_str()));
        }
        if given.answer == Answer::OnCondition && given.words.trim().is_empty() {
            return Err("a condition is to be said in words".to_owned());
        }
        let has_yes = self.last(party).is_some_and(|g| matches!(g.answer, Answer::Consents | Answer::OnCondition));
        if given.answer == Answer::Withdraws && !has_yes {
            return Err(format!("`{party}` has given no consent that it could withdraw"));
        }
        self.answers.push(given);
        Ok(())
    }

    /// Notes that it is no longer proposed.
    ///
    /// # Errors
    /// Where it is carried out, or was dropped before.
    pub fn no_more(&mut self, done: Done) -> Result<(), String> {
        if let stage @ (Stage::Executed | Stage::Ended | Stage::Dropped) = self.stage() {
            return Err(format!("`{}` is {} and cannot be dropped", short(&self.id), stage.as_str()));
        }
        self.dropped = Some(done);
        Ok(())
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
