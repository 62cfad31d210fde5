//! `trucewatch diff`: what changed in the brief between two times, and why.

use std::io::Write;
use std::path::Path;

use desk::diff::{Change, changes};
use desk::evidence::period_of;

use crate::args::books::Diff;
use crate::failure::{Exit, Failure};
use crate::output::Paint;

/// Draws both briefs and tells their differences.
pub(super) fn run(args: &Diff, path: &Path, out: &mut dyn Write) -> Result<Exit, Failure> {
    let ledger = super::open(path)?;
    let (before, after) = (ledger.moment(Some(args.from))?, ledger.moment(args.to)?);
    if before > after {
        return Err(Failure::new("the first time is later than the second", "give the earlier time with --from"));
    }
    let period = period_of(&ledger, after, args.first, args.last)?;
    let changes = changes(&ledger, &args.world.options().over(path), period, before, after)?;
    for (i, group) in changes.chunk_by(|a, b| a.place == b.place).enumerate() {
        if i > 0 {
            writeln!(out)?;
        }
        tell(group, out)?;
    }
    if changes.is_empty() {
        writeln!(out, "nothing changed in the brief of {} to {}", period.from, period.to)?;
    }
    Ok(Exit::Done)
}

/// The changes at one place of the brief; lines that changed for the same reasons stand together, these below them.
fn tell(group: &[Change], out: &mut dyn Write) -> Result<(), Failure> {
    let paint = Paint::of_stdout();
    writeln!(out, "{}", paint.name(group.first().map_or("", |c| &c.place)))?;
    for same in group.chunk_by(|a, b| a.reasons == b.reasons) {
        for change in same {
            writeln!(out, "{} {}", change.sign, change.text)?;
        }
        for reason in same.first().into_iter().flat_map(|c| &c.reasons) {
            writeln!(out, "    {}", paint.faint(reason))?;
        }
    }
    Ok(())
}
