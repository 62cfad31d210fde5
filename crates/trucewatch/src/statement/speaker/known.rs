//! Persons and bodies that a document has named so far, by the words that later stand for them.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use syntax::{Dep, EntityKind, Parse, Pos};

use crate::document::{ParsedDocument, Span};
use crate::party::{Kind, Mentions, fold, whole};

/// A place in the text: paragraph and token.
pub(super) type At = (usize, usize);

/// A person or body where the document names it.
#[derive(Debug, Clone)]
pub(super) struct Named {
    pub(super) at: At,
    /// The name's head token.
    pub(super) head: usize,
    pub(super) name: String,
    pub(super) span: Span,
}

/// All namings of a document, in text order, with indices by word.
#[derive(Debug, Default)]
pub(super) struct Known {
    all: Vec<Named>,
    /// Persons by each noun of their titles ("minister", "spokesman").
    by_title: BTreeMap<String, Vec<usize>>,
    /// Persons by the folded last word of their names.
    by_surname: BTreeMap<String, Vec<usize>>,
    /// Bodies by each word of their names.
    by_word: BTreeMap<String, Vec<usize>>,
    /// Those named with a title.
    titled: BTreeSet<usize>,
}

/// Furthest back that another spelling of a surname is looked for, in namings.
const SPELLINGS: usize = 64;

impl Known {
    pub(super) fn new(parsed: &ParsedDocument<'_>, mentions: &Mentions<'_>) -> Known {
        let mut known = Known::default();
        for (index, paragraph) in parsed.paragraphs.iter().enumerate() {
            for (run, person) in namings(&paragraph.parse, mentions, index) {
                let name = trimmed(paragraph.parse.words(run.clone())).to_owned();
                let head = head_of(&paragraph.parse, &run);
                let named = Named { at: (index, run.start), head, name, span: paragraph.span_of(run.clone()) };
                known.add(&paragraph.parse, run, named, person);
            }
        }
        known
    }

    fn add(&mut self, parse: &Parse, run: Range<usize>, named: Named, person: bool) {
        let id = self.all.len();
        let words: Vec<String> = named.name.split_whitespace().map(fold).filter(|w| w.len() > 1).collect();
        self.all.push(named);
        if !person {
            words.into_iter().for_each(|w| self.by_word.entry(w).or_default().push(id));
            return;
        }
        if let Some(surname) = words.last() {
            self.by_surname.entry(surname.clone()).or_default().push(id);
        }
        for title in titles(parse, run) {
            self.titled.insert(id);
            self.by_title.entry(title).or_default().push(id);
        }
    }

    /// The last person before `at` introduced with a title: "the minister".
    pub(super) fn titled(&self, title: &str, at: At) -> Option<&Named> {
        self.last(self.by_title.get(title)?, at)
    }

    /// The last person before `at` whose initials these are: "R.T.".
    pub(super) fn initialled(&self, label: &str, at: At) -> Option<&Named> {
        let initials: Vec<char> = label.chars().filter(|c| c.is_alphabetic()).collect();
        let own = |n: &&Named| n.name.split_whitespace().filter_map(|w| w.chars().next()).eq(initials.iter().copied());
        let end = self.all.partition_point(|n| n.at < at);
        let fits = initials.len() == 2 && initials.iter().all(|c| c.is_uppercase());
        self.all.get(..end).filter(|_| fits)?.iter().rev().find(own)
    }

    /// Whether somebody of this name is introduced with a title.
    pub(super) fn has_title(&self, name: &str) -> bool {
        let surname = name.split_whitespace().next_back().map(fold);
        surname
            .is_some_and(|s| self.by_surname.get(&s).is_some_and(|ids| ids.iter().any(|id| self.titled.contains(id))))
    }

    /// The last body before `at` with a word in its name: "the ministry".
    pub(super) fn body(&self, word: &str, at: At) -> Option<&Named> {
        let ids = self.by_word.get(&fold(word))?;
        let end = ids.partition_point(|&i| self.all.get(i).is_some_and(|n| n.at < at));
        let before = ids.get(end.saturating_sub(SPELLINGS)..end)?;
        before
            .iter()
            .rev()
            .filter_map(|&i| self.all.get(i))
            .find(|n| words(&n.name) > 1 + usize::from(is_definite(&n.name)))
    }

    /// The fullest form of a name up to `at`: of the namings that share its last word, the one of most words.
    pub(super) fn full(&self, name: &str, at: At) -> Option<&Named> {
        let surname = fold(name.split_whitespace().next_back()?);
        let same = self.by_surname.get(&surname);
        let named = same.and_then(|ids| self.fullest(ids, at));
        let longer = named.filter(|n| words(&n.name) > words(name));
        longer.or_else(|| self.other_spelling(name, &surname, at)).or(named)
    }

    /// Where somebody of this surname was last named before `at`.
    pub(super) fn last_named(&self, name: &str, at: At) -> Option<&Named> {
        let surname = fold(name.split_whitespace().next_back()?);
        self.last(self.by_surname.get(&surname)?, at)
    }

