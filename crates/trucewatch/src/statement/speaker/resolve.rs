//! From the words of a source to a name and its parties.

use syntax::{Dep, EntityKind, Pos};

use super::known::{At, Known, trimmed};
use super::{Source, narrator};
use crate::document::{ParsedDocument, Span};
use crate::pack::PartyId;
use crate::party::{Kind, Mentions};
use crate::statement::{Statement, Statements};

/// Tokens that are looked back through for a subject in the same sentence.
const BACK: usize = 120;

/// Finds the sources of all statements of one document.
pub(super) struct Resolver<'a> {
    parsed: &'a ParsedDocument<'a>,
    mentions: &'a Mentions<'a>,
    statements: &'a Statements,
    known: Known,
}

/// What a source's head is as a word.
enum Word {
    /// "I", "we": whoever speaks round it.
    First,
    /// "he", "she".
    Person,
    /// "it", "they".
    Thing,
    /// "who", "which".
    Relative,
    /// Anything else.
    Name,
}

impl<'a> Resolver<'a> {
    pub(super) fn new(parsed: &'a ParsedDocument<'a>, mentions: &'a Mentions<'a>, statements: &'a Statements) -> Self {
        Resolver { parsed, mentions, statements, known: Known::new(parsed, mentions) }
    }

    /// First all that name somebody, in text order; then what hangs on those: "we", continuations, no source at all.
    pub(super) fn all(&self) -> Vec<Source> {
        let mut found: Vec<Option<Source>> = Vec::new();
        for statement in self.statements.all() {
            let source = self.named(statement, found.iter().rev().flatten().next());
            found.push(source);
        }
        (0..found.len()).map(|i| self.settled(i, &found)).collect()
    }

    /// The source that a statement names itself. `last` is the one named before.
    fn named(&self, statement: &Statement, last: Option<&Source>) -> Option<Source> {
        let head = statement.source_head?;
        let span = *statement.source.first()?;
        self.of_head((statement.paragraph, head), span, last)
    }

    fn of_head(&self, at: At, span: Span, last: Option<&Source>) -> Option<Source> {
        match self.word(at) {
            Word::First => None,
            Word::Person => self.pronoun(at, span, last),
            Word::Thing => Some(self.thing(at, span, last)),
            Word::Relative => self.antecedent(at, span, last),
            Word::Name => Some(self.name(at, span)),
        }
    }

    fn word(&self, at: At) -> Word {
        match &*self.parsed.paragraphs[at.0].parse.tokens()[at.1].lower {
            "i" | "we" | "us" | "me" | "my" | "our" => Word::First,
            "he" | "she" | "him" | "her" | "his" => Word::Person,
            "it" | "they" | "them" | "its" | "their" => Word::Thing,
            "who" | "which" | "that" => Word::Relative,
            _ => Word::Name,
        }
    }

    /// "he said": a person that is a subject before in the sentence, else the last one that was a subject, else the
    /// last source.
    fn pronoun(&self, at: At, span: Span, last: Option<&Source>) -> Option<Source> {
        if let Some(subject) = self.person_before(at) {
            return Some(Source { rule: "speaker/pronoun", ..self.name((at.0, subject), span) });
        }
        let standing = self.mentions.standing(at.0, at.1).person.clone();
        if let Some((name, party)) = standing {
            let full = self.known.full(&name, at);
            let spans = std::iter::once(span).chain(full.map(|f| f.span)).collect();
            let name = full.map_or(name, |f| f.name.clone());
            let parties = party.or_else(|| self.mentions.person(&name)?.party.clone()).into_iter().collect();
            return Some(source(name, spans, parties, "speaker/pronoun"));
        }
        last.cloned().map(|l| Source { spans: vec![span], rule: "speaker/pronoun-last", ..l })
    }

    /// A person that is the subject of an earlier verb of the same sentence.
    fn person_before(&self, (paragraph, token): At) -> Option<usize> {
        let parse = &self.parsed.paragraphs[paragraph].parse;
        let start = parse.sentence_of(token).start.max(token.saturating_sub(BACK));
        (start..token)
            .rev()
            .find(|&i| matches!(parse.tokens()[i].dep, Dep::Nsubj | Dep::Nsubjpass) && self.is_person((paragraph, i)))
    }

    fn is_person(&self, (paragraph, i): At) -> bool {
        let entity = self.parsed.paragraphs[paragraph].parse.entity_at(i);
        entity.is_some_and(|e| e.kind == EntityKind::Person)
            || self.mentions.at(paragraph, i).is_some_and(|m| m.kind == Kind::Person)
    }

    /// "they said", "it added": the last source; its party by the last subject where there was none.
    fn thing(&self, at: At, span: Span, last: Option<&Source>) -> Source {
        if let Some(last) = last.filter(|l| l.rule != "speaker/person") {
            return Source { spans: vec![span], rule: "speaker/pronoun-last", ..last.clone() };
        }
        let parties = self.mentions.parties(at.0, at.1, None);
        let name = self.parsed.document.slice(span).to_owned();
        match last.filter(|_| parties.is_empty()) {
            Some(last) => Source { spans: vec![span], rule: "speaker/pronoun-last", ..last.clone() },
            None => source(name, vec![span], parties, "speaker/pronoun-subject"),
        }
    }

    /// "…, who said": the noun that the clause stands behind.
    fn antecedent(&self, at: At, span: Span, last: Option<&Source>) -> Option<Source> {
        let parse = &self.parsed.paragraphs[at.0].parse;
        let clause = parse.ancestors(at.1).find(|&a| parse.tokens()[a].dep == Dep::Relcl)?;
        let noun = parse.tokens()[clause].head;
        if noun == at.1 || matches!(&*parse.tokens()[noun].lower, "who" | "which" | "that") {
            return None;
        }
        let named = self.of_head((at.0, noun), self.phrase(at.0, noun), last)?;
        Some(Source { rule: "speaker/relative", spans: std::iter::once(span).chain(named.spans).collect(), ..named })
    }

