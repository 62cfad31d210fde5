//! What was searched lately, and found: the same words over the same entries are not looked for again.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex, PoisonError};

use ledger::search::{Hit, Query};
use ledger::{Ledger, Moment};

use crate::error::Refusal;

/// Searches that are kept, at most.
const KEPT: usize = 64;

type Asked = (Moment, Vec<String>, Option<String>, Option<String>, u32);

/// Searches, the one that was made first at the front.
#[derive(Default)]
pub(crate) struct Searches(Mutex<VecDeque<(Asked, Arc<Vec<Hit>>)>>);

impl Searches {
    /// What a search for words finds.
    pub(crate) fn find(&self, ledger: &Ledger, query: &Query, moment: Moment) -> Result<Arc<Vec<Hit>>, Refusal> {
        let asked = (moment, query.phrases.clone(), query.from.clone(), query.to.clone(), query.limit);
        let held = || self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((_, found)) = held().iter().find(|(a, _)| *a == asked) {
            return Ok(Arc::clone(found));
        }
        let found = Arc::new(ledger.search(query, moment)?);
        let mut held = held();
        if held.len() >= KEPT {
            held.pop_front();
        }
        held.push_back((asked, Arc::clone(&found)));
        Ok(found)
    }
}
