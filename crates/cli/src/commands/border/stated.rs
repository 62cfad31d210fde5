//! `trucewatch border open`, `propose`, `confirm`, `retract`, `delimit`, `pillar`, `demarcate`: what is stated of a border.

use std::io::Write;
use std::path::Path;

use mission::Act;
use mission::border::{Opening, list};
use mission::consent::Proposal;

use super::files;
use super::register;
use crate::args::border::{Border, Confirm, Open, Propose, SetPillar};
use crate::args::mission::Step;
use crate::commands::mission::state;
use crate::failure::{Exit, Failure};

/// States something.
pub(super) fn run(args: Border, ledger: Option<&Path>, out: &mut dyn Write) -> Result<Exit, Failure> {
    match args {
        Border::Open(args) => open(&args, ledger, out),
        Border::Propose(args) => propose(args, ledger, out),
        Border::Confirm(args) => confirm(args, true, ledger, out),
        Border::Retract(args) => confirm(args, false, ledger, out),
        Border::Delimit(Step { proposal, words, on, author }) => {
            state(&author, Act::Delimit { proposal, on, words }, ledger, out)
        }
        Border::Pillar(SetPillar { proposal, number, lat, lon, words, on, author }) => {
            state(&author, Act::Pillar { proposal, number, lat, lon, on, words }, ledger, out)
        }
        Border::Demarcate(Step { proposal, words, on, author }) => {
            state(&author, Act::Demarcate { proposal, on, words }, ledger, out)
        }
        Border::Compare(_) | Border::Status(_) | Border::Annex(_) | Border::Import(_) | Border::Export(_) => {
            Ok(Exit::Done)
        }
    }
}

fn open(args: &Open, ledger: Option<&Path>, out: &mut dyn Write) -> Result<Exit, Failure> {
    let (path, part) = files::named(&args.list);
    let wrong = |e: mission::StatementError| {
        let hint = "docs/line.md shows a list: [[segments]] with segment, title and preconditions";
        Failure::new(format!("{}: {e}", path.display()), hint)
    };
    let all = list(&files::text(path)?).map_err(wrong)?;
    let known: Vec<&str> = all.iter().map(|o| o.segment.as_str()).collect();
    let wanted: Vec<&Opening> = all.iter().filter(|o| part.is_none_or(|p| p == o.segment)).collect();
    if wanted.is_empty() {
        let message = format!("{}: holds no such segment", path.display());
        return Err(Failure::new(message, format!("segments are {}", known.join(", "))));
    }
    for opening in wanted {
        state(&args.author, Act::Segment(opening.clone()), ledger, out)?;
    }
    Ok(Exit::Done)
}

fn propose(args: Propose, ledger: Option<&Path>, out: &mut dyn Write) -> Result<Exit, Failure> {
    let Propose { file, segment, title, map, words, instead_of, author } = args;
    let drawn = register::proposed(&file, map.as_ref())?;
    let proposal = Proposal {
        subject: "border-segment".to_owned(),
        title: title.unwrap_or_else(|| drawn.map.clone()),
        words,
        instead_of,
        segment: Some(segment),
        drawn: Some(drawn),
        ..Proposal::default()
    };
    state(&author, Act::Propose(proposal), ledger, out)
}

fn confirm(args: Confirm, met: bool, ledger: Option<&Path>, out: &mut dyn Write) -> Result<Exit, Failure> {
    let Confirm { segment, precondition, words, reports, on, author } = args;
    state(&author, Act::Confirm { segment, precondition, met, on, reports, words }, ledger, out)
}
