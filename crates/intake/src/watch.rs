//! Following feeds: each is visited in turn at polite intervals, asked for news only, and the pages that its new entries
//! lead to are fetched. What was taken in is remembered, so that a watch that was stopped goes on where it was.

mod address;
mod feeds;
mod fetch;
mod link;
mod state;

use std::collections::BTreeSet;
use std::time::Duration;

use trucewatch::document::Meta;
use trucewatch::note::Note;

pub use address::{LOCAL, is_public};
pub use feeds::{EVERY, LEAST, ListError, Watched, feeds};
pub use fetch::{FetchError, Validators, agent, web_address};
pub use link::link;
pub use state::{FeedState, LastVisit, State};

use crate::content::{Member, Taken};
use crate::feed::{Lead, entries, leads};
use crate::{Limits, Received};
use fetch::Client;

/// Longest time between two visits, in seconds, whatever a server asks for and however often it failed.
const LONGEST: u64 = 86_400;

/// How a watch goes about.
#[derive(Debug, Clone)]
pub struct Manner {
    /// What is taken in at most.
    pub limits: Limits,
    /// Time for one request, from looking the name up to the last byte. Default 60 s.
    pub request: Duration,
    /// Pause between two requests to one host. Default 1 s.
    pub pause: Duration,
    /// Pages that are fetched on one visit to a feed, at most; the others come on the next. Default 50.
    pub pages: usize,
    /// Whether private and local addresses may be fetched from. Default no.
    pub allow_local: bool,
}

impl Default for Manner {
    fn default() -> Manner {
        let (request, pause) = (Duration::from_secs(60), Duration::from_secs(1));
        Manner { limits: Limits::default(), request, pause, pages: 50, allow_local: false }
    }
}

/// What a visit to a feed brought.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Visit {
    /// Documents that were handed on.
    pub new: usize,
    /// The server said that nothing has changed.
    pub unchanged: bool,
    /// Entries whose page could not be fetched or read; the words of the feed stand in for it where it has any.
    pub wrong: Vec<String>,
}

/// Feeds that are followed.
#[derive(Debug)]
pub struct Watch {
    feeds: Vec<Watched>,
    manner: Manner,
    client: Client,
    /// Where each feed stands; keep it with [`State::save`] after each visit.
    pub state: State,
}

impl Watch {
    /// Follows some feeds from where an earlier run left them.
    #[must_use]
    pub fn new(feeds: Vec<Watched>, manner: Manner, state: State) -> Watch {
        let client = Client::new(&manner.limits, manner.request, manner.allow_local);
        Watch { feeds, manner, client, state }
    }

    /// The feed that is due next, and in how many seconds from `now` (Unix time); none where there are no feeds.
    #[must_use]
    pub fn next(&self, now: i64) -> Option<(usize, u64)> {
        let due = |feed: &Watched| self.state.feeds.get(&feed.url).map_or(0, |s| s.next);
        let soonest = self.feeds.iter().enumerate().min_by_key(|(i, feed)| (due(feed), *i));
        soonest.map(|(i, feed)| (i, u64::try_from(due(feed) - now).unwrap_or(0)))
    }

    /// The address of a feed.
    #[must_use]
    pub fn url(&self, feed: usize) -> &str {
        self.feeds.get(feed).map_or("", |f| &f.url)
    }

    /// Visits a feed and hands on each new document. An entry counts as taken in once `keep` has returned without an
    /// error; one that was not comes again on the next visit.
    ///
    /// # Errors
    /// The error of `keep`; that the feed itself cannot be fetched or read is told as [`Trouble::Feed`].
    pub fn visit<E>(
        &mut self,
        feed: usize,
        now: i64,
        keep: impl FnMut(Received) -> Result<(), E>,
    ) -> Result<Visit, Trouble<E>> {
        let Some(watched) = self.feeds.get(feed).cloned() else { return Ok(Visit::default()) };
        let mut state = self.state.feeds.remove(&watched.url).unwrap_or_default();
        let outcome = self.visited(&watched, &mut state, keep);
        let wait = match &outcome {
            Ok((_, fresh)) => {
                state.failures = 0;
                watched.every.max(fresh.unwrap_or(0))
            }
            Err(trouble) => {
                state.failures += 1;
                let doubled = watched.every.saturating_mul(1 << state.failures.min(10));
                doubled.max(trouble.retry().unwrap_or(0))
            }
        };
        state.last = Some(told(&outcome, now));
        state.next = now.saturating_add_unsigned(wait.min(LONGEST.max(watched.every)));
        self.state.feeds.insert(watched.url, state);
        outcome.map(|(visit, _)| visit)
    }

