//! What somebody is looking at and has not kept yet: reports, changes of packs. They lie in memory, for a while, and for whoever sent them.

use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

use crate::accounts::Secret;
use crate::error::Refusal;

/// What is held, at most; what came first makes room.
const HELD: usize = 32;
/// For how long.
const WHILE: Duration = Duration::from_secs(3600);

/// What somebody is looking at.
struct Draft<T> {
    by: i64,
    at: Instant,
    what: T,
}

/// What is looked at, by random words.
pub(crate) struct Drafts<T>(Mutex<BTreeMap<String, Draft<T>>>);

impl<T> Default for Drafts<T> {
    fn default() -> Drafts<T> {
        Drafts(Mutex::default())
    }
}

impl<T> Drafts<T> {
    /// Holds what an account is looking at; the word by which it is kept.
    pub(crate) fn put(&self, by: i64, what: T) -> Result<String, Refusal> {
        let word = Secret::new()?.reveal().to_owned();
        let mut held = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        held.retain(|_, d| d.at.elapsed() < WHILE);
        while held.len() >= HELD {
            let oldest = held.iter().min_by_key(|(_, d)| d.at).map(|(word, _)| word.clone());
            oldest.iter().for_each(|word| _ = held.remove(word));
        }
        held.insert(word.clone(), Draft { by, at: Instant::now(), what });
        Ok(word)
    }

    /// Takes out what an account was looking at.
    pub(crate) fn take(&self, by: i64, word: &str) -> Result<T, Refusal> {
        let mut held = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let is_own = held.get(word).is_some_and(|d| d.by == by && d.at.elapsed() < WHILE);
        let found = if is_own { held.remove(word) } else { None };
        let gone = || Refusal::missing("what was looked at is no longer held").hint("send it once more");
        found.map(|d| d.what).ok_or_else(gone)
    }
}
