//! Commands of those who run a mission: keys, signing, mandate and consent.

pub(super) mod keys;
mod state;
mod status;

use std::fs;
use std::io::Write;
use std::path::Path;

use mission::consent::Proposal;
use mission::{Act, Mandate};

use crate::args::mission::{MissionCommand, Propose, Step};
use crate::failure::{Exit, Failure};
pub(super) use state::{hand_in, only_mission, replayed, state, statement};

/// Does what was asked of a mission.
pub(super) fn run(command: MissionCommand, ledger: Option<&Path>, out: &mut dyn Write) -> Result<Exit, Failure> {
    match command {
        MissionCommand::Status { viewer, format, as_of } => status::run(&viewer.0, format, as_of, ledger, out),
        MissionCommand::Mandate { file, mut author } => {
            let mandate = mandate(&file)?;
            author.mission.get_or_insert_with(|| mandate.id.clone());
            state(&author, Act::Mandate { mandate: Box::new(mandate) }, ledger, out)
        }
        MissionCommand::Propose(args) => propose(args, ledger, out),
        MissionCommand::Answer { proposal, answer, words, author } => {
            state(&author, Act::Answer { proposal, answer: answer.plain(), words }, ledger, out)
        }
        MissionCommand::Execute(Step { proposal, words, on, author }) => {
            state(&author, Act::Execute { proposal, on, words }, ledger, out)
        }
        MissionCommand::End(Step { proposal, words, on, author }) => {
            state(&author, Act::End { proposal, on, words }, ledger, out)
        }
        MissionCommand::Drop(Step { proposal, words, author, .. }) => {
            state(&author, Act::Drop { proposal, words }, ledger, out)
        }
        MissionCommand::Say { words, about, to, author } => state(&author, Act::Say { words, about, to }, ledger, out),
        MissionCommand::Note { words, about, author } => state(&author, Act::Note { words, about }, ledger, out),
    }
}

fn mandate(file: &Path) -> Result<Mandate, Failure> {
    let hint = "docs/mission.md shows a mandate's fields";
    Mandate::parse(&text(file)?).map_err(|e| Failure::new(format!("{}: {e}", file.display()), hint))
}

fn propose(args: Propose, ledger: Option<&Path>, out: &mut dyn Write) -> Result<Exit, Failure> {
    let Propose { subject, title, words, place, host, asks, strength, from, until, instead_of, shape, author } = args;
    let shape = shape.as_deref().map(shape_in).transpose()?;
    let proposal = Proposal { subject, title, words, place, host, asks, strength, from, until, instead_of, shape };
    state(&author, Act::Propose(proposal), ledger, out)
}

/// A shape, if it is one.
fn shape_in(file: &Path) -> Result<String, Failure> {
    let text = text(file)?;
    let problem = |e: &dyn std::fmt::Display| Failure::new(format!("{}: {e}", file.display()), "give a GeoJSON file");
    let shape: serde_json::Value = serde_json::from_str(&text).map_err(|e| problem(&e))?;
    let is_shape = shape.get("type").is_some_and(serde_json::Value::is_string);
    is_shape.then(|| shape.to_string()).ok_or_else(|| problem(&"is no GeoJSON"))
}

/// The text of a file, or of standard input.
pub(super) fn text(path: &Path) -> Result<String, Failure> {
    if path == Path::new("-") {
        return Ok(std::io::read_to_string(std::io::stdin())?);
    }
    let hint = "check that it is there and that you may read it";
    fs::read_to_string(path).map_err(|e| Failure::new(format!("{}: cannot be read: {e}", path.display()), hint))
}
