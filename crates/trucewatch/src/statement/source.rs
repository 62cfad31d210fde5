//! Who a verb's statement belongs to: its subject, the agent of a passive, the subject of the verb above.

use syntax::{Dep, Parse, Pos, Tag};

use super::candidate::Named;
use super::cue;
use super::scene::Scene;

/// How many verbs up a subject is looked for.
const CLIMB: usize = 6;

/// The source of a verb's statement.
pub(super) fn of_verb(scene: &Scene, verb: usize) -> Option<Named> {
    if is_passive(scene, verb) {
        return agent(scene, verb).map(|head| named(scene, head));
    }
    let head = misread_subject(scene, verb).or_else(|| subject_above(scene, verb, CLIMB));
    let head = head.or_else(|| named_before(scene, verb))?;
    let head = hung_too_low(scene, verb, head).unwrap_or(head);
    (!is_filler(scene, head)).then(|| named(scene, head))
}

/// Whether the verb is in the passive.
pub(super) fn is_passive(scene: &Scene, verb: usize) -> bool {
    let token = &scene.parse.tokens()[verb];
    scene.parse.child_by(verb, Dep::Auxpass).is_some() || (token.tag == Tag::Vbn && token.dep == Dep::Acl)
}

/// "by X" under a passive verb.
pub(super) fn agent(scene: &Scene, verb: usize) -> Option<usize> {
    scene.parse.child_by(verb, Dep::Agent).and_then(|by| scene.parse.child_by(by, Dep::Pobj))
}

/// The verb's own subject.
pub(super) fn subject(scene: &Scene, verb: usize) -> Option<usize> {
    let is_subject = |&c: &usize| matches!(scene.dep(c), Dep::Nsubj | Dep::Nsubjpass) && !is_day(scene.lower(c));
    let of = |v: usize| scene.parse.children(v).find(is_subject);
    // "Vesk has, in answer to this, denied": the parser hangs the subject on the auxiliary
    of(verb).or_else(|| scene.parse.children_by(verb, &[Dep::Aux]).find_map(of))
}

/// "Diplomats said Monday": the day is nobody, whatever the parser makes of it.
pub(super) fn is_day(word: &str) -> bool {
    word.ends_with("day") && matches!(word.len(), 5..=9) && !matches!(word, "holiday" | "birthday")
}

/// Auxiliaries and adverbs between a subject and its verb.
const BETWEEN: usize = 4;

/// "The Third March Movement states": whoever stands right before a verb of saying that the parser leaves without a
/// subject.
fn named_before(scene: &Scene, verb: usize) -> Option<usize> {
    let tokens = scene.parse.tokens();
    let finite = matches!(tokens[verb].tag, Tag::Vbd | Tag::Vbz | Tag::Vbp) || has_perfect(scene, verb);
    let says = cue::words().reporting.contains(scene.lemma(verb)) && finite;
    let start = scene.parse.sentence_of(verb).start;
    let between = |i: &usize| matches!(tokens[*i].pos, Pos::Aux | Pos::Adv);
    let before = (start..verb).rev().take(BETWEEN + 1).find(|i| !between(i)).filter(|_| says)?;
    let noun = matches!(tokens[before].pos, Pos::Noun | Pos::Propn) && !is_day(scene.lower(before));
    let apart = scene.quote_around(scene.from(before)).is_some();
    (noun && !apart && can_speak(scene.parse, before)).then_some(before)
}

/// "Has warned": a participle behind a form of "have".
fn has_perfect(scene: &Scene, verb: usize) -> bool {
    scene.parse.children_by(verb, &[Dep::Aux]).any(|a| scene.lemma(a) == "have")
}

/// "SOHR said": the acronym that the tagger takes for an adverb, where the verb has no other subject.
fn misread_subject(scene: &Scene, verb: usize) -> Option<usize> {
    let beside = scene.parse.children(verb).find(|&c| is_misread_name(scene.parse, c));
    beside.filter(|_| subject(scene, verb).is_none())
}

