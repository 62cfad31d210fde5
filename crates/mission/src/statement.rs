//! What is stated, as a text that people can read and sign: TOML, one statement a text.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::border::Opening;
use crate::consent::{Answer, Proposal};
use crate::exchange::{Handover, Sealed};
use crate::mandate::Mandate;
use crate::role::{Role, Viewer};
use crate::verification::{Allegation, Step};
use crate::watch::Plan;

/// Why a text or value is no statement.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{message}")]
pub struct StatementError {
    message: String,
}

impl StatementError {
    /// What is wrong with a value.
    #[must_use]
    pub fn value(message: impl Into<String>) -> StatementError {
        StatementError { message: message.into() }
    }

    /// What is wrong with the form of a text, with its line.
    pub(crate) fn form(text: &str, error: &toml::de::Error) -> StatementError {
        let line = error.span().map(|s| text.get(..s.start).unwrap_or("").matches('\n').count() + 1);
        let at = line.map(|l| format!("line {l}: ")).unwrap_or_default();
        StatementError { message: format!("{at}{}", error.message().lines().next().unwrap_or_default()) }
    }
}

/// Something stated in a mission.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Statement {
    /// Id of the mission.
    pub mission: String,
    /// When it was drawn up.
    pub at: Timestamp,
    /// Who states it.
    pub by: String,
    /// In which part.
    pub role: Role,
    /// For which party, where it is one's.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub party: Option<String>,
    /// What.
    #[serde(flatten)]
    pub act: Act,
}

/// What is stated.
#[expect(clippy::large_enum_variant, reason = "what is proposed is most of what is stated, and few are held at once")]
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "statement", rename_all = "kebab-case", rename_all_fields = "kebab-case")]
pub enum Act {
    /// The mission is to have this mandate, or this one from now on.
    Mandate {
        /// The mandate.
        mandate: Box<Mandate>,
    },
    /// Something is proposed.
    Propose(Proposal),
    /// A party answers what was proposed.
    Answer {
        /// Id of what was proposed, or its first characters.
        proposal: String,
        /// What the party answers.
        answer: Answer,
        /// In its words: the condition, the reason.
        #[serde(default, skip_serializing_if = "String::is_empty")]
        words: String,
    },
    /// What was agreed is carried out.
    Execute {
        /// Id of what was proposed.
        proposal: String,
        /// When, where that is not when it was stated.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        on: Option<Timestamp>,
        /// How.
        #[serde(default, skip_serializing_if = "String::is_empty")]
        words: String,
    },
    /// What was carried out is at an end.
    End {
        /// Id of what was proposed.
        proposal: String,
        /// When, where that is not when it was stated.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        on: Option<Timestamp>,
        /// Why.
        #[serde(default, skip_serializing_if = "String::is_empty")]
        words: String,
    },
    /// Whoever proposed it no longer does.
    Drop {
        /// Id of what was proposed.
        proposal: String,
        /// Why.
        #[serde(default, skip_serializing_if = "String::is_empty")]
        words: String,
    },
    /// A plan of where posts should stand is put on record.
    Plan(Plan),
    /// A segment of border is opened: lines may be proposed for it from now on.
    Segment(Opening),
    /// Somebody confirms that something is done that a segment waits for, or takes that back.
    Confirm {
        /// Id of the segment.
        segment: String,
        /// Id of the precondition.
        precondition: String,
        /// Whether it is done; false takes an earlier confirmation back.
        #[serde(default = "yes", skip_serializing_if = "is_yes")]
        met: bool,
        /// When it was seen, where that is not when it was stated.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        on: Option<Timestamp>,
        /// Numbers of field reports that show it.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        reports: Vec<String>,
        /// In words.
        #[serde(default, skip_serializing_if = "String::is_empty")]
        words: String,
    },
    /// An agreed line is laid down in coordinates.
    Delimit {
        /// Id of the proposal of the line.
        proposal: String,
        /// When, where that is not when it was stated.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        on: Option<Timestamp>,
        /// In words.
        #[serde(default, skip_serializing_if = "String::is_empty")]
        words: String,
    },
    /// A numbered pillar is set on a delimited line.
    Pillar {
        /// Id of the proposal of the line.
        proposal: String,
        /// Its number, from 1 along the line.
        number: u32,
        /// Where it stands: degrees north.
        lat: f64,
        /// Degrees east.
        lon: f64,
        /// When it was set, where that is not when it was stated.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        on: Option<Timestamp>,
        /// In words.
        #[serde(default, skip_serializing_if = "String::is_empty")]
        words: String,
    },
    /// A delimited line is declared marked by its pillars.
    Demarcate {
        /// Id of the proposal of the line.
        proposal: String,
        /// When, where that is not when it was stated.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        on: Option<Timestamp>,
        /// In words.
        #[serde(default, skip_serializing_if = "String::is_empty")]
        words: String,
    },
    /// Something is alleged that is to be looked into.
    Allege(Allegation),
    /// A step on the way of an allegation.
    Verify {
        /// Id of the allegation.
        allegation: String,
        /// Which step.
        #[serde(flatten)]
        step: Step,
        /// When, where that is not when it was stated.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        on: Option<Timestamp>,
        /// In words: the reason, the comment.
        #[serde(default, skip_serializing_if = "String::is_empty")]
        remark: String,
    },
    /// A side gives a list of people, sealed.
    List(Sealed),
    /// Somebody opens a sealed list.
    Open {
        /// Id of the list.
        list: String,
        /// Why.
        why: String,
    },
    /// People are handed over.
    HandOver(Handover),
    /// A remark of the mission for itself.
    Note {
        /// What.
        words: String,
        /// On what, by its id.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        about: Option<String>,
    },
    /// A party puts its own words on record.
    Say {
        /// What.
        words: String,
        /// On what, by its id.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        about: Option<String>,
        /// To which parties; to all where none is named.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        to: Vec<String>,
    },
    /// Something of the mission's is made public.
    Publish {
        /// Ids of the documents that tell field reports, in full, of allegations of which something was found, or of
        /// what was proposed and agreed.
        what: Vec<String>,
    },
}

