//! Attributions that close a sentence without a comma, as pages without punctuation print them: "shells hit the town a
//! source at the ministry said"; and "…, X was quoted as saying".

use std::ops::Range;

use syntax::{Dep, Pos, Tag};

use super::Manner;
use super::candidate::{Candidate, Named, Rank};
use super::clause::cue_bytes;
use super::cue::{self, Class};
use super::scene::{Scene, Sentence};
use super::source;

/// Longest name of a source here, in tokens.
const LONGEST: usize = 14;
/// Fewest tokens of what is reported.
const SHORTEST: usize = 4;
/// Longest stretch between the reporting verb and the sentence's end, in tokens.
const TAIL: usize = 9;

/// Proposes attributions at the sentence's end for verbs that nothing else was proposed for.
pub(super) fn find(scene: &Scene, out: &mut Vec<Candidate>) {
    for (number, sentence) in scene.sentences.iter().enumerate() {
        let torn = number.checked_sub(1).and_then(|before| torn(scene, &scene.sentences[before], sentence));
        let from = sentence.tokens.end.saturating_sub(TAIL + 1).max(sentence.tokens.start);
        for at in (from..sentence.tokens.end).rev().filter(|&i| scene.is_verb(i)) {
            let candidate = quoted_as(scene, sentence, at)
                .or_else(|| bare(scene, torn.as_ref().unwrap_or(sentence), at, torn.is_some()))
                .or_else(|| inverted(scene, sentence, at));
            if let Some(candidate) = candidate {
                out.push(candidate);
                break;
            }
        }
    }
}

/// A sentence with the one before it, where the parser cut between them without a stop: "the posts were lost, Secretary
/// of the Council | Ana Torv said on Monday".
fn torn(scene: &Scene, before: &Sentence, sentence: &Sentence) -> Option<Sentence> {
    let last = before.tokens.end.checked_sub(1).filter(|_| before.tokens.end == sentence.tokens.start)?;
    let stopped = matches!(scene.parse.tokens()[last].pos, Pos::Punct | Pos::Space);
    (!stopped).then_some(Sentence {
        bytes: before.bytes.start..sentence.bytes.end,
        tokens: before.tokens.start..sentence.tokens.end,
        wholly: None,
    })
}

/// "the posts were lost the ministry said on Monday"
fn bare(scene: &Scene, sentence: &Sentence, at: usize, torn: bool) -> Option<Candidate> {
    let token = &scene.parse.tokens()[at];
    let finite = matches!(token.tag, Tag::Vbd | Tag::Vbz | Tag::Vbp | Tag::Vbn);
    let told = &*token.lemma == "tell";
    let says = matches!(&*token.lemma, "say" | "report" | "add" | "announce") || told;
    let verb = scene.verb(at);
    if !finite || !says || verb.quoted || verb.group.start != at || !closes(scene, sentence, at, told) {
        return None;
    }
    let end = apposed(scene, at).unwrap_or(at);
    let start = name_before(scene, sentence, end)?;
    let own = source::subject(scene, at);
    let cut_short = own.filter(|&s| is_cut_short(scene, start..at, s));
    let head = cut_short.or_else(|| head_of(scene, start..end))?;
    let left = sentence.tokens.start..start;
    let unclaimed = torn || cut_short.is_some() || own.is_none();
    let set_off = unclaimed && start.checked_sub(1).is_some_and(|before| scene.lower(before) == ",");
    let stated = left.len() >= SHORTEST && left.clone().any(|i| scene.is_finite(i));
    let speaks = source::can_speak(scene.parse, head) || (set_off && end == at && is_plain_noun(scene, head));
    if !stated || !speaks || (!set_off && (is_held(scene, start) || end < at)) {
        return None;
    }
    let entry = cue::entry(Class::Verb, scene.lemma(at), "quote")?;
    let candidate = Candidate::new(scene, Rank::Aside, at, cue_bytes(scene, &verb), entry)
        .with_source(Some(Named { run: start..at, head }))
        .with_manner(Manner::Parenthetical)
        .with_content(scene, sentence.bytes.start..scene.from(start));
    Some(candidate)
}

/// Whether a subject is only the end of a name, whose title the parser hung elsewhere: "from Orr, Secretary of the
/// Council Ana Torv said".
fn is_cut_short(scene: &Scene, name: Range<usize>, subject: usize) -> bool {
    name.contains(&subject) && scene.parse.subtree(subject).min().is_some_and(|first| first > name.start)
}

