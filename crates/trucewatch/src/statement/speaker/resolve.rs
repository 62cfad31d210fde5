//! From the words of a source to a name and its parties.

use std::collections::BTreeMap;

use syntax::{Dep, EntityKind, Parse, Pos, Tag};

use super::known::{At, Known};
use super::name::short;
use super::office::{Ground, grounds, is_office};
use super::{Source, narrator};
use crate::document::{ParsedDocument, Span};
use crate::pack::PartyId;
use crate::party::{Kind, Mentions, Speaking};
use crate::place;
use crate::statement::cue::words;
use crate::statement::{Manner, Statement, Statements};

/// Tokens that are looked back through for a subject in the same sentence.
const BACK: usize = 120;

/// Finds the sources of all statements of one document.
pub(super) struct Resolver<'a> {
    pub(super) parsed: &'a ParsedDocument<'a>,
    pub(super) mentions: &'a Mentions<'a>,
    statements: &'a Statements,
    pub(super) known: Known,
    /// Where the document is: names of places by whose they are, by paragraph.
    pub(super) grounds: Vec<Vec<Ground>>,
}

/// What is known when a statement's source is looked for.
pub(super) struct Before<'f> {
    /// The last source of a statement that stands in no other, and where it stands.
    pub(super) last: Option<(At, &'f Source)>,
    /// Who reports the statement, where it stands within another's content.
    pub(super) outer: Option<&'f Source>,
}

/// What a source's head is as a word.
pub(super) enum Word {
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
    pub(super) fn new(
        parsed: &'a ParsedDocument<'a>,
        mentions: &'a Mentions<'a>,
        statements: &'a Statements,
        places: &[place::Mention],
    ) -> Self {
        let (known, grounds) = (Known::new(parsed, mentions), grounds(parsed, mentions, places));
        Resolver { parsed, mentions, statements, known, grounds }
    }

    /// First all that name somebody, in text order; then what hangs on those: "we", continuations, no source at all.
    pub(super) fn all(&self) -> Vec<Source> {
        let mut found: Vec<Option<Source>> = Vec::new();
        let mut last = None;
        for (index, statement) in self.statements.all().iter().enumerate() {
            let outer = self.reporter(index, &found);
            let before = Before { last: last.and_then(|i: usize| Some((self.at(i)?, found.get(i)?.as_ref()?))), outer };
            let source = self.named(statement, &before);
            last = if source.is_some() && statement.within.is_none() { Some(index) } else { last };
            found.push(source);
        }
        agreed((0..found.len()).map(|i| self.settled(i, &found)).collect())
    }

    /// Where a statement's source stands, or its cue where it has none.
    fn at(&self, index: usize) -> Option<At> {
        let statement = self.statements.all().get(index)?;
        Some((statement.paragraph, statement.source_head.or(statement.cue_head)?))
    }

