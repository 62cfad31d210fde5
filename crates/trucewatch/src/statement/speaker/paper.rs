//! Papers as sources: who wrote, sent or posted them.

use syntax::{Dep, EntityKind, Parse, Pos};

use super::Source;
use super::known::{At, trimmed};
use super::name::short;
use super::resolve::{Before, Resolver, source};
use crate::document::Span;
use crate::pack::PartyId;
use crate::party::Speaking;
use crate::statement::cue::words;

/// Tokens that are looked back through for the same paper.
const BACK: usize = 60;

impl Resolver<'_> {
    /// "a statement from X", "the report issued by X": who wrote it; "the statement": the last source.
    pub(super) fn paper(&self, at: At, span: Span, before: &Before<'_>) -> Option<Source> {
        let parse = &self.parsed.paragraphs[at.0].parse;
        let lemma = &*parse.tokens()[at.1].lemma;
        let recorded = || words().records.contains(lemma) && writer_of(parse, at.1).is_some();
        if !words().papers.contains(lemma) && !recorded() {
            return None;
        }
        let before_it = || self.is_bare(at).then(|| self.sent_before(at)).flatten();
        if let Some(writer) = writer_of(parse, at.1).or_else(before_it) {
            let here = &self.parsed.paragraphs[at.0];
            let own = here.span_of(parse.tokens()[writer].edges.0..parse.tokens()[writer].edges.1 + 1);
            let named = self.name((at.0, writer), own, before).or_else(|| self.unknown_writer(own, recorded()))?;
            let parties = self.army_here((at.0, writer), &named).unwrap_or(named.parties.clone());
            return Some(Source { rule: "speaker/paper", parties, ..named });
        }
        let (_, last) = before.last.filter(|_| self.is_bare(at))?;
        Some(Source { spans: vec![span], rule: "speaker/paper-last", ..last.clone() })
    }

    /// "Data from the hospital": whoever recorded something is on record, though no word tells that it speaks.
    fn unknown_writer(&self, own: Span, recorded: bool) -> Option<Source> {
        let name = trimmed(short(self.parsed.document.slice(own))).to_owned();
        recorded.then(|| source(name, vec![own], Vec::new(), "speaker/as-written"))
    }

    /// "A military statement", where nobody was named that has an army: that of the state where the report is.
    fn army_here(&self, at: At, named: &Source) -> Option<Vec<PartyId>> {
        let parse = &self.parsed.paragraphs[at.0].parse;
        let nobodys = named.parties.iter().all(|p| p.as_str() == PartyId::OTHER);
        let of_state = words().state.contains(&*parse.tokens()[at.1].lower);
        let alone = !parse.children(at.1).any(|c| parse.tokens()[c].dep != Dep::Det);
        if !nobodys || !of_state || !alone {
            return None;
        }
        self.last_named(at).map(|(party, _)| vec![party])
    }

    /// "The army published a report. … The report said": who sent the same paper before in the paragraph.
    fn sent_before(&self, at: At) -> Option<usize> {
        let parse = &self.parsed.paragraphs[at.0].parse;
        let lemma = &parse.tokens()[at.1].lemma;
        let is_party = |s: &usize| {
            let parties = self.mentions.parties(at.0, *s, Speaking::NOBODY);
            parties.first().is_some_and(|p| !p.is_bystander())
        };
        let sender = |i: usize| writer_of(parse, i).or_else(|| sender_with(parse, i)).filter(is_party);
        (at.1.saturating_sub(BACK)..at.1).rev().filter(|&i| parse.tokens()[i].lemma == *lemma).find_map(sender)
    }
}

/// Who wrote a paper: "X's statement", "a statement by X", "a statement issued by X".
fn writer_of(parse: &Parse, paper: usize) -> Option<usize> {
    let by = |c: usize| match (parse.tokens()[c].dep, &*parse.tokens()[c].lower) {
        (Dep::Poss, _) if !parse.is_time(c) => Some(c),
        (Dep::Prep | Dep::Agent, "by" | "from") => parse.child_by(c, Dep::Pobj),
        (Dep::Prep, "on") => parse.child_by(c, Dep::Pobj).and_then(|page| owner_of_page(parse, page)),
        (Dep::Prep, "of") => parse.child_by(c, Dep::Pobj).and_then(|o| issuer_of(parse, o).or(Some(o))),
        (Dep::Acl, _) => issued_by(parse, c),
        _ => None,
    };
    let nation = |c: &usize| {
        let entity = parse.entity_at(*c).map(|e| e.kind);
        matches!(entity, Some(EntityKind::Norp | EntityKind::Gpe | EntityKind::Org))
    };
    let body = |c: &usize| words().bodies.contains(&*parse.tokens()[*c].lemma);
    let left = || parse.children_by(paper, &[Dep::Amod, Dep::Compound, Dep::Nmod]);
    let adjective = || left().find(nation).or_else(|| left().find(body));
    parse.children(paper).find_map(by).or_else(|| sender_of(parse, paper)).or_else(adjective)
}

/// "The army published a report", "said in a communique": whose verb a paper stands under.
fn sender_with(parse: &Parse, paper: usize) -> Option<usize> {
    let token = &parse.tokens()[paper];
    let above = token.head;
    let verb = match token.dep {
        Dep::Dobj => above,
        Dep::Pobj if &*parse.tokens()[above].lower == "in" => parse.tokens()[above].head,
        _ => return None,
    };
    parse.child_by(verb, Dep::Nsubj)
}

/// "A readout of the call released by X": who issued what the paper is of.
fn issuer_of(parse: &Parse, of: usize) -> Option<usize> {
    parse.children_by(of, &[Dep::Acl]).find_map(|made| issued_by(parse, made))
}

/// "On the ministry's website": whose page it is.
fn owner_of_page(parse: &Parse, page: usize) -> Option<usize> {
    let is_page =
        matches!(&*parse.tokens()[page].lemma, "website" | "site" | "page" | "channel" | "account" | "profile");
    parse.child_by(page, Dep::Poss).filter(|_| is_page)
}

/// "Issued by X", "posted on X's page": who made a paper public.
fn issued_by(parse: &Parse, made: usize) -> Option<usize> {
    let by = || parse.child_by(made, Dep::Agent).and_then(|a| parse.child_by(a, Dep::Pobj));
    let posted = matches!(&*parse.tokens()[made].lower, "posted" | "published" | "carried" | "released" | "shared");
    let page = || {
        let on = parse.children_by(made, &[Dep::Prep]).find(|&p| matches!(&*parse.tokens()[p].lower, "on" | "to"))?;
        parse.child_by(on, Dep::Pobj).and_then(|page| owner_of_page(parse, page))
    };
    by().or_else(|| posted.then(page).flatten())
}

/// "The daily carried a Veskan statement": whose verb only says that it passed the paper on.
fn is_carried(parse: &Parse, verb: usize) -> bool {
    words().carrying.contains(&*parse.tokens()[verb].lemma)
}

/// "Vesk sent a letter warning …", "released a statement that said …": who sends a paper that is the verb's object.
fn sender_of(parse: &Parse, paper: usize) -> Option<usize> {
    let token = &parse.tokens()[paper];
    let verb = (token.dep == Dep::Dobj).then_some(token.head).filter(|&v| !is_carried(parse, v))?;
    parse.child_by(verb, Dep::Nsubj).filter(|&s| matches!(parse.tokens()[s].pos, Pos::Noun | Pos::Propn))
}
