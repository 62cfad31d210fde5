//! Where books are kept that were looked at lately.

use std::sync::{Arc, Mutex, PoisonError};

use tokio::sync::OnceCell;

use super::{Books, Key};

/// What is kept, at most.
const KEPT: usize = 8;
/// Documents of all that is kept together, at most, but for what is looked at.
const DOCUMENTS: usize = 30_000;

type Place = Arc<OnceCell<Arc<Books>>>;

/// What was recalled lately. Two who want the same wait for one recall.
#[derive(Default)]
pub(crate) struct Shelf(Mutex<Vec<(Key, Place)>>);

impl Shelf {
    /// The place of what a key is of, and books of fewer entries from which to go on to it. What was not looked at for
    /// longest makes room.
    pub(crate) fn place(&self, key: &Key) -> (Place, Option<Arc<Books>>) {
        let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let found = kept.iter().position(|(k, _)| k == key).map(|at| kept.remove(at));
        let before = kept.iter().rev().filter(|(k, _)| k.leads_to(key)).find_map(|(_, place)| place.get().cloned());
        let (key, place) = found.unwrap_or_else(|| (key.clone(), Place::default()));
        kept.push((key, Arc::clone(&place)));
        let size = |place: &Place| place.get().map_or(0, |books| books.evidence().sources.len());
        let mut documents: usize = kept.iter().map(|(_, place)| size(place)).sum();
        while kept.len() > KEPT || (documents > DOCUMENTS && kept.len() > 1) {
            documents -= size(&kept.remove(0).1);
        }
        (place, before)
    }

    /// Takes everything away.
    pub(crate) fn clear_all(&self) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).clear();
    }

    /// Takes away what others went on from.
    pub(crate) fn clear(&self, key: &Key) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).retain(|(k, _)| k != key);
    }
}

impl Key {
    /// Whether what it is of can be gone on from: fewer entries, most of the same days, the same hidden, and the same
    /// mission's field reports seen.
    fn leads_to(&self, later: &Key) -> bool {
        let most_days = match (self.period, later.period) {
            (None, None) => true,
            (Some(a), Some(b)) => {
                let days = |from: jiff::civil::Date, to: jiff::civil::Date| (to - from).get_days() + 1;
                2 * days(a.from.max(b.from), a.to.min(b.to)) > days(a.from, a.to).max(days(b.from, b.to))
            }
            _ => false,
        };
        self.moment < later.moment && self.hidden == later.hidden && self.kept.sees == later.kept.sees && most_days
    }
}
