//! One paragraph under reading, with everything that earlier stages found in it.

use std::ops::Range;

use syntax::{Dep, EntityKind, Parse, Pos, Tag, Token};

use crate::document::ParsedParagraph;
use crate::figure::Quantity;
use crate::party::{self, Mentions};
use crate::place::Mention;
use crate::statement::Statements;
use crate::statement::speaker::Source;
use crate::when::Expression;

/// A paragraph and what is known of it.
#[derive(Clone, Copy)]
pub(super) struct Page<'a> {
    pub(super) index: usize,
    pub(super) paragraph: &'a ParsedParagraph,
    pub(super) parse: &'a Parse,
    pub(super) mentions: &'a Mentions<'a>,
    pub(super) statements: &'a Statements,
    /// Of every statement, by its index.
    pub(super) sources: &'a [Source],
    pub(super) quantities: &'a [Quantity],
    /// Of the whole document.
    pub(super) expressions: &'a [Expression],
    /// Places of this paragraph.
    pub(super) places: &'a [Mention],
}

impl<'a> Page<'a> {
    pub(super) fn token(&self, i: usize) -> &'a Token {
        &self.parse.tokens()[i]
    }

    pub(super) fn lemma(&self, i: usize) -> &'a str {
        &self.token(i).lemma
    }

    /// Whether a word is part of a name for which another word of it stands: "South" of "South Vesk". How many words a
    /// name has tells nothing, so that inputs pass over such parts.
    pub(super) fn is_part(&self, i: usize) -> bool {
        let head = self.token(i).head;
        head != i && self.name(i).is_some_and(|name| name.contains(&head))
    }

    /// The words of the name of a state, people, place or person that a word stands in.
    fn name(&self, i: usize) -> Option<Range<usize>> {
        use EntityKind::{Gpe, Loc, Norp, Person};
        match self.mentions.at(self.index, i) {
            Some(mention) => Some(mention.tokens.clone()).filter(|_| mention.kind != party::Kind::Body),
            None => {
                let entity = self.parse.entity_at(i).filter(|e| matches!(e.kind, Gpe | Loc | Norp | Person));
                entity.map(|e| e.tokens.clone())
            }
        }
    }

    /// The word that stands for the name of which a word is part; any other word itself.
    pub(super) fn whole(&self, i: usize) -> usize {
        let above = std::iter::once(i).chain(self.parse.ancestors(i));
        above.into_iter().find(|&a| !self.is_part(a)).unwrap_or(i)
    }

    /// How many words lie from one to another of a sentence, parts of names left out: negative backwards, at most `far`.
    pub(super) fn steps(&self, from: usize, to: usize, far: usize) -> f32 {
        let between = (from.min(to) + 1..from.max(to)).filter(|&i| !self.is_part(i)).take(far).count();
        let steps = if from == to { 0 } else { far.min(between + 1) } as f32;
        if from <= to { steps } else { -steps }
    }

    /// How far down the paragraph stands, roughly, so that one more above it moves few.
    pub(super) fn depth(&self) -> f32 {
        roughly(self.index) as f32
    }

    pub(super) fn is_noun(&self, i: usize) -> bool {
        matches!(self.token(i).pos, Pos::Noun | Pos::Propn)
    }

    pub(super) fn is_verb(&self, i: usize) -> bool {
        matches!(self.token(i).pos, Pos::Verb | Pos::Aux)
    }

    /// Lower-case auxiliaries of a verb.
    pub(super) fn auxiliaries(&self, i: usize) -> impl Iterator<Item = &'a str> + use<'a> {
        let parse = self.parse;
        let aux = parse.children(i).filter(move |&c| matches!(parse.tokens()[c].dep, Dep::Aux | Dep::Auxpass));
        aux.map(move |c| &*parse.tokens()[c].lower)
    }

    /// Whether a verb has "to" before it.
    pub(super) fn is_infinitive(&self, i: usize) -> bool {
        self.auxiliaries(i).any(|a| a == "to")
    }

    /// Whether a verb or noun is negated by its own words.
    pub(super) fn is_negated(&self, i: usize) -> bool {
        self.parse.children(i).any(|c| {
            let token = self.token(c);
            token.dep == Dep::Neg || &*token.lower == "never" || (token.dep == Dep::Det && &*token.lower == "no")
        })
    }

    /// Whether a clause under verb `i` begins with one of the words.
    pub(super) fn is_marked(&self, i: usize, words: &[&str]) -> bool {
        self.parse.children(i).any(|c| {
            let token = self.token(c);
            matches!(token.dep, Dep::Mark | Dep::Advmod) && words.contains(&&*token.lower)
        })
    }

    /// Objects of the given prepositions below `i`.
    pub(super) fn behind<'b>(&'b self, i: usize, prepositions: &'b [&str]) -> impl Iterator<Item = usize> + 'b {
        self.parse
            .children(i)
            .filter(|&c| matches!(self.token(c).dep, Dep::Prep | Dep::Agent))
            .filter(move |&c| prepositions.contains(&&*self.token(c).lower))
            .filter_map(|c| self.parse.child_by(c, Dep::Pobj))
    }

    /// Whether a verb has a subject of its own, or is a finite complement.
    pub(super) fn is_finite(&self, i: usize) -> bool {
        let subject = |c| matches!(self.token(c).dep, Dep::Nsubj | Dep::Nsubjpass | Dep::Expl | Dep::Csubj);
        matches!(self.token(i).dep, Dep::Ccomp | Dep::Parataxis) || self.parse.children(i).any(subject)
    }

    /// The smallest finite clause that holds `i`.
    pub(super) fn clause(&self, i: usize) -> usize {
        self.opening(i, |verb| self.is_finite(verb))
    }

    /// The nearest verb over `i`, itself included, that opens a clause of the kind asked for; else the sentence's root.
    pub(super) fn opening(&self, i: usize, is_wanted: impl Fn(usize) -> bool) -> usize {
        let opens = |dep| {
            use Dep::{Acl, Advcl, Ccomp, Conj, Csubj, Parataxis, Pcomp, Relcl, Root};
            matches!(dep, Root | Ccomp | Advcl | Relcl | Conj | Acl | Parataxis | Pcomp | Csubj)
        };
        std::iter::once(i)
            .chain(self.parse.ancestors(i))
            .find(|&a| {
                let token = self.token(a);
                token.head == a || (self.is_verb(a) && opens(token.dep) && is_wanted(a))
            })
            .unwrap_or(i)
    }

    /// Whether a verb has neither a subject nor an auxiliary of its own.
    pub(super) fn subject_free(&self, verb: usize) -> bool {
        self.parse.children_by(verb, &[Dep::Nsubj, Dep::Nsubjpass, Dep::Aux, Dep::Auxpass]).next().is_none()
    }

    /// A verb's own subject: of several, as where a quotation follows an unfinished clause, the one next before it.
    fn own_subject(&self, verb: usize) -> Option<usize> {
        let subjects = || self.parse.children_by(verb, &[Dep::Nsubj]);
        subjects().filter(|&s| s < verb).last().or_else(|| subjects().next())
    }

    /// The logical subject of an active verb, climbing through infinitives, participles and coordination.
    pub(super) fn subject(&self, verb: usize) -> Option<usize> {
        let mut at = verb;
        for _ in 0..6 {
            if let Some(subject) = self.own_subject(at) {
                let relative = matches!(&*self.token(subject).lower, "who" | "which" | "that");
                let subject = self.stressed(at, subject).unwrap_or(subject);
                return Some(if relative && self.token(at).dep == Dep::Relcl { self.token(at).head } else { subject });
            }
            let token = self.token(at);
            match token.dep {
                Dep::Relcl if self.parse.child_by(at, Dep::Nsubjpass).is_none() => return Some(token.head),
                Dep::Acl if token.tag == Tag::Vbg => return Some(token.head),
                Dep::Conj if self.parse.child_by(at, Dep::Nsubjpass).is_some() => return None,
                Dep::Xcomp if self.lemma(token.head) != "promise" => {
                    if let Some(object) = self.parse.child_by(token.head, Dep::Dobj) {
                        return Some(object);
                    }
                    at = token.head;
                }
                Dep::Xcomp | Dep::Conj | Dep::Advcl if self.is_verb(token.head) => at = token.head,
                Dep::Pcomp => return self.subject_of_gerund(at),
                _ => return None,
            }
        }
        None
    }

    /// "It was Vesk that fired, wounding two": who is stressed does what the sentence tells.
    fn stressed(&self, verb: usize, subject: usize) -> Option<usize> {
        let it = &*self.token(subject).lower == "it" && self.lemma(verb) == "be";
        let who = self.parse.child_by(verb, Dep::Attr).filter(|_| it)?;
        self.parse.children_by(who, &[Dep::Relcl]).next().map(|_| who)
    }

    /// Who the subject of a gerund behind a preposition is: "accused Vesk of shelling", "asked Vesk to calm the line by
    /// leaving", wherever the parser hangs the "by".
    fn subject_of_gerund(&self, gerund: usize) -> Option<usize> {
        let preposition = self.token(gerund).head;
        let mut verb = self.token(preposition).head;
        if matches!(self.lemma(verb), "accuse" | "blame" | "suspect") {
            let accused = self.parse.children_by(verb, &[Dep::Dobj, Dep::Nsubjpass]).next();
            return accused;
        }
        let wish = |verb| {
            let complements = self.parse.children_by(verb, &[Dep::Xcomp, Dep::Ccomp]);
            complements.filter(|&c| c < preposition && self.is_infinitive(c)).last()
        };
        while let Some(wished) = wish(verb).filter(|_| &*self.token(preposition).lower == "by") {
            verb = wished;
        }
        self.is_verb(verb).then(|| self.subject(verb)).flatten()
    }

    /// What a passive verb is done to.
    pub(super) fn passive_subject(&self, verb: usize) -> Option<usize> {
        let mut at = verb;
        for _ in 0..4 {
            if let Some(subject) = self.parse.child_by(at, Dep::Nsubjpass) {
                let relative = matches!(&*self.token(subject).lower, "who" | "which" | "that");
                return Some(if relative && self.token(at).dep == Dep::Relcl { self.token(at).head } else { subject });
            }
            match self.token(at).dep {
                Dep::Conj if self.parse.child_by(at, Dep::Nsubj).is_none() => at = self.token(at).head,
                Dep::Xcomp => at = self.token(at).head,
                _ => break,
            }
        }
        (self.token(verb).dep == Dep::Acl && self.token(verb).tag == Tag::Vbn).then(|| self.token(verb).head)
    }

    /// Whether a participle is used passively.
    pub(super) fn is_passive(&self, verb: usize) -> bool {
        self.token(verb).tag == Tag::Vbn && self.passive_subject(verb).is_some()
    }

    /// Who does what a passive verb says: "by Vesk".
    pub(super) fn agent(&self, verb: usize) -> Option<usize> {
        self.behind(verb, &["by"]).next()
    }

    /// Whose a noun is by the words before it: "Vesk's plan", "the Veskan plan".
    pub(super) fn possessor(&self, noun: usize) -> Option<usize> {
        let mut before = self.parse.children_by(noun, &[Dep::Poss, Dep::Amod, Dep::Compound]);
        before.find(|&c| self.token(c).dep == Dep::Poss || self.mentions.at(self.index, c).is_some())
    }

    /// The tokens of the noun phrase headed by `i`, clauses and prepositional phrases left out.
    pub(super) fn phrase(&self, i: usize) -> Vec<usize> {
        let inside = [Dep::Amod, Dep::Compound, Dep::Poss, Dep::Nmod, Dep::Nummod, Dep::Det, Dep::Quantmod];
        let mut out: Vec<usize> =
            self.parse.children_by(i, &inside).flat_map(|c| self.parse.subtree(c)).chain([i]).collect();
        out.sort_unstable();
        out
    }

    /// The sentence of token `i`.
    pub(super) fn sentence(&self, i: usize) -> Range<usize> {
        self.parse.sentence_of(i)
    }
}

/// A count as it is up to three, else the middle of the power of two that it reaches.
pub(super) fn roughly(count: usize) -> usize {
    match count.checked_ilog2() {
        None | Some(0 | 1) => count,
        Some(power) => (3 << power) / 2 - 1,
    }
}
