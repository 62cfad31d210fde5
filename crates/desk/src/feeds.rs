//! The feeds of a ledger: the list beside it that `watch` and the room share, where each stands, trying one out, and
//! visits whose documents are read and kept.

use std::fs;
use std::io::{self, Write};
use std::net::IpAddr;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};

use intake::Received;
use intake::watch::{
    EVERY, LEAST, LOCAL, ListError, Manner, State, Trouble, Validators, Visit, Watch, Watched, feeds, is_public,
    web_address,
};
use ledger::Ledger;

use crate::beside::beside;
use crate::failure::{Failure, Trouble as Sort};
use crate::keep::{Item, Keeper, one};
use crate::world::SystemWorld;

/// Feeds that a list holds, at most.
const MOST: usize = 500;
/// Characters of the longest address.
const LONGEST: usize = 2_000;
/// Seconds between two visits, at most.
const SELDOM: u64 = 86_400;

/// The list of feeds of a ledger, and where each of them stands.
#[derive(Debug, Clone)]
pub struct Feeds {
    list: PathBuf,
    state: PathBuf,
}

impl Feeds {
    /// Those of a ledger: the list that was named, else `LEDGER.feeds.toml` beside it.
    #[must_use]
    pub fn of(ledger: &Path, named: Option<&Path>) -> Feeds {
        let list = named.map_or_else(|| beside(ledger, "feeds.toml"), Path::to_path_buf);
        Feeds { list, state: beside(ledger, "feeds") }
    }

    /// The list's file.
    #[must_use]
    pub fn path(&self) -> &Path {
        &self.list
    }

    /// The feeds that are listed; none where there is no list yet.
    ///
    /// # Errors
    /// Where the list cannot be read, or is none.
    pub fn all(&self) -> Result<Vec<Watched>, Failure> {
        let content = match fs::read_to_string(&self.list) {
            Err(e) if e.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
            other => other.map_err(|e| self.failed(&e))?,
        };
        if content.lines().all(|l| l.trim().is_empty() || l.trim().starts_with('#')) {
            return Ok(Vec::new());
        }
        feeds(&content).map_err(|e| Failure::new(format!("{}: {e}", self.list.display()), ListError::HINT))
    }

    /// Where each stands.
    ///
    /// # Errors
    /// Where what was kept cannot be read.
    pub fn state(&self) -> Result<State, Failure> {
        State::load(&self.state).map_err(|e| {
            let hint = "remove it to begin anew, if nothing else writes to it";
            Failure::new(format!("{}: {e}", self.state.display()), hint)
        })
    }

    /// Keeps where each stands.
    ///
    /// # Errors
    /// Where it cannot be written.
    pub fn save(&self, state: &State) -> Result<(), Failure> {
        let hint = "check that its folder can be written to";
        state.save(&self.state).map_err(|e| Failure::new(format!("{}: {e}", self.state.display()), hint))
    }

    /// Adds one to the list.
    ///
    /// # Errors
    /// Where it is listed already, the list is full, or cannot be written.
    pub fn add(&self, feed: Watched) -> Result<(), Failure> {
        let mut all = self.all()?;
        if all.iter().any(|f| f.url == feed.url) {
            return Err(Failure::new(format!("{} is listed already", feed.url), "remove it first to change it"));
        }
        if all.len() >= MOST {
            return Err(Failure::new(format!("the list holds {MOST} feeds"), "remove one that is not needed"));
        }
        all.push(feed);
        self.write(&all)
    }

    /// Takes one off the list. What was taken in from it is remembered.
    ///
    /// # Errors
    /// Where it is not listed, or the list cannot be written.
    pub fn remove(&self, url: &str) -> Result<(), Failure> {
        self.listed(url)?;
        self.write(&Vec::from_iter(self.all()?.into_iter().filter(|f| f.url != url)))
    }