    /// The noun phrase of a head up to the head itself.
    fn phrase(&self, paragraph: usize, head: usize) -> Span {
        let here = &self.parsed.paragraphs[paragraph];
        here.span_of(here.parse.tokens()[head].edges.0..head + 1)
    }

    fn name(&self, at: At, span: Span) -> Source {
        let parties = self.mentions.parties(at.0, at.1, None);
        self.person(at, span, &parties)
            .or_else(|| self.short_form(at, span, &parties))
            .unwrap_or_else(|| self.as_written(at, span, parties))
    }

    /// A person by name, alone or behind a title or before an apposition.
    fn person(&self, at: At, span: Span, parties: &[PartyId]) -> Option<Source> {
        let parse = &self.parsed.paragraphs[at.0].parse;
        let joint = parse.child_by(at.1, Dep::Conj).is_some();
        let beside = || parse.child_by(at.1, Dep::Appos).filter(|&a| self.is_person((at.0, a)));
        let head = if self.is_person(at) || self.is_surname(at) { at.1 } else { beside()? };
        if joint {
            return None;
        }
        let written = self.mentions.name_at(at.0, head);
        let full = self.known.full(&written, at);
        let name = full.map_or(written, |f| f.name.clone());
        let own = self.mentions.person(&name).and_then(|p| p.party.clone());
        let parties = if parties.is_empty() { own.into_iter().collect() } else { parties.to_vec() };
        let before = full.map(|f| f.span).filter(|s| !s.meets(span));
        Some(source(name, std::iter::once(span).chain(before).collect(), parties, "speaker/person"))
    }

    /// A single name that is the last word of a person's named before, whatever the model takes it for here.
    fn is_surname(&self, at: At) -> bool {
        let parse = &self.parsed.paragraphs[at.0].parse;
        let proper = parse.tokens()[at.1].pos == Pos::Propn && self.mentions.at(at.0, at.1).is_none();
        proper && self.known.full(parse.word(at.1), at).is_some_and(|full| full.name.contains(' '))
    }

    /// "the minister", "the ministry": the last one so called, where the phrase names no other party.
    fn short_form(&self, at: At, span: Span, parties: &[PartyId]) -> Option<Source> {
        let token = &self.parsed.paragraphs[at.0].parse.tokens()[at.1];
        if token.pos != Pos::Noun || !self.is_bare(at) {
            return None;
        }
        let titled = self.known.titled(&token.lower, at);
        let (named, rule) = match titled {
            Some(person) => (person, "speaker/title"),
            None => (self.known.body(&token.lower, at)?, "speaker/short-form"),
        };
        let theirs = self.mentions.parties(named.at.0, named.at.1, None);
        let person = self.mentions.person(&named.name).and_then(|p| p.party.clone());
        let found: Vec<PartyId> = person.into_iter().chain(theirs).take(1).collect();
        let agrees = parties.is_empty() || parties.iter().any(|p| found.contains(p));
        agrees.then(|| source(named.name.clone(), vec![span, named.span], found, rule))
    }

    /// A noun with an article and nothing that tells it from others but adjectives.
    fn is_bare(&self, at: At) -> bool {
        let parse = &self.parsed.paragraphs[at.0].parse;
        let definite = parse.children(at.1).any(|c| {
            let token = &parse.tokens()[c];
            token.dep == Dep::Det && matches!(&*token.lower, "the" | "this" | "that")
        });
        definite && !parse.children(at.1).any(|c| matches!(parse.tokens()[c].dep, Dep::Prep | Dep::Poss | Dep::Appos))
    }

    /// The source's own words, and what parties they name.
    fn as_written(&self, at: At, span: Span, parties: Vec<PartyId>) -> Source {
        let name = trimmed(self.parsed.document.slice(span)).to_owned();
        let rule = match parties.len() {
            0 => "speaker/as-written",
            1 => "speaker/name",
            _ if self.parsed.paragraphs[at.0].parse.child_by(at.1, Dep::Conj).is_some() => "speaker/joint",
            _ => "speaker/both-sides",
        };
        source(name, vec![span], parties, rule)
    }

    /// A statement's source, taken from elsewhere where it names none: the statement that it goes on with, the one
    /// round it, the narrator.
    fn settled(&self, index: usize, found: &[Option<Source>]) -> Source {
        if let Some(Some(source)) = found.get(index) {
            return source.clone();
        }
        let statement = self.statements.all().get(index);
        let goes_on = statement.and_then(|s| s.continues).and_then(|c| found.get(c)?.clone());
        let round = || self.statements.chain(index).find_map(|outer| found.get(outer)?.clone());
        let spans: Vec<Span> = statement.map(|s| s.source.clone()).unwrap_or_default();
        if let Some(source) = goes_on {
            return Source { rule: "speaker/goes-on", ..source };
        }
        match round() {
            Some(source) => Source { rule: "speaker/outer", spans, ..source },
            None => Source { spans, ..narrator(self.mentions) },
        }
    }
}

/// A source; `other` where no party is known.
fn source(name: String, spans: Vec<Span>, parties: Vec<PartyId>, rule: &'static str) -> Source {
    let parties = if parties.is_empty() { vec![PartyId::new(PartyId::OTHER)] } else { parties };
    Source { name, spans, parties, via: Vec::new(), rule }
}
