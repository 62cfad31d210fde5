//! One entry of a register.

use geo::Coord;
use jiff::Timestamp;
use line::border::Drawn;
use serde::{Deserialize, Serialize};

use crate::border::Precondition;
use crate::consent::Answer;

/// An entry: when it was made, by whom, about which segment, in which words.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(try_from = "Row", into = "Row")]
pub struct Entry {
    /// When.
    pub at: Timestamp,
    /// Party or body.
    pub by: String,
    /// Id of the segment.
    pub segment: String,
    /// The words of whoever made it.
    pub words: String,
    /// What it does.
    pub act: Act,
}

/// What an entry does.
#[derive(Debug, Clone, PartialEq)]
pub enum Act {
    /// Opens a segment.
    Open {
        /// What it is called.
        title: String,
        /// Whose consents it needs.
        parties: Vec<String>,
        /// What has to be done first.
        preconditions: Vec<Precondition>,
        /// A line to measure progress by where none is agreed; nobody's claim.
        reference: Option<Vec<[f64; 2]>>,
    },
    /// Proposes a line: the segment's next version.
    Propose(Drawn),
    /// Answers a version.
    Answer {
        /// Which, counted from 1.
        version: u32,
        /// What.
        answer: Answer,
    },
    /// Takes a version back.
    Drop(u32),
    /// Confirms that a precondition is met.
    Confirm(String),
    /// Takes such a confirmation back.
    Retract(String),
    /// Lays an agreed version down in coordinates.
    Delimit(u32),
    /// Places a pillar on a delimited version.
    Pillar {
        /// Which version.
        version: u32,
        /// Its number, from 1 along the line.
        number: u32,
        /// Where it stands.
        position: Coord,
    },
    /// Declares a delimited version marked by its pillars.
    Demarcate(u32),
}

/// An entry as a line of JSON: exactly one of the acts is given.
#[derive(Serialize, Deserialize, Default)]
#[serde(deny_unknown_fields)]
struct Row {
    at: Timestamp,
    by: String,
    segment: String,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    words: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    open: Option<OpenRow>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    propose: Option<Drawn>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    answer: Option<AnswerRow>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    drop: Option<u32>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    confirm: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    retract: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    delimit: Option<u32>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pillar: Option<PillarRow>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    demarcate: Option<u32>,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct OpenRow {
    #[serde(default)]
    title: String,
    parties: Vec<String>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    preconditions: Vec<Precondition>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    reference: Option<Vec<[f64; 2]>>,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct AnswerRow {
    version: u32,
    answer: Answer,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct PillarRow {
    version: u32,
    number: u32,
    position: [f64; 2],
}

impl TryFrom<Row> for Entry {
    type Error = String;

    fn try_from(row: Row) -> Result<Entry, String> {
        let Row { at, by, segment, words, open, propose, answer, drop, confirm, retract, delimit, pillar, demarcate } =
            row;
        let acts = [
            open.map(OpenRow::act),
            propose.map(Act::Propose),
            answer.map(|AnswerRow { version, answer }| Act::Answer { version, answer }),
            drop.map(Act::Drop),
            confirm.map(Act::Confirm),
            retract.map(Act::Retract),
            delimit.map(Act::Delimit),
            pillar.map(PillarRow::act),
            demarcate.map(Act::Demarcate),
        ];
        let mut given = acts.into_iter().flatten();
        match (given.next(), given.next()) {
            (Some(act), None) => Ok(Entry { at, by, segment, words, act }),
            (given, _) => {
                let found = if given.is_some() { "more than one" } else { "none" };
                Err(format!(
                    "an entry does one thing (open, propose, answer, drop, confirm, retract, delimit, pillar or demarcate), \
                     and this does {found}"
                ))
            }
        }
    }
}

impl OpenRow {
    fn act(self) -> Act {
        let OpenRow { title, parties, preconditions, reference } = self;
        Act::Open { title, parties, preconditions, reference }
    }
}

impl PillarRow {
    fn act(self) -> Act {
        let PillarRow { version, number, position } = self;
        Act::Pillar { version, number, position: position.into() }
    }
}

impl From<Entry> for Row {
    fn from(entry: Entry) -> Row {
        let Entry { at, by, segment, words, act } = entry;
        let mut row = Row { at, by, segment, words, ..Row::default() };
        match act {
            Act::Open { title, parties, preconditions, reference } => {
                row.open = Some(OpenRow { title, parties, preconditions, reference });
            }
            Act::Propose(drawn) => row.propose = Some(drawn),
            Act::Answer { version, answer } => row.answer = Some(AnswerRow { version, answer }),
            Act::Drop(version) => row.drop = Some(version),
            Act::Confirm(id) => row.confirm = Some(id),
            Act::Retract(id) => row.retract = Some(id),
            Act::Delimit(version) => row.delimit = Some(version),
            Act::Pillar { version, number, position } => {
                row.pillar = Some(PillarRow { version, number, position: position.into() });
            }
            Act::Demarcate(version) => row.demarcate = Some(version),
        }
        row
    }
}
