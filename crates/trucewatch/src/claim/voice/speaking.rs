//! Which statements put their sources on record for what they say.

use syntax::{Dep, Pos};

use super::super::page::Page;
use super::super::terms::TERMS;
use super::CLAIMED;
use super::words::WORDS;
use crate::pack::PartyId;
use crate::statement::speaker::NARRATOR;
use crate::statement::{Statement, Verdict, says};

/// The statement whose cue is the token itself: "welcomed the plan", "denied the deployment".
///
/// Who talks or speaks with somebody is not on record for it.
pub(super) fn at_cue(page: &Page<'_>, token: usize) -> Option<usize> {
    if matches!(page.lemma(token), "talk" | "speak" | "discuss") {
        return None;
    }
    let all = page.statements.all();
    all.iter().position(|s| s.paragraph == page.index && s.cue_head == Some(token) && s.source_head.is_some())
}

/// Whether a statement puts its source on record: speech, not what somebody is only reported to plan, back or do, and
/// not what a thing "says".
pub(super) fn speaks(page: &Page<'_>, index: usize) -> bool {
    let Some(statement) = page.statements.all().get(index) else { return false };
    let speech = ["clause", "quote", "statement/"].iter().any(|r| statement.rule.contains(r))
        || (statement.verdict == Verdict::Assert
            && cue_lemma(page, statement).is_some_and(|l| WORDS.stating.contains(l)))
        || statement.rule.starts_with(CLAIMED) && statement.verdict == Verdict::Assert;
    let pointed = matches!(
        statement.verdict,
        Verdict::Deny | Verdict::Accuse | Verdict::Criticize | Verdict::CallFor | Verdict::Reject | Verdict::Threaten
    ) || cue_lemma(page, statement).is_some_and(|l| matches!(l, "warn" | "caution"))
        || is_voiced(page, statement);
    let on_record = (statement.spoken || is_finding(page, statement))
        && (speech || pointed)
        && !is_unsaid(page, statement)
        && !is_act(page, statement)
        && !is_assault(page, statement);
    let somebody = || can_speak(page, statement) || is_of_party(page, index);
    on_record && page.sources.get(index).is_some_and(|s| s.name != NARRATOR) && somebody()
}

/// "Neither side has confirmed the loss", "has not said how many fell": what somebody leaves unsaid is the outlet's; so is
/// what has "claimed ten lives".
fn is_unsaid(page: &Page<'_>, statement: &Statement) -> bool {
    let Some(parse) = page.mentions.parsed().paragraphs.get(statement.paragraph).map(|p| &p.parse) else {
        return false;
    };
    let Some(cue) = statement.cue_head.filter(|&c| c < parse.len()) else { return false };
    let leaves = statement.negated || statement.source_head.is_some_and(|s| is_nobody(parse, s));
    let lemma = &*parse.tokens()[cue].lemma;
    let told = statement.verdict == Verdict::Assert && WORDS.unsaid.contains(lemma);
    (leaves && told) || (lemma == "claim" && takes_lives(parse, cue)) || talks_with(parse, cue)
}

/// "Spoke with the president about a truce": what two speak about, neither has said.
fn talks_with(parse: &syntax::Parse, verb: usize) -> bool {
    let with = |p: usize| matches!(&*parse.tokens()[p].lower, "with" | "by");
    let talks = matches!(&*parse.tokens()[verb].lemma, "speak" | "talk");
    talks && parse.children_by(verb, &[Dep::Prep]).any(with)
}

/// "Neither side", "no group", "nobody": a subject that says that nobody did.
pub(super) fn is_nobody(parse: &syntax::Parse, subject: usize) -> bool {
    let none = |i: usize| matches!(&*parse.tokens()[i].lower, "neither" | "no" | "nobody" | "none");
    none(subject) || parse.children(subject).any(|c| c < subject && none(c))
}

/// "Claimed ten lives": what took them says nothing.
pub(super) fn takes_lives(parse: &syntax::Parse, verb: usize) -> bool {
    parse.child_by(verb, Dep::Dobj).is_some_and(|o| matches!(&*parse.tokens()[o].lemma, "life" | "victim"))
}

/// "The inquiry found that …": what those who look into things find, they put on record.
fn is_finding(page: &Page<'_>, statement: &Statement) -> bool {
    let tokens = page.mentions.parsed().paragraphs.get(statement.paragraph).map(|p| p.parse.tokens());
    let head = tokens.zip(statement.source_head).and_then(|(t, head)| t.get(head));
    let inquires = head.is_some_and(|t| WORDS.inquiring.contains(&*t.lemma.to_lowercase()));
    inquires && statement.rule.contains("clause") && cue_lemma(page, statement) == Some("find")
}

