//! What changed in the brief of some days between two moments, and why: a new document, a new reading, a decision.

use std::collections::{BTreeMap, BTreeSet};

use ledger::decision::{Act, Decided};
use ledger::history::{Event, What};
use ledger::{Ledger, Moment};
use trucewatch::brief::{Basis, Brief, Line, Period, Piece};

use crate::decide::{act_in_words, flat, in_words};
use crate::evidence::Evidence;
use crate::failure::Failure;
use crate::world::WorldOptions;

/// Draws the brief of both moments and gives the lines that only one of them has, by place.
///
/// # Errors
/// Where the ledger cannot be read, or a pack is not at hand.
pub fn changes(
    ledger: &Ledger,
    world: &WorldOptions,
    period: Period,
    before: Moment,
    after: Moment,
) -> Result<Vec<Change>, Failure> {
    let draw = |moment| Ok::<_, Failure>(lines(&Evidence::recall(ledger, world, Some(period), moment)?.brief()));
    let (old, new) = (draw(before)?, draw(after)?);
    let reasons = Reasons { ledger, before, after };
    let all = differing(&old, &new);
    let change = |d: Differing<'_>| {
        let Differing { sign, place, text, claims } = d;
        Ok(Change { sign, place: place.to_owned(), text: text.to_owned(), reasons: reasons.of(claims)? })
    };
    all.into_iter().map(change).collect()
}

/// The name of a document, or the first characters of its id.
#[must_use]
pub fn name_of(ledger: &Ledger, id: &str) -> String {
    let recalled = ledger.moment(None).and_then(|m| ledger.recall(id, m)).ok().flatten();
    recalled.map_or_else(|| id.chars().take(12).collect(), |r| flat(&r.source.name))
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

/// A line that only one of two briefs has, and why that is so.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// `-` where it is gone, `+` where it is new.
    pub sign: char,
    /// Where in the brief it stands.
    pub place: String,
    /// Its words.
    pub text: String,
    /// What was recorded that made it so.
    pub reasons: Vec<String>,
}

/// A line that only one of two briefs has.
struct Differing<'a> {
    /// `-` where it is gone, `+` where it is new.
    sign: char,
    place: &'a str,
    text: &'a str,
    claims: &'a BTreeSet<String>,
}

/// Lines that only one of the two has, by place: what is gone before what is new.
fn differing<'a>(old: &'a [Told], new: &'a [Told]) -> Vec<Differing<'a>> {
    let key = |t: &'a Told| (t.place.as_str(), t.text.as_str());
    let (before, after): (BTreeSet<_>, BTreeSet<_>) = (old.iter().map(key).collect(), new.iter().map(key).collect());
    let mut places: BTreeMap<&str, usize> = BTreeMap::new();
    for told in new.iter().chain(old) {
        let next = places.len();
        places.entry(&told.place).or_insert(next);
    }
    let change = |sign| move |t: &'a Told| Differing { sign, place: &t.place, text: &t.text, claims: &t.claims };
    let gone = old.iter().filter(|t| !after.contains(&key(t))).map(change('-'));
    let come = new.iter().filter(|t| !before.contains(&key(t))).map(change('+'));
    let mut all: Vec<Differing<'_>> = gone.chain(come).collect();
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
        let name = name_of(self.ledger, &document);
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
        let changes = matches!(
            decision.act,
            Act::Add { .. } | Act::Reject { .. } | Act::Correct { .. } | Act::Merge { .. } | Act::Split { .. }
        );
        match (self.before.holds(*entry), undone) {
            (false, None) if changes => Some((*entry, format!("decision {entry}: {}", in_words(decided)))),
            (true, Some(by)) if changes && !self.before.holds(*by) => {
                Some((*by, format!("decision {by}: decision {entry} undone, {}", act_in_words(&decision.act))))
            }
            _ => None,
        }
    }
}
