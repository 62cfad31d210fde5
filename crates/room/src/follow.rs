//! Feeds that the room itself visits while it runs, each at its interval, where an administrator has switched that on;
//! and those that somebody asks to have visited now. The room makes no such request otherwise.

use std::collections::BTreeSet;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use desk::feeds::Feeds;
use intake::watch::{LEAST, Manner, State, Watched};
use jiff::Timestamp;

use crate::error::Refusal;
use crate::room::{Room, aside};

/// Seconds between two looks at what is due.
const EVERY: Duration = Duration::from_secs(5);
/// Time for one request; a room that is closed waits for the one under way.
const PATIENCE: Duration = Duration::from_secs(20);

/// What is asked for and what is under way.
#[derive(Default)]
pub(crate) struct Following {
    asked: Mutex<BTreeSet<String>>,
    current: Mutex<Option<String>>,
    stop: AtomicBool,
}

impl Following {
    /// Has a feed visited at the next look, whether or not the room visits feeds by itself.
    pub(crate) fn ask(&self, url: &str) {
        self.asked.lock().unwrap_or_else(PoisonError::into_inner).insert(url.to_owned());
    }

    /// Whether a visit to a feed is under way, or asked for.
    pub(crate) fn is_on(&self, url: &str) -> bool {
        let held = |url: &str| self.asked.lock().unwrap_or_else(PoisonError::into_inner).contains(url);
        held(url) || self.current.lock().unwrap_or_else(PoisonError::into_inner).as_deref() == Some(url)
    }

    /// Has a visit that is under way take nothing more in.
    pub(crate) fn stop(&self) {
        self.stop.store(true, Ordering::Relaxed);
    }
}

impl Room {
    /// The list of feeds.
    pub(crate) fn feeds(&self) -> Feeds {
        Feeds::of(&self.options.ledger, self.options.feeds.as_deref())
    }

    /// How feeds are visited from here.
    pub(crate) fn manner(&self) -> Manner {
        Manner { request: PATIENCE, allow_local: self.options.allow_local, ..Manner::default() }
    }
}

/// Looks for what is due and visits it, as long as the room is open.
pub(crate) async fn run(room: Arc<Room>) {
    loop {
        match round(&room, Timestamp::now()).await {
            Ok(true) => continue,
            Ok(false) => {}
            Err(refusal) => tracing::error!(message = refusal.message, "feeds"),
        }
        tokio::time::sleep(EVERY).await;
    }
}

/// One look: visits one feed that is due, or asked for; whether there was one.
///
/// # Errors
/// Where the list, the state or the ledger cannot be read or written. That a feed fails is no error: it is noted beside
/// it, and visited again after a longer pause.
pub async fn round(room: &Arc<Room>, now: Timestamp) -> Result<bool, Refusal> {
    let room = Arc::clone(room);
    aside(move || {
        let by_itself = room.accounts.visits_feeds()?;
        let Some(feed) = due(&room, by_itself, now.as_second())? else { return Ok(false) };
        let current = |url| *room.following.current.lock().unwrap_or_else(PoisonError::into_inner) = url;
        current(Some(feed.url.clone()));
        let done = visited(&room, &feed, now.as_second());
        current(None);
        done.map(|()| true)
    })
    .await
}

fn visited(room: &Room, feed: &Watched, now: i64) -> Result<(), Refusal> {
    let world = room.world()?;
    let desk = (room.options.ledger.as_path(), &*world);
    match room.feeds().visit(feed, room.manner(), now, desk, &room.following.stop) {
        Ok(visit) => tracing::info!(new = visit.new, wrong = visit.wrong.len(), "a feed was visited"),
        Err(failure) => tracing::warn!(message = failure.message, "a feed could not be visited"),
    }
    Ok(())
}

/// The feed to visit now: one that was asked for, else, where the room visits by itself, the one that is due longest.
fn due(room: &Room, by_itself: bool, now: i64) -> Result<Option<Watched>, Refusal> {
    let asked = room.following.asked.lock().unwrap_or_else(PoisonError::into_inner).pop_first();
    if !by_itself && asked.is_none() {
        return Ok(None);
    }
    let (all, state) = (room.feeds().all()?, room.feeds().state()?);
    if let Some(url) = asked {
        return Ok(all.into_iter().find(|f| f.url == url));
    }
    let next = |f: &Watched| state.feeds.get(&f.url).map_or(0, |s| s.next);
    Ok(all.into_iter().filter(|f| next(f) <= now).min_by_key(|f| next(f)))
}

/// Whether a feed was visited too lately to be visited again.
pub(crate) fn is_early(state: &State, url: &str, now: i64) -> bool {
    let last = state.feeds.get(url).and_then(|s| s.last.as_ref());
    last.is_some_and(|l| now.saturating_sub(l.at) < i64::try_from(LEAST).unwrap_or(i64::MAX))
}
