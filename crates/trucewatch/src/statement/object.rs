//! Objects of a verb: "denied the attack", "accused X of shelling", "blasted them for it", "made a promise to leave".

use std::ops::Range;

use syntax::{Dep, Pos};

use super::candidate::{Candidate, Named, Rank};
use super::clause::{cue_bytes, speaking};
use super::cue::{self, Class, Entry, Verdict};
use super::cut::{Shape, cut};
use super::scene::{Scene, Verb};

/// Proposes a verb's object, what follows it, and the clause under it.
pub(super) fn find(scene: &Scene, verb: &Verb, out: &mut Vec<Candidate>) {
    let object = scene.parse.child_by(verb.at, Dep::Dobj).filter(|&o| o > verb.at && scene.from(o) < verb.limit);
    let Some(object) = object else { return };
    out.extend(direct(scene, verb, object));
    if cue::words().told.contains(scene.lemma(verb.at)) {
        out.extend(under_recipient(scene, verb, object));
    }
    out.extend(scene.parse.children(object).filter(|&c| c > object).filter_map(|c| light(scene, verb, object, c)));
}

fn direct(scene: &Scene, verb: &Verb, object: usize) -> Option<Candidate> {
    let lemma = scene.lemma(verb.at);
    let (frame, last) = frame_of(scene, verb, object);
    let entry = rebuffed(scene, object, cue::entry(Class::Verb, lemma, frame)?);
    let source = speaking(scene, verb.at)??;
    let run = scene.parse.subtree_run(object);
    let end = last.map_or(run.end, |l| scene.parse.subtree_run(l).end.max(run.end));
    let all = if frame == "object-for" { all_charges(scene, verb, end) } else { end };
    let (end, shape) = if all > end { (all, Shape::Infinitive) } else { (end, Shape::Phrase) };
    Some(
        Candidate::new(scene, Rank::Object, verb.at, cue_bytes(scene, verb), entry)
            .with_source(Some(source))
            .with_content(scene, cut(scene, within(scene, verb, run.start..end), shape))
            .with_head(object)
            .with_addressee((frame != "object").then_some(object)),
    )
}

/// "accused X of a raid, burning houses and theft": how far the charges go. Parsers break long lists off; they end where
/// a verb of another clause stands.
fn all_charges(scene: &Scene, verb: &Verb, end: usize) -> usize {
    let goes_on = matches!(scene.lower(end), "," | "and");
    let sentence = scene.parse.sentence_of(verb.at).end;
    let rest = || (end..sentence).take_while(|&i| scene.from(i) < verb.limit);
    if !goes_on || rest().any(|i| scene.is_finite(i)) { end } else { rest().last().map_or(end, |i| i + 1) }
}

/// "rejected the claim", "dismissed the allegation": what is turned down was said to be so, and is denied.
fn rebuffed(scene: &Scene, object: usize, entry: Entry) -> Entry {
    let said = cue::entry(Class::Noun, scene.lemma(object), "that").map(|e| e.verdict);
    let turned_down = matches!(entry.verdict, Verdict::Reject | Verdict::Criticize);
    if turned_down && matches!(said, Some(Verdict::Assert | Verdict::Accuse | Verdict::Believe)) {
        return Entry { verdict: Verdict::Deny, rule: "cue/verb/object/rebuffed-claim" };
    }
    entry
}

/// Which frame the object stands in, and the phrase after it that belongs to the content.
fn frame_of(scene: &Scene, verb: &Verb, object: usize) -> (&'static str, Option<usize>) {
    let after: Vec<usize> = scene.parse.children(verb.at).filter(|&c| c > object).collect();
    let prep = |words: &[&str]| {
        after.iter().copied().find(|&c| {
            matches!(scene.dep(c), Dep::Prep | Dep::Dative)
                && words.contains(&scene.lower(c))
                && scene.from(c) < verb.limit
        })
    };
    let judging = cue::words().judging.contains(scene.lemma(verb.at));
    if let Some(charge) = prep(&["for", "of"]).filter(|_| judging) {
        return ("object-for", Some(charge));
    }
    if let Some(name) = after.iter().copied().find(|&c| scene.dep(c) == Dep::Oprd) {
        return ("object-complement", Some(name));
    }
    match prep(&["as"]) {
        Some(name) => ("object-as", Some(name)),
        None => ("object", None),
    }
}

