//! How far a segment of border has come.

use std::fmt;

use serde::{Deserialize, Serialize};

/// How far a segment has come, in order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum State {
    /// Nobody proposes a line.
    Undefined,
    /// One line is proposed, and nobody said no.
    Proposed,
    /// Lines of several are proposed, or somebody said no or took a consent back.
    Disputed,
    /// All whose consent is needed consent to one line.
    Agreed,
    /// The agreed line is laid down in coordinates.
    Delimited,
    /// It is marked on the ground with numbered pillars.
    Demarcated,
}

impl State {
    /// All, in order.
    pub const ALL: [State; 6] =
        [State::Undefined, State::Proposed, State::Disputed, State::Agreed, State::Delimited, State::Demarcated];

    /// As written in files.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            State::Undefined => "undefined",
            State::Proposed => "proposed",
            State::Disputed => "disputed",
            State::Agreed => "agreed",
            State::Delimited => "delimited",
            State::Demarcated => "demarcated",
        }
    }
}

impl fmt::Display for State {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}