    /// One that is listed.
    ///
    /// # Errors
    /// Where it is not.
    pub fn listed(&self, url: &str) -> Result<Watched, Failure> {
        let none = || Failure {
            trouble: Sort::Missing,
            ..Failure::new(format!("no feed `{url}` is listed"), "the page lists those that are")
        };
        self.all()?.into_iter().find(|f| f.url == url).ok_or_else(none)
    }

    /// Writes the list as a whole: a stop at any moment leaves the old or the new one. The old one stays beside it, for
    /// remarks that stood in it are not written again.
    fn write(&self, all: &[Watched]) -> Result<(), Failure> {
        let written = || {
            let folder = self.list.parent().filter(|p| !p.as_os_str().is_empty()).unwrap_or(Path::new("."));
            fs::create_dir_all(folder)?;
            if self.list.is_file() {
                fs::copy(&self.list, beside(&self.list, "before"))?;
            }
            let mut file = tempfile::NamedTempFile::new_in(folder)?;
            file.write_all(in_toml(all).as_bytes())?;
            file.as_file().sync_all()?;
            file.persist(&self.list).map(drop).map_err(|e| e.error)
        };
        written().map_err(|e: io::Error| self.failed(&e))
    }

    fn failed(&self, e: &io::Error) -> Failure {
        Failure::new(format!("{}: {e}", self.list.display()), "check that the file can be read and written")
    }

    /// What a visit to a feed would bring now: its entries that were not taken in, in the feed's own words. One request
    /// is made, and nothing kept.
    ///
    /// # Errors
    /// Where it cannot be fetched or read.
    pub fn try_out(&self, feed: &Watched, manner: Manner) -> Result<(Vec<Received>, Visit), Failure> {
        let mut state = self.state()?;
        state.feeds.entry(feed.url.clone()).or_default().validators = Validators::default();
        let in_its_words = Watched { pages: false, ..feed.clone() };
        let mut watch = Watch::new(vec![in_its_words], manner, state);
        let mut found = Vec::new();
        let visited = watch.visit(0, 0, |received| {
            found.push(received);
            Ok::<(), Failure>(())
        });
        visited.map(|visit| (found, visit)).map_err(whole)
    }

    /// Visits a feed, reads what is new and keeps it. Once `stop` is set nothing more is taken in; what was not comes
    /// on the next visit.
    ///
    /// # Errors
    /// Where the feed cannot be fetched, or something cannot be kept. What became of it is noted either way.
    pub fn visit(
        &self,
        feed: &Watched,
        manner: Manner,
        now: i64,
        desk: (&Path, &SystemWorld),
        stop: &AtomicBool,
    ) -> Result<Visit, Failure> {
        let (path, world) = desk;
        let mut ledger = Ledger::open_to_write(path)?;
        let known = ledger.document_ids()?;
        let mut keeper = Keeper::new(&mut ledger);
        let mut watch = Watch::new(vec![feed.clone()], manner, self.state()?);
        let visited = watch.visit(0, now, |received| {
            if stop.load(Ordering::Relaxed) {
                return Err(Failure::new("the room is being closed", "the rest comes on the next visit"));
            }
            let mut item = one(world, &known, received)?;
            if let Item::Read(fresh) = &mut item {
                fresh.brought_by("feeds");
            }
            keeper.take(item)?;
            keeper.flush().map(drop)
        });
        // Another program may have visited another feed meanwhile.
        let mut state = self.state()?;
        state.feeds.extend(watch.state.feeds.remove_entry(&feed.url));
        self.save(&state)?;
        visited.map_err(whole)
    }
}

fn whole(trouble: Trouble<Failure>) -> Failure {
    match trouble {
        Trouble::Feed(error) => Failure::new(error.to_string(), error.hint),
        Trouble::Keep(failure) => failure,
    }
}