    /// The source of the nearest statement round this one that reports it in other words and stands before it.
    fn reporter<'f>(&self, index: usize, found: &'f [Option<Source>]) -> Option<&'f Source> {
        let nearest = self.statements.chain(index).next()?;
        let reported = self.statements.all().get(nearest).is_some_and(|s| s.manner == Manner::Reported);
        found.get(nearest).filter(|_| reported)?.as_ref()
    }

    /// The source that a statement names itself.
    fn named(&self, statement: &Statement, before: &Before<'_>) -> Option<Source> {
        if statement.manner == Manner::Transcript
            && let Some(source) = self.label(statement)
        {
            return Some(source);
        }
        match (statement.source_head, statement.source.first()) {
            (Some(head), Some(span)) => {
                let named = self.of_head((statement.paragraph, head), *span, before)?;
                let named = self.of_outlet(statement, head, self.quoting(statement)).unwrap_or(named);
                Some(self.cited(statement, &named, before).unwrap_or(named))
            }
            _ => self.fragment(statement, before),
        }
    }

    /// "The agency reported, citing the ministry, that …": whom an outlet cites is on record, not the outlet.
    fn cited(&self, statement: &Statement, outlet: &Source, before: &Before<'_>) -> Option<Source> {
        let is_outlet = outlet.parties.iter().all(PartyId::is_bystander);
        let object = cited(&self.parsed.paragraphs[statement.paragraph].parse, statement).filter(|_| is_outlet)?;
        let found = self.name((statement.paragraph, object), self.phrase(statement.paragraph, object), before)?;
        let found = self.of_outlet(statement, object, statement.source_head).unwrap_or(found);
        found.parties.iter().any(|p| p.as_str() != PartyId::MEDIA).then_some(found)
    }

    /// "Vesk's agency reported, citing the defence ministry, that …": a body of a state that nobody's name stands with is
    /// that of the outlet's country.
    fn of_outlet(&self, statement: &Statement, body: usize, outlet: Option<usize>) -> Option<Source> {
        let at = (statement.paragraph, body);
        let parse = &self.parsed.paragraphs[at.0].parse;
        let home = self.mentions.home(at.0, outlet?)?;
        let left = [Dep::Compound, Dep::Amod, Dep::Nmod];
        let topic =
            |c: usize| words().topics.contains(&*parse.tokens()[c].lower) || parse.tokens()[c].pos == Pos::Propn;
        let staff = parse.children_by(body, &left).any(topic) || words().state.contains(&*parse.tokens()[body].lower);
        let unnamed = self.mentions.parties(at.0, body, Speaking::NOBODY).is_empty();
        let name = || short(self.parsed.document.slice(self.phrase(at.0, body))).to_owned();
        (staff && unnamed && is_office(parse, body))
            .then(|| source(name(), vec![self.phrase(at.0, body)], vec![home.clone()], "speaker/office-of-outlet"))
    }

    /// "The agency quoted the ministry": who quotes the source of a statement.
    fn quoting(&self, statement: &Statement) -> Option<usize> {
        let parse = &self.parsed.paragraphs[statement.paragraph].parse;
        let verb = parse.tokens().get(statement.source_head?).filter(|t| t.dep == Dep::Dobj)?.head;
        let quotes = matches!(&*parse.tokens()[verb].lemma, "quote" | "cite");
        parse.child_by(verb, Dep::Nsubj).filter(|_| quotes)
    }

    /// "Adding that …", "- Said that …" as a sentence without a subject: the last source goes on.
    fn fragment(&self, statement: &Statement, before: &Before<'_>) -> Option<Source> {
        let parse = &self.parsed.paragraphs[statement.paragraph].parse;
        let cue = statement.cue_head?;
        let token = parse.tokens().get(cue)?;
        let (at, last) = before.last.filter(|(at, _)| *at < (statement.paragraph, cue))?;
        let adds = token.tag == Tag::Vbg && at.0 == statement.paragraph;
        let bare = || !parse.children_by(cue, &[Dep::Nsubj, Dep::Nsubjpass, Dep::Auxpass, Dep::Expl]).any(|_| true);
        let opens = || parse.sentence_of(cue).take(cue - parse.sentence_of(cue).start).all(|i| is_bullet(parse, i));
        // who issues a log notes things there, whoever was heard before
        let issued = || self.mentions.voice.as_ref().is_some_and(|(party, _)| !party.is_bystander());
        let told = || matches!(token.tag, Tag::Vbd | Tag::Vbn | Tag::Vbz) && at.0 + 1 >= statement.paragraph;
        let says = || told() && !issued();
        let goes_on = token.dep == Dep::Root && (adds || (says() && bare() && opens()));
        goes_on.then(|| Source { rule: "speaker/goes-on", ..last.clone() })
    }

    fn of_head(&self, at: At, span: Span, before: &Before<'_>) -> Option<Source> {
        match self.word(at) {
            Word::First => None,
            Word::Person => self.pronoun(at, span, before),
            Word::Thing => Some(self.thing(at, span, before)),
            Word::Relative => self.antecedent(at, span, before),
            Word::Name => self.name(at, span, before),
        }
    }

    pub(super) fn word(&self, at: At) -> Word {
        let token = &self.parsed.paragraphs[at.0].parse.tokens()[at.1];
        if matches!(token.pos, Pos::Propn | Pos::Noun) {
            return Word::Name;
        }
        match &*token.lower {
            "i" | "we" | "us" | "me" | "my" | "our" => Word::First,
            "he" | "she" | "him" | "her" | "his" => Word::Person,
            "it" | "they" | "them" | "its" | "their" => Word::Thing,
            "who" | "which" | "that" => Word::Relative,
            _ => Word::Name,
        }
    }

    /// "he said": who reports this; a person that is a subject before in the sentence; of the last person that was a
    /// subject and the last source the later one.
    fn pronoun(&self, at: At, span: Span, before: &Before<'_>) -> Option<Source> {
        if let Some(outer) = before.outer {
            return Some(Source { spans: vec![span], rule: "speaker/pronoun-reporter", ..outer.clone() });
        }
        if let Some(subject) = self.person_before(at) {
            let named = self.person((at.0, subject), span, &self.mentions.parties(at.0, subject, Speaking::NOBODY))?;
            return Some(Source { rule: "speaker/pronoun", ..named });
        }
        let standing = self.mentions.standing(at.0, at.1).person.clone();
        let named = standing.as_ref().and_then(|(name, _)| self.known.last_named(name, at)).map(|n| n.at);
        match (standing, before.last) {
            (standing, Some((last, source))) if source.is_person() && (standing.is_none() || named <= Some(last)) => {
                Some(Source { spans: vec![span], rule: "speaker/pronoun-last", ..source.clone() })
            }
            (Some((name, party)), _) => Some(self.standing(at, span, name, party)),
            (None, last) => {
                let person = || self.person_told_of(at, span);
                last.map(|(_, l)| Source { spans: vec![span], rule: "speaker/pronoun-last", ..l.clone() })
                    .or_else(person)
            }
        }
    }

    /// "Torv, the mission's head, visited the town. …, she said": a person whom no pack knows, as the last subject before.
    fn person_told_of(&self, (paragraph, token): At, span: Span) -> Option<Source> {
        let subject = |p: usize, end: usize| {
            let parse = &self.parsed.paragraphs[p].parse;
            let is_subject = |i: &usize| matches!(parse.tokens()[*i].dep, Dep::Nsubj | Dep::Nsubjpass | Dep::Poss);
            (end.saturating_sub(BACK)..end).rev().filter(is_subject).find(|&i| self.is_person((p, i))).map(|i| (p, i))
        };
        let above = || paragraph.checked_sub(1).and_then(|p| subject(p, self.parsed.paragraphs[p].parse.len()));
        let at = subject(paragraph, token).or_else(above)?;
        let named = self.person(at, span, &self.mentions.parties(at.0, at.1, Speaking::NOBODY))?;
        Some(Source { rule: "speaker/pronoun", ..named })
    }

    /// The person last spoken of, under the fullest name.
    fn standing(&self, at: At, span: Span, name: String, party: Option<PartyId>) -> Source {
        let full = self.known.full(&name, at);
        let spans = std::iter::once(span).chain(full.map(|f| f.span)).collect();
        let name = full.map_or(name, |f| f.name.clone());
        let parties = party.or_else(|| self.mentions.person(&name)?.party.clone()).into_iter().collect();
        source(name, spans, parties, "speaker/pronoun")
    }

    /// A person that is the subject of an earlier verb of the same sentence.
    fn person_before(&self, (paragraph, token): At) -> Option<usize> {
        let parse = &self.parsed.paragraphs[paragraph].parse;
        let start = parse.sentence_of(token).start.max(token.saturating_sub(BACK));
        (start..token)
            .rev()
            .find(|&i| matches!(parse.tokens()[i].dep, Dep::Nsubj | Dep::Nsubjpass) && self.is_person((paragraph, i)))
    }

    pub(super) fn is_person(&self, (paragraph, i): At) -> bool {
        let entity = self.parsed.paragraphs[paragraph].parse.entity_at(i);
        entity.is_some_and(|e| e.kind == EntityKind::Person)
            || self.mentions.at(paragraph, i).is_some_and(|m| m.kind == Kind::Person)
    }

    /// "they said", "it added": who reports this; the last source, unless it is one person; the last subject's party.
    fn thing(&self, at: At, span: Span, before: &Before<'_>) -> Source {
        let last = before.last.map(|(_, source)| source);
        let parties = self.behind_quotation(at).unwrap_or_else(|| self.mentions.parties(at.0, at.1, Speaking::NOBODY));
        let other = last.filter(|l| !l.is_person() || parties.is_empty());
        match before.outer.or(other) {
            Some(source) => Source { spans: vec![span], rule: "speaker/pronoun-last", ..source.clone() },
            None => {
                let named = parties.first().and_then(|p| self.mentions.of_party(p));
                let name = named.unwrap_or_else(|| short(self.parsed.document.slice(span)).to_owned());
                source(name, vec![span], parties, "speaker/pronoun-subject")
            }
        }
    }

    /// "“Shells fell,” it said", "shells fell, it said": whoever acts in the sentence before, not who does in what is said.
    fn behind_quotation(&self, (paragraph, token): At) -> Option<Vec<PartyId>> {
        let parse = &self.parsed.paragraphs[paragraph].parse;
        let start = parse.sentence_of(token).start;
        let closes = |i: usize| matches!(&*parse.tokens()[i].lower, "\"" | "”" | "''" | "»" | ",");
        let quoted = token.checked_sub(1).is_some_and(|before| before > start && closes(before));
        let acted = self.mentions.standing(paragraph, token).subject.clone();
        acted.filter(|_| quoted).map(|party| vec![party])
    }

    /// "…, who said": the noun that the clause stands behind.
    fn antecedent(&self, at: At, span: Span, before: &Before<'_>) -> Option<Source> {
        let parse = &self.parsed.paragraphs[at.0].parse;
        let clause = parse.ancestors(at.1).find(|&a| parse.tokens()[a].dep == Dep::Relcl)?;
        let noun = parse.tokens()[clause].head;
        if noun == at.1 || matches!(&*parse.tokens()[noun].lower, "who" | "which" | "that") {
            return None;
        }
        let named = self.of_head((at.0, noun), self.phrase(at.0, noun), before)?;
        Some(Source { rule: "speaker/relative", spans: std::iter::once(span).chain(named.spans).collect(), ..named })
    }

    /// The noun phrase of a head up to the head itself.
    fn phrase(&self, paragraph: usize, head: usize) -> Span {
        let here = &self.parsed.paragraphs[paragraph];
        here.span_of(here.parse.tokens()[head].edges.0..head + 1)
    }

    /// "“We wait,” he said. … Torv added": whoever nobody before is, as the next person who speaks in the paragraph.
    fn person_after(&self, index: usize, found: &[Option<Source>]) -> Option<Source> {
        let all = self.statements.all();
        let statement = all.get(index)?;
        let head = statement.source_head.filter(|&h| matches!(self.word((statement.paragraph, h)), Word::Person))?;
        let later =
            |i: &usize| all.get(*i).is_some_and(|s| s.paragraph == statement.paragraph && s.source_head > Some(head));
        let next = (index + 1..all.len()).take_while(later).find_map(|i| found.get(i)?.as_ref())?;
        next.is_person().then(|| next.clone())
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
        match round().or_else(|| self.person_after(index, found)) {
            Some(source) => Source { rule: "speaker/outer", spans, ..source },
            None => Source { spans, ..narrator(self.mentions) },
        }
    }
}

