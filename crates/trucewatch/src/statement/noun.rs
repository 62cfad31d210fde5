//! Nouns that carry a content of their own: "its denial that …", "the claim by X that …", "calls for talks".

use syntax::{Dep, Pos, Tag};

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
        out.extend(misread(scene, noun));
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
            .with_source(owner(scene, noun).or_else(|| teller(scene, noun)))
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

/// "The Veskan military states that …": a verb in the present that the tagger takes for a noun, where the sentence has no
/// other verb before the clause behind it.
fn misread(scene: &Scene, at: usize) -> Option<Candidate> {
    let tokens = scene.parse.tokens();
    let says =
        tokens[at].tag == Tag::Nns && cue::words().saying.contains(scene.lemma(at)) && scene.lower(at + 1) == "that";
    let sentence = scene.sentence_at(scene.from(at)).filter(|_| says)?;
    let verbal = |i: usize| matches!(tokens[i].pos, Pos::Verb | Pos::Aux | Pos::Adp);
    let head = at.checked_sub(1).filter(|&h| h >= sentence.tokens.start)?;
    let plain = !(sentence.tokens.start..at).any(verbal) && source::can_speak(scene.parse, head);
    let entry = cue::entry(Class::Verb, scene.lemma(at), "clause").filter(|_| plain)?;
    let content = scene.from(at + 1)..sentence.bytes.end;
    let clause = (at + 2..sentence.tokens.end).find(|&i| scene.is_finite(i))?;
    let start = (sentence.tokens.start..at).rev().take_while(|&i| tokens[i].pos != Pos::Punct).last()?;
    Some(
        Candidate::new(scene, Rank::Clause, at, scene.parse.bytes(at..at + 1), entry)
            .with_source(Some(Named { run: start..at, head }))
            .with_content(scene, cut(scene, content, Shape::Clause))
            .with_head(clause),
    )
}

/// "The argument that X made": the subject of the clause behind the noun.
fn maker(scene: &Scene, noun: usize) -> Option<Named> {
    let made = scene.parse.child_by(noun, Dep::Relcl)?;
    source::subject(scene, made).map(|head| source::named(scene, head))
}

/// "The army said in a statement that …", where the parser hangs the clause to the paper: who says it there.
fn teller(scene: &Scene, noun: usize) -> Option<Named> {
    let within = |i: usize| scene.dep(i) == Dep::Pobj && scene.lower(scene.parse.tokens()[i].head) == "in";
    let paper = within(noun) && cue::words().papers.contains(scene.lemma(noun));
    let verb = scene.parse.tokens()[scene.parse.tokens()[noun].head].head;
    let says = paper && scene.is_verb(verb) && cue::words().saying.contains(scene.lemma(verb));
    says.then(|| source::of_verb(scene, verb)).flatten()
}

/// The noun with the adjectives right before it.
fn first_of(scene: &Scene, noun: usize) -> usize {
    let leads = |i: usize| scene.parse.tokens()[i].head == noun && matches!(scene.dep(i), Dep::Amod | Dep::Compound);
    (0..noun).rev().take_while(|&i| leads(i)).last().unwrap_or(noun)
}

/// Whose it is: "X's claim", "the claim by X".
pub(super) fn owner(scene: &Scene, noun: usize) -> Option<Named> {
    let of = |c: usize| {
        let by = matches!(scene.dep(c), Dep::Prep | Dep::Agent) && matches!(scene.lower(c), "by" | "from");
        by.then(|| scene.parse.child_by(c, Dep::Pobj)).flatten()
    };
    let possessor = scene.parse.child_by(noun, Dep::Poss);
    let adjective = || scene.parse.children_by(noun, &[Dep::Amod, Dep::Compound]).find(|&c| is_nation(scene, c));
    let head = possessor.or_else(|| scene.parse.children(noun).find_map(of)).or_else(adjective);
    head.map(|head| source::named(scene, head))
}

/// "The Veskan charge", "VLA claims": an adjective or name of a people, a state or a body.
fn is_nation(scene: &Scene, i: usize) -> bool {
    use syntax::EntityKind::{Gpe, Norp, Org};
    let word = scene.parse.word(i);
    let acronym = word.len() > 1 && word.chars().all(char::is_uppercase);
    if acronym && scene.dep(i) == Dep::Compound {
        return true;
    }
    scene.parse.entity_at(i).is_some_and(|e| matches!(e.kind, Norp | Gpe | Org))
}
