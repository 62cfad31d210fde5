//! Clauses under a verb: "said that …", "urged them to …", "promised to …", "considers it broken".

use std::ops::Range;

use syntax::{Dep, Pos, Tag};

use super::candidate::{Candidate, Rank};
use super::cue::{self, Class, Verdict};
use super::cut::{Shape, cut};
use super::scene::{Scene, Verb};
use super::source;

/// Proposes the clausal complements of a verb.
pub(super) fn find(scene: &Scene, verb: &Verb, out: &mut Vec<Candidate>) {
    if !cue::is_cue(Class::Verb, scene.lemma(verb.at)) {
        return;
    }
    for child in scene.parse.children(verb.at).filter(|&c| c > verb.at) {
        match scene.dep(child) {
            Dep::Ccomp => out.extend(finite(scene, verb, child)),
            Dep::Xcomp => out.extend(open(scene, verb, child)),
            Dep::Advcl => out.extend(sought(scene, verb, child)),
            _ => {}
        }
    }
}

fn finite(scene: &Scene, verb: &Verb, child: usize) -> Option<Candidate> {
    let lemma = scene.lemma(verb.at);
    let told = cue::words().told.contains(lemma);
    let frame = complement(scene, child, told);
    let entry = cue::entry(Class::Verb, lemma, frame)?;
    let run = scene.parse.subtree_run(child);
    let mut bytes = within(scene, verb, run.start.max(verb.group.end)..run.end)?;
    match frame {
        "clause" => bytes.end = reach(scene, verb, child, bytes.end),
        "told-infinitive" => bytes.start = scene.from(to_of(scene, child)?).max(bytes.start),
        _ => {}
    }
    Some(
        Candidate::new(scene, Rank::Clause, verb.at, cue_bytes(scene, verb), entry)
            .with_source(speaking(scene, verb.at)?)
            .with_content(scene, cut(scene, bytes, Shape::Clause))
            .with_head(child)
            .with_addressee(told_of(scene, verb.at).or_else(|| subject_if_infinitive(scene, child, frame))),
    )
}

/// What kind of complement a `ccomp` is.
fn complement(scene: &Scene, child: usize, told: bool) -> &'static str {
    let parse = scene.parse;
    let token = &parse.tokens()[child];
    let bare = |deps: &[Dep]| !parse.children(child).any(|c| deps.contains(&scene.dep(c)));
    if scene.is_infinitive(child) {
        if told { "told-infinitive" } else { "object-infinitive" }
    } else if token.tag == Tag::Vbg && bare(&[Dep::Aux, Dep::Nsubj, Dep::Auxpass]) {
        "gerund"
    } else if !matches!(token.pos, Pos::Verb | Pos::Aux) && bare(&[Dep::Aux]) {
        "small"
    } else {
        "clause"
    }
}

fn open(scene: &Scene, verb: &Verb, child: usize) -> Option<Candidate> {
    let lemma = scene.lemma(verb.at);
    let object = scene.parse.child_by(verb.at, Dep::Dobj).filter(|&o| o > verb.at && o < child);
    if object.is_none() && asked_through(scene, verb, child) {
        return None;
    }
    let told = cue::words().told.contains(lemma);
    let shape = if scene.is_infinitive(child) {
        "infinitive"
    } else if scene.parse.tokens()[child].tag == Tag::Vbg {
        "gerund"
    } else {
        "small"
    };
    let frame = match (object, shape) {
        (Some(_), "infinitive") if told => "told-infinitive",
        (Some(_), "infinitive") => "object-infinitive",
        (Some(_), _) => "object-complement",
        (None, shape) => shape,
    };
    let entry = cue::entry(Class::Verb, lemma, frame)?;
    let source = speaking(scene, verb.at)?;
    let demanded = source::is_passive(scene, verb.at) && entry.verdict == Verdict::CallFor;
    if source.is_none() && !demanded {
        return None;
    }
    let run = scene.parse.subtree_run(child);
    let mut bytes = within(scene, verb, run.start.max(verb.group.end)..run.end)?;
    if let Some(object) = object.filter(|_| !told) {
        bytes.start = scene.from(scene.parse.tokens()[object].edges.0);
    }
    Some(
        Candidate::new(scene, Rank::Infinitive, verb.at, cue_bytes(scene, verb), entry)
            .with_source(source)
            .with_content(scene, cut(scene, bytes, Shape::Infinitive))
            .with_head(child)
            .with_addressee(object),
    )
}