/// A feed as somebody asks for it: an address of the web, not one of this machine or its network unless that is
/// allowed. Names are looked up at each visit, and checked then.
///
/// # Errors
/// Where it is none.
pub fn feed(url: &str, minutes: u64, pages: bool, outlet: &str, allow_local: bool) -> Result<Watched, Failure> {
    let parsed = web_address(url).map_err(|e| Failure::new(e.to_string(), e.hint))?;
    let host = parsed.host_str().unwrap_or_default().trim_matches(['[', ']']);
    let is_near = host.eq_ignore_ascii_case("localhost") || host.parse::<IpAddr>().is_ok_and(|ip| !is_public(ip));
    if is_near && !allow_local {
        return Err(Failure::new(format!("{url}: {LOCAL}"), "a room started with --allow-local may visit it"));
    }
    if parsed.as_str().chars().count() > LONGEST {
        return Err(Failure::new(format!("an address has {LONGEST} characters at most"), "give a shorter one"));
    }
    let every = minutes.saturating_mul(60);
    if !(LEAST..=SELDOM).contains(&every) {
        let hint = format!("{} to {} minutes", LEAST / 60, SELDOM / 60);
        return Err(Failure::new(format!("{minutes} minutes between two visits are not possible"), hint));
    }
    let outlet = Some(outlet.trim().to_owned()).filter(|o| !o.is_empty());
    if outlet.as_ref().is_some_and(|o| o.chars().count() > 200 || o.chars().any(char::is_control)) {
        return Err(Failure::new("an outlet's name has 200 characters on one line at most", "give a shorter one"));
    }
    Ok(Watched { url: parsed.into(), every, pages, outlet })
}

/// A list as TOML.
fn in_toml(all: &[Watched]) -> String {
    let mut list = "# Feeds that `trucewatch watch` and the room visit.\n".to_owned();
    for Watched { url, every, pages, outlet } in all {
        let quoted = |word: &str| toml::Value::String(word.to_owned()).to_string();
        list += &format!("\n[[feed]]\nurl = {}\n", quoted(url));
        if *every != EVERY {
            list += &format!("every = \"{every}s\"\n");
        }
        if !pages {
            list += "pages = false\n";
        }
        if let Some(outlet) = outlet {
            list += &format!("outlet = {}\n", quoted(outlet));
        }
    }
    list
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_near_or_impolite_is_refused() {
        let wrong = |url: &str, minutes| feed(url, minutes, true, "", false).unwrap_err().message;
        for url in
            ["http://127.0.0.1/x", "http://2130706433/", "http://[::1]/", "http://localhost/", "http://10.1.2.3/a"]
        {
            assert!(wrong(url, 15).ends_with(LOCAL), "{url}");
            assert!(feed(url, 15, true, "", true).is_ok(), "{url}");
        }
        assert!(wrong("file:///etc/passwd", 15).contains("not fetched"));
        assert!(wrong("https://me:secret@a.example/", 15).contains("passwords"));
        assert!(wrong("https://a.example/", 0).contains("not possible"));
        assert!(wrong("https://a.example/", u64::MAX).contains("not possible"));
        assert!(feed("https://a.example/", 15, true, "A\nB", false).is_err());
    }

    #[test]
    fn a_list_is_read_as_it_was_written() {
        let folder = tempfile::tempdir().unwrap();
        let feeds = Feeds::of(&folder.path().join("books.ledger"), None);
        assert_eq!(feeds.all().unwrap(), []);
        let plain = feed("https://a.example/rss", 15, true, "", false).unwrap();
        let full = feed("https://b.example/?q=\"x\"", 120, false, "The \"Lake\" \\ Gazette", false).unwrap();
        feeds.add(plain.clone()).unwrap();
        feeds.add(full.clone()).unwrap();
        assert!(feeds.add(plain.clone()).is_err());
        assert_eq!(feeds.all().unwrap(), [plain.clone(), full.clone()]);
        feeds.remove(&plain.url).unwrap();
        assert!(feeds.remove(&plain.url).is_err());
        feeds.remove(&full.url).unwrap();
        assert_eq!(feeds.all().unwrap(), []);
    }
}
