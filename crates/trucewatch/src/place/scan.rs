//! Which words of a paragraph are names of places.

use std::ops::Range;

use syntax::{EntityKind, Parse, Pos, Tag};

use super::entry::{Entry, Origin};
use super::fold::fold;
use super::gazetteer::{Gazetteer, Use, without_article};
use super::words::Words;
use crate::document::ParsedDocument;

/// Tokens that a listed name has at most.
const LONGEST: usize = 7;
/// People from which on a town is taken for meant although the parse has no name there, or a person's.
const LARGE: u64 = 100_000;
/// People from which on a town within the name of a body is meant.
const WELL_KNOWN: u64 = 150_000;

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
    /// What it can mean; empty for a name that only the parse takes for a place.
    pub entries: Vec<Entry>,
}

/// All names of places in a document, in text order, none overlapping.
pub(super) fn scan(parsed: &ParsedDocument<'_>, gazetteer: &Gazetteer) -> Vec<Found> {
    let people = surnames(parsed);
    let mut all = Vec::new();
    for (paragraph, p) in parsed.paragraphs.iter().enumerate() {
        let scanner = Scanner { parse: &p.parse, gazetteer, people: &people, paragraph };
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
        let persons = p.parse.entities().iter().filter(|e| e.kind == EntityKind::Person);
        for person in persons {
            let words = trimmed(&p.parse, person.tokens.clone());
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
    paragraph: usize,
}

impl Scanner<'_> {
    /// Names that a gazetteer lists.
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
        if !can_start(self.parse, start) {
            return None;
        }
        let end = self.parse.sentence_of(start).end.min(start + LONGEST);
        let reach = (start + 1..end).find(|&t| !continues(self.parse, t)).unwrap_or(end);
        (start + 1..=reach).rev().find_map(|end| self.name(start..end))
    }

    fn name(&self, core: Range<usize>) -> Option<Found> {
        if !can_end(self.parse, core.end - 1) {
            return None;
        }
        let words = self.parse.words(core.clone());
        let key = fold(words);
        let bare = without_article(&key).filter(|_| core.len() > 1);
        let known = self.gazetteer.knows(&key).then_some(key.as_str());
        let key = known.or_else(|| bare.filter(|b| self.gazetteer.knows(b)))?.to_owned();
        let (standing, entries) = self.reading(&core, &key, words)?;
        Some(Found { paragraph: self.paragraph, core, key, standing, entries })
    }

    /// What the listed words are here: a name, an adjective, an abbreviation, or no place after all.
    fn reading(&self, core: &Range<usize>, key: &str, words: &str) -> Option<(Standing, Vec<Entry>)> {
        if self.follows_place(core.start) {
            let short = self.gazetteer.find_key(key, Use::Short);
            if !short.is_empty() && (words.ends_with('.') || is_upper(words)) {
                return Some((Standing::Free, short));
            }
        }
        let adjectives = self.gazetteer.find_key(key, Use::Adjective);
        if !adjectives.is_empty() && self.is_adjective(core) {
            return Some((Standing::Adjective, adjectives));
        }
        let mut entries = self.gazetteer.find_key(key, Use::Name);
        if key.len() <= 3 && !is_upper(words) {
            entries.retain(|e| key.len() == 3 && e.name.chars().count() == 3);
        }
        let standing = self.standing(core, key, &entries)?;
        Some((standing, entries))
    }

    fn follows_place(&self, at: usize) -> bool {
        at >= 2 && self.parse.word(at - 1) == "," && self.parse.tokens()[at - 2].pos == Pos::Propn
    }

    /// Adjectives count before or as a modifier; "the Armenians", "a Russian" are people.
    fn is_adjective(&self, core: &Range<usize>) -> bool {
        let tags = core.clone().map(|t| self.parse.tokens()[t].tag);
        let last = &self.parse.tokens()[core.end - 1];
        tags.into_iter().all(|t| matches!(t, Tag::Jj | Tag::Nnp | Tag::Afx | Tag::Hyph | Tag::Nn))
            && (last.tag == Tag::Jj || last.head != core.end - 1 && last.head >= core.end)
    }

    /// How the name stands, or nothing where the words are no place here.
    fn standing(&self, core: &Range<usize>, key: &str, entries: &[Entry]) -> Option<Standing> {
        let best = entries.first()?;
        let trusted = best.origin != Origin::Atlas;
        let population = entries.iter().filter(|e| e.by_usual_name || trusted).map(|e| e.population).max().unwrap_or(0);
        let Some(entity) = core.clone().find_map(|t| self.parse.entity_at(t)) else {
            let proper = self.parse.tokens()[core.end - 1].pos == Pos::Propn;
            return (trusted || (proper && population >= LARGE && !self.is_person(key))).then_some(Standing::Free);
        };
        let whole = trimmed(self.parse, entity.tokens.clone());
        let exact = whole == *core || (core.start <= whole.start && whole.end <= core.end);
        match entity.kind {
            EntityKind::Gpe | EntityKind::Loc | EntityKind::Fac if exact => Some(Standing::Free),
            EntityKind::Gpe | EntityKind::Loc => {
                (trusted || self.leaves_class(&whole, core) || population >= LARGE).then_some(Standing::Free)
            }
            EntityKind::Fac => (trusted || self.leaves_class(&whole, core)).then_some(Standing::Free),
            EntityKind::Person if exact => {
                (trusted || population >= LARGE && !self.is_person(key)).then_some(Standing::Free)
            }
            EntityKind::Person => (trusted && best.origin == Origin::Pack).then_some(Standing::Free),
            EntityKind::Norp => trusted.then_some(Standing::Free),
            EntityKind::Org if exact => (trusted || population >= LARGE).then_some(Standing::Free),
            EntityKind::Org | EntityKind::Event | EntityKind::Law | EntityKind::Product | EntityKind::WorkOfArt => {
                (trusted || population >= WELL_KNOWN).then_some(Standing::Embedded)
            }
            _ => trusted.then_some(Standing::Free),
        }
    }

    fn is_person(&self, key: &str) -> bool {
        self.people.binary_search_by(|p| p.as_str().cmp(key)).is_ok()
    }

    /// Whether what the entity has beyond the name is a class noun, a direction or an article.
    fn leaves_class(&self, whole: &Range<usize>, core: &Range<usize>) -> bool {
        let words = Words::get();
        let is_round = |run: Range<usize>| {
            let key = fold(self.parse.words(run.clone()));
            run.is_empty() || words.is_direction(&key) || words.class(&key).is_some()
        };
        is_round(whole.start..core.start.max(whole.start)) && is_round(core.end.min(whole.end)..whole.end)
    }

    /// Names that the parse takes for places and no gazetteer lists.
    fn unlisted(&self, listed: &[Found]) -> Vec<Found> {
        let places = self
            .parse
            .entities()
            .iter()
            .filter(|e| matches!(e.kind, EntityKind::Gpe | EntityKind::Loc | EntityKind::Fac));
        let runs = places.map(|e| trimmed(self.parse, e.tokens.clone()));
        let free = runs.filter(|run| {
            !run.is_empty()
                && run.clone().any(|t| self.parse.tokens()[t].pos == Pos::Propn)
                && listed.iter().all(|f| f.core.end <= run.start || run.end <= f.core.start)
        });
        free.map(|core| Found {
            paragraph: self.paragraph,
            key: fold(self.parse.words(core.clone())),
            core,
            standing: Standing::Free,
            entries: Vec::new(),
        })
        .collect()
    }
}