/// Whether what is said to say something is a party's, and no paper that parties signed: "the Veskan inquiry found",
/// "according to Vesk's watchdog", but not "according to Vesk's treaty".
fn is_of_party(page: &Page<'_>, index: usize) -> bool {
    let statement = &page.statements.all()[index];
    let Some(head) = statement.source_head else { return false };
    let parse = &page.mentions.parsed().paragraphs[statement.paragraph].parse;
    let lemma = &*parse.tokens()[head].lemma;
    let paper = || statement.rule.starts_with("cue/verb/quote") && WORDS.papers.contains(lemma);
    let says = ["cue/verb/clause", "statement/according"].iter().any(|r| statement.rule.starts_with(r)) || paper();
    let theirs = page.sources[index].parties.iter().any(|p| !p.is_bystander());
    says && theirs && !WORDS.silent.contains(lemma)
}

/// "Expressed hope that …", "voiced fears of …": the noun is put in words by its verb.
fn is_voiced(page: &Page<'_>, statement: &Statement) -> bool {
    let tokens = page.mentions.parsed().paragraphs.get(statement.paragraph).map(|p| p.parse.tokens());
    let verb = tokens.zip(statement.cue_head).and_then(|(t, cue)| t.get(t.get(cue)?.head));
    verb.is_some_and(|v| matches!(&*v.lemma, "express" | "voice"))
}

/// The lemma of a statement's cue.
fn cue_lemma<'a>(page: &Page<'a>, statement: &Statement) -> Option<&'a str> {
    let parse = &page.mentions.parsed().paragraphs.get(statement.paragraph)?.parse;
    parse.tokens().get(statement.cue_head?).map(|t| &*t.lemma)
}

/// "Vesk declared a truce": the declaring is the act itself, which the outlet reports.
fn is_act(page: &Page<'_>, statement: &Statement) -> bool {
    let parse = &page.mentions.parsed().paragraphs[statement.paragraph].parse;
    let declaring = |i: usize| matches!(&*parse.tokens()[i].lemma, "declare" | "proclaim" | "order");
    let object = |i: &usize| parse.tokens().get(*i).is_some_and(|t| t.dep == Dep::Dobj);
    statement.cue_head.is_some_and(declaring) && statement.content_heads.iter().any(object)
}

/// "Their attack on the post": in reports of a conflict the noun is the deed.
fn is_assault(page: &Page<'_>, statement: &Statement) -> bool {
    let parse = &page.mentions.parsed().paragraphs[statement.paragraph].parse;
    let noun = |i: usize| parse.tokens()[i].pos == Pos::Noun && &*parse.tokens()[i].lemma == "attack";
    statement.cue_head.is_some_and(noun)
}

/// "The envoy said that Vesk thought …, refused …": what somebody believes or turns down, in the words of another who is
/// on record for it.
pub(super) fn is_told_of(page: &Page<'_>, index: usize) -> bool {
    let statement = &page.statements.all()[index];
    let deed = !["clause", "quote", "statement/"].iter().any(|r| statement.rule.contains(r));
    let mind = statement.verdict == Verdict::Believe
        || (deed && matches!(statement.verdict, Verdict::Reject | Verdict::Threaten | Verdict::Deny));
    let parties = |i: usize| page.sources.get(i).map(|s| &s.parties);
    let reports = |&outer: &usize| {
        let media = parties(outer).is_some_and(|p| p.iter().any(|p| p.as_str() == PartyId::MEDIA));
        speaks(page, outer) && !media && parties(outer) != parties(index)
    };
    mind && page.statements.chain(index).find(|o| speaks(page, *o)).is_some_and(|o| reports(&o))
}

/// Whether a source is somebody: a name, a party, a pronoun or a noun for people and bodies that speak.
fn can_speak(page: &Page<'_>, statement: &Statement) -> bool {
    let Some(head) = statement.source_head else { return true };
    let parse = &page.mentions.parsed().paragraphs[statement.paragraph].parse;
    let token = &parse.tokens()[head];
    let named = |i: usize| parse.child_by(i, Dep::Appos).is_some_and(|a| parse.tokens()[a].pos == Pos::Propn);
    let empty = statement.cue_head.is_some_and(|c| {
        matches!(parse.tokens().get(c).map(|t| &*t.lemma), Some("make" | "be" | "seem" | "appear" | "take" | "become"))
    });
    let impersonal = matches!(&*token.lower, "this" | "that" | "there" | "what" | "which" | "something" | "nothing")
        || (&*token.lower == "it" && empty);
    match token.pos {
        Pos::Pron => !impersonal,
        Pos::Noun => {
            TERMS.speakers.contains(&*token.lemma)
                || (statement.within.is_none() && says(parse, head))
                || page.mentions.at(statement.paragraph, head).is_some()
                || parse.entity_at(head).is_some()
                || named(head)
        }
        // "per the Protocol": what parties signed says nothing, with a capital either
        Pos::Propn if statement.rule.starts_with("statement/according") => {
            let person = parse.entity_at(head).is_some_and(|e| e.kind == syntax::EntityKind::Person);
            person || !WORDS.silent.contains(&*token.lower)
        }
        _ => true,
    }
}
