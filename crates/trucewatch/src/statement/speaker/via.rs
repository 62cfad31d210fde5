//! Who carried a statement here: the sources round it, the outlet that was told, the interview it was given in.

use syntax::{Dep, Parse};

use super::resolve::cited;
use super::{NARRATOR, Source};
use crate::document::ParsedDocument;
use crate::pack::PartyId;
use crate::party::{Kind, Mention, Mentions};
use crate::statement::{Statement, Statements, Verdict};

/// Fills in the chains of all sources; a chain goes on over following statements of the same source.
pub(super) fn fill(
    parsed: &ParsedDocument<'_>,
    mentions: &Mentions<'_>,
    statements: &Statements,
    found: &mut [Source],
) {
    let own: Vec<Vec<String>> = (0..found.len()).map(|i| chain(parsed, mentions, statements, found, i)).collect();
    let mut before: Option<(String, Vec<String>)> = None;
    for (source, via) in found.iter_mut().zip(own) {
        let goes_on = before.as_ref().filter(|(name, _)| via.is_empty() && *name == source.name && name != NARRATOR);
        source.via = goes_on.map_or(via, |(_, chain)| chain.clone());
        before = Some((source.name.clone(), source.via.clone()));
    }
}

/// The names that stand between a statement's source and the document, nearest to the source last.
fn chain(
    parsed: &ParsedDocument<'_>,
    mentions: &Mentions<'_>,
    statements: &Statements,
    found: &[Source],
    index: usize,
) -> Vec<String> {
    let own = found.get(index).map(|s| s.name.as_str()).unwrap_or_default();
    let speaks = |s: &Statement| matches!(s.verdict, Verdict::Assert | Verdict::Deny);
    let outer: Vec<usize> = statements.chain(index).collect();
    let mut names: Vec<String> = Vec::new();
    for i in outer.into_iter().rev().filter(|&i| statements.all().get(i).is_some_and(speaks)) {
        let name = found.get(i).map(|s| s.name.clone()).unwrap_or_default();
        if name != own && name != NARRATOR && !names.contains(&name) {
            names.push(name);
        }
    }
    let told = statements
        .all()
        .get(index)
        .and_then(|s| outlet_told(parsed, mentions, s).or_else(|| citing(parsed, mentions, s)));
    names.extend(told.filter(|name| name != own));
    names
}

/// "The agency reported, citing X": the outlet, where X is on record.
fn citing(parsed: &ParsedDocument<'_>, mentions: &Mentions<'_>, statement: &Statement) -> Option<String> {
    let parse = &parsed.paragraphs.get(statement.paragraph)?.parse;
    cited(parse, statement)?;
    let outlet = mentions.at(statement.paragraph, statement.source_head?);
    let of_media = |m: &&Mention| m.kind == Kind::Outlet || m.party.as_str() == PartyId::MEDIA;
    outlet.filter(of_media).map(|m| parse.words(m.tokens.clone()).to_owned())
}

/// "told X", "in an interview with X", "quoted by X", where X is an outlet.
fn outlet_told(parsed: &ParsedDocument<'_>, mentions: &Mentions<'_>, statement: &Statement) -> Option<String> {
    let parse = &parsed.paragraphs.get(statement.paragraph)?.parse;
    let is_outlet = |&i: &usize| {
        mentions
            .at(statement.paragraph, i)
            .is_some_and(|m| m.kind == Kind::Outlet || m.party.as_str() == PartyId::MEDIA)
    };
    let verb = statement.cue_head.filter(|&c| c < parse.len())?;
    let phrases = parse.children_by(verb, &[Dep::Prep, Dep::Agent, Dep::Dative]);
    let objects = phrases.filter_map(|p| parse.child_by(p, Dep::Pobj));
    let deeper = objects.flat_map(|o| {
        let inner = parse.children_by(o, &[Dep::Prep]).filter_map(|p| parse.child_by(p, Dep::Pobj));
        std::iter::once(o).chain(inner).collect::<Vec<_>>()
    });
    let quoted = quoting(parse, verb).into_iter().flatten();
    let carrier = statement.addressee.into_iter().chain(deeper).chain(quoted).find(is_outlet)?;
    mentions.at(statement.paragraph, carrier).map(|m| parse.words(m.tokens.clone()).to_owned())
}

/// "X quoted him as saying", "he was quoted by X as saying": who quotes.
fn quoting(parse: &Parse, verb: usize) -> Option<[usize; 2]> {
    let tokens = parse.tokens();
    let preposition = (tokens[verb].dep == Dep::Pcomp).then_some(tokens[verb].head)?;
    let above = (&*tokens[preposition].lower == "as").then_some(tokens[preposition].head)?;
    let agent = parse.child_by(above, Dep::Agent).and_then(|by| parse.child_by(by, Dep::Pobj));
    let subject = parse.child_by(above, Dep::Nsubj);
    let first = agent.or(subject)?;
    Some([first, subject.unwrap_or(first)])
}