/// An entity without the article before it and the possessive after it.
pub(super) fn trimmed(parse: &Parse, mut run: Range<usize>) -> Range<usize> {
    while !run.is_empty() && matches!(parse.tokens()[run.start].tag, Tag::Dt | Tag::Space | Tag::Hyph | Tag::OpenQuote)
    {
        run.start += 1;
    }
    while !run.is_empty()
        && matches!(parse.tokens()[run.end - 1].tag, Tag::Pos | Tag::Space | Tag::Comma | Tag::CloseQuote)
    {
        run.end -= 1;
    }
    run
}

fn can_start(parse: &Parse, at: usize) -> bool {
    let word = parse.word(at);
    match word.chars().next() {
        Some(c) if c.is_uppercase() => true,
        Some(c) if c.is_alphabetic() && !c.is_lowercase() => true,
        Some(_) => article_before_capital(parse, at),
        None => false,
    }
}

/// "al-Waer": a small article tied to a capital by a hyphen.
fn article_before_capital(parse: &Parse, at: usize) -> bool {
    let small = matches!(parse.word(at), "al" | "el" | "ad" | "ash" | "as" | "at" | "an" | "ar" | "az");
    let tied = small && at + 2 < parse.len() && matches!(parse.word(at + 1), "-" | "–");
    tied && parse.word(at + 2).starts_with(char::is_uppercase)
        || parse.word(at).split_once('-').is_some_and(|(a, b)| a.len() <= 3 && b.starts_with(char::is_uppercase))
}

fn continues(parse: &Parse, at: usize) -> bool {
    let token = &parse.tokens()[at];
    matches!(parse.word(at), "-" | "–" | "." | "'" | "’" | "&" | "'s" | "’s")
        || (token.pos != Pos::Punct && token.tag != Tag::Space)
}

fn can_end(parse: &Parse, at: usize) -> bool {
    let token = &parse.tokens()[at];
    !matches!(token.pos, Pos::Punct | Pos::Space | Pos::Adp | Pos::Cconj) && token.tag != Tag::Pos
}

fn is_upper(words: &str) -> bool {
    words.chars().any(char::is_uppercase) && !words.chars().any(char::is_lowercase)
}
