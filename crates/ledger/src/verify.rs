//! Checking everything again: every part against its header, every header against the next, the tree against every
//! signed checkpoint. The first thing that is wrong is named.

mod entries;

use rusqlite::OptionalExtension;

use crate::error::Result;
use crate::key::checkpoint_path;
use crate::ledger::Ledger;
use crate::note::{Checkpoint, Verifier};
use crate::tree::{Edge, Root};
use entries::Walk;

/// What a check found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Verdict {
    /// Number of entries that are in order, from the first on.
    pub sound: u64,
    /// The root over them.
    pub root: Root,
    /// Checkpoints among them that agree.
    pub checkpoints: u64,
    /// Entries whose parts were removed by policy.
    pub removed: u64,
    /// The first thing that is wrong.
    pub fault: Option<Fault>,
}

/// Something that is wrong.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Fault {
    /// An entry is not what was appended.
    #[error("entry {number}: {problem}")]
    Entry {
        /// Which.
        number: u64,
        /// What is wrong with it.
        problem: String,
    },
    /// The signed head, or a checkpoint from outside, does not fit the entries.
    #[error("{0}")]
    Head(String),
}

impl Fault {
    pub(crate) fn entry(number: u64, problem: impl Into<String>) -> Fault {
        Fault::Entry { number, problem: problem.into() }
    }
}

/// The signed head as it is stored.
struct Head {
    size: u64,
    edge: Vec<u8>,
    note: String,
}

impl Ledger {
    /// Checks every entry, and the whole against the signed head, the checkpoint beside the ledger, and `checkpoint`,
    /// one that was kept elsewhere. `key` is the key that must have signed; without it, those that the ledger names.
    /// `step` is called with the number of entries done.
    ///
    /// # Errors
    /// Where the database cannot be read at all, or `checkpoint` is none.
    pub fn verify(&self, checkpoint: Option<&str>, key: Option<&Verifier>, step: impl FnMut(u64)) -> Result<Verdict> {
        let kept = checkpoint.map(Checkpoint::parse).transpose()?;
        let snapshot = self.connection.unchecked_transaction()?;
        let verifiers = match key {
            Some(key) => vec![key.clone()],
            None => self.verifiers().unwrap_or_default(),
        };
        let beside = std::fs::read_to_string(checkpoint_path(&self.path)).ok();
        let kept_size = kept.map(|k| k.root.size);
        let beside_size = beside.as_deref().and_then(|n| Checkpoint::parse(n).ok()).map(|c| c.root.size);
        let mut walk = Walk::new(self, &verifiers, [kept_size, beside_size].into_iter().flatten());
        let fault = walk.all(step).err();
        let notes = [("the checkpoint given", checkpoint), ("the checkpoint beside the ledger", beside.as_deref())];
        let fault = fault.or_else(|| self.check_head(&walk).err());
        let fault = fault.or_else(|| notes.into_iter().find_map(|(what, note)| walk.check_note(what, note?).err()));
        snapshot.finish()?;
        Ok(Verdict {
            sound: walk.edge.size(),
            root: walk.edge.root(),
            checkpoints: walk.checkpoints,
            removed: walk.removed(),
            fault,
        })
    }

    fn check_head(&self, walk: &Walk<'_>) -> std::result::Result<(), Fault> {
        let size = walk.edge.size();
        let unread = |e: crate::LedgerError| Fault::Head(format!("the head of the log: {e}"));
        let Some(Head { size: signed, edge, note }) = self.head().map_err(unread)? else {
            let problem = "it stands in a log without a signed head";
            return if size == 0 { Ok(()) } else { Err(Fault::entry(0, problem)) };
        };
        if signed > size {
            return Err(Fault::entry(size, format!("it is missing: {signed} entries were signed")));
        }
        if signed < size {
            return Err(Fault::entry(signed, "it stands after the end of what was signed"));
        }
        let kept = Edge::from_bytes(signed, &edge);
        let (open, kept) = (walk.open("the head of the log", &note)?, kept.as_ref());
        if open != walk.edge.root() {
            let from = kept.filter(|k| k.root() == open).map_or(0, |k| walk.edge.parts_from(k));
            let problem = format!("it, or one from entry {from} on, is not what was signed");
            return Err(Fault::entry(size - 1, problem));
        }
        let same = kept == Some(&walk.edge);
        same.then_some(()).ok_or_else(|| Fault::Head("the edge kept of the tree is not that of the entries".into()))
    }

    fn head(&self) -> Result<Option<Head>> {
        let row = self.connection.query_row("SELECT size, edge, note FROM head", [], |r| {
            Ok(Head { size: r.get(0)?, edge: r.get(1)?, note: r.get(2)? })
        });
        Ok(row.optional()?)
    }
}
