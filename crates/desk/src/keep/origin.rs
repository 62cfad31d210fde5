//! Copies are found on the way in: each new document is laid beside those that were published in the days round it, and
//! one that has the words of another shares its origin.

use std::collections::{BTreeMap, BTreeSet};

use intake::copies::{Copies, Sketch};
use jiff::ToSpan;
use jiff::civil::Date;
use ledger::entry::DocumentRecord;
use ledger::{Kept, Ledger};

use crate::failure::Failure;

/// Days before and after a document's own in which its copies are looked for.
const ROUND: i32 = 14;
/// Texts that are held at a time; past these, those of other days are dropped.
const HELD: usize = 20_000;

/// Documents beside which new ones are laid.
#[derive(Default)]
pub(super) struct Origins {
    copies: Copies,
    days: BTreeSet<Date>,
    /// By key, in the order of coming in: id and name of the first document of the family that a document belongs to.
    firsts: BTreeMap<u64, (String, String)>,
    known: BTreeSet<String>,
}

impl Origins {
    /// Notes in a document's record whose copy it is, lays it beside the others, and gives the name of the first that
    /// it is a copy of. `day` is that of its publication, or of its coming in.
    pub(super) fn mark(
        &mut self,
        ledger: &Ledger,
        record: &mut DocumentRecord,
        sketch: Sketch,
        day: Date,
    ) -> Result<Option<String>, Failure> {
        self.hold(ledger, day)?;
        if self.known.contains(&record.id) {
            return Ok(None);
        }
        let found = self.copies.find(self.next(), &sketch);
        let first = found.and_then(|copy| Some((self.firsts.get(&copy.key)?.clone(), copy.likeness)));
        let Some(((id, name), likeness)) = first else {
            let own = (record.id.clone(), record.name.clone());
            self.insert(&record.id, own, sketch);
            return Ok(None);
        };
        record.set_origin(&id, &likeness.reason());
        self.insert(&record.id, (id, name.clone()), sketch);
        Ok(Some(name))
    }

    /// The key of the next document.
    fn next(&self) -> u64 {
        self.firsts.last_key_value().map_or(0, |(last, _)| last + 1)
    }

    fn insert(&mut self, id: &str, first: (String, String), sketch: Sketch) {
        let key = self.next();
        self.known.insert(id.to_owned());
        self.firsts.insert(key, first);
        self.copies.insert(key, sketch);
    }

    /// Takes in what the ledger has of the days round one.
    fn hold(&mut self, ledger: &Ledger, day: Date) -> Result<(), Failure> {
        if self.firsts.len() > HELD {
            *self = Origins::default();
        }
        for days in -ROUND..=ROUND {
            let Ok(day) = day.checked_add(days.days()) else { continue };
            if !self.days.insert(day) {
                continue;
            }
            for Kept { id, origin, text } in ledger.texts_of(day)? {
                if !self.known.contains(&id) {
                    self.insert(&id, origin, Sketch::of(&text));
                }
            }
        }
        Ok(())
    }
}
