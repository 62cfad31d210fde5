//! Who is on record for an event: the source of the innermost statement round it, or the outlet itself.

mod floor;
mod inputs;
mod lands;
mod stance;
mod weigh;
mod words;

use syntax::{Dep, Pos, Tag};

use super::modality::MODALITY;
use super::mode::Decision;
use super::page::Page;
use super::terms::TERMS;
use super::trigger::Trigger;
use super::{Kind, Mode, Speaker, Traced};
use crate::pack::PartyId;
use crate::party::Speaking;
use crate::statement::speaker::{NARRATOR, Source};
use crate::statement::{Manner, Statement, Verdict, says};
pub(super) use floor::Past;
pub(super) use weigh::{TOGETHER, settle, unsettled};
use words::WORDS;

/// The rules for "the claim that …", "statements from Vesk that …".
const CLAIMED: &str = "cue/noun/that";

/// How far above the claim's word the verb of a stand is looked for.
const HIGHEST: usize = 5;

/// Who is on record, and by which word.
#[derive(Debug, Clone)]
pub(super) struct Voice {
    pub(super) speaker: Traced<Speaker>,
    /// Outlets that carried it, nearest to the speaker last.
    pub(super) via: Vec<Traced<String>>,
    /// Token of the reporting word, where it stands in the same paragraph.
    pub(super) cue: Option<usize>,
    /// What the reporting word says of what is reported.
    pub(super) verdict: Verdict,
    /// Token of the one accused, told or asked.
    pub(super) addressee: Option<usize>,
}

/// Everybody on record for the event at a token: one voice, or one for each of several who say it together.
pub(super) fn voices_of(page: &Page<'_>, token: usize) -> Vec<Voice> {
    let round = page.statements.round(page.index, token);
    let mut candidates = at_cue(page, token).into_iter().chain(round);
    let found = candidates.find(|&i| speaks(page, i) && !is_aside(page, i, token) && !is_told_of(page, i));
    let counted = reporter(page, token);
    match (found, counted) {
        (Some(index), Some(reporter))
            if is_below(page, index, &reporter) || is_nearer(page, index, token, &reporter) =>
        {
            voices(page, index)
        }
        (_, Some(reporter)) => vec![reporter],
        (Some(index), None) => voices(page, index),
        (None, None) => vec![narrator(page)],
    }
}

/// Whether a statement stands within what a verb of counting governs: "the agency reported that Torv said …".
fn is_below(page: &Page<'_>, index: usize, reporter: &Voice) -> bool {
    let statement = page.statements.all().get(index).filter(|s| s.paragraph == page.index);
    let cue = statement.and_then(|s| s.cue_head).filter(|&c| c < page.parse.len());
    cue.zip(reporter.cue).is_some_and(|(inner, outer)| inner != outer && page.parse.is_under(inner, outer))
}

/// Whether a subordinate verb of saying stands between a token and the verb of counting above it.
fn is_nearer(page: &Page<'_>, index: usize, token: usize, reporter: &Voice) -> bool {
    let cue = page.statements.all().get(index).filter(|s| s.paragraph == page.index).and_then(|s| s.cue_head);
    let path = page.parse.ancestors(token).take_while(|a| Some(*a) != reporter.cue);
    cue.is_some() && cue != reporter.cue && path.into_iter().any(|a| Some(a) == cue)
}

/// Who holds a stand, asks, denies or refuses in the outlet's own words: "Vesk welcomed the plan and urged Orlava to
/// withdraw". That one is on record, not the outlet.
pub(super) fn holder(page: &Page<'_>, trigger: &Trigger, decision: &Decision, voice: Voice) -> Voice {
    if voice.speaker.value.name != NARRATOR {
        return voice;
    }
    let verb = holding_verb(page, trigger, decision).or_else(|| telling_verb(page, trigger.token));
    let said = verb.and_then(|verb| stated_by(page, verb));
    let asked = || decision.word.filter(|&w| asks(decision) && page.is_noun(w)).and_then(|noun| owner(page, noun));
    let held = said.or_else(|| held_by(page, taker(page, verb?)?)).or_else(|| held_by(page, asked()?));
    let held = held.or_else(|| held_by(page, stand_taker(page, trigger)?));
    held.map_or_else(|| voice.clone(), |speaker| Voice { speaker, ..voice.clone() })
}

