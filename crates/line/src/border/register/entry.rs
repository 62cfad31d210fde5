//! One entry of the register.

use geo::Coord;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::border::State;
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
    /// The words of whoever made it; an answer is none without them.
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
        reference: Option<Vec<Coord>>,
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

/// Something that has to be done before a segment can go on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Precondition {
    /// Id, unique in the segment.
    pub id: String,
    /// What has to be done ("the withdrawal from the ridge").
    pub what: String,
    /// Who has to confirm it; all of them.
    pub confirmed_by: Vec<String>,
    /// Before what: agreed, delimited (the default) or demarcated.
    #[serde(default = "delimited")]
    pub before: State,
}

fn delimited() -> State {
    State::Delimited
}

/// A line as it is proposed.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Drawn {
    /// On which map, with its year and scale where they are known.
    pub map: String,
    /// The coordinate system, if it is said; only EPSG:4326 is read.
    #[serde(default = "wgs84")]
    pub crs: String,
    /// Vertices: degrees east, degrees north.
    #[serde(with = "pairs")]
    pub line: Vec<Coord>,
    /// Party on the left of somebody who follows the line.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub left: Option<String>,
    /// Party on the right.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub right: Option<String>,
    /// What would lie on the other side.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub enclaves: Vec<DrawnEnclave>,
}

fn wgs84() -> String {
    "EPSG:4326".to_owned()
}

/// An enclave as it is proposed.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct DrawnEnclave {
    /// Whose it would be.
    pub holder: String,
    /// Its edge.
    #[serde(with = "pairs")]
    pub ring: Vec<Coord>,
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

/// Positions as GeoJSON writes them: pairs of degrees east and degrees north.
mod pairs {
    use geo::Coord;
    use serde::{Deserialize, Deserializer, Serialize, Serializer};

    pub(super) fn serialize<S: Serializer>(line: &[Coord], to: S) -> Result<S::Ok, S::Error> {
        line.iter().map(|&c| c.into()).collect::<Vec<[f64; 2]>>().serialize(to)
    }

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<Vec<Coord>, D::Error> {
        Ok(Vec::<[f64; 2]>::deserialize(from)?.into_iter().map(Coord::from).collect())
    }
}

impl TryFrom<Row> for Entry {
    type Error = String;

    fn try_from(row: Row) -> Result<Entry, String> {
        let Row { at, by, segment, words, open, propose, answer, confirm, retract, delimit, pillar, demarcate } = row;
        let open = open.map(|OpenRow { title, parties, preconditions, reference }| Act::Open {
            title,
            parties,
            preconditions,
            reference: reference.map(|line| line.into_iter().map(Coord::from).collect()),
        });
        let answer = answer.map(|AnswerRow { version, answer }| Act::Answer { version, answer });
        let pillar = pillar.map(|PillarRow { version, number, position }| Act::Pillar {
            version,
            number,
            position: position.into(),
        });
        let acts = [
            open,
            propose.map(Act::Propose),
            answer,
            confirm.map(Act::Confirm),
            retract.map(Act::Retract),
            delimit.map(Act::Delimit),
            pillar,
            demarcate.map(Act::Demarcate),
        ];
        let mut given = acts.into_iter().flatten();
        match (given.next(), given.next()) {
            (Some(act), None) => Ok(Entry { at, by, segment, words, act }),
            (given, _) => {
                let found = if given.is_some() { "more than one" } else { "none" };
                Err(format!(
                    "an entry does one thing (open, propose, answer, confirm, retract, delimit, pillar or demarcate), \
                     and this does {found}"
                ))
            }
        }
    }
}

impl From<Entry> for Row {
    fn from(entry: Entry) -> Row {
        let Entry { at, by, segment, words, act } = entry;
        let mut row = Row { at, by, segment, words, ..Row::default() };
        match act {
            Act::Open { title, parties, preconditions, reference } => {
                let reference = reference.map(|line| line.into_iter().map(Into::into).collect());
                row.open = Some(OpenRow { title, parties, preconditions, reference });
            }
            Act::Propose(drawn) => row.propose = Some(drawn),
            Act::Answer { version, answer } => row.answer = Some(AnswerRow { version, answer }),
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