    fn visited<E>(
        &self,
        watched: &Watched,
        state: &mut FeedState,
        mut keep: impl FnMut(Received) -> Result<(), E>,
    ) -> Result<(Visit, Option<u64>), Trouble<E>> {
        let Some(fetched) = self.client.get(&watched.url, &state.validators).map_err(Trouble::Feed)? else {
            return Ok((Visit { unchanged: true, ..Visit::default() }, None));
        };
        let limits = &self.manner.limits;
        let charset = fetched.charset.as_deref();
        let told = |r: crate::Refusal| {
            Trouble::Feed(FetchError { url: watched.url.clone(), message: r.message, hint: r.hint, retry: None })
        };
        let leads = leads(&fetched.bytes, charset, limits).map_err(told)?;
        let unseen = state.unseen();
        let fresh: Vec<_> =
            leads.into_iter().zip(entries(&fetched.bytes, charset, limits)).filter(|(l, _)| unseen(&l.id)).collect();
        let whole = fresh.len() <= self.manner.pages;
        let mut visit = Visit::default();
        let mut hosts = BTreeSet::new();
        for (lead, entry) in fresh.into_iter().take(self.manner.pages) {
            if let Some(received) = self.received(watched, &lead, entry, &mut visit, &mut hosts) {
                keep(received).map_err(Trouble::Keep)?;
                visit.new += 1;
            }
            state.see(&lead.id);
        }
        // Only what was taken in whole may be skipped next time.
        state.validators = if whole { fetched.validators } else { Validators::default() };
        Ok((visit, fetched.fresh))
    }

    /// The document of an entry: its page, or what the feed says of it.
    fn received(
        &self,
        watched: &Watched,
        lead: &Lead,
        entry: Member,
        visit: &mut Visit,
        hosts: &mut BTreeSet<String>,
    ) -> Option<Received> {
        let mut entry = entry.map_err(|bad| visit.wrong.push(format!("{}: {}", lead.id, bad.refusal))).ok()?;
        let page = lead.url.as_deref().filter(|_| watched.pages).map(|url| {
            self.wait(url, hosts);
            self.page(url)
        });
        let outlet = watched.outlet.clone().or_else(|| entry.content.meta.outlet.clone());
        let told = Meta { outlet, ..entry.content.meta.clone() };
        let name = lead.url.clone().unwrap_or_else(|| format!("{}#{}", watched.url, lead.id));
        match page {
            Some(Ok(page)) if page.content.text.len() * 2 >= entry.content.text.len() => {
                Some(Received::new(&name, page, |own| completed(own, told)))
            }
            Some(Err(message)) => {
                entry.content.notes.push(Note::on_document("page", format!("its page is not read: {message}")));
                visit.wrong.push(message);
                entry.suffix.clear();
                Some(Received::new(&name, entry, |_| told)).filter(|r| !r.document.text().trim().is_empty())
            }
            _ => {
                entry.suffix.clear();
                Some(Received::new(&name, entry, |_| told))
            }
        }
    }

    /// Pauses before a second request to one host.
    fn wait(&self, url: &str, hosts: &mut BTreeSet<String>) {
        let host = crate::html::host(url).unwrap_or_default();
        if !hosts.insert(host) {
            std::thread::sleep(self.manner.pause);
        }
    }

    fn page(&self, url: &str) -> Result<Taken, String> {
        link::page(&self.client, url, &self.manner.limits).map_err(|e| e.to_string())
    }
}

/// What is remembered of a visit.
fn told<E>(outcome: &Result<(Visit, Option<u64>), Trouble<E>>, at: i64) -> LastVisit {
    match outcome {
        Ok((Visit { new, unchanged, wrong }, _)) => {
            LastVisit { at, new: *new, unchanged: *unchanged, wrong: wrong.len(), error: None }
        }
        Err(Trouble::Feed(error)) => LastVisit { at, error: Some(error.message.clone()), ..LastVisit::default() },
        Err(Trouble::Keep(_)) => {
            LastVisit { at, error: Some("what was fetched could not be kept".to_owned()), ..LastVisit::default() }
        }
    }
}

/// What the page says of itself goes before what the feed says, but for the outlet.
fn completed(own: Meta, told: Meta) -> Meta {
    Meta {
        published: own.published.or(told.published),
        outlet: told.outlet.or(own.outlet),
        url: own.url.or(told.url),
        title: own.title.or(told.title),
    }
}

/// Why a visit broke off.
#[derive(Debug, thiserror::Error)]
pub enum Trouble<E> {
    /// The feed cannot be fetched or read; it is visited again after a longer pause.
    #[error(transparent)]
    Feed(FetchError),
    /// The document could not be kept.
    #[error("what was fetched could not be kept")]
    Keep(E),
}

impl<E> Trouble<E> {
    fn retry(&self) -> Option<u64> {
        match self {
            Trouble::Feed(error) => error.retry,
            Trouble::Keep(_) => None,
        }
    }
}