/// "…, the mayor, Ana Torv, said": where the first of two names set off by commas ends.
fn apposed(scene: &Scene, at: usize) -> Option<usize> {
    let tokens = scene.parse.tokens();
    let last = at.checked_sub(1).filter(|&i| scene.lower(i) == ",")?;
    let nominal =
        |i: &usize| matches!(tokens[*i].pos, Pos::Noun | Pos::Propn | Pos::Adj | Pos::Part | Pos::Adp | Pos::Det);
    let first = (last.saturating_sub(LONGEST)..last).rev().find(|i| !nominal(i))?;
    (scene.lower(first) == "," && last > first + 1).then_some(first)
}

/// Whether a head is a common noun that can be the subject of a verb of saying.
pub(super) fn is_plain_noun(scene: &Scene, head: usize) -> bool {
    let token = &scene.parse.tokens()[head];
    token.pos == Pos::Noun && !cue::words().mute.contains(&*token.lemma)
}

/// "the posts were lost said Colonel Orr to the agency": the verb before its source, at the sentence's end.
fn inverted(scene: &Scene, sentence: &Sentence, at: usize) -> Option<Candidate> {
    let tokens = scene.parse.tokens();
    let verb = scene.verb(at);
    let says = tokens[at].tag == Tag::Vbd && matches!(&*tokens[at].lemma, "say" | "add") && verb.group.start == at;
    let left = sentence.tokens.start..at;
    let apart = left.len() >= SHORTEST && tokens[at - 1].pos != Pos::Punct && !is_held(scene, at);
    let nominal =
        |i: &usize| matches!(tokens[*i].pos, Pos::Noun | Pos::Propn | Pos::Adj | Pos::Det) && !is_time(scene, *i);
    if !says || verb.quoted || !apart || !left.clone().any(|i| scene.is_finite(i)) {
        return None;
    }
    let end = (at + 1..sentence.tokens.end).find(|i| !nominal(i)).unwrap_or(sentence.tokens.end);
    let head = (at + 1..end).rev().find(|&i| matches!(tokens[i].pos, Pos::Noun | Pos::Propn))?;
    let last = tokens.get(end).is_none_or(|t| t.pos == Pos::Punct || matches!(&*t.lower, "to" | "on" | "in"));
    let is_name = (at + 1..end).any(|i| tokens[i].pos == Pos::Propn);
    if !last
        || !is_name
        || !source::can_speak(scene.parse, head)
        || scene.quote_before(scene.from(at)).is_some_and(|q| q.outer.end + 1 >= scene.from(at))
    {
        return None;
    }
    let entry = cue::entry(Class::Verb, scene.lemma(at), "quote")?;
    let candidate = Candidate::new(scene, Rank::Aside, at, cue_bytes(scene, &verb), entry)
        .with_source(Some(Named { run: at + 1..end, head }))
        .with_manner(Manner::Parenthetical)
        .with_content(scene, sentence.bytes.start..scene.from(at));
    Some(candidate)
}

/// "…, X was quoted as saying": the words before X.
fn quoted_as(scene: &Scene, sentence: &Sentence, at: usize) -> Option<Candidate> {
    let tokens = scene.parse.tokens();
    let as_ = (tokens[at].tag == Tag::Vbg && tokens[at].dep == Dep::Pcomp).then_some(tokens[at].head)?;
    let quoted = (scene.lower(as_) == "as").then_some(tokens[as_].head)?;
    let first = scene.parse.children_by(quoted, &[Dep::Nsubjpass, Dep::Nsubj]).find(|s| sentence.tokens.contains(s))?;
    let object = || scene.parse.child_by(quoted, Dep::Dobj).filter(|&o| quoted < o && o < as_);
    let subject = if scene.dep(first) == Dep::Nsubjpass { first } else { object()? };
    let cites = matches!(scene.lemma(quoted), "quote" | "cite" | "report");
    let start = source::named(scene, first).run.start.max(first_after_quote(scene, sentence, first));
    let apart = start > sentence.tokens.start + SHORTEST && !closes_clause(scene, at);
    if !cites || !apart {
        return None;
    }
    let entry = cue::entry(Class::Verb, scene.lemma(at), "quote")?;
    let candidate = Candidate::new(scene, Rank::Aside, at, scene.parse.bytes(quoted..at + 1), entry)
        .with_source(Some(Named {
            run: start.max(source::named(scene, subject).run.start)..subject + 1,
            head: subject,
        }))
        .with_manner(Manner::Quoted)
        .with_content(scene, sentence.bytes.start..scene.from(start));
    Some(candidate)
}

/// Whether the verb has a clause of its own behind it.
fn closes_clause(scene: &Scene, at: usize) -> bool {
    scene.parse.children(at).any(|c| c > at && matches!(scene.dep(c), Dep::Ccomp | Dep::Xcomp | Dep::Dobj))
}

