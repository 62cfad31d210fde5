//! Passives and clauses round a noun: "the ban was condemned by X", "is said to have fled", "the story that X told".

use syntax::{Dep, Tag};

use super::candidate::{Candidate, Rank};
use super::clause::speaking;
use super::cue::{self, Class};
use super::cut::{Shape, cut};
use super::scene::{Scene, Verb};
use super::source;

/// Proposes what a passive or relative verb says of the noun above or before it.
pub(super) fn find(scene: &Scene, verb: &Verb, out: &mut Vec<Candidate>) {
    if !cue::is_cue(Class::Verb, scene.lemma(verb.at)) {
        return;
    }
    if let Some(subject) = scene.parse.child_by(verb.at, Dep::Nsubjpass) {
        out.extend(said_to(scene, verb, subject));
        out.extend(done_by(scene, verb, subject));
        out.extend(stated_in(scene, verb, subject));
    } else if scene.dep(verb.at) == Dep::Acl && scene.parse.tokens()[verb.at].tag == Tag::Vbn {
        out.extend(reduced(scene, verb));
    } else if scene.dep(verb.at) == Dep::Relcl {
        out.extend(relative(scene, verb));
    }
}

/// "X is said to have fled": nobody is named; subject and infinitive are the content.
fn said_to(scene: &Scene, verb: &Verb, subject: usize) -> Option<Candidate> {
    let open = scene.parse.child_by(verb.at, Dep::Xcomp).filter(|&x| x > verb.at && scene.is_infinitive(x))?;
    let entry = cue::entry(Class::Verb, scene.lemma(verb.at), "said-to")?;
    let infinitive = scene.parse.bytes(scene.parse.subtree_run(open));
    Some(
        Candidate::new(scene, Rank::Passive, verb.at, scene.parse.bytes(verb.group.clone()), entry)
            .with_content(scene, scene.parse.bytes(source::named(scene, subject).run))
            .with_content(scene, cut(scene, infinitive.start..infinitive.end.min(verb.limit), Shape::Infinitive))
            .with_head(open),
    )
}

/// "the ban was condemned by X".
fn done_by(scene: &Scene, verb: &Verb, subject: usize) -> Option<Candidate> {
    let agent = source::agent(scene, verb.at)?;
    let entry = cue::entry(Class::Verb, scene.lemma(verb.at), "object")?;
    let by = scene.parse.child_by(verb.at, Dep::Agent)?;
    let content = scene.parse.bytes(source::named(scene, subject).run);
    Some(
        Candidate::new(scene, Rank::Passive, verb.at, scene.parse.bytes(verb.group.start..by + 1), entry)
            .with_source(Some(source::named(scene, agent)))
            .with_content(scene, cut(scene, content, Shape::Phrase))
            .with_head(subject),
    )
}

/// "This is stated in a report of X".
fn stated_in(scene: &Scene, verb: &Verb, subject: usize) -> Option<Candidate> {
    let tells = cue::words().recounting.contains(scene.lemma(verb.at)) && scene.lower(subject) == "this";
    let entry = cue::entry(Class::Verb, scene.lemma(verb.at), "clause").filter(|_| tells)?;
    let within = scene.parse.children_by(verb.at, &[Dep::Prep]).find(|&p| scene.lower(p) == "in")?;
    let paper = scene.parse.child_by(within, Dep::Pobj).filter(|&p| cue::words().papers.contains(scene.lemma(p)))?;
    let cue = scene.parse.bytes(verb.group.start..within + 1);
    Some(
        Candidate::new(scene, Rank::Passive, verb.at, cue, entry)
            .with_source(Some(source::named(scene, paper)))
            .with_content(scene, scene.parse.bytes(subject..subject + 1))
            .with_head(subject),
    )
}

/// "the truce proposed by X".
fn reduced(scene: &Scene, verb: &Verb) -> Option<Candidate> {
    let agent = source::agent(scene, verb.at)?;
    let entry = cue::entry(Class::Verb, scene.lemma(verb.at), "object")?;
    let by = scene.parse.child_by(verb.at, Dep::Agent)?;
    let noun = scene.parse.tokens()[verb.at].head;
    let run = scene.parse.tokens()[noun].edges.0..verb.at.max(noun + 1);
    Some(
        Candidate::new(scene, Rank::Relative, verb.at, scene.parse.bytes(verb.group.start..by + 1), entry)
            .with_source(Some(source::named(scene, agent)))
            .with_content(scene, scene.parse.bytes(run))
            .with_head(noun),
    )
}

/// "the attack that X denied": the noun before is the content.
fn relative(scene: &Scene, verb: &Verb) -> Option<Candidate> {
    let subject = source::subject(scene, verb.at)?;
    let own = scene.parse.tokens()[subject].tag;
    let taken = scene.parse.children(verb.at).any(|c| c > verb.at && matches!(scene.dep(c), Dep::Dobj | Dep::Ccomp));
    if taken || matches!(own, Tag::Wdt | Tag::Wp) {
        return None;
    }
    let entry = cue::entry(Class::Verb, scene.lemma(verb.at), "relative")?;
    let noun = scene.parse.tokens()[verb.at].head;
    let run = scene.parse.tokens()[noun].edges.0..scene.parse.tokens()[verb.at].edges.0.max(noun + 1);
    Some(
        Candidate::new(scene, Rank::Relative, verb.at, scene.parse.bytes(verb.group.clone()), entry)
            .with_source(speaking(scene, verb.at)?)
            .with_content(scene, scene.parse.bytes(run))
            .with_head(noun),
    )
}
