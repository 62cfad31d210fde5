//! Reports that somebody is looking at and has not kept yet. They lie in memory, for a while, and for whoever sent them.

use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

use desk::keep::Fresh;

use crate::accounts::Secret;
use crate::error::Refusal;

/// What is held, at most; what came first makes room.
const HELD: usize = 32;
/// For how long.
const WHILE: Duration = Duration::from_secs(3600);

/// What somebody is looking at.
pub(crate) struct Draft {
    by: i64,
    at: Instant,
    pub(crate) fresh: Vec<Fresh>,
}

/// What is looked at, by random words.
#[derive(Default)]
pub(crate) struct Drafts(Mutex<BTreeMap<String, Draft>>);

impl Drafts {
    /// Holds what an account is looking at; the word by which it is kept.
    pub(crate) fn put(&self, by: i64, fresh: Vec<Fresh>) -> Result<String, Refusal> {
        let word = Secret::new()?.reveal().to_owned();
        let mut held = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        held.retain(|_, d| d.at.elapsed() < WHILE);
        while held.len() >= HELD {
            let oldest = held.iter().min_by_key(|(_, d)| d.at).map(|(word, _)| word.clone());
            oldest.iter().for_each(|word| _ = held.remove(word));
        }
        held.insert(word.clone(), Draft { by, at: Instant::now(), fresh });
        Ok(word)
    }

    /// Takes out what an account was looking at.
    pub(crate) fn take(&self, by: i64, word: &str) -> Result<Draft, Refusal> {
        let mut held = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let is_own = held.get(word).is_some_and(|d| d.by == by && d.at.elapsed() < WHILE);
        let found = if is_own { held.remove(word) } else { None };
        found.ok_or_else(|| Refusal::missing("what was read is no longer held").hint("send the reports once more"))
    }
}