/// "The town was shelled, it added, and two houses burned": whom a pronoun stands for is known best as the source of the
/// verb's own statement.
fn stated_by(page: &Page<'_>, verb: usize) -> Option<Traced<Speaker>> {
    taker(page, verb).filter(|&s| page.token(s).pos == Pos::Pron)?;
    let index = at_cue(page, verb).filter(|&i| speaks(page, i))?;
    let party = page.sources[index].parties.first().filter(|p| !p.is_bystander()).cloned();
    let speaker = Speaker { name: page.sources[index].name.clone(), party: Some(party?) };
    Some(Traced::new(speaker, page.sources[index].spans.clone(), "speaker/holder"))
}

/// Who takes the stand that a verb tells: its subject, of a passive the agent.
fn taker(page: &Page<'_>, verb: usize) -> Option<usize> {
    if page.is_passive(verb) { page.agent(verb) } else { page.subject(verb) }
}

/// Who takes the stand that a noun names: "criticism from Vesk", "the president's warning".
fn stand_taker(page: &Page<'_>, trigger: &Trigger) -> Option<usize> {
    let noun = Some(trigger.token).filter(|&t| page.is_noun(t) && WORDS.stands.contains(page.lemma(t)))?;
    let stands = matches!(trigger.kind, Kind::Position | Kind::Threat);
    stands.then(|| owner(page, noun)).flatten()
}

fn asks(decision: &Decision) -> bool {
    matches!(decision.mode.value, Mode::CalledFor | Mode::Rejected | Mode::Denied)
}

/// Whose a wish, a refusal or a plan is: "Torv's offer", "Veskan calls for", "pleas by Vesk", "the plan laid out by Torv".
fn owner(page: &Page<'_>, noun: usize) -> Option<usize> {
    let drawn_up = || page.parse.children_by(noun, &[Dep::Acl]).find_map(|made| page.agent(made));
    page.possessor(noun).or_else(|| page.behind(noun, &["by", "from"]).next()).or_else(drawn_up)
}

/// The verb by which somebody takes a stand in words, asks or refuses, over the word that carries the claim.
fn holding_verb(page: &Page<'_>, trigger: &Trigger, decision: &Decision) -> Option<usize> {
    let word = match (trigger.kind, decision.mode.value) {
        (Kind::Position | Kind::Threat, _) => Some(trigger.token),
        _ if asks(decision) => decision.word.filter(|&w| page.is_verb(w)),
        _ => None,
    }?;
    let holds = |&v: &usize| page.is_verb(v) && WORDS.holding.contains(page.lemma(v));
    std::iter::once(word).chain(page.parse.ancestors(word).take(HIGHEST)).find(holds)
}

/// A verb of saying or promising over a word, where the word stands in no clause about a noun, a time or a reason, and
/// behind no semicolon: those are the outlet's.
fn telling_verb(page: &Page<'_>, token: usize) -> Option<usize> {
    let path = std::iter::once(token).chain(page.parse.ancestors(token).take(HIGHEST));
    let charges = |v: usize| {
        WORDS.charging.contains(page.lemma(v)) && is_participle_of(page, token, v) || is_harm_of(page, token, v)
    };
    let names = |v: usize| page.lemma(v) == "call" && page.parse.child_by(v, Dep::Oprd).is_some();
    let unsaid = |v: usize| WORDS.unsaid.contains(page.lemma(v)) && page.is_negated(v);
    let puts = |v: usize| WORDS.telling.contains(page.lemma(v)) || charges(v) || names(v);
    let tells = |&v: &usize| page.is_verb(v) && puts(v) && !unsaid(v);
    let mut inside = true;
    let leaves = |v: usize| page.token(v).dep == Dep::Relcl || is_timed(page, v) || is_occasion(page, v);
    let mut within = |v: usize| std::mem::replace(&mut inside, !leaves(v));
    let verb = path.take_while(|&v| within(v)).find(tells)?;
    let parted = |i: usize| matches!(&*page.token(i).lower, ";" | ":");
    (!(token.min(verb)..token.max(verb)).any(parted)).then_some(verb)
}