    fn fullest(&self, ids: &[usize], at: At) -> Option<&Named> {
        let before = ids.iter().filter_map(|&i| self.all.get(i)).take_while(|n| n.at <= at).take(SPELLINGS);
        before.fold(None, |best: Option<&Named>, next| match best {
            Some(b) if words(&b.name) >= words(&next.name) => Some(b),
            _ => Some(next),
        })
    }

    /// A longer name before `at` whose last word is nearly the same: one letter in six may differ.
    fn other_spelling(&self, name: &str, surname: &str, at: At) -> Option<&Named> {
        let end = self.all.partition_point(|n| n.at < at);
        let recent = self.all.get(end.saturating_sub(SPELLINGS)..end)?;
        recent.iter().find(|n| {
            let last = n.name.split_whitespace().next_back().map(fold).unwrap_or_default();
            words(&n.name) > words(name) && last != surname && is_spelling(&last, surname)
        })
    }

    fn last(&self, ids: &[usize], at: At) -> Option<&Named> {
        let end = ids.partition_point(|&i| self.all.get(i).is_some_and(|n| n.at < at));
        self.all.get(*ids.get(end.checked_sub(1)?)?)
    }
}

/// Names of persons and bodies in a paragraph, and whether they are persons.
fn namings(parse: &Parse, mentions: &Mentions<'_>, index: usize) -> Vec<(Range<usize>, bool)> {
    let entities = parse.entities().iter().filter_map(|e| match e.kind {
        EntityKind::Person => Some((whole(parse, e.tokens.clone()), true)),
        EntityKind::Org => Some((whole(parse, e.tokens.clone()), false)),
        _ => None,
    });
    let mut found: Vec<_> = entities.collect();
    for mention in mentions.of_paragraph(index) {
        let person = mention.kind == Kind::Person;
        let new = parse
            .entity_at(mention.tokens.start)
            .is_none_or(|e| !matches!(e.kind, EntityKind::Person | EntityKind::Org));
        if new && (person || mention.kind == Kind::Body) {
            found.push((mention.tokens.clone(), person));
        }
    }
    found.sort_by_key(|(run, _)| run.start);
    found
}

/// Nouns before a person's name and in the apposition round it, in lower case: their titles.
fn titles(parse: &Parse, run: Range<usize>) -> Vec<String> {
    let tokens = parse.tokens();
    let noun = |&i: &usize| matches!(tokens[i].pos, Pos::Noun | Pos::Propn) && !run.contains(&i);
    let head = head_of(parse, &run);
    let before = parse.children_by(head, &[Dep::Compound, Dep::Nmod, Dep::Amod]).filter(noun);
    let beside = parse.children_by(head, &[Dep::Appos]).filter(noun);
    let above = matches!(tokens[head].dep, Dep::Appos).then_some(tokens[head].head);
    before.chain(beside).chain(above).map(|i| whole_title(parse, i)).collect()
}

/// A title in lower case, with the word before it that makes it another one: "vice president", "deputy minister".
pub(super) fn whole_title(parse: &Parse, at: usize) -> String {
    let tokens = parse.tokens();
    let before = at.checked_sub(1).map_or("", |i| &*tokens[i].lower);
    let lower = &*tokens[at].lower;
    if matches!(before, "vice" | "deputy" | "prime") { format!("{before} {lower}") } else { lower.to_owned() }
}

/// The token of a run whose head lies outside of it.
fn head_of(parse: &Parse, run: &Range<usize>) -> usize {
    let outside = |&i: &usize| !run.contains(&parse.tokens()[i].head) || parse.tokens()[i].head == i;
    run.clone().find(outside).unwrap_or(run.start)
}

/// A name without the possessive.
pub(super) fn trimmed(name: &str) -> &str {
    name.trim_end_matches("'s").trim_end_matches("’s").trim_end_matches(['\'', '’', ' '])
}

fn is_definite(name: &str) -> bool {
    name.starts_with("the ") || name.starts_with("The ")
}

fn words(name: &str) -> usize {
    name.split_whitespace().count()
}

/// Whether two words of at least six letters are spellings of one name: same first letter, few edits.
fn is_spelling(a: &str, b: &str) -> bool {
    let (a, b): (Vec<char>, Vec<char>) = (a.chars().collect(), b.chars().collect());
    let shorter = a.len().min(b.len());
    shorter >= 6 && a.len().max(b.len()) <= 24 && a.first() == b.first() && edits(&a, &b) * 6 <= shorter.max(6)
}

/// Levenshtein's distance.
fn edits(a: &[char], b: &[char]) -> usize {
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, x) in a.iter().enumerate() {
        let mut diagonal = row[0];
        row[0] = i + 1;
        for (j, y) in b.iter().enumerate() {
            let above = row[j + 1];
            row[j + 1] = (above + 1).min(row[j] + 1).min(diagonal + usize::from(x != y));
            diagonal = above;
        }
    }
    row.last().copied().unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn different_names_are_no_spellings() {
        assert!(!is_spelling("orlava", "orlens"));
        assert!(!is_spelling("torv", "torb"));
        assert!(!is_spelling("kelvian", "melvian"));
    }

    #[test]
    fn one_letter_in_six_may_differ() {
        assert!(is_spelling("kelvinyan", "kelvinian"));
        assert!(is_spelling("dragunov", "dragunow"));
    }
}
