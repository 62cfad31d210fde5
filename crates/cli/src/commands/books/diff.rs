//! `trucewatch diff`: what changed in the brief between two times, and why.

use std::collections::{BTreeMap, BTreeSet};
use std::io::Write;
use std::path::Path;

use desk::decide;
use desk::evidence::period_of;
use ledger::decision::{Act, Decided};
use ledger::history::{Event, What};
use ledger::{Ledger, Moment};
use trucewatch::brief::{Basis, Brief, Line, Piece};

use super::{draw, review};
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
    let old = lines(&draw(&ledger, &args.world, period, before)?);
    let new = lines(&draw(&ledger, &args.world, period, after)?);
    let reasons = Reasons { ledger: &ledger, before, after };
    let changes = changes(&old, &new);
    for (i, group) in changes.chunk_by(|a, b| a.place == b.place).enumerate() {
        if i > 0 {
            writeln!(out)?;
        }
        tell(group, &reasons, out)?;
    }
    if changes.is_empty() {
        writeln!(out, "nothing changed in the brief of {} to {}", period.from, period.to)?;
    }
    Ok(Exit::Done)
}

/// The changes at one place of the brief; lines that changed for the same reasons stand together, these below them.
fn tell(group: &[Change<'_>], reasons: &Reasons<'_>, out: &mut dyn Write) -> Result<(), Failure> {
    let paint = Paint::of_stdout();
    writeln!(out, "{}", paint.name(group.first().map_or("", |c| c.place)))?;
    let whys = group.iter().map(|c| reasons.of(c.claims)).collect::<Result<Vec<_>, Failure>>()?;
    let both: Vec<_> = group.iter().zip(&whys).collect();
    for same in both.chunk_by(|(_, a), (_, b)| a == b) {
        for (change, _) in same {
            writeln!(out, "{} {}", change.sign, change.text)?;
        }
        for reason in same.first().into_iter().flat_map(|(_, reasons)| *reasons) {
            writeln!(out, "    {}", paint.faint(reason))?;
        }
    }
    Ok(())
}

/// A line of a brief: where it stands, its words, the claims that it rests on.
struct Told {
    place: String,
    text: String,
    claims: BTreeSet<String>,
}

fn lines(brief: &Brief) -> Vec<Told> {
    let mut all = Vec::new();
    for section in &brief.sections {
        for entry in &section.entries {
            let heading = entry.heading.as_ref().map(|h| format!(": {h}")).unwrap_or_default();
            let place = format!("{}{heading}", section.title);
            all.extend(entry.told.iter().chain(&entry.weighed).map(|line| told(&place, line)));
        }
    }
    all
}

fn told(place: &str, line: &Line) -> Told {
    let words = |piece: &Piece| match piece {
        Piece::Text(text) => text.clone(),
        Piece::Quote(text) => format!("“{text}”"),
        Piece::Note(_) => String::new(),
    };
    let claims = match &line.basis {
        Basis::Claims(ids) => ids.iter().cloned().collect(),
        Basis::Agreement(_) | Basis::Nil(_) => BTreeSet::new(),
    };
    Told { place: place.to_owned(), text: line.pieces.iter().map(words).collect(), claims }
}

/// A line that only one of two briefs has.
struct Change<'a> {
    /// `-` where it is gone, `+` where it is new.
    sign: char,
    place: &'a str,
    text: &'a str,
    claims: &'a BTreeSet<String>,
}

/// Lines that only one of the two has, by place: what is gone before what is new.
fn changes<'a>(old: &'a [Told], new: &'a [Told]) -> Vec<Change<'a>> {
    let key = |t: &'a Told| (t.place.as_str(), t.text.as_str());
    let (before, after): (BTreeSet<_>, BTreeSet<_>) = (old.iter().map(key).collect(), new.iter().map(key).collect());
    let mut places: BTreeMap<&str, usize> = BTreeMap::new();
    for told in new.iter().chain(old) {
        let next = places.len();
        places.entry(&told.place).or_insert(next);
    }
    let change = |sign| move |t: &'a Told| Change { sign, place: &t.place, text: &t.text, claims: &t.claims };
    let gone = old.iter().filter(|t| !after.contains(&key(t))).map(change('-'));
    let come = new.iter().filter(|t| !before.contains(&key(t))).map(change('+'));
    let mut all: Vec<Change<'_>> = gone.chain(come).collect();
    all.sort_by_key(|c| (places.get(c.place).copied(), c.sign == '+'));
    all
}

/// What was recorded between two moments.
struct Reasons<'a> {
    ledger: &'a Ledger,
    before: Moment,
    after: Moment,
}

impl Reasons<'_> {
    /// Why lines that rest on these claims changed, by entry.
    fn of(&self, claims: &BTreeSet<String>) -> Result<Vec<String>, Failure> {
        let mut reasons = BTreeMap::new();
        for claim in claims {
            for event in self.ledger.history(claim, self.after)? {
                reasons.extend(self.reason(claim, &event)?);
            }
        }
        // That a new document was read goes without saying.
        let new: BTreeSet<u64> =
            reasons.iter().filter(|(_, r)| r.starts_with("new document")).map(|(entry, _)| entry + 1).collect();
        reasons.retain(|entry, reason| !(reason.starts_with("new reading") && new.contains(entry)));
        if reasons.is_empty() {
            return Ok(vec!["follows from the changes beside it".to_owned()]);
        }
        Ok(reasons.into_values().collect())
    }

    /// What an event that lies between the two moments changed, with its entry.
    fn reason(&self, claim: &str, event: &Event) -> Result<Option<(u64, String)>, Failure> {
        let Event { entry, what, .. } = event;
        if let What::Decided(decided) = what {
            return Ok(self.decided(decided));
        }
        if self.before.holds(*entry) {
            return Ok(None);
        }
        let (_, document) = self.ledger.claim_id(claim)?;
        let name = review::name(self.ledger, &document);
        let words = match what {
            What::Document => format!("new document: {name} (entry {entry})"),
            What::Read(reader) => format!("new reading: {name} by version {} (entry {entry})", reader.version),
            What::ReadWithout(reader) => {
                format!("new reading: {name} by version {}, without claim {claim} (entry {entry})", reader.version)
            }
            What::Removed => format!("removed by policy: {name} (entry {entry})"),
            What::Decided(_) => return Ok(None),
        };
        Ok(Some((*entry, words)))
    }

    /// A decision that was made between the two moments and holds, or was undone between them.
    fn decided(&self, decided: &Decided) -> Option<(u64, String)> {
        let Decided { entry, decision, undone, .. } = decided;
        let changes =
            matches!(decision.act, Act::Reject { .. } | Act::Correct { .. } | Act::Merge { .. } | Act::Split { .. });
        match (self.before.holds(*entry), undone) {
            (false, None) if changes => Some((*entry, format!("decision {entry}: {}", decide::in_words(decided)))),
            (true, Some(by)) if changes && !self.before.holds(*by) => {
                Some((*by, format!("decision {by}: decision {entry} undone, {}", decide::act_in_words(&decision.act))))
            }
            _ => None,
        }
    }
}