/// Whether a token stands in a participle's clause directly under a verb: "accused Vesk of a raid, killing two".
fn is_participle_of(page: &Page<'_>, token: usize, verb: usize) -> bool {
    let mut path = std::iter::once(token).chain(page.parse.ancestors(token));
    let clause = path.find(|&c| page.token(c).head == verb);
    clause.is_some_and(|c| page.token(c).dep == Dep::Advcl && page.token(c).tag == Tag::Vbg)
}

/// "Confirmed a raid, killing two": what a deed that somebody confirms has done.
fn is_harm_of(page: &Page<'_>, token: usize, verb: usize) -> bool {
    let harms = matches!(page.lemma(token), "kill" | "wound" | "injure" | "damage" | "destroy");
    harms && page.lemma(verb) == "confirm" && is_participle_of(page, token, verb)
}

/// Whether a clause says when or why in the outlet's words: "as the troops withdrew", "after the truce ended".
fn is_timed(page: &Page<'_>, clause: usize) -> bool {
    let opens = |c: usize| page.token(c).dep == Dep::Mark && matches!(&*page.token(c).lower, "as" | "after" | "since");
    page.token(clause).dep == Dep::Advcl && page.parse.children(clause).any(opens)
}

/// "After a meeting with the envoy, Torv said …": on what occasion somebody says something, in the outlet's words.
fn is_occasion(page: &Page<'_>, preposition: usize) -> bool {
    let token = page.token(preposition);
    let opens = WORDS.occasions.contains(&*token.lower);
    // "in anticipation of clashes" is why
    let noun = page.parse.child_by(preposition, Dep::Pobj).map_or("", |o| page.lemma(o));
    let why = matches!(noun, "anticipation" | "protest" | "response" | "retaliation" | "return");
    token.dep == Dep::Prep && opens && !why && WORDS.telling_plainly.contains(page.lemma(token.head))
}

/// The speaker that a subject names: the party of a pronoun goes under the name of whom it stands for. A paper's
/// writer is who passes, sends or issues it.
fn held_by(page: &Page<'_>, subject: usize) -> Option<Traced<Speaker>> {
    let word = page.lemma(subject);
    if (WORDS.silent.contains(word) && !WORDS.papers.contains(word)) || is_nobody(page.parse, subject) {
        return None;
    }
    let issuer = || page.subject(page.token(subject).head);
    let is_issued = WORDS.papers.contains(page.lemma(subject)) && page.token(subject).dep == Dep::Dobj;
    let drafted = || WORDS.papers.contains(page.lemma(subject)).then(|| owner(page, subject)).flatten();
    let subject = if is_issued { issuer() } else { drafted() }.unwrap_or(subject);
    let party = holder_party(page, subject)?;
    let written = page.mentions.name_at(page.index, subject);
    let pronoun = page.token(subject).pos == Pos::Pron;
    let own = pronoun.then(|| page.mentions.of_party(&party)).flatten();
    let person = page.mentions.person(&written).map(|p| p.name.clone());
    let name = own.or(person).unwrap_or(written);
    let spans = [page.paragraph.span_at(subject)];
    Some(Traced::new(Speaker { name, party: Some(party) }, spans, "speaker/holder"))
}

/// The party of a subject: the one it names; that of the last source for "the group"; nobody's for people who speak.
fn holder_party(page: &Page<'_>, subject: usize) -> Option<PartyId> {
    let known = page.mentions.parties(page.index, subject, Speaking::NOBODY).into_iter().find(|p| !p.is_bystander());
    let again = WORDS.again.contains(page.lemma(subject)) && is_definite(page, subject);
    let last = || again.then(|| last_source(page, subject)).flatten();
    known.or_else(last).or_else(|| is_somebody(page, subject).then(|| PartyId::new(PartyId::OTHER)))
}

/// The party of the last source before a token.
fn last_source(page: &Page<'_>, token: usize) -> Option<PartyId> {
    let all = page.statements.all();
    let before = |i: &usize| all.get(*i).is_some_and(|s| (s.paragraph, s.cue_head) < (page.index, Some(token)));
    let last = (0..all.len()).rev().find(before)?;
    page.sources.get(last)?.parties.first().filter(|p| !p.is_bystander()).cloned()
}

/// Whether a noun has an article or "its" and no other word that tells it from others.
fn is_definite(page: &Page<'_>, noun: usize) -> bool {
    let mut before = page.parse.children(noun).filter(|&c| c < noun);
    before.next().is_some_and(|c| matches!(&*page.token(c).lower, "the" | "this")) && before.next().is_none()
}

