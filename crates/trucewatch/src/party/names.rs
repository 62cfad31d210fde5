//! Every name that the packs give to a party, indexed by its first word.

use jiff::civil::Date;
use rustc_hash::FxHashMap;

use super::cues::Cues;
use super::fold::{fold, fold_words};
use crate::pack::{Knowledge, Official, PartyId};

/// How a name stands for a party.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Kind {
    /// The party's own name.
    Name,
    /// An adjective or a word for its people.
    Demonym,
    /// A capital or seat that stands for its government.
    Seat,
    /// A body, ministry, force or building.
    Body,
    /// A person in office.
    Person,
    /// A news outlet.
    Outlet,
}

/// One name of one party.
#[derive(Debug, Clone)]
pub(super) struct Entry {
    /// Folded words.
    words: Vec<String>,
    /// As the pack writes it.
    pub(super) name: String,
    pub(super) kind: Kind,
    pub(super) party: PartyId,
    /// Letters that the text must have exactly, dots apart; for names that are common words otherwise.
    exact: Option<String>,
    /// Term of office, for persons.
    term: Option<(Date, Option<Date>)>,
    /// Folded given names, for persons.
    given: Vec<String>,
}

impl Entry {
    /// Whether a word that stands with a person's surname is no given name, initial or spelling of one of theirs:
    /// somebody else of that surname is meant.
    pub(super) fn is_foreign(&self, word: &str) -> bool {
        let word = fold(word);
        let own = |g: &String| *g == word || is_initial_of(&word, g) || is_initial_of(g, &word) || is_near(g, &word);
        self.kind == Kind::Person && !self.given.is_empty() && !word.is_empty() && !self.given.iter().any(own)
    }

    /// Last day of a term of office that was over before a day.
    fn left_before(&self, day: Option<Date>) -> Option<Date> {
        let (_, until) = self.term?;
        until.filter(|u| day.is_none_or(|d| *u <= d))
    }

    /// Whether somebody of this name was in office on a day; always for what is no person.
    fn holds_on(&self, day: Option<Date>) -> bool {
        let (Some(day), Some((from, until))) = (day, self.term) else { return true };
        from <= day && until.is_none_or(|u| day <= u)
    }

    fn fits(&self, surface: &str) -> bool {
        let letters = |s: &str| s.chars().filter(|c| c.is_alphanumeric()).collect::<String>();
        match &self.exact {
            Some(exact) => letters(surface) == *exact,
            None => (is_capital(surface) && !self.is_plain_noun(surface)) || self.is_lower(),
        }
    }

    /// "The diplomat said", where a paper is called "The Diplomat": the noun is no outlet's name.
    fn is_plain_noun(&self, surface: &str) -> bool {
        let paper = self.kind == Kind::Outlet && self.words.len() == 2 && self.words.iter().any(|w| w == "the");
        paper && !surface.split_whitespace().last().is_some_and(is_capital)
    }

    fn is_lower(&self) -> bool {
        self.name.chars().next().is_some_and(char::is_lowercase)
    }
}

/// Whether the first letter of a name is no small one.
fn is_capital(surface: &str) -> bool {
    surface.chars().find(|c| c.is_alphanumeric()).is_some_and(|c| !c.is_lowercase())
}

/// Index over all names of all packs.
#[derive(Debug, Default)]
pub struct Names {
    by_first: FxHashMap<String, Vec<Entry>>,
    longest: usize,
    /// Words of the conflicts.
    pub(super) cues: Cues,
}

impl Names {
    /// Indexes the packs' names.
    #[must_use]
    pub fn new(knowledge: &Knowledge) -> Names {
        let mut names = Names { cues: Cues::new(knowledge), ..Names::default() };
        // of two parties with one name that of the later pack, a conflict's own, goes before the world's
        for party in knowledge.parties().collect::<Vec<_>>().into_iter().rev() {
            let lists = [
                (Kind::Name, &party.names),
                (Kind::Demonym, &party.demonyms),
                (Kind::Seat, &party.seats),
                (Kind::Body, &party.bodies),
            ];
            for (kind, list) in lists {
                list.iter().for_each(|name| names.add(name, kind, &party.id, None));
            }
            party.exact.iter().for_each(|name| names.add_exact(name, &party.id));
        }
        for outlet in knowledge.outlets() {
            let party = outlet.speaks_for.clone().unwrap_or_else(|| PartyId::new(PartyId::MEDIA));
            std::iter::once(&outlet.name).chain(&outlet.also).for_each(|n| names.add(n, Kind::Outlet, &party, None));
        }
        knowledge.officials().for_each(|official| names.add_official(official));
        names.by_first.values_mut().for_each(|list| list.sort_by_key(|e| std::cmp::Reverse(e.words.len())));
        names
    }

