//! `trucewatch diff`: what changed in the brief between two times, and why.

use std::collections::{BTreeMap, BTreeSet};
use std::io::Write;
use std::path::Path;

use ledger::{Ledger, Moment};
use trucewatch::brief::{Basis, Brief, Line, Piece};

use super::{brief, history, review};
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
    let period = brief::period(&ledger, after, args.first, args.last)?;
    let old = lines(&brief::draw(&ledger, &args.world, period, before)?);
    let new = lines(&brief::draw(&ledger, &args.world, period, after)?);
    let paint = Paint::of_stdout();
    let reasons = Reasons { ledger: &ledger, before, after };
    let mut section = String::new();
    let mut any = false;
    for (sign, place, text, claims) in changes(&old, &new) {
        if section != place {
            writeln!(out, "{}", paint.name(&place))?;
            section = place;
        }
        writeln!(out, "{sign} {text}")?;
        for reason in reasons.of(&claims)? {
            writeln!(out, "    {}", paint.faint(&reason))?;
        }
        any = true;
    }
    if !any {
        writeln!(out, "nothing changed in the brief of {} to {}", period.from, period.to)?;
    }
    Ok(Exit::Done)
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

type Change = (char, String, String, BTreeSet<String>);

/// Lines that only one of the two has, by place: what is gone before what is new.
fn changes(old: &[Told], new: &[Told]) -> Vec<Change> {
    let key = |t: &Told| (t.place.clone(), t.text.clone());
    let (before, after): (BTreeSet<_>, BTreeSet<_>) = (old.iter().map(key).collect(), new.iter().map(key).collect());
    let mut places: BTreeMap<&str, usize> = BTreeMap::new();
    for told in new.iter().chain(old) {
        let next = places.len();
        places.entry(&told.place).or_insert(next);
    }
    let gone = old.iter().filter(|t| !after.contains(&key(t))).map(|t| ('-', t));
    let come = new.iter().filter(|t| !before.contains(&key(t))).map(|t| ('+', t));
    let mut all: Vec<(char, &Told)> = gone.chain(come).collect();
    all.sort_by_key(|(sign, told)| (places.get(told.place.as_str()).copied(), *sign == '+'));
    all.into_iter().map(|(sign, t)| (sign, t.place.clone(), t.text.clone(), t.claims.clone())).collect()
}

/// What was recorded between two moments.
struct Reasons<'a> {
    ledger: &'a Ledger,
    before: Moment,
    after: Moment,
}

impl Reasons<'_> {
    /// Why lines that rest on these claims changed.
    fn of(&self, claims: &BTreeSet<String>) -> Result<Vec<String>, Failure> {
        let mut reasons = BTreeSet::new();
        for claim in claims {
            for event in self.ledger.history(claim, self.after)? {
                if self.before.holds(event.entry) {
                    continue;
                }
                reasons.insert((event.entry, self.reason(claim, &event)?));
            }
        }
        let documents: BTreeSet<u64> =
            reasons.iter().filter(|(_, r)| r.starts_with("new document")).map(|(entry, _)| entry + 1).collect();
        reasons.retain(|(entry, reason)| !(reason.starts_with("new reading") && documents.contains(entry)));
        if reasons.is_empty() {
            return Ok(vec!["follows from the changes beside it".to_owned()]);
        }
        Ok(reasons.into_iter().map(|(_, reason)| reason).collect())
    }

    fn reason(&self, claim: &str, event: &ledger::history::Event) -> Result<String, Failure> {
        use ledger::history::What;
        let (_, document) = self.ledger.claim_id(claim)?;
        let name = review::name(self.ledger, &document);
        Ok(match &event.what {
            What::Document => format!("new document: {name} (entry {})", event.entry),
            What::Read(reader) => format!("new reading: {name} by version {} (entry {})", reader.version, event.entry),
            What::ReadWithout(reader) => {
                format!(
                    "new reading: {name} by version {}, without claim {claim} (entry {})",
                    reader.version, event.entry
                )
            }
            What::Decided(decided) => format!("decision {}: {}", event.entry, history::decision(decided)),
            What::Removed => format!("removed by policy: {name} (entry {})", event.entry),
        })
    }
}
