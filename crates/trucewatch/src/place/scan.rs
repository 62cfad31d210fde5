//! Which words of a document are names of places.

mod evidence;
mod run;

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use syntax::{EntityKind, Parse, Pos, Tag};

use super::entry::{Entry, Origin};
use super::fold::fold;
use super::gazetteer::{Gazetteer, Use, without_article};
use super::words::Words;
use crate::document::ParsedDocument;
use evidence::Evidence;

/// Tokens that a listed name has at most.
const LONGEST: usize = 7;

/// How a name stands in its sentence.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Standing {
    /// By itself.
    Free,
    /// The adjective of a place.
    Adjective,
    /// As a part of the name of a body, a work or an event.
    Embedded,
}

/// A name with everything that it can mean.
#[derive(Debug, Clone)]
pub(super) struct Found {
    /// Index of the paragraph.
    pub paragraph: usize,
    /// The name's tokens.
    pub core: Range<usize>,
    /// Its folded form.
    pub key: String,
    /// How it stands.
    pub standing: Standing,
    /// What it can mean; empty for a name that no gazetteer lists.
    pub entries: Vec<Entry>,
    /// What a part of it can mean: Vesk for "Vesk International Airport".
    pub part: Vec<Entry>,
}

/// All names of places in a document, in text order, none overlapping.
pub(super) fn scan(parsed: &ParsedDocument<'_>, gazetteer: &Gazetteer) -> Vec<Found> {
    let people = surnames(parsed);
    let all = scan_with(parsed, gazetteer, &people, &BTreeSet::new());
    let sure = mostly_places(parsed, &all, &people);
    if sure.is_empty() { all } else { scan_with(parsed, gazetteer, &people, &sure) }
}

/// Names that the document uses for places more often than for a person or body.
fn mostly_places(parsed: &ParsedDocument<'_>, found: &[Found], people: &[String]) -> BTreeSet<String> {
    let mut votes: BTreeMap<String, i32> = BTreeMap::new();
    for name in found.iter().filter(|f| f.standing == Standing::Free && f.key.len() > 3) {
        *votes.entry(name.key.clone()).or_default() += 1;
    }
    for p in &parsed.paragraphs {
        for entity in p.parse.entities().iter().filter(|e| matches!(e.kind, EntityKind::Person | EntityKind::Org)) {
            let key = fold(p.parse.words(run::trimmed(&p.parse, entity.tokens.clone())));
            if let Some(votes) = votes.get_mut(&key) {
                *votes -= 1;
            }
        }
    }
    let places = votes.into_iter().filter(|(key, votes)| *votes > 0 && people.binary_search(key).is_err());
    places.map(|(key, _)| key).collect()
}

/// One pass; `sure` are names that this document uses for places elsewhere.
fn scan_with(
    parsed: &ParsedDocument<'_>,
    gazetteer: &Gazetteer,
    people: &[String],
    sure: &BTreeSet<String>,
) -> Vec<Found> {
    let mut all = Vec::new();
    for (paragraph, p) in parsed.paragraphs.iter().enumerate() {
        let scanner = Scanner { parse: &p.parse, gazetteer, people, sure, paragraph };
        let mut found = scanner.listed();
        let unlisted = scanner.unlisted(&found);
        found.extend(unlisted);
        found.sort_by_key(|f| f.core.start);
        all.extend(found);
    }
    all
}

/// Folded last words of all persons' names that have more than one word.
fn surnames(parsed: &ParsedDocument<'_>) -> Vec<String> {
    let mut names = Vec::new();
    for p in &parsed.paragraphs {
        for person in p.parse.entities().iter().filter(|e| e.kind == EntityKind::Person) {
            let words = run::trimmed(&p.parse, person.tokens.clone());
            if words.len() > 1 {
                names.push(fold(p.parse.word(words.end - 1)));
            }
        }
    }
    names.sort_unstable();
    names.dedup();
    names
}

struct Scanner<'a> {
    parse: &'a Parse,
    gazetteer: &'a Gazetteer,
    people: &'a [String],
    sure: &'a BTreeSet<String>,
    paragraph: usize,
}