/// Whether a subject is a person or a noun for people who speak, such as "aid agencies".
fn is_somebody(page: &Page<'_>, subject: usize) -> bool {
    let noun = page.token(subject).pos == Pos::Noun && TERMS.speakers.contains(page.lemma(subject));
    let person = || page.parse.entity_at(subject).is_some_and(|e| e.kind == syntax::EntityKind::Person);
    noun || person()
}

/// "Vesk reports three dead": who counts, where the count is the object of a verb of counting.
fn reporter(page: &Page<'_>, token: usize) -> Option<Voice> {
    let under_object = |verb: usize| {
        page.parse.children_by(verb, &[Dep::Dobj, Dep::Ccomp, Dep::Oprd]).any(|o| page.parse.is_under(token, o))
    };
    let puts = |v: usize| {
        matches!(page.lemma(v), "put" | "give") && page.parse.child_by(v, Dep::Dobj).is_some_and(|o| is_count(page, o))
    };
    let counts =
        |v: &usize| page.is_verb(*v) && (TERMS.counting.contains(page.lemma(*v)) || puts(*v)) && under_object(*v);
    // who is asked to count has not counted yet: "demanded that the mission count the dead"
    let asked = |v: usize| MODALITY.verbs.called_for.contains(page.lemma(page.token(v).head));
    let said = |v: usize| !page.is_negated(v) && !takes_lives(page.parse, v);
    let counted = |v: &usize| counts(v) && page.token(*v).tag != Tag::Vb && !asked(*v) && said(*v);
    let verb = page.parse.ancestors(token).take(4).find(counted)?;
    let subject = page.parse.child_by(verb, Dep::Nsubj).or_else(|| quoted_as(page, verb))?;
    if is_nobody(page.parse, subject) {
        return None;
    }
    let stated = at_cue(page, verb).and_then(|i| page.sources.get(i)).filter(|s| s.name != NARRATOR);
    // what the noun stands for in the text is known better as the source of a statement: "the ministry reported"
    let known = stated.and_then(|s| s.parties.first()).filter(|p| !p.is_bystander()).cloned();
    let known = known.or_else(|| page.mentions.parties(page.index, subject, Speaking::NOBODY).into_iter().next());
    let known = known.or_else(|| stated?.parties.first().cloned());
    let party = known.or_else(|| is_somebody(page, subject).then(|| PartyId::new(PartyId::OTHER)))?;
    let source = stated.filter(|s| s.parties.contains(&party));
    let written = page.mentions.name_at(page.index, subject);
    let person = page.mentions.person(&written).map(|p| p.name.clone());
    let unnamed = written.starts_with(char::is_lowercase) && !party.is_bystander();
    let own = || unnamed.then(|| page.mentions.of_party(&party)).flatten();
    let name = source.map(|s| s.name.clone()).or(person).or_else(own).unwrap_or(written);
    let spans = [page.paragraph.span_at(subject)];
    let speaker = Traced::new(Speaker { name, party: Some(party) }, spans, "speaker/counting");
    Some(Voice { speaker, via: Vec::new(), cue: Some(verb), verdict: Verdict::Assert, addressee: None })
}

/// "The agency quoted officials as giving a toll of ten": who is quoted.
fn quoted_as(page: &Page<'_>, verb: usize) -> Option<usize> {
    let preposition = page.token(verb).head;
    let above = page.token(preposition).head;
    let quotes = &*page.token(preposition).lower == "as" && matches!(page.lemma(above), "quote" | "cite");
    page.parse.child_by(above, Dep::Dobj).filter(|&o| quotes && o < preposition)
}

/// "Puts the toll at ten": whether an object is a count.
fn is_count(page: &Page<'_>, object: usize) -> bool {
    matches!(page.lemma(object), "toll" | "number" | "figure" | "count" | "loss" | "death")
}

/// The statement whose cue is the token itself: "welcomed the plan", "denied the deployment".
///
/// Who talks or speaks with somebody is not on record for it.
fn at_cue(page: &Page<'_>, token: usize) -> Option<usize> {
    if matches!(page.lemma(token), "talk" | "speak" | "discuss") {
        return None;
    }
    let all = page.statements.all();
    all.iter().position(|s| s.paragraph == page.index && s.cue_head == Some(token) && s.source_head.is_some())
}