fn subject_above(scene: &Scene, verb: usize, climb: usize) -> Option<usize> {
    if let Some(quoted) = quoted_by(scene, verb) {
        return Some(quoted);
    }
    if let Some(own) = subject(scene, verb) {
        return Some(own);
    }
    if let Some(reporter) = coordinated_too_low(scene, verb) {
        return Some(reporter);
    }
    let token = &scene.parse.tokens()[verb];
    let head = (token.head != verb).then_some(token.head)?;
    let above = &scene.parse.tokens()[head];
    match token.dep {
        Dep::Conj | Dep::Advcl | Dep::Xcomp | Dep::Ccomp | Dep::Unclassified | Dep::Parataxis
            if matches!(above.pos, Pos::Verb | Pos::Aux) && climb > 0 =>
        {
            subject_above(scene, head, climb - 1)
        }
        // "was quick to say", but not "was unable to say"
        Dep::Xcomp if above.pos == Pos::Adj && above.dep == Dep::Acomp => {
            let says = !cue::words().unspoken.contains(&*above.lower);
            says.then(|| subject(scene, above.head)).flatten()
        }
        Dep::Acl if matches!(above.pos, Pos::Noun | Pos::Propn | Pos::Pron) => Some(head),
        Dep::Relcl => Some(head),
        Dep::Pcomp if above.head != head && climb > 0 => {
            quoted_as(scene, head).or_else(|| subject_above(scene, above.head, climb - 1))
        }
        _ => None,
    }
}

/// "quoted X as saying": X, the object of the verb above "as".
fn quoted_as(scene: &Scene, preposition: usize) -> Option<usize> {
    let above = scene.parse.tokens()[preposition].head;
    let object = scene.parse.child_by(above, Dep::Dobj).filter(|&o| o < preposition)?;
    (scene.lower(preposition) == "as").then_some(object)
}

/// "“…,” the agency quoted X as saying, adding that …", "the agency quoted X: “…”": X, whom the verb has for an object.
pub(super) fn quoted_by(scene: &Scene, verb: usize) -> Option<usize> {
    let object = scene.parse.child_by(verb, Dep::Dobj).filter(|_| matches!(scene.lemma(verb), "quote" | "cite"))?;
    let says = |&p: &usize| p > object && scene.lower(p) == "as" && scene.lower(p + 1) == "saying";
    let announced = object > verb && scene.lower(scene.parse.subtree_run(object).end) == ":";
    (announced || scene.parse.children(verb).any(|p| says(&p))).then_some(object)
}

/// "X said the plan was sound and said Y": the parser hangs the second verb under the first one's complement, whose
/// subject cannot speak; it is X who goes on.
fn coordinated_too_low(scene: &Scene, verb: usize) -> Option<usize> {
    let tokens = scene.parse.tokens();
    let first = (tokens[verb].dep == Dep::Conj).then_some(tokens[verb].head)?;
    let above = (tokens[first].dep == Dep::Ccomp).then_some(tokens[first].head)?;
    let mute = !can_speak(scene.parse, subject(scene, first)?);
    (mute && cue::is_cue(cue::Class::Verb, scene.lemma(above))).then(|| subject(scene, above)).flatten()
}

/// "X said the talks would go on, noting that …": the parser hangs the participle under the complement, whose subject
/// cannot speak; it is X who goes on.
fn hung_too_low(scene: &Scene, verb: usize, head: usize) -> Option<usize> {
    let token = &scene.parse.tokens()[verb];
    let participle = token.tag == Tag::Vbg && token.dep == Dep::Advcl && subject(scene, verb).is_none();
    let acts = || !cue::is_cue(cue::Class::Verb, scene.lemma(token.head)) && is_remark(scene, verb);
    if !participle || (can_speak(scene.parse, head) && !acts()) {
        return None;
    }
    let says = |&a: &usize| cue::is_cue(cue::Class::Verb, scene.lemma(a));
    let subjects = scene.parse.ancestors(verb).take(CLIMB).filter(says).filter_map(|a| subject(scene, a));
    subjects.into_iter().find(|&s| can_speak(scene.parse, s))
}

