//! What a verb says befell whoever it is about: its object, its subject, what it goes on to say of them.

use syntax::{Dep, EntityKind, Parse, Pos, Tag};

use super::super::lexicon::{Lexicon, Saying, Sort};
use super::super::{Counted, noun};
use super::toll::{among, lives, of_the_harmed, toll};
use super::{says, undivided};

pub(super) fn has_object(parse: &Parse, verb: usize) -> bool {
    parse.child_by(verb, Dep::Dobj).is_some()
}

/// What a verb says of its object or passive subject `of`, some verbs only where that is people.
pub(super) fn befalls(parse: &Parse, verb: usize, of: usize) -> Option<Counted> {
    // whoever is caught in something is not caught
    let amid = &*parse.tokens()[verb].lemma == "catch" && noun::behind(parse, verb, "in").is_some();
    let by_verb = || says(parse, verb, Saying::People).filter(|_| !amid);
    let of_people = || by_verb().or_else(|| to_death(parse, verb)).or_else(|| together(parse, verb));
    says(parse, verb, Saying::Object).or_else(|| of_people().filter(|_| is_people(parse, of)))
}

/// "shot to death", "were beaten to death".
fn to_death(parse: &Parse, verb: usize) -> Option<Counted> {
    let end = noun::behind(parse, verb, "to")?;
    (&*parse.tokens()[end].lower == "death").then_some(Counted::Killed)
}

/// What a verb says with the word beside it: "led away", "taken hostage", "came home".
fn together(parse: &Parse, verb: usize) -> Option<Counted> {
    let words = Lexicon::get().together(&parse.tokens()[verb].lemma)?;
    let said = |i: usize| words.get(&*parse.tokens()[i].lower).copied();
    let below = || parse.children_by(verb, &[Dep::Prep]).filter_map(|p| parse.child_by(p, Dep::Pobj));
    let near = verb + 1..(verb + 4).min(parse.sentence_of(verb).end);
    parse.children(verb).chain(near).chain(below()).find_map(said)
}

/// Whether a token names people, or is a bare number that may.
fn is_people(parse: &Parse, at: usize) -> bool {
    match noun::sort(parse, at) {
        Some(sort) => matches!(sort, Sort::People(_)),
        None => parse.tokens()[at].pos == Pos::Num || names_one(parse, at),
    }
}

/// "he", "her", the name of a person.
fn names_one(parse: &Parse, at: usize) -> bool {
    let named = || parse.entity_at(at).is_some_and(|e| e.kind == EntityKind::Person);
    matches!(&*parse.tokens()[at].lower, "he" | "she" | "him" | "her") || named()
}

/// "three were killed", "ten are said to have died", "nine were reported injured".
pub(super) fn passive(parse: &Parse, verb: usize, of: usize) -> Option<Counted> {
    let own = befalls(parse, verb, of).or_else(|| says(parse, verb, Saying::Adjective));
    own.map(|what| undivided(parse, verb, what))
        .or_else(|| complement(parse, verb, of))
        .or_else(|| and_then(parse, verb))
}

/// "was shot and killed": harm by the next of two verbs.
fn and_then(parse: &Parse, verb: usize) -> Option<Counted> {
    let next = parse.child_by(verb, Dep::Conj)?;
    let own = parse.children_by(next, &[Dep::Nsubj, Dep::Nsubjpass, Dep::Dobj]).next();
    says(parse, next, Saying::Object).filter(|&what| own.is_none() && what.is_harm())
}

/// What a verb such as "said" or "reported" goes on to say of those whom `of` names; not what it says of others: "a guard
/// said that shells killed three".
pub(super) fn complement(parse: &Parse, verb: usize, of: usize) -> Option<Counted> {
    let deps = &[Dep::Xcomp, Dep::Oprd, Dep::Acomp, Dep::Ccomp, Dep::Attr];
    let of_others =
        |c: &usize| parse.children_by(*c, &[Dep::Nsubj, Dep::Nsubjpass]).any(|s| s != of && !parse.is_under(of, s));
    parse.children_by(verb, deps).filter(|c| !of_others(c)).find_map(|c| {
        let subject = says(parse, c, Saying::Subject).or_else(|| says(parse, c, Saying::Adjective));
        let passive = parse.child_by(c, Dep::Auxpass).and_then(|_| says(parse, c, Saying::Object));
        let left = || (parse.tokens()[c].tag == Tag::Vbn).then(|| says(parse, c, Saying::Object)).flatten();
        passive
            .or(subject)
            .or_else(left)
            .or_else(|| if parse.tokens()[c].pos == Pos::Verb { complement_once(parse, c) } else { None })
    })
}

fn complement_once(parse: &Parse, verb: usize) -> Option<Counted> {
    parse
        .children_by(verb, &[Dep::Xcomp, Dep::Acomp, Dep::Oprd])
        .find_map(|c| says(parse, c, Saying::Subject).or_else(|| says(parse, c, Saying::Adjective)))
}

