//! `trucewatch decide`: what people decide, recorded.

use std::io::Write;
use std::path::Path;

use desk::WorldOptions;
use desk::decide::{Wish, record};
use jiff::Timestamp;
use ledger::Ledger;
use trucewatch::brief::Period;

use crate::args::books::{Decide, What};
use crate::failure::{Exit, Failure};

/// Checks and records the decision; tells its entry.
pub(super) fn run(args: &Decide, path: &Path, out: &mut dyn Write) -> Result<Exit, Failure> {
    let mut ledger = Ledger::open_to_write(path)?;
    let (wish, now) = (wish(&args.what), Timestamp::now());
    let entry = record(&wish, &args.by, &args.why, &mut ledger, &WorldOptions::default().over(path), now)?;
    writeln!(out, "decision {entry}; `trucewatch decide undo {entry}` takes it back")?;
    Ok(Exit::Done)
}

fn wish(what: &What) -> Wish {
    match what.clone() {
        What::Accept { claim } => Wish::Accept { claim },
        What::Reject { claim } => Wish::Reject { claim },
        What::Add { document, words, kind, mode, speaker, fields } => {
            Wish::Add { document, words, place: None, kind, mode, speaker, fields }
        }
        What::Correct { claim, field, value } => Wish::Correct { claim, field, value },
        What::Merge { incidents } => Wish::Merge { incidents },
        What::Split { claims } => Wish::Split { claims },
        What::GradeSource { source, grade } => Wish::GradeSource { source, grade },
        What::GradeClaim { claim, grade } => Wish::GradeClaim { claim, grade },
        What::Note { on, words } => Wish::Note { on, words },
        What::SignOff { from, to, replaces } => Wish::SignOff { period: Period { from, to }, replaces },
        What::Undo { entry } => Wish::Undo { entry },
    }
}