/// What stands before the first word of an entry in a list.
fn is_bullet(parse: &Parse, i: usize) -> bool {
    matches!(parse.tokens()[i].pos, Pos::Punct | Pos::Sym | Pos::Space | Pos::Num | Pos::X | Pos::Adv)
}

/// Whom the source of a statement cites in it: "the agency, citing the ministry, reported", "reports with reference to
/// the ministry".
pub(super) fn cited(parse: &Parse, statement: &Statement) -> Option<usize> {
    let (cue, source) = statement.cue_head.zip(statement.source_head).filter(|(c, _)| *c < parse.len())?;
    // "as the agency reported, citing …": the cue is "as"
    let cue = if &*parse.tokens()[cue].lower == "as" { parse.tokens()[cue].head } else { cue };
    let below = |h: usize| parse.children_by(h, &[Dep::Advcl, Dep::Acl, Dep::Prep, Dep::Xcomp]);
    let citing = |v: usize| match &*parse.tokens()[v].lower {
        "citing" | "quoting" => parse.child_by(v, Dep::Dobj),
        "with" => {
            let reference =
                parse.child_by(v, Dep::Pobj).filter(|&r| matches!(&*parse.tokens()[r].lower, "reference" | "link"))?;
            parse.children_by(reference, &[Dep::Prep]).find_map(|to| parse.child_by(to, Dep::Pobj))
        }
        _ => None,
    };
    let whole = || citing(cue).filter(|o| !statement.content_heads.contains(o));
    let hung_above = || next_clause(parse, cue).and_then(citing);
    below(cue).chain(below(source)).find_map(citing).or_else(hung_above).or_else(whole)
}

