//! Prepositions that carry a verb's content: "spoke of losses", "called for talks", "called on X to leave".

use syntax::{Dep, Tag};

use super::candidate::{Candidate, Rank};
use super::clause::{cue_bytes, speaking};
use super::cue::{self, Class};
use super::cut::{Shape, cut};
use super::scene::{Scene, Verb};
use super::source;

/// How far behind the verb the preposition may stand, in tokens.
const NEAR: usize = 6;

/// Proposes the objects of a verb's prepositions.
pub(super) fn find(scene: &Scene, verb: &Verb, out: &mut Vec<Candidate>) {
    let near = verb.group.end..verb.group.end + NEAR;
    let told = cue::words().told.contains(scene.lemma(verb.at));
    let object = scene.parse.child_by(verb.at, Dep::Dobj).filter(|_| told);
    // "notified the mission of ten breaches": the parser hangs "of" to the mission
    let below = object.into_iter().flat_map(|o| scene.parse.children(o)).filter(|&c| scene.lower(c) == "of");
    let preps = scene.parse.children(verb.at).chain(below);
    let preps = preps.filter(|&c| scene.dep(c) == Dep::Prep && near.contains(&c));
    out.extend(preps.filter_map(|p| through(scene, verb, p)));
}

fn through(scene: &Scene, verb: &Verb, prep: usize) -> Option<Candidate> {
    let lemma = scene.lemma(verb.at);
    let entry = cue::entry(Class::Verb, lemma, scene.lower(prep))?;
    let dobj = scene.parse.child_by(verb.at, Dep::Dobj).filter(|&o| o < prep);
    if dobj.is_some() && cue::words().judging.contains(lemma) {
        return None;
    }
    let object = scene.prepositional_object(prep)?;
    let run = scene.parse.subtree_run(object);
    if scene.from(run.start) >= verb.limit {
        return None;
    }
    let wanted = infinitive_after(scene, verb.at, prep, object).or_else(|| gerund_after(scene, verb.at, prep, run.end));
    let end = wanted.map_or(run.end, |x| scene.parse.subtree_run(x).end.max(run.end));
    let bytes = scene.parse.bytes(run.start..end);
    let group = cue_bytes(scene, verb);
    let cue = if prep <= verb.group.end + 1 { group.start..scene.parse.bytes(prep..prep + 1).end } else { group };
    let source = speaking(scene, verb.at)?;
    if source.is_none() && !source::is_passive(scene, verb.at) {
        return None;
    }
    Some(
        Candidate::new(scene, Rank::Preposition, verb.at, cue, entry)
            .with_source(source)
            .with_content(scene, cut(scene, bytes.start..bytes.end.min(verb.limit), Shape::Phrase))
            .with_head(wanted.unwrap_or(object))
            .with_addressee(wanted.map(|_| object).or(dobj)),
    )
}

/// "spoke of X taking the town", "warned of troops massing": what X does.
fn gerund_after(scene: &Scene, verb: usize, prep: usize, end: usize) -> Option<usize> {
    let gerund = |&c: &usize| scene.parse.tokens()[c].edges.0 == end && scene.parse.tokens()[c].tag == Tag::Vbg;
    let of = matches!(scene.lower(prep), "of" | "about");
    scene.parse.children_by(verb, &[Dep::Advcl, Dep::Xcomp]).find(gerund).filter(|_| of)
}

/// "called on X to leave": what X is to do.
fn infinitive_after(scene: &Scene, verb: usize, prep: usize, object: usize) -> Option<usize> {
    let carries = matches!(scene.lower(prep), "on" | "for" | "upon" | "to" | "with");
    let under_verb =
        scene.parse.children_by(verb, &[Dep::Xcomp, Dep::Advcl]).find(|&x| x > object && scene.is_infinitive(x));
    let under_noun = || scene.parse.children_by(object, &[Dep::Acl]).find(|&x| scene.is_infinitive(x));
    carries.then(|| under_verb.or_else(under_noun)).flatten()
}