/// "told reporters that": the parser may hang the clause under the one told.
fn under_recipient(scene: &Scene, verb: &Verb, object: usize) -> Option<Candidate> {
    let clause = scene.parse.children_by(object, &[Dep::Relcl, Dep::Acl, Dep::Ccomp]).find(|&c| c > object)?;
    let run = scene.parse.subtree_run(clause);
    let frame = match scene.lower(run.start) {
        "that" | "how" | "why" | "what" | "if" | "whether" => "clause",
        "to" => "told-infinitive",
        _ => return None,
    };
    let entry = cue::entry(Class::Verb, scene.lemma(verb.at), frame)?;
    Some(
        Candidate::new(scene, Rank::Clause, verb.at, cue_bytes(scene, verb), entry)
            .with_source(speaking(scene, verb.at)?)
            .with_content(scene, cut(scene, within(scene, verb, run), Shape::Clause))
            .with_head(clause)
            .with_addressee(Some(object)),
    )
}

/// "made the claim that …", "issued a call for …": the noun decides, the verb belongs to the cue. Not so where the noun is
/// another's: "rejected X's call to …".
fn light(scene: &Scene, verb: &Verb, object: usize, child: usize) -> Option<Candidate> {
    let (frame, head, cue_end) = noun_frame(scene, object, child)?;
    let entry: Entry = cue::entry(Class::Noun, scene.lemma(object), frame)?;
    let theirs = |p: usize| scene.parse.tokens()[p].pos != Pos::Pron;
    if entry.verdict == Verdict::CallFor && scene.parse.child_by(object, Dep::Poss).is_some_and(theirs) {
        return None;
    }
    let rebuffs =
        || cue::entry(Class::Verb, scene.lemma(verb.at), "object").is_some_and(|e| e.verdict != Verdict::Assert);
    let another = || super::noun::owner(scene, object).is_some_and(|o| is_another(scene, verb, &o));
    if frame == "that" && !rebuffs() && another() {
        return None;
    }
    let run = scene.parse.subtree_run(head);
    let cue = verb.group.start..cue_end.max(verb.group.end);
    let shape = if cue_end > object + 1 { Shape::Phrase } else { Shape::Clause };
    let source = writer(scene, verb).or(speaking(scene, verb.at)?);
    let mut candidate = Candidate::new(scene, Rank::LightVerb, object, scene.parse.bytes(cue), entry)
        .with_source(source)
        .with_content(scene, cut(scene, within(scene, verb, run), shape))
        .with_head(head);
    candidate.negated = scene.is_negated(verb.at);
    Some(candidate)
}

/// "The agency carried a statement by X that …": X, whom the parser hangs to the verb; whoever carries it only passes it on.
fn writer(scene: &Scene, verb: &Verb) -> Option<Named> {
    let carries = cue::words().carrying.contains(scene.lemma(verb.at)) && !super::source::is_passive(scene, verb.at);
    let by = carries.then(|| super::source::agent(scene, verb.at)).flatten()?;
    Some(super::source::named(scene, by))
}

/// "The statement follows X's claims that …": whether the owner of a noun is named by other words than the subject.
fn is_another(scene: &Scene, verb: &Verb, owner: &Named) -> bool {
    let pronoun = scene.parse.tokens()[owner.head].pos == Pos::Pron;
    let subject = super::source::subject(scene, verb.at);
    let same = subject.is_some_and(|s| scene.lower(s) == scene.lower(owner.head));
    !pronoun && !same
}

/// The frame of a child of a noun, the head of the content in it, and where the cue ends (a token).
pub(super) fn noun_frame<'a>(scene: &Scene<'a>, noun: usize, child: usize) -> Option<(&'a str, usize, usize)> {
    let first = scene.parse.tokens()[child].edges.0;
    if first <= noun {
        return None;
    }
    match scene.dep(child) {
        Dep::Acl | Dep::Ccomp | Dep::Xcomp | Dep::Relcl if scene.lower(first) == "that" => {
            (scene.dep(child) != Dep::Relcl || is_complement(scene, child)).then_some(("that", child, noun + 1))
        }
        Dep::Acl | Dep::Xcomp if scene.is_infinitive(child) => Some(("to", child, noun + 1)),
        Dep::Prep => Some((scene.lower(child), scene.prepositional_object(child)?, child + 1)),
        _ => None,
    }
}

/// A clause after a noun whose "that" is no subject or object in it: "the claim that posts were lost".
fn is_complement(scene: &Scene, clause: usize) -> bool {
    let that = scene.parse.tokens()[clause].edges.0;
    scene.dep(that) == Dep::Mark
}

fn within(scene: &Scene, verb: &Verb, run: Range<usize>) -> Range<usize> {
    let bytes = scene.parse.bytes(run);
    bytes.start..bytes.end.min(verb.limit)
}