fn yes() -> bool {
    true
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde hands fields by reference")]
fn is_yes(met: &bool) -> bool {
    *met
}

impl Act {
    /// Its word.
    #[must_use]
    pub fn as_str(&self) -> &'static str {
        match self {
            Act::Mandate { .. } => "mandate",
            Act::Propose(_) => "propose",
            Act::Answer { .. } => "answer",
            Act::Execute { .. } => "execute",
            Act::End { .. } => "end",
            Act::Drop { .. } => "drop",
            Act::Plan(_) => "plan",
            Act::Segment(_) => "segment",
            Act::Confirm { met: true, .. } => "confirm",
            Act::Confirm { .. } => "retract",
            Act::Delimit { .. } => "delimit",
            Act::Pillar { .. } => "pillar",
            Act::Demarcate { .. } => "demarcate",
            Act::Allege(_) => "allege",
            Act::Verify { step, .. } => step.as_str(),
            Act::List(_) => "list",
            Act::Open { .. } => "open",
            Act::HandOver(_) => "hand-over",
            Act::Note { .. } => "note",
            Act::Say { .. } => "say",
            Act::Publish { .. } => "publish",
        }
    }
}

impl Statement {
    /// The statement that a text holds.
    ///
    /// # Errors
    /// Where it is no TOML, a field is missing, or one is there that no such statement has.
    pub fn parse(text: &str) -> Result<Statement, StatementError> {
        let statement: Statement = toml::from_str(text).map_err(|e| StatementError::form(text, &e))?;
        statement.no_strays(text).map(|()| statement)
    }

    /// Its text.
    #[must_use]
    pub fn to_text(&self) -> String {
        toml::to_string(self).unwrap_or_default()
    }

    /// Who sees and acts by it; none where a liaison names no party.
    #[must_use]
    pub fn viewer(&self) -> Option<Viewer> {
        Viewer::new(self.role, self.party.as_deref())
    }

    /// Refuses fields that would be passed over: a misspelt condition must not become none.
    fn no_strays(&self, text: &str) -> Result<(), StatementError> {
        let table = |text: &str| toml::from_str::<toml::Table>(text).unwrap_or_default();
        let (given, known) = (table(text), table(&self.to_text()));
        let empty = |value: &toml::Value| {
            value.as_str().is_some_and(str::is_empty) || value.as_array().is_some_and(Vec::is_empty)
        };
        let stray = given.iter().find(|(key, value)| !known.contains_key(*key) && !empty(value));
        let message = |key: &str| format!("a statement of this kind (`{}`) has no field `{key}`", self.act.as_str());
        stray.map_or(Ok(()), |(key, _)| Err(StatementError::value(message(key))))
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn whatever_comes_is_a_statement_or_refused(bytes in prop::collection::vec(any::<u8>(), 0..300)) {
            drop(Statement::parse(&String::from_utf8_lossy(&bytes)));
        }

        #[test]
        fn a_bent_statement_is_refused_or_read_back(at in 0usize..400, end in 0usize..30, scrap in "[ -~\n]{0,8}") {
            let (from, to) = (at % ANSWER.len(), (at % ANSWER.len() + end).min(ANSWER.len()));
            let mut text = ANSWER.to_owned();
            text.replace_range(from..to, &scrap);
            if let Ok(read) = Statement::parse(&text) {
                prop_assert_eq!(Statement::parse(&read.to_text()), Ok(read));
            }
        }
    }