impl Scanner<'_> {
    /// Names that a gazetteer lists, in whole or in part.
    fn listed(&self) -> Vec<Found> {
        let (mut found, mut at) = (Vec::new(), 0);
        while at < self.parse.len() {
            match self.longest(at) {
                Some(name) => {
                    at = name.core.end;
                    found.push(name);
                }
                None => at += 1,
            }
        }
        found
    }

    fn longest(&self, start: usize) -> Option<Found> {
        if !run::can_start(self.parse, start) {
            return None;
        }
        let end = self.parse.sentence_of(start).end.min(start + LONGEST);
        let reach = (start + 1..end).find(|&t| !run::continues(self.parse, t)).unwrap_or(end);
        (start + 1..=reach).rev().find_map(|end| self.name(start..end))
    }

    fn name(&self, core: Range<usize>) -> Option<Found> {
        if !run::can_end(self.parse, core.end - 1) {
            return None;
        }
        let words = self.parse.words(core.clone());
        let key = self.known_key(fold(words), core.len())?;
        let (standing, entries) = self.reading(&core, &key, words)?;
        Some(self.grown(Found { paragraph: self.paragraph, core, key, standing, entries, part: Vec::new() }))
    }

    /// The key as listed, an Arabic article left off where only that is.
    fn known_key(&self, key: String, tokens: usize) -> Option<String> {
        if Words::get().is_never_a_place(&key) {
            return None;
        }
        if self.gazetteer.knows(&key) {
            return Some(key);
        }
        let bare = without_article(&key).filter(|b| tokens > 1 && self.gazetteer.knows(b))?;
        Some(bare.to_owned())
    }

    /// What the listed words are here: a name, an adjective, an abbreviation, or no place after all.
    fn reading(&self, core: &Range<usize>, key: &str, words: &str) -> Option<(Standing, Vec<Entry>)> {
        if run::follows_place(self.parse, core.start) {
            let short = self.gazetteer.find_key(key, Use::Short);
            if !short.is_empty() && (words.ends_with('.') || run::is_upper(words)) {
                return Some((Standing::Free, short));
            }
        }
        let adjectives = self.gazetteer.find_key(key, Use::Adjective);
        if !adjectives.is_empty() && run::is_modifier(self.parse, core) {
            return Some((Standing::Adjective, adjectives));
        }
        let mut entries = self.gazetteer.find_key(key, Use::Name);
        let acronym = run::is_upper(words) && core.len() == 1 && !self.may_be_shouted(core, key);
        entries.retain(|e| match key.len() {
            _ if acronym && e.origin == Origin::Atlas => run::is_upper(&e.name),
            0..=2 => run::is_upper(words),
            3 => run::is_upper(words) || e.name.chars().count() == 3,
            _ => true,
        });
        let standing = self.evidence(core, key).standing(&entries)?;
        Some((standing, entries))
    }

    fn evidence<'a>(&'a self, core: &'a Range<usize>, key: &str) -> Evidence<'a> {
        let person = self.people.binary_search_by(|p| p.as_str().cmp(key)).is_ok();
        Evidence { parse: self.parse, gazetteer: self.gazetteer, core, person, sure: self.sure.contains(key) }
    }

    /// Whether capitals may mean nothing: the paragraph is in capitals throughout, or a dateline stands first.
    fn may_be_shouted(&self, core: &Range<usize>, key: &str) -> bool {
        run::is_upper(self.parse.text()) || key.len() > 4 && core.start < 2 || self.evidence(core, key).is_dateline()
    }

    /// A listed name that is only the beginning of a longer one, such as "Vesk International Airport": the longer one
    /// is the name, and what is listed is a part of it.
    fn grown(&self, found: Found) -> Found {
        let whole = run::with_class_nouns(self.parse, &found.core);
        if whole == found.core || found.standing == Standing::Embedded && whole.end == found.core.end {
            return found;
        }
        let key = fold(self.parse.words(whole.clone()));
        Found {
            core: whole,
            part: if found.standing == Standing::Adjective { Vec::new() } else { found.entries },
            entries: self.gazetteer.find_key(&key, Use::Name),
            key,
            standing: Standing::Free,
            paragraph: found.paragraph,
        }
    }

    /// Names that no gazetteer lists: the parse takes them for places, or the words round them do.
    fn unlisted(&self, listed: &[Found]) -> Vec<Found> {
        let mut taken = vec![false; self.parse.len()];
        listed.iter().for_each(|f| taken[f.core.clone()].fill(true));
        let mut found = Vec::new();
        for core in self.entity_runs().into_iter().chain(self.backed_runs()) {
            if core.is_empty() || taken[core.clone()].contains(&true) {
                continue;
            }
            taken[core.clone()].fill(true);
            let key = fold(self.parse.words(core.clone()));
            let (entries, part) = (Vec::new(), Vec::new());
            found.push(Found { paragraph: self.paragraph, core, key, standing: Standing::Free, entries, part });
        }
        found
    }

    /// Entities that the parse takes for places, and bodies whose name is that of a building or a site.
    fn entity_runs(&self) -> Vec<Range<usize>> {
        let mut runs = Vec::new();
        for entity in self.parse.entities() {
            let core = run::trimmed(self.parse, entity.tokens.clone());
            let proper = core.clone().any(|t| self.parse.tokens()[t].pos == Pos::Propn);
            let key = fold(self.parse.words(core.clone()));
            if !proper || Words::get().is_never_a_place(&key) {
                continue;
            }
            let is_place = match entity.kind {
                EntityKind::Gpe | EntityKind::Loc | EntityKind::Fac => {
                    let evidence = self.evidence(&core, &key);
                    !evidence.is_somebody() && !evidence.is_something_else()
                }
                EntityKind::Org => run::ends_in_site(self.parse, &core),
                _ => false,
            };
            if is_place {
                runs.push(core);
            }
        }
        runs
    }

    /// Capitalised runs that the words round them, or their use elsewhere in the document, make places.
    fn backed_runs(&self) -> Vec<Range<usize>> {
        let (mut runs, mut at) = (Vec::new(), 0);
        while at < self.parse.len() {
            let Some(core) = run::capitalised(self.parse, at) else {
                at += 1;
                continue;
            };
            at = core.end;
            let key = fold(self.parse.words(core.clone()));
            let evidence = self.evidence(&core, &key);
            if !Words::get().is_never_a_place(&key) && evidence.makes_a_place() && !evidence.is_something_else() {
                runs.push(core);
            }
        }
        runs
    }
}

/// Whether a tag is that of a proper noun.
fn is_proper(tag: Tag) -> bool {
    matches!(tag, Tag::Nnp | Tag::Nnps)
}
