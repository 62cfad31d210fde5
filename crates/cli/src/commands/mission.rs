//! Commands of those who run a mission: keys, signing, mandate and consent.

pub(super) mod keys;
mod reports;
mod state;
mod status;

use std::fs;
use std::io::Write;
use std::path::Path;

use desk::mission::chosen;
use line::watch::Watch;
use mission::consent::Proposal;
use mission::watch::Planned;
use mission::{Act, Mandate};

use super::border::files::named;
use super::line::watched::watches;
use crate::args::books::AsOf;
use crate::args::mission::{Author, MissionCommand, Propose, Step};
use crate::failure::{Exit, Failure};
pub(super) use reports::Reports;
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
        MissionCommand::Publish { what, author } => publish(&what, &author, ledger, out),
        MissionCommand::Note { words, about, author } => state(&author, Act::Note { words, about }, ledger, out),
    }
}

/// Makes public what is named: field reports by their number or document, all else by its id.
fn publish(names: &[String], author: &Author, ledger: Option<&Path>, out: &mut dyn Write) -> Result<Exit, Failure> {
    let reports = Reports::read(author.mission.as_deref(), ledger)?;
    let what = names.iter().map(|name| Ok(reports.called(name)?.unwrap_or_else(|| name.clone())));
    let what = what.collect::<Result<Vec<_>, Failure>>()?;
    state(author, Act::Publish { what }, ledger, out)
}

fn mandate(file: &Path) -> Result<Mandate, Failure> {
    let hint = "docs/mission.md shows a mandate's fields";
    Mandate::parse(&text(file)?).map_err(|e| Failure::new(format!("{}: {e}", file.display()), hint))
}

fn propose(args: Propose, ledger: Option<&Path>, out: &mut dyn Write) -> Result<Exit, Failure> {
    let Propose { subject, title, words, place, host, asks, strength, from, until, instead_of, .. } = args;
    let shape = args.shape.as_deref().map(shape_in).transpose()?;
    let mut watch = args.watch.as_deref().map(watches_in).transpose()?.unwrap_or_default();
    let mut plan = None;
    if let Some(id) = &args.plan {
        let planned = planned(id, args.author.mission.as_deref(), ledger)?;
        (plan, watch) = (Some(planned.id), planned.plan.watch);
    }
    let proposal = Proposal {
        subject,
        title,
        words,
        place,
        host,
        asks,
        strength,
        from,
        until,
        instead_of,
        shape,
        plan,
        watch,
        ..Proposal::default()
    };
    state(&args.author, Act::Propose(proposal), ledger, out)
}

/// Posts, patrols and cameras of a file, or the one that is named behind `#`.
fn watches_in(spec: &str) -> Result<Vec<Watch>, Failure> {
    let (path, part) = named(spec);
    let all = watches(path)?.watch;
    let known: Vec<String> = all.iter().map(|w| w.id.clone()).collect();
    let found: Vec<Watch> = all.into_iter().filter(|w| part.is_none_or(|p| p == w.id)).collect();
    if found.is_empty() {
        let message = format!("{}: holds no such post", path.display());
        return Err(Failure::new(message, format!("posts are {}", known.join(", "))));
    }
    Ok(found)
}

/// A plan that is on record.
fn planned(id: &str, mission: Option<&str>, ledger: Option<&Path>) -> Result<Planned, Failure> {
    let (_, mission) = chosen(replayed(AsOf { as_of: None }, ledger)?, mission)?;
    let hint = "`trucewatch line plan --record` puts one on record";
    mission.plan_of(id).cloned().map_err(|e| Failure::new(e, hint))
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