/// "…, adding that": a participle behind a comma that goes on with what is said, not with what is done.
fn is_remark(scene: &Scene, verb: usize) -> bool {
    let behind_comma = verb > 0 && scene.lower(verb - 1) == ",";
    behind_comma && cue::words().remarks.contains(scene.lower(verb))
}

/// "there is", "it was reported": a subject that names nobody.
fn is_filler(scene: &Scene, head: usize) -> bool {
    scene.lower(head) == "there"
}

/// The noun phrase round a head: appositions belong to it, a relative clause after a comma does not, and a noun that
/// is no subject ends with itself ("the man saying").
pub(super) fn named(scene: &Scene, head: usize) -> Named {
    let tokens = scene.parse.tokens();
    let run = scene.parse.subtree_run(head);
    let aside = scene.parse.children(head).filter(|&c| c > head).find_map(|c| {
        let first = tokens[c].edges.0;
        let remark = matches!(tokens[c].dep, Dep::Relcl | Dep::Acl) && first > 0 && scene.lower(first - 1) == ",";
        remark.then_some(first - 1)
    });
    let mut end = aside.unwrap_or(run.end);
    if tokens[head].dep == Dep::Unclassified || is_modified_above(scene, head) {
        end = end.min(head + 1);
    }
    while end > head + 1 && matches!(scene.lower(end - 1), "," | ":") {
        end -= 1;
    }
    Named { run: run.start..end.max(head + 1), head }
}

/// Whether the head is taken as a source for what modifies it, and not as somebody's subject or agent.
fn is_modified_above(scene: &Scene, head: usize) -> bool {
    let verbal = |c: usize| matches!(scene.dep(c), Dep::Acl | Dep::Relcl) && scene.is_verb(c);
    !matches!(scene.dep(head), Dep::Nsubj | Dep::Nsubjpass | Dep::Pobj | Dep::Poss)
        && scene.parse.children(head).any(verbal)
}

/// Whether the head can be somebody who speaks: a person, a body, a state, a pronoun for one, a noun for one, and
/// whoever is the subject of a verb of saying.
pub(super) fn can_speak(parse: &Parse, head: usize) -> bool {
    use syntax::EntityKind::{Gpe, Norp, Org, Person};
    let token = &parse.tokens()[head];
    let entity = parse.entity_at(head).is_some_and(|e| matches!(e.kind, Person | Org | Gpe | Norp));
    let pronoun = matches!(&*token.lower, "he" | "she" | "they" | "who" | "it" | "both" | "many" | "some");
    let noun = cue::words().speakers.contains(&*token.lemma);
    entity || pronoun || token.pos == Pos::Propn || noun || says(parse, head)
}

/// Whether the head is the subject of a verb of saying and no noun for a thing that says nothing: "the crew said",
/// "three of them added"; or a paper that is the subject of any verb.
pub(crate) fn says(parse: &Parse, head: usize) -> bool {
    let token = &parse.tokens()[head];
    let subject = token.dep == Dep::Nsubj || is_misread_name(parse, head);
    let named = !matches!(&*token.lower, "this" | "that" | "there" | "what" | "which" | "it" | "all");
    let words = cue::words();
    let verb = &*parse.tokens()[token.head].lemma;
    let spoken = words.saying.contains(verb) && !words.mute.contains(&*token.lemma);
    subject && named && (spoken || words.papers.contains(&*token.lemma))
}

/// Whether a word in capitals stands before a verb as if it were an adverb: an acronym that the tagger does not know.
pub(super) fn is_misread_name(parse: &Parse, i: usize) -> bool {
    let token = &parse.tokens()[i];
    let word = parse.word(i);
    let acronym = word.len() > 1 && word.chars().all(char::is_uppercase);
    acronym && token.head > i && matches!(token.dep, Dep::Advmod | Dep::Npadvmod | Dep::Intj | Dep::Unclassified)
}
