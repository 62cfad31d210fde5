//! The persons that a document introduces, and for whom they speak.

use std::collections::BTreeMap;

use syntax::{Dep, EntityKind};

use super::fold::fold_words;
use super::mention::Mentions;
use super::names::Kind;
use super::phrase::Speaking;
use crate::pack::PartyId;

/// A person as the document names them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Person {
    /// The longest form of the name that the document uses first.
    pub name: String,
    /// For whom they speak, where the document or a pack says so.
    pub party: Option<PartyId>,
}

/// Persons by the folded last word of their names.
#[derive(Debug, Default)]
pub(super) struct Ledger {
    by_surname: BTreeMap<String, Person>,
}

impl Ledger {
    /// Collects all persons: names of officials, and what the model takes for persons.
    pub(super) fn new(mentions: &Mentions<'_>) -> Ledger {
        let mut ledger = Ledger::default();
        for (index, paragraph) in mentions.parsed.paragraphs.iter().enumerate() {
            let parse = &paragraph.parse;
            for entity in parse.entities().iter().filter(|e| e.kind == EntityKind::Person) {
                let head = head_of(parse, entity.tokens.clone());
                ledger.add(parse.words(entity.tokens.clone()), introduced_as(mentions, index, head));
            }
            for mention in mentions.of_paragraph(index).iter().filter(|m| m.kind == Kind::Person) {
                ledger.add(parse.words(mention.tokens.clone()), Some(mention.party.clone()));
            }
        }
        ledger
    }

    fn add(&mut self, name: &str, party: Option<PartyId>) {
        let name = name.trim_end_matches("'s").trim_end_matches("’s");
        let Some(surname) = fold_words(name).pop().filter(|w| w.chars().count() > 2) else { return };
        let person = self.by_surname.entry(surname).or_insert_with(|| Person { name: name.to_owned(), party: None });
        if person.party.is_none() {
            person.party = party;
        }
    }

    /// The person whose surname is the last word of `name`.
    pub(super) fn person(&self, name: &str) -> Option<&Person> {
        self.by_surname.get(&fold_words(name).pop()?)
    }
}

/// The token of a run whose head lies outside it.
fn head_of(parse: &syntax::Parse, run: std::ops::Range<usize>) -> usize {
    run.clone().find(|&i| !run.contains(&parse.tokens()[i].head) || parse.tokens()[i].head == i).unwrap_or(run.start)
}

/// The party in a person's title or apposition: "Vesk's army spokesman Ilan Torv", "Torv, the minister of Vesk".
fn introduced_as(mentions: &Mentions<'_>, index: usize, head: usize) -> Option<PartyId> {
    let parse = &mentions.parsed.paragraphs[index].parse;
    let own = mentions.at(index, head).map(|m| m.party.clone());
    own.or_else(|| mentions.sent(index, head))
        .or_else(|| mentions.modifiers(index, head, Speaking::NOBODY).into_iter().next())
        .or_else(|| {
            parse
                .child_by(head, Dep::Appos)
                .and_then(|a| mentions.parties(index, a, Speaking::NOBODY).into_iter().next())
        })
        .or_else(|| {
            let token = &parse.tokens()[head];
            let title = matches!(token.dep, Dep::Appos | Dep::Compound | Dep::Nmod).then_some(token.head)?;
            mentions
                .modifiers(index, title, Speaking::NOBODY)
                .into_iter()
                .next()
                .or_else(|| mentions.parties(index, title, Speaking::NOBODY).into_iter().next())
        })
        .or_else(|| belongs_to(mentions, index, head))
}

/// "Ilan Torv of the Vesk Unity Party": the movement or body behind a person's name, not a country or its seat.
fn belongs_to(mentions: &Mentions<'_>, index: usize, head: usize) -> Option<PartyId> {
    let parse = &mentions.parsed.paragraphs[index].parse;
    let of = |&p: &usize| matches!(&*parse.tokens()[p].lower, "of" | "from" | "with");
    let objects = parse.children_by(head, &[Dep::Prep]).filter(of).filter_map(|p| parse.child_by(p, Dep::Pobj));
    let named = objects.filter_map(|o| mentions.at(index, o)).find(|m| matches!(m.kind, Kind::Name | Kind::Body))?;
    Some(named.party.clone()).filter(|p| !p.is_bystander() && !mentions.governs(p))
}