    const ANSWER: &str = "\
mission = \"line-mission-2031\"
at = \"2031-03-07T10:00:00Z\"
by = \"Tarn\"
role = \"liaison\"
party = \"vesk\"
statement = \"answer\"
proposal = \"3f2a9c\"
answer = \"on-condition\"
words = \"\"\"
Only by day.
And unarmed.\"\"\"
";

    #[test]
    fn a_misspelt_field_is_not_passed_over() {
        let told = Statement::parse(&ANSWER.replace("words", "word")).unwrap_err().to_string();
        assert_eq!(told, "a statement of this kind (`answer`) has no field `word`");
        let told = Statement::parse(&ANSWER.replace("on-condition", "perhaps")).unwrap_err().to_string();
        assert!(told.contains("unknown variant `perhaps`"), "{told}");
        assert!(Statement::parse(&ANSWER.replace("at = \"2031", "at = \"once in 2031")).is_err());
        assert!(Statement::parse("").is_err());
    }

    #[test]
    fn a_statement_is_written_and_read_back() {
        let read = Statement::parse(ANSWER).unwrap();
        assert_eq!(Statement::parse(&read.to_text()).unwrap(), read);
        assert_eq!(read.viewer(), Some(Viewer::Liaison("vesk".into())));
        let mandate = Mandate::parse(crate::mandate::tests::MANDATE).unwrap();
        let act = Act::Mandate { mandate: Box::new(mandate) };
        let stated = Statement { act, role: Role::Chief, party: None, ..read };
        assert_eq!(Statement::parse(&stated.to_text()).unwrap(), stated);
    }

    #[test]
    fn what_is_drawn_and_who_watches_are_read_back() {
        let text = "\
mission = \"m\"
at = \"2031-04-04T10:00:00Z\"
by = \"Tarn\"
role = \"mediator\"
statement = \"propose\"
subject = \"border-segment\"
title = \"Along the ridge\"
segment = \"south\"

[drawn]
map = \"sheet 12 (1976)\"
line = [[-124.92, -45.48], [-125, -46.2]]
left = \"orlava\"

[[drawn.enclaves]]
holder = \"orlava\"
ring = [[-125.2, -45.1], [-125.3, -45.1], [-125.3, -45.2]]

[[watch]]
id = \"post-3\"
lat = -44.8
lon = -124.98
reach-km = 7
hours = [\"06:00-18:00\"]
";
        let read = Statement::parse(text).unwrap();
        assert_eq!(Statement::parse(&read.to_text()).unwrap(), read, "{}", read.to_text());
        let stray = |from: &str, to: &str| Statement::parse(&text.replace(from, to)).unwrap_err().to_string();
        assert!(stray("map = ", "mop = ").contains("unknown field `mop`"));
        assert!(stray("reach-km", "reach").contains("unknown field `reach`"));
        assert!(stray("segment =", "segmant =").contains("no field `segmant`"));
    }

    #[test]
    fn an_opening_is_read_back_and_has_no_strays() {
        let text = "mission = \"m\"\nat = \"2031-04-02T10:00:00Z\"\nby = \"Mira\"\nrole = \"mediator\"\nstatement = \"segment\"\n\
            segment = \"south\"\ntitle = \"South\"\n\n[[preconditions]]\nid = \"withdrawal\"\nwhat = \"it\"\nconfirmed-by = [\"jlm\"]\n";
        let read = Statement::parse(text).unwrap();
        assert_eq!(Statement::parse(&read.to_text()).unwrap(), read);
        assert!(Statement::parse(&text.replace("title", "name")).is_err());
        assert!(Statement::parse(&text.replace("[[pre", "parties = []\n[[pre")).is_err());
    }
}
