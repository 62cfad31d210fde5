//! `trucewatch issued`: briefs as they were issued.

use std::io::Write;
use std::path::Path;

use desk::decide::flat;
use ledger::{Issue, Ledger};

use crate::args::books::Issued;
use crate::failure::{Exit, Failure, note};

/// Prints one as it was issued, or lists all.
pub(super) fn run(args: &Issued, path: &Path, out: &mut dyn Write) -> Result<Exit, Failure> {
    let ledger = super::open(path)?;
    match &args.hash {
        Some(hash) => print(&ledger, hash, out),
        None => list(&ledger, out),
    }
}

fn print(ledger: &Ledger, hash: &str, out: &mut dyn Write) -> Result<Exit, Failure> {
    let issue = ledger.issue_of(hash)?;
    let hint = "draw it with `trucewatch brief` as of its time, with the version of then";
    let none = || Failure::new(format!("entry {} holds the hash of the brief, not the brief", issue.entry), hint);
    out.write_all(ledger.issued(&issue)?.ok_or_else(none)?.as_bytes())?;
    Ok(Exit::Done)
}

fn list(ledger: &Ledger, out: &mut dyn Write) -> Result<Exit, Failure> {
    let all = ledger.issues(ledger.moment(None)?)?;
    if all.is_empty() {
        note("no brief was issued; `trucewatch decide sign-off` issues one");
    }
    for issue in all {
        let Issue { entry, by, days: (from, to), sha256, .. } = &issue;
        writeln!(out, "{sha256}  {from} to {to}, by {}, entry {entry}{}", flat(by), state(&issue))?;
    }
    Ok(Exit::Done)
}

/// What became of an issue, and in whose place it stands.
fn state(issue: &Issue) -> String {
    let place = issue.replaces.map(|old| format!(", in place of that of entry {old}")).unwrap_or_default();
    let end = match (issue.withdrawn, issue.replaced_by) {
        (Some(by), _) => format!("; withdrawn by entry {by}"),
        (None, Some(by)) => format!("; replaced by entry {by}"),
        (None, None) => String::new(),
    };
    format!("{place}{end}")
}
