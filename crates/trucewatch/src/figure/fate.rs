//! What befell the people that a number counts, by the words that govern them.

mod governor;
mod toll;
mod verb;

use syntax::{Dep, Parse, Pos, Tag};

use super::lexicon::{Lexicon, Saying, Sort};
use super::{Counted, noun};
use governor::by_governor;
pub(super) use toll::counting;
use verb::{befalls, complement, has_object};

/// What befell the people named by token `at` (their noun, or the number itself).
pub(super) fn of(parse: &Parse, at: usize) -> Option<Counted> {
    if is_of_bodies(parse, at) {
        return Some(Counted::Bodies);
    }
    let modifier = by_modifier(parse, at);
    let rest = || by_next_word(parse, at).or_else(|| has_wounds(parse, at)).or_else(|| by_governor(parse, at));
    match modifier {
        // "23 displaced people were killed": harm counts before the state in which it met them
        Some(state) if !state.is_harm() => rest().filter(|harm| harm.is_harm()).or(modifier),
        // "two wounded soldiers died"
        Some(Counted::Wounded) if is_told_before(parse, at) => {
            by_governor(parse, at).filter(|harm| *harm == Counted::Killed).or(modifier)
        }
        _ => modifier.or_else(rest),
    }
}

/// "wounded soldiers" who do or suffer something: their state is what they were in before.
fn is_told_before(parse: &Parse, at: usize) -> bool {
    let before = |c: usize| c < at && says(parse, c, Saying::Adjective) == Some(Counted::Wounded);
    let acts = matches!(parse.tokens()[at].dep, Dep::Nsubj | Dep::Nsubjpass | Dep::Pobj);
    acts && parse.children_by(at, &[Dep::Amod]).any(before)
}

/// "the bodies of ten killed guards", "of a driver and two guards": what is counted are bodies.
fn is_of_bodies(parse: &Parse, at: usize) -> bool {
    let over = parse.tokens()[at].head;
    // the tree may hang the second of a list on the bodies themselves
    let of = |p: usize| p < at && &*parse.tokens()[p].lower == "of";
    let listed = parse.tokens()[at].dep == Dep::Conj
        && matches!(noun::sort(parse, over), Some(Sort::Fate(Counted::Bodies)))
        && parse.children_by(over, &[Dep::Prep]).any(of);
    listed || noun::bodies_over(parse, noun::first_of_list(parse, at)).is_some()
}

/// What befell whoever a noun of no known kind names: killed, wounded, or dead by the verb itself.
pub(super) fn suffered(parse: &Parse, noun: usize) -> Option<Counted> {
    let at = noun::first_of_list(parse, noun);
    let (dep, verb) = (parse.tokens()[at].dep, parse.tokens()[at].head);
    let what = match dep {
        Dep::Nsubjpass => says(parse, verb, Saying::Object),
        Dep::Dobj => says(parse, verb, Saying::Object).or_else(|| complement(parse, verb, noun)),
        Dep::Nsubj => says(parse, verb, Saying::Subject),
        Dep::Pobj if &*parse.tokens()[verb].lower == "of" => says(parse, parse.tokens()[verb].head, Saying::Noun),
        _ => None,
    };
    // "thousands of Veskans displaced": a people that nobody has listed
    let people = || parse.tokens()[noun].tag == Tag::Nnps;
    what.filter(|&what| what.is_harm() || people())
}

/// What an adjective or participle says by itself: "seven of them fatal".
pub(super) fn said_of(parse: &Parse, at: usize) -> Option<Counted> {
    says(parse, at, Saying::Adjective)
}

/// What a noun says befell whom it is about: "death", "abduction".
pub(super) fn meant(parse: &Parse, noun: usize) -> Option<Counted> {
    says(parse, noun, Saying::Noun)
}

/// What a word says of somebody, in whatever way.
pub(super) fn told_by(parse: &Parse, at: usize) -> Option<Counted> {
    [Saying::Object, Saying::Adjective, Saying::Subject, Saying::Noun].into_iter().find_map(|s| says(parse, at, s))
}