/// The first token behind the last quotation that ends before a token, or the sentence's first.
fn first_after_quote(scene: &Scene, sentence: &Sentence, token: usize) -> usize {
    let quote = scene.quote_before(scene.from(token)).filter(|q| q.outer.start >= sentence.bytes.start);
    quote.map_or(sentence.tokens.start, |q| scene.tokens_in(&(q.outer.end..scene.from(token))).start)
}

/// Whether nothing but the one told and a few adverbials stand between a verb and the sentence's end.
fn closes(scene: &Scene, sentence: &Sentence, at: usize, told: bool) -> bool {
    let rest: Vec<usize> =
        (at + 1..sentence.tokens.end).filter(|&i| scene.parse.tokens()[i].pos != Pos::Punct).collect();
    let first_pos = rest.first().map(|&i| scene.parse.tokens()[i].pos);
    if told && !matches!(first_pos, Some(Pos::Propn | Pos::Noun | Pos::Pron | Pos::Det)) {
        return false;
    }
    let adverbial = |i: usize| {
        scene.parse.is_time(i) || matches!(scene.lower(i), "on" | "in" | "a" | "statement" | "late" | "early")
    };
    let addressee =
        |i: usize| told && matches!(scene.parse.tokens()[i].pos, Pos::Propn | Pos::Noun | Pos::Pron | Pos::Det);
    rest.len() <= TAIL && rest.iter().all(|&i| adverbial(i) || addressee(i))
}

/// Where the name right before a verb begins: at its article, or with the capitals and titles that precede the verb.
fn name_before(scene: &Scene, sentence: &Sentence, at: usize) -> Option<usize> {
    let tokens = scene.parse.tokens();
    let first = at.saturating_sub(LONGEST).max(sentence.tokens.start + 1).max(first_after_quote(scene, sentence, at));
    let nominal = |i: usize| {
        matches!(tokens[i].pos, Pos::Noun | Pos::Propn | Pos::Adj | Pos::Num | Pos::Part) && !is_time(scene, i)
    };
    let joins = |i: usize| matches!(scene.lower(i), "-" | "of" | "for" | "at" | "in" | "and" | "based") || nominal(i);
    let last = at.checked_sub(1).filter(|&i| i >= sentence.tokens.start)?;
    if !(first < at && nominal(last)) && tokens[last].pos != Pos::Pron {
        return None;
    }
    let span = (first..at).rev().take_while(|&i| joins(i) || is_article(scene, i)).last().unwrap_or(last);
    let article = (span..at).rev().find(|&i| is_article(scene, i));
    let start = article.unwrap_or_else(|| {
        (span..at).rev().take_while(|&i| nominal(i) || scene.lower(i) == "-").last().unwrap_or(last)
    });
    let joined = start > span + 1 && scene.lower(start - 1) == "and" && nominal(start - 2);
    Some(if joined { start - 2 } else { with_holder(scene, span, start) })
}

/// "a source at the ministry": the phrase begins with the one who speaks.
fn with_holder(scene: &Scene, first: usize, start: usize) -> usize {
    let linked = start > first + 1 && matches!(scene.lower(start - 1), "at" | "of" | "in" | "for");
    // the lemma of a name keeps its capitals
    let speaks = linked && cue::words().speakers.contains(scene.lower(start - 2));
    if !speaks {
        return start;
    }
    (first..start - 1).rev().find(|&i| is_article(scene, i)).unwrap_or(start - 2)
}

fn is_article(scene: &Scene, i: usize) -> bool {
    matches!(scene.lower(i), "the" | "a" | "an" | "another" | "several" | "some" | "one")
}

fn is_time(scene: &Scene, i: usize) -> bool {
    let alone = || scene.parse.entity_at(i).is_some_and(|e| e.tokens.len() == 1);
    let named = scene.parse.is_time(i) && scene.parse.tokens()[i].pos == Pos::Propn && alone();
    named || source::is_day(scene.lower(i))
}

/// Whether the name belongs to a clause of its own: "after the ministry said", "what the ministry said".
fn is_held(scene: &Scene, start: usize) -> bool {
    let before = &scene.parse.tokens()[start - 1];
    matches!(before.pos, Pos::Sconj | Pos::Cconj | Pos::Adp | Pos::Aux)
        || matches!(before.tag, Tag::Wdt | Tag::Wp | Tag::Wrb)
        || matches!(&*before.lower, "that" | "as" | "," | ":")
}

/// The noun before the first preposition of a name, else its last.
fn head_of(scene: &Scene, run: Range<usize>) -> Option<usize> {
    let noun = |i: &usize| matches!(scene.parse.tokens()[*i].pos, Pos::Noun | Pos::Propn | Pos::Pron);
    let stop = run.clone().find(|&i| matches!(scene.lower(i), "of" | "for" | "at" | "in")).unwrap_or(run.end);
    (run.start..stop).rev().find(noun).or_else(|| run.rev().find(noun))
}
