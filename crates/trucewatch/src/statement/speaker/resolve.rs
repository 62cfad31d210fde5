//! From the words of a source to a name and its parties.

use syntax::{Dep, EntityKind, Parse, Pos, Tag};

use super::known::{At, Known, trimmed, whole_title};
use super::{Source, narrator};
use crate::document::{ParsedDocument, Span};
use crate::pack::PartyId;
use crate::party::{Kind, Mentions, fold};
use crate::statement::cue::words;
use crate::statement::source::can_speak;
use crate::statement::{Manner, Statement, Statements};

/// Tokens that are looked back through for a subject in the same sentence.
const BACK: usize = 120;

/// Finds the sources of all statements of one document.
pub(super) struct Resolver<'a> {
    parsed: &'a ParsedDocument<'a>,
    mentions: &'a Mentions<'a>,
    statements: &'a Statements,
    known: Known,
}

/// What is known when a statement's source is looked for.
struct Before<'f> {
    /// The last source of a statement that stands in no other, and where it stands.
    last: Option<(At, &'f Source)>,
    /// Who reports the statement, where it stands within another's content.
    outer: Option<&'f Source>,
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
        let mut last = None;
        for (index, statement) in self.statements.all().iter().enumerate() {
            let outer = self.reporter(index, &found);
            let before = Before { last: last.and_then(|i: usize| Some((self.at(i)?, found.get(i)?.as_ref()?))), outer };
            let source = self.named(statement, &before);
            last = if source.is_some() && statement.within.is_none() { Some(index) } else { last };
            found.push(source);
        }
        (0..found.len()).map(|i| self.settled(i, &found)).collect()
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
        match (statement.source_head, statement.source.first()) {
            (Some(head), Some(span)) => self.of_head((statement.paragraph, head), *span, before),
            _ => self.fragment(statement, before),
        }
    }

    /// "Adding that …" as a sentence without a subject: the last source of the paragraph goes on.
    fn fragment(&self, statement: &Statement, before: &Before<'_>) -> Option<Source> {
        let token = self.parsed.paragraphs[statement.paragraph].parse.tokens().get(statement.cue_head?)?;
        let (at, last) = before.last.filter(|(at, _)| at.0 == statement.paragraph)?;
        let goes_on =
            token.tag == Tag::Vbg && token.dep == Dep::Root && at < (statement.paragraph, statement.cue_head?);
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

    fn word(&self, at: At) -> Word {
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
            let named = self.person((at.0, subject), span, &self.mentions.parties(at.0, subject, None))?;
            return Some(Source { rule: "speaker/pronoun", ..named });
        }
        let standing = self.mentions.standing(at.0, at.1).person.clone();
        let named = standing.as_ref().and_then(|(name, _)| self.known.last_named(name, at)).map(|n| n.at);
        match (standing, before.last) {
            (standing, Some((last, source))) if source.is_person() && (standing.is_none() || named <= Some(last)) => {
                Some(Source { spans: vec![span], rule: "speaker/pronoun-last", ..source.clone() })
            }
            (Some((name, party)), _) => Some(self.standing(at, span, name, party)),
            (None, last) => last.map(|(_, l)| Source { spans: vec![span], rule: "speaker/pronoun-last", ..l.clone() }),
        }
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

    fn is_person(&self, (paragraph, i): At) -> bool {
        let entity = self.parsed.paragraphs[paragraph].parse.entity_at(i);
        entity.is_some_and(|e| e.kind == EntityKind::Person)
            || self.mentions.at(paragraph, i).is_some_and(|m| m.kind == Kind::Person)
    }

    /// "they said", "it added": who reports this; the last source, unless it is one person; the last subject's party.
    fn thing(&self, at: At, span: Span, before: &Before<'_>) -> Source {
        let last = before.last.map(|(_, source)| source);
        let parties = self.mentions.parties(at.0, at.1, None);
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

    fn name(&self, at: At, span: Span, before: &Before<'_>) -> Option<Source> {
        let parties = self.mentions.parties(at.0, at.1, None);
        self.person(at, span, &parties)
            .or_else(|| self.possessed(at, span, before))
            .or_else(|| self.paper(at, span, before))
            .or_else(|| self.short_form(at, span, &parties))
            .or_else(|| self.same_again(at, span, before))
            .or_else(|| self.bare_body(at, span, &parties, before))
            .or_else(|| self.as_written(at, span, parties))
    }

    /// "his country", "its army": the party of who reports it.
    fn possessed(&self, at: At, span: Span, before: &Before<'_>) -> Option<Source> {
        let parse = &self.parsed.paragraphs[at.0].parse;
        let owner =
            parse.child_by(at.1, Dep::Poss).filter(|&p| matches!(self.word((at.0, p)), Word::Person | Word::Thing))?;
        let other = matches!(
            &*parse.tokens()[at.1].lemma,
            "counterpart" | "rival" | "opponent" | "enemy" | "neighbor" | "neighbour"
        );
        let outer = before.outer.filter(|_| owner < at.1 && !other)?;
        let own = || self.mentions.of_party(outer.parties.first()?);
        let name = own().unwrap_or_else(|| short(self.parsed.document.slice(span)).to_owned());
        Some(Source { name, spans: vec![span], rule: "speaker/possessed", ..outer.clone() })
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
        let steps: [&dyn Fn() -> Vec<PartyId>; 3] =
            [&|| parties.to_vec(), &|| self.mentions.parties(at.0, head, None), &|| {
                self.mentions.person(&name).and_then(|p| p.party.clone()).into_iter().collect()
            }];
        let parties = steps.iter().map(|step| step()).find(|p| !p.is_empty()).unwrap_or_default();
        let before = full.map(|f| f.span).filter(|s| !s.meets(span));
        Some(source(name, std::iter::once(span).chain(before).collect(), parties, "speaker/person"))
    }

    /// A single name that is the last word of a person's named before, whatever the model takes it for here.
    fn is_surname(&self, at: At) -> bool {
        let parse = &self.parsed.paragraphs[at.0].parse;
        let proper = parse.tokens()[at.1].pos == Pos::Propn && self.mentions.at(at.0, at.1).is_none();
        proper && self.known.full(parse.word(at.1), at).is_some_and(|full| full.name.contains(' '))
    }

    /// "a statement from X", "the report issued by X": who wrote it; "the statement": the last source.
    fn paper(&self, at: At, span: Span, before: &Before<'_>) -> Option<Source> {
        let parse = &self.parsed.paragraphs[at.0].parse;
        if !words().papers.contains(&*parse.tokens()[at.1].lemma) {
            return None;
        }
        if let Some(writer) = writer_of(parse, at.1) {
            let here = &self.parsed.paragraphs[at.0];
            let own = here.span_of(parse.tokens()[writer].edges.0..parse.tokens()[writer].edges.1 + 1);
            let named = self.name((at.0, writer), own, before)?;
            return Some(Source { rule: "speaker/paper", ..named });
        }
        let (_, last) = before.last.filter(|_| self.is_bare(at))?;
        Some(Source { spans: vec![span], rule: "speaker/paper-last", ..last.clone() })
    }

    /// "the source", "the group": the last source, if it was called so.
    fn same_again(&self, at: At, span: Span, before: &Before<'_>) -> Option<Source> {
        let token = &self.parsed.paragraphs[at.0].parse.tokens()[at.1];
        let (_, last) = before.last.filter(|_| self.is_bare(at))?;
        let called = last.name.split_whitespace().any(|w| fold(w) == fold(&token.lower));
        called.then(|| Source { spans: vec![span], rule: "speaker/same-again", ..last.clone() })
    }

    /// "the army", "the group": a body without a name belongs to who spoke or acted last.
    fn bare_body(&self, at: At, span: Span, parties: &[PartyId], before: &Before<'_>) -> Option<Source> {
        let token = &self.parsed.paragraphs[at.0].parse.tokens()[at.1];
        let parse = &self.parsed.paragraphs[at.0].parse;
        let told_apart = parse.children_by(at.1, &[Dep::Compound, Dep::Amod, Dep::Relcl, Dep::Acl]).next().is_some();
        if !parties.is_empty() || told_apart || !words().bodies.contains(&*token.lemma) || !self.is_bare(at) {
            return None;
        }
        let near = before.last.filter(|((paragraph, _), _)| at.0 - paragraph <= 1).map(|(_, source)| &source.parties);
        let spoke = near.and_then(|p| p.first()).filter(|p| !p.is_bystander()).cloned();
        let acted = || self.mentions.standing(at.0, at.1).subject.clone().filter(|p| !p.is_bystander());
        let own = || self.mentions.voice.as_ref().map(|v| v.0.clone());
        let party = own().or(spoke).or_else(acted)?;
        let name = trimmed(short(self.parsed.document.slice(span))).to_owned();
        Some(source(name, vec![span], vec![party], "speaker/bare-body"))
    }

    /// "the minister", "the ministry": the last one so called, where the phrase names no other party.
    fn short_form(&self, at: At, span: Span, parties: &[PartyId]) -> Option<Source> {
        let token = &self.parsed.paragraphs[at.0].parse.tokens()[at.1];
        if !matches!(token.pos, Pos::Noun | Pos::Propn) || !self.is_bare(at) {
            return None;
        }
        let titled = self.known.titled(&whole_title(&self.parsed.paragraphs[at.0].parse, at.1), at);
        let (named, rule) = match titled {
            Some(person) => (person, "speaker/title"),
            None => (self.known.body(&token.lower, at)?, "speaker/short-form"),
        };
        let theirs = self.mentions.parties(named.at.0, named.head, None);
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

    /// The source's own words, and what parties they name; none for a thing that says nothing itself ("figures").
    fn as_written(&self, at: At, span: Span, parties: Vec<PartyId>) -> Option<Source> {
        let parse = &self.parsed.paragraphs[at.0].parse;
        let joint = parse.child_by(at.1, Dep::Conj).is_some();
        if parties.is_empty() && !can_speak(parse, at.1) {
            return None;
        }
        let name = trimmed(short(self.parsed.document.slice(span))).to_owned();
        let rule = match parties.len() {
            0 => "speaker/as-written",
            1 => "speaker/name",
            _ if joint => "speaker/joint",
            _ => "speaker/both-sides",
        };
        Some(source(name, vec![span], parties, rule))
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

/// What opens a clause, a parenthesis or an aside behind a name.
const ASIDES: &[&str] =
    &[" (", " [", " – ", " — ", " -- ", ", who", ", which", ", whose", ", where", " who ", " which ", " whose "];

/// A name without the clause, parenthesis or aside behind it: "the Ministry of Vesk – which nobody recognizes".
fn short(name: &str) -> &str {
    let end = ASIDES.iter().filter_map(|a| name.find(a)).filter(|&at| at > 0).min().unwrap_or(name.len());
    name.get(..end).unwrap_or(name).trim_end_matches([',', ' '])
}

/// Who wrote a paper: "X's statement", "a statement by X", "a statement issued by X".
fn writer_of(parse: &Parse, paper: usize) -> Option<usize> {
    let by = |c: usize| match parse.tokens()[c].dep {
        Dep::Poss => Some(c),
        Dep::Prep | Dep::Agent if matches!(&*parse.tokens()[c].lower, "by" | "from" | "of") => {
            parse.child_by(c, Dep::Pobj)
        }
        Dep::Acl => parse.child_by(c, Dep::Agent).and_then(|a| parse.child_by(a, Dep::Pobj)),
        _ => None,
    };
    parse.children(paper).find_map(by)
}

/// A source; `other` where no party is known.
fn source(name: String, spans: Vec<Span>, parties: Vec<PartyId>, rule: &'static str) -> Source {
    let parties = if parties.is_empty() { vec![PartyId::new(PartyId::OTHER)] } else { parties };
    Source { name, spans, parties, via: Vec::new(), rule }
}

#[cfg(test)]
mod tests {
    use super::short;

    #[test]
    fn names_without_an_aside_stay() {
        assert_eq!(short("the Veskan Ministry of Defence"), "the Veskan Ministry of Defence");
        assert_eq!(short("(VTA)"), "(VTA)");
    }

    #[test]
    fn clauses_and_parentheses_are_cut_off() {
        assert_eq!(short("The Ministry of Vesk – which nobody recognizes"), "The Ministry of Vesk");
        assert_eq!(short("They (through Marta)"), "They");
        assert_eq!(short("Officials in Rivna, who helped with the talks"), "Officials in Rivna");
    }
}