/// "killed or wounded", "dead and injured": both at once, undivided, where the second word has no people of its own.
fn undivided(parse: &Parse, at: usize, first: Counted) -> Counted {
    let conjunct = parse.children_by(at, &[Dep::Conj]).find(|&c| {
        let other = says(parse, c, Saying::Object).or_else(|| says(parse, c, Saying::Adjective));
        let own =
            parse.children_by(c, &[Dep::Nsubj, Dep::Nsubjpass, Dep::Dobj, Dep::Nummod, Dep::Attr, Dep::Det]).next();
        let own = own.or_else(|| parse.subtree(c).find(|&i| i < c && counts(parse, i)));
        matches!((first, other), (Counted::Killed, Some(Counted::Wounded)) | (Counted::Wounded, Some(Counted::Killed)))
            && own.is_none()
    });
    if conjunct.is_some() { Counted::Casualties } else { first }
}

/// "and 80 more wounded", "and many more wounded": a word that counts people of its own.
fn counts(parse: &Parse, at: usize) -> bool {
    let token = &parse.tokens()[at];
    token.pos == Pos::Num || matches!(&*token.lower, "many" | "more" | "several" | "others" | "some")
}

fn says(parse: &Parse, at: usize, saying: Saying) -> Option<Counted> {
    let token = parse.tokens().get(at)?;
    let lexicon = Lexicon::get();
    lexicon.state(&token.lemma, saying).or_else(|| lexicon.state(&token.lower, saying))
}

/// "dead soldiers", "civilians killed in the raid", "people who died".
fn by_modifier(parse: &Parse, at: usize) -> Option<Counted> {
    const SAYING: [Dep; 6] = [Dep::Amod, Dep::Acl, Dep::Relcl, Dep::Appos, Dep::Acomp, Dep::Advcl];
    parse.children_by(at, &SAYING).find_map(|c| match parse.tokens()[c].dep {
        Dep::Acl | Dep::Advcl if parse.tokens()[c].tag == Tag::Vbg => says(parse, c, Saying::Subject),
        Dep::Acl => {
            let said = befalls(parse, c, at).or_else(|| says(parse, c, Saying::Adjective));
            said.map(|what| undivided(parse, c, what))
        }
        Dep::Relcl => relative(parse, c),
        _ => says(parse, c, Saying::Adjective).map(|what| undivided(parse, c, what)),
    })
}

/// "three with wounds": what somebody has.
fn has_wounds(parse: &Parse, at: usize) -> Option<Counted> {
    let wounds = noun::behind(parse, at, "with")?;
    let named = matches!(&*parse.tokens()[wounds].lemma, "wound" | "injury" | "burn");
    named.then_some(Counted::Wounded)
}

/// "three of those killed": what is said of a pronoun that stands for people.
pub(super) fn met(parse: &Parse, pronoun: usize) -> Option<Counted> {
    let stands = matches!(&*parse.tokens()[pronoun].lower, "those" | "these");
    if stands { by_modifier(parse, pronoun) } else { None }
}

/// A relative clause about the people: "who were killed", "who died", "whom they had kidnapped".
fn relative(parse: &Parse, verb: usize) -> Option<Counted> {
    if parse.child_by(verb, Dep::Nsubjpass).is_some() || done_to(parse, verb) {
        return befalls(parse, verb, parse.tokens()[verb].head);
    }
    says(parse, verb, Saying::Subject)
        .or_else(|| parse.child_by(verb, Dep::Acomp).and_then(|c| says(parse, c, Saying::Adjective)))
}

/// "a guard they had kidnapped": a relative clause with a subject of its own and no object.
fn done_to(parse: &Parse, verb: usize) -> bool {
    let subject = parse.child_by(verb, Dep::Nsubj).is_some_and(|s| !is_relative(parse, s));
    subject && parse.children_by(verb, &[Dep::Dobj]).all(|o| is_relative(parse, o))
}

fn is_relative(parse: &Parse, at: usize) -> bool {
    matches!(&*parse.tokens()[at].lower, "who" | "whom" | "that" | "which")
}

/// "11 people dead", "three dead", "18 wounded": right behind the people.
fn by_next_word(parse: &Parse, at: usize) -> Option<Counted> {
    let own = says(parse, at, Saying::Adjective);
    let next = (1..=3).find(|n| {
        parse
            .tokens()
            .get(at + n)
            .is_some_and(|t| !matches!(t.pos, Pos::Adv) && !matches!(&*t.lower, "more" | "others" | "other"))
    });
    let next = next.map(|n| at + n).filter(|&i| !has_object(parse, i));
    let going = |i: &usize| parse.tokens()[*i].tag == Tag::Vbg;
    let next_says = |i| {
        says(parse, i, Saying::Adjective).or_else(|| if going(&i) { says(parse, i, Saying::Subject) } else { None })
    };
    own.or_else(|| next.and_then(next_says))
}