/// Whether a statement puts its source on record: speech, not what somebody is only reported to plan, back or do, and
/// not what a thing "says".
fn speaks(page: &Page<'_>, index: usize) -> bool {
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
fn is_nobody(parse: &syntax::Parse, subject: usize) -> bool {
    let none = |i: usize| matches!(&*parse.tokens()[i].lower, "neither" | "no" | "nobody" | "none");
    none(subject) || parse.children(subject).any(|c| c < subject && none(c))
}

/// "Claimed ten lives": what took them says nothing.
fn takes_lives(parse: &syntax::Parse, verb: usize) -> bool {
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
fn is_told_of(page: &Page<'_>, index: usize) -> bool {
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

fn voices(page: &Page<'_>, index: usize) -> Vec<Voice> {
    let (statement, source) = (&page.statements.all()[index], &page.sources[index]);
    let here = statement.paragraph == page.index;
    let one = |party: &PartyId| Voice {
        speaker: Traced::new(speaker(page, source, party), source.spans.clone(), source.rule),
        via: source.via.iter().map(|v| Traced::new(v.clone(), [], "via/outer-source")).collect(),
        cue: statement.cue_head.filter(|_| here),
        verdict: statement.verdict,
        addressee: statement.addressee.filter(|_| here),
    };
    source.parties.iter().map(one).collect()
}

/// A source's name; where several speak together, each under a name of its own.
fn speaker(page: &Page<'_>, source: &Source, party: &PartyId) -> Speaker {
    let own = (source.parties.len() > 1).then(|| page.mentions.of_party(party)).flatten();
    Speaker { name: own.unwrap_or_else(|| source.name.clone()), party: Some(party.clone()) }
}

/// What the outlet slips into somebody's reported words: a relative clause that is not quoted, set off by a comma or
/// about a thing that somebody speaks of ("refused to extend the truce that began on Monday").
fn is_aside(page: &Page<'_>, index: usize, token: usize) -> bool {
    let statement = &page.statements.all()[index];
    if statement.manner != Manner::Reported || statement.paragraph != page.index {
        return false;
    }
    let is_head = |t: &usize| statement.content_heads.contains(t) || Some(*t) == statement.cue_head;
    let path = || std::iter::once(token).chain(page.parse.ancestors(token));
    let head = path().find(is_head);
    let of_thing = head.is_some_and(|h| matches!(page.token(h).dep, Dep::Dobj | Dep::Pobj));
    let is_relative = |t: usize| page.token(t).dep == Dep::Relcl;
    path()
        .take_while(|t| !is_head(t))
        .any(|t| if of_thing { is_relative(t) } else { is_set_off(page, t) && is_timely(page, t) })
}

/// Whether a relative clause tells of now ("which the army denies", "who has led it since May"), as the outlet knows it;
/// what is put back in time is of what was reported: "said the column, which had shelled the town, was gone".
fn is_timely(page: &Page<'_>, clause: usize) -> bool {
    let auxiliary = page.parse.children_by(clause, &[Dep::Aux, Dep::Auxpass]).next();
    let tag = page.token(auxiliary.unwrap_or(clause)).tag;
    matches!(tag, Tag::Vbz | Tag::Vbp)
}

/// A relative clause behind a comma with a pronoun of its own: ", which the army denies".
fn is_set_off(page: &Page<'_>, clause: usize) -> bool {
    let token = page.token(clause);
    let first = token.edges.0;
    let wh = |i: usize| matches!(page.token(i).tag, Tag::Wdt | Tag::Wp | Tag::Wrb);
    token.dep == Dep::Relcl && wh(first) && first > 0 && matches!(&*page.token(first - 1).lower, "," | "—" | "–" | "(")
}

/// The outlet itself, or the party that issued the document.
fn narrator(page: &Page<'_>) -> Voice {
    let (party, rule) = page.mentions.voice.clone().unwrap_or((PartyId::new(PartyId::MEDIA), "speaker/narrator"));
    let speaker = Speaker { name: NARRATOR.to_owned(), party: Some(party) };
    Voice {
        speaker: Traced::new(speaker, [], rule),
        via: Vec::new(),
        cue: None,
        verdict: Verdict::Assert,
        addressee: None,
    }
}