/// Furthest that "citing" stands from the verb of reporting, in tokens: "reported late on Monday, citing …".
const CITING: usize = 7;

/// The first word behind a verb and its times, with or without a comma: the parser hangs "citing" to the clause before.
fn next_clause(parse: &Parse, cue: usize) -> Option<usize> {
    let tokens = parse.tokens();
    let timed =
        |i: usize| parse.is_time(i) || matches!(&*tokens[i].lower, "," | "on" | "in" | "late" | "early" | "earlier");
    let end = parse.sentence_of(cue).end.min(cue + CITING);
    (cue + 1..end).find(|&i| !timed(i))
}

/// A person for whom one statement of the document tells whose words they are speaks for the same party in all.
fn agreed(sources: Vec<Source>) -> Vec<Source> {
    let mut known: BTreeMap<String, PartyId> = BTreeMap::new();
    for source in sources.iter().filter(|s| s.is_person() && s.name.contains(' ')) {
        if let Some(party) = source.parties.first().filter(|p| !p.is_bystander()) {
            known.entry(source.name.clone()).or_insert_with(|| party.clone());
        }
    }
    let nobodys = |source: &Source| source.parties.iter().all(|p| p.as_str() == PartyId::OTHER);
    let settle = |source: Source| match known.get(&source.name).filter(|_| nobodys(&source)) {
        Some(party) => Source { parties: vec![party.clone()], ..source },
        None => source,
    };
    sources.into_iter().map(settle).collect()
}

/// A source; `other` where no party is known.
pub(super) fn source(name: String, spans: Vec<Span>, parties: Vec<PartyId>, rule: &'static str) -> Source {
    let parties = if parties.is_empty() { vec![PartyId::new(PartyId::OTHER)] } else { parties };
    Source { name, spans, parties, via: Vec::new(), rule }
}