/// "called for X to leave", where the parser takes "for X to leave" for an adverbial clause.
fn sought(scene: &Scene, verb: &Verb, child: usize) -> Option<Candidate> {
    let run = scene.parse.subtree_run(child);
    if scene.lower(run.start) != "for" || !scene.is_infinitive(child) {
        return None;
    }
    let entry = cue::entry(Class::Verb, scene.lemma(verb.at), "for")?;
    let source = speaking(scene, verb.at)??;
    let bytes = within(scene, verb, run.start + 1..run.end)?;
    Some(
        Candidate::new(scene, Rank::Infinitive, verb.at, cue_bytes(scene, verb), entry)
            .with_source(Some(source))
            .with_content(scene, cut(scene, bytes, Shape::Infinitive))
            .with_head(child)
            .with_addressee(source::subject(scene, child)),
    )
}

/// "called on X to", "appealed for X to": the preposition carries the infinitive.
fn asked_through(scene: &Scene, verb: &Verb, child: usize) -> bool {
    let near = verb.group.end..(verb.group.end + 2).min(child);
    scene
        .parse
        .children(verb.at)
        .any(|c| near.contains(&c) && scene.dep(c) == Dep::Prep && matches!(scene.lower(c), "on" | "for" | "upon"))
}

/// How far a finite clause goes: to the sentence's end where nothing of the sentence comes after it, because parsers
/// break long complements off; to its own end where the verb stands under something that follows.
fn reach(scene: &Scene, verb: &Verb, child: usize, end: usize) -> usize {
    let last = scene.parse.tokens()[child].edges.1;
    let resumes = scene.parse.ancestors(verb.at).take(8).any(|a| a > last);
    if resumes { end } else { verb.limit.max(end) }
}

/// The bytes of a run, ended at the verb's limit; none where it begins beyond.
fn within(scene: &Scene, verb: &Verb, run: Range<usize>) -> Option<Range<usize>> {
    let bytes = scene.parse.bytes(run);
    (bytes.start < verb.limit).then(|| bytes.start..bytes.end.min(verb.limit))
}

/// The verb's group, and the colon after it.
pub(super) fn cue_bytes(scene: &Scene, verb: &Verb) -> Range<usize> {
    let bytes = scene.parse.bytes(verb.group.clone());
    let colon = scene.lower(verb.group.end) == ":";
    bytes.start..if colon { scene.parse.bytes(verb.group.end..verb.group.end + 1).end } else { bytes.end }
}

/// The verb's source; none at all where the verb asks for somebody who can speak and has nobody.
pub(super) fn speaking(scene: &Scene, verb: usize) -> Option<Option<super::candidate::Named>> {
    let source = source::of_verb(scene, verb);
    let personal = cue::words().personal.contains(scene.lemma(verb));
    let speaks = source.as_ref().is_some_and(|s| source::can_speak(scene.parse, s.head));
    (!personal || speaks).then_some(source)
}

/// The one told: "told X that", "informed X".
fn told_of(scene: &Scene, verb: usize) -> Option<usize> {
    let object = |c: &usize| *c > verb && matches!(scene.dep(*c), Dep::Dobj | Dep::Dative);
    let found = scene.parse.children(verb).find(object)?;
    match scene.dep(found) {
        Dep::Dative if scene.lower(found) == "to" => scene.parse.child_by(found, Dep::Pobj),
        _ => Some(found),
    }
}

/// "urged X to": the parser may take X for the infinitive's subject.
fn subject_if_infinitive(scene: &Scene, child: usize, frame: &str) -> Option<usize> {
    frame.ends_with("infinitive").then(|| source::subject(scene, child)).flatten()
}

fn to_of(scene: &Scene, child: usize) -> Option<usize> {
    scene.parse.children(child).find(|&c| scene.dep(c) == Dep::Aux && scene.lower(c) == "to")
}
