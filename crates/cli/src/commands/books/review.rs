//! `trucewatch review`: what waits for somebody.

use std::io::Write;
use std::path::Path;

use desk::diff::name_of;
use ledger::Ledger;

use crate::args::books::Review;
use crate::failure::{Exit, Failure};
use crate::output::Paint;
use crate::output::text::flat;

/// Lists what waits, and says so where nothing does.
pub(super) fn run(args: &Review, path: &Path, out: &mut dyn Write) -> Result<Exit, Failure> {
    let ledger = super::open(path)?;
    let moment = ledger.moment(args.as_of.as_of)?;
    let paint = Paint::of_stdout();
    let conflicts = ledger.conflicts(moment)?;
    let waiting = ledger.waiting(args.below, args.limit, moment)?;
    let earlier: Vec<_> =
        ledger.readers(moment)?.into_iter().filter(|(r, _)| r.version != env!("CARGO_PKG_VERSION")).collect();
    if !conflicts.is_empty() {
        writeln!(out, "{}", paint.name("Decisions that no longer fit what is read"))?;
    }
    for conflict in &conflicts {
        let document = name_of(&ledger, &conflict.document);
        writeln!(out, "  decision {}, {document}: {}", conflict.entry, conflict.problem)?;
    }
    for (reader, count) in &earlier {
        writeln!(out, "{}", paint.name("Read by another version"))?;
        writeln!(out, "  {count} documents, by version {}; `trucewatch reread` reads them again", reader.version)?;
    }
    if !waiting.is_empty() {
        writeln!(out, "{}", paint.name("Doubtful claims that nobody decided on"))?;
    }
    for item in &waiting {
        let claim = ledger.claim_as_read(&item.claim)?;
        let what = format!("{} {}, {}", claim.kind.value, claim.mode.value, claim.speaker.value.name);
        writeln!(
            out,
            "  {}  {}, {}: {}",
            paint.key(&item.claim),
            flat(&what),
            name_of(&ledger, &item.document),
            item.why
        )?;
        writeln!(out, "    “{}”", words(&ledger, &claim))?;
    }
    if conflicts.is_empty() && earlier.is_empty() && waiting.is_empty() {
        writeln!(out, "nothing waits")?;
    }
    Ok(Exit::Done)
}

/// The words of a claim.
pub(super) fn words(ledger: &Ledger, claim: &trucewatch::claim::Claim) -> String {
    let recalled = ledger.moment(None).and_then(|m| ledger.recall(&claim.document, m)).ok().flatten();
    recalled.map(|r| flat(r.source.words(claim.span))).unwrap_or_default()
}
