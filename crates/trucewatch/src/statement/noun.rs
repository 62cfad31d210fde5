//! Nouns that carry a content of their own: "its denial that …", "the claim by X that …", "calls for talks".

use syntax::{Dep, Pos};

use super::candidate::{Candidate, Named, Rank};
use super::cue::{self, Class};
use super::cut::{Shape, cut};
use super::object::noun_frame;
use super::scene::Scene;
use super::source;

/// Proposes the complements of every cue noun.
pub(super) fn find(scene: &Scene, out: &mut Vec<Candidate>) {
    for noun in 0..scene.parse.len() {
        if scene.parse.tokens()[noun].pos == Pos::Noun && cue::is_cue(Class::Noun, scene.lemma(noun)) {
            out.extend(scene.parse.children(noun).filter_map(|c| carried(scene, noun, c)));
            out.extend(stated(scene, noun));
        }
    }
}

fn carried(scene: &Scene, noun: usize, child: usize) -> Option<Candidate> {
    let (frame, head, cue_end) = noun_frame(scene, noun, child)?;
    let entry = cue::entry(Class::Noun, scene.lemma(noun), frame)?;
    let limit = scene.verb(noun).limit;
    let bytes = scene.parse.bytes(scene.parse.subtree_run(head));
    let shape = if frame == "that" { Shape::Clause } else { Shape::Infinitive };
    Some(
        Candidate::new(scene, Rank::Noun, noun, scene.parse.bytes(first_of(scene, noun)..cue_end), entry)
            .with_source(owner(scene, noun))
            .with_content(scene, cut(scene, bytes.start..bytes.end.min(limit), shape))
            .with_head(head),
    )
}

/// "X's claim was that …", "the argument that X made is that …": what a form of "be" gives as the noun's content.
fn stated(scene: &Scene, noun: usize) -> Option<Candidate> {
    let entry = cue::entry(Class::Noun, scene.lemma(noun), "that")?;
    let token = &scene.parse.tokens()[noun];
    let verb = (token.dep == Dep::Nsubj && scene.lemma(token.head) == "be").then_some(token.head)?;
    let clause = scene.parse.children_by(verb, &[Dep::Ccomp]).find(|&c| c > verb)?;
    let run = scene.parse.subtree_run(clause);
    let source = owner(scene, noun).or_else(|| maker(scene, noun))?;
    let bytes = scene.parse.bytes(run.clone());
    let limit = scene.verb(noun).limit;
    (scene.lower(run.start) == "that").then(|| {
        Candidate::new(scene, Rank::Noun, noun, scene.parse.bytes(first_of(scene, noun)..verb + 1), entry)
            .with_source(Some(source))
            .with_content(scene, cut(scene, bytes.start..bytes.end.min(limit), Shape::Clause))
            .with_head(clause)
    })
}

/// "The argument that X made": the subject of the clause behind the noun.
fn maker(scene: &Scene, noun: usize) -> Option<Named> {
    let made = scene.parse.child_by(noun, Dep::Relcl)?;
    source::subject(scene, made).map(|head| source::named(scene, head))
}

/// The noun with the adjectives right before it.
fn first_of(scene: &Scene, noun: usize) -> usize {
    let leads = |i: usize| scene.parse.tokens()[i].head == noun && matches!(scene.dep(i), Dep::Amod | Dep::Compound);
    (0..noun).rev().take_while(|&i| leads(i)).last().unwrap_or(noun)
}

/// Whose it is: "X's claim", "the claim by X".
fn owner(scene: &Scene, noun: usize) -> Option<Named> {
    let of = |c: usize| {
        let by = matches!(scene.dep(c), Dep::Prep | Dep::Agent) && matches!(scene.lower(c), "by" | "from");
        by.then(|| scene.parse.child_by(c, Dep::Pobj)).flatten()
    };
    let possessor = scene.parse.child_by(noun, Dep::Poss);
    let adjective = || scene.parse.children_by(noun, &[Dep::Amod, Dep::Compound]).find(|&c| is_nation(scene, c));
    let head = possessor.or_else(|| scene.parse.children(noun).find_map(of)).or_else(adjective);
    head.map(|head| source::named(scene, head))
}

/// "The Veskan charge": an adjective or name of a people, a state or a body.
fn is_nation(scene: &Scene, i: usize) -> bool {
    use syntax::EntityKind::{Gpe, Norp, Org};
    scene.parse.entity_at(i).is_some_and(|e| matches!(e.kind, Norp | Gpe | Org))
}