/// "killed three soldiers", "left 39 people dead", "forced thousands to flee".
pub(super) fn object(parse: &Parse, verb: usize, of: usize) -> Option<Counted> {
    // "A sniper shot dead a soldier": the tree may take the adjective for the verb.
    // "missing: 2": what the figure behind a colon counts.
    let headed = || parse.tokens().get(verb + 1).is_some_and(|t| &*t.lower == ":");
    let adjective =
        || (parse.tokens()[verb].pos == Pos::Adj || headed()).then(|| says(parse, verb, Saying::Adjective)).flatten();
    let by_verb = || {
        befalls(parse, verb, of)
            .map(|what| both(parse, verb, what))
            .or_else(|| lives(parse, of))
            .or_else(|| complement(parse, verb, of))
    };
    by_verb().or_else(|| toll(parse, verb)).or_else(|| includes(parse, verb)).or_else(adjective)
}

/// "killing and wounding dozens", "died or were wounded": two verbs of one object or subject.
fn both(parse: &Parse, verb: usize, what: Counted) -> Counted {
    let token = &parse.tokens()[verb];
    let first = token.head;
    let of_one = token.dep == Dep::Conj && parse.child_by(first, Dep::Dobj).is_none();
    let killed = of_one
        && parse.child_by(verb, Dep::Nsubj).is_none()
        && says(parse, first, Saying::Object) == Some(Counted::Killed);
    if killed && what == Counted::Wounded { Counted::Casualties } else { what }
}

/// "the dead included three reporters": a subject that says what befell them.
fn includes(parse: &Parse, verb: usize) -> Option<Counted> {
    let subject = parse.child_by(verb, Dep::Nsubj).filter(|_| &*parse.tokens()[verb].lemma == "include")?;
    of_the_harmed(parse, subject)
}

/// "250 people died", "dozens are missing", "and 30 wounded".
pub(super) fn subject(parse: &Parse, verb: usize, of: usize) -> Option<Counted> {
    let of_subject = |w: &Counted| matches!(w, Counted::Returned | Counted::Missing);
    let together = || together(parse, verb).filter(|w| of_subject(w) && is_people(parse, of));
    let elliptic = || {
        let bare = parse.child_by(verb, Dep::Dobj).is_none() && matches!(parse.tokens()[verb].tag, Tag::Vbn | Tag::Vbd);
        bare.then(|| says(parse, verb, Saying::Object)).flatten()
    };
    let says_subject = || says(parse, verb, Saying::Subject).map(|what| undivided(parse, verb, what));
    let adjective = || says(parse, verb, Saying::Adjective).filter(|_| !has_object(parse, verb));
    says_subject()
        .or_else(adjective)
        .or_else(|| light(parse, verb))
        .or_else(|| fallen(parse, verb, of))
        .or_else(together)
        .or_else(|| toll(parse, verb))
        .or_else(elliptic)
        // "a sniper shot a guard dead": what is said beside an object is said of the object
        .or_else(|| if has_object(parse, verb) { None } else { complement(parse, verb, of) })
        .or_else(|| among(parse, verb))
        .or_else(|| as_others(parse, verb, of))
}

/// "two soldiers were killed, as were four farmers": what befell others befell these too.
fn as_others(parse: &Parse, verb: usize, of: usize) -> Option<Counted> {
    let token = &parse.tokens()[verb];
    let led = || parse.child_by(verb, Dep::Mark).is_some_and(|m| &*parse.tokens()[m].lower == "as");
    let inverted = token.dep == Dep::Advcl && matches!(&*token.lemma, "be" | "have" | "do") && token.head < verb;
    if inverted && led() { shared(parse, token.head, of) } else { None }
}

/// What a verb says befell those it is about, in whichever form.
pub(super) fn shared(parse: &Parse, verb: usize, of: usize) -> Option<Counted> {
    if parse.child_by(verb, Dep::Nsubjpass).is_some() {
        return passive(parse, verb, of);
    }
    says(parse, verb, Saying::Subject).or_else(|| object(parse, verb, of))
}

/// "eleven of its men had fallen at the ridge"; not "fell back", "fell ill", "fell into a trap".
fn fallen(parse: &Parse, verb: usize, of: usize) -> Option<Counted> {
    let stands = |i: usize| matches!(&*parse.tokens()[i].lower, "at" | "in" | "near" | "during" | "on" | "there");
    let time = |i: usize| parse.entity_at(i).is_some() || parse.tokens()[i].dep == Dep::Npadvmod;
    let rest = &[Dep::Prep, Dep::Prt, Dep::Advmod, Dep::Acomp, Dep::Attr, Dep::Dobj, Dep::Oprd, Dep::Xcomp];
    let dead = parse.children_by(verb, rest).all(|i| i < verb || stands(i) || time(i));
    // a bare number that fell may count shells
    let of_people = matches!(noun::sort(parse, of), Some(Sort::People(_)));
    (&*parse.tokens()[verb].lemma == "fall" && dead && of_people).then_some(Counted::Killed)
}

/// "lost their lives", "received a wound".
fn light(parse: &Parse, verb: usize) -> Option<Counted> {
    let object = parse.child_by(verb, Dep::Dobj)?;
    Lexicon::get().light(&parse.tokens()[verb].lemma, &parse.tokens()[object].lemma)
}

/// "were taken to hospital with injuries".
pub(super) fn with_harm(parse: &Parse, verb: usize) -> Option<Counted> {
    says(parse, noun::behind(parse, verb, "with")?, Saying::Noun)
}