    /// A name with a possessive inside is found with it cut off, as the text's words are, and without an apostrophe.
    fn add(&mut self, name: &str, kind: Kind, party: &PartyId, term: Option<(Date, Option<Date>)>) {
        let cut = name.replace("'s ", " s ").replace("’s ", " s ");
        if cut != name {
            self.add_words(fold_words(&cut), name, kind, party, term);
        }
        self.add_words(fold_words(name), name, kind, party, term);
    }

    fn add_words(
        &mut self,
        words: Vec<String>,
        name: &str,
        kind: Kind,
        party: &PartyId,
        term: Option<(Date, Option<Date>)>,
    ) {
        let Some(first) = words.first().cloned() else { return };
        self.longest = self.longest.max(words.len());
        let entry =
            Entry { words, name: name.to_owned(), kind, party: party.clone(), exact: None, term, given: Vec::new() };
        self.by_first.entry(first).or_default().push(entry);
    }

    fn add_exact(&mut self, name: &str, party: &PartyId) {
        self.add(name, Kind::Name, party, None);
        let letters = name.chars().filter(|c| c.is_alphanumeric()).collect();
        let first = fold_words(name).into_iter().next().unwrap_or_default();
        if let Some(entry) = self.by_first.get_mut(&first).and_then(|list| list.last_mut()) {
            entry.exact = Some(letters);
        }
    }

    fn add_official(&mut self, official: &Official) {
        let term = Some((official.from, official.until));
        let full = std::iter::once(&official.name).chain(&official.also);
        let given: Vec<String> = full.clone().flat_map(|name| fold_words(name)).collect();
        full.clone().for_each(|name| self.add_person(name, &official.party, term, &given));
        if official.surnames.is_empty() {
            let last =
                full.filter_map(|name| name.split_whitespace().last()).collect::<std::collections::BTreeSet<_>>();
            last.into_iter().for_each(|name| self.add_person(name, &official.party, term, &given));
        } else {
            official.surnames.iter().for_each(|name| self.add_person(name, &official.party, term, &given));
        }
    }

    fn add_person(&mut self, name: &str, party: &PartyId, term: Option<(Date, Option<Date>)>, given: &[String]) {
        self.add(name, Kind::Person, party, term);
        let first = fold_words(name).into_iter().next().unwrap_or_default();
        if let Some(entry) = self.by_first.get_mut(&first).and_then(|list| list.last_mut()) {
            entry.given = given.to_vec();
        }
    }

    /// The longest name that begins the given folded words, and how many of them it takes; `surface` gives the
    /// written form of the first `n` words. A person in office on the day goes before one who was not, the office last
    /// left before an earlier one.
    pub(super) fn longest_at(
        &self,
        words: &[&str],
        surface: impl Fn(usize) -> String,
        day: Option<Date>,
    ) -> Option<(usize, &Entry)> {
        let list = self.by_first.get(*words.first()?)?;
        let fits = |e: &&Entry| {
            words.len() >= e.words.len()
                && e.words.iter().zip(words).all(|(a, b)| a == b)
                && e.fits(&surface(e.words.len()))
        };
        let longest = list.iter().find(fits)?.words.len();
        let same = || list.iter().filter(|e| e.words.len() == longest).filter(fits);
        let left = || same().filter(|e| e.left_before(day).is_some()).max_by_key(|e| e.left_before(day));
        let best = same().find(|e| e.holds_on(day)).or_else(left).or_else(|| same().next())?;
        Some((longest, best))
    }

    /// The party of which a text is a name, and nothing but that.
    pub(super) fn exactly(&self, name: &str) -> Option<PartyId> {
        let folded = fold_words(name);
        let words: Vec<&str> = folded.iter().map(String::as_str).collect();
        let (n, entry) = self.longest_at(&words, |_| name.to_owned(), None)?;
        (n == words.len()).then(|| entry.party.clone())
    }

    /// Words in the longest name.
    pub(super) fn longest(&self) -> usize {
        self.longest
    }
}

/// Whether `a` is the initial of `b`.
fn is_initial_of(a: &str, b: &str) -> bool {
    a.chars().count() == 1 && b.starts_with(a)
}

/// Whether two given names of four letters or more are spellings of one another: they share all but a third of their
/// letters, in order.
fn is_near(a: &str, b: &str) -> bool {
    let (long, short) = if a.len() >= b.len() { (a, b) } else { (b, a) };
    let mut rest = long.chars();
    let common =
        short.chars().filter(|c| rest.clone().position(|r| r == *c).is_some_and(|at| rest.nth(at).is_some())).count();
    short.chars().count() >= 4 && common * 3 >= long.chars().count() * 2
}
