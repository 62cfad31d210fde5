//! By which verb or noun people are governed, up through lists and prepositions, and what it says of them.

use syntax::{Dep, Parse, Pos};

use super::super::lexicon::{Saying, Sort};
use super::super::{Counted, noun};
use super::says;
use super::toll::{attribute, counts_dead, lives, toll};
use super::verb::{object, passive, shared, subject, with_harm};

/// By the verb or noun that governs the people, up through coordination.
pub(super) fn by_governor(parse: &Parse, at: usize) -> Option<Counted> {
    let of = at;
    let mut at = at;
    for _ in 0..6 {
        let token = &parse.tokens()[at];
        if token.pos == Pos::Verb && at == of {
            // "tolls exceeded 100": the bound of a number is the verb itself.
            return toll(parse, at).or_else(|| own_verb(parse, at));
        }
        if token.head == at {
            return own_verb(parse, at);
        }
        let head = token.head;
        match token.dep {
            Dep::Nsubjpass => return passive(parse, head, of).or_else(|| with_harm(parse, head)),
            Dep::Dobj | Dep::Dative => return object(parse, head, of),
            // "people described as spies were killed": the tree may take the participle for the subject.
            Dep::Nsubj if parse.tokens()[head].dep == Dep::Nsubjpass => at = head,
            // "twelve are missing": the tree may take the participle for the verb
            Dep::Nsubj if parse.tokens()[head].dep == Dep::Aux => return subject(parse, parse.tokens()[head].head, of),
            Dep::Nsubj => return subject(parse, head, of),
            // "kills six, wounds 14": the tree may take the verb of a headline for what is counted
            Dep::Nummod if at == of && head < at && says(parse, head, Saying::Object).is_some() => {
                return says(parse, head, Saying::Object);
            }
            Dep::Npadvmod if &*parse.tokens()[head].lower == "more" => at = head,
            // "three more later died": the tree may hang the number on the adverb
            Dep::Npadvmod if at == of && parse.tokens()[head].pos == Pos::Adv && parse.tokens()[head].head > head => {
                return subject(parse, parse.tokens()[head].head, of);
            }
            Dep::Advmod if &*token.lower == "more" && at != of => return object(parse, head, of),
            Dep::Attr | Dep::Oprd => return attribute(parse, head),
            // "injured over 14": the word that bounds a number hangs on the verb, the number on it.
            Dep::Prep | Dep::Prt | Dep::Advmod if at == of && token.pos == Pos::Adp => return object(parse, head, of),
            Dep::Pobj => match by_preposition(parse, head) {
                Some(found) => return Some(found),
                None if joins(parse, head).is_some() => {
                    return joins(parse, head).and_then(|verb| shared(parse, verb, of));
                }
                // "a total of 33 people", "people, including a child": on with what the preposition hangs on.
                None if leads_on(parse, head) => at = parse.tokens()[head].head,
                None if bounds_number(parse, head) => return object(parse, parse.tokens()[head].head, of),
                None => return None,
            },
            // A noun hung on the verb itself shares its object: "killed rebels but also civilians".
            Dep::Conj if parse.tokens()[head].pos == Pos::Verb => return says(parse, head, Saying::Object),
            Dep::Conj
            | Dep::Appos
            | Dep::Nummod
            | Dep::Quantmod
            | Dep::Amod
            | Dep::Compound
            | Dep::Nmod
            | Dep::Unclassified => at = head,
            _ => return None,
        }
    }
    None
}

/// "Killed: three", or a people at the root of a headline.
fn own_verb(parse: &Parse, at: usize) -> Option<Counted> {
    says(parse, at, Saying::Adjective)
}

/// "the death of eight", "a toll of 45", "the toll rose to 45", "the number of dead at ten".
fn by_preposition(parse: &Parse, preposition: usize) -> Option<Counted> {
    let head = parse.tokens()[preposition].head;
    match &*parse.tokens()[preposition].lower {
        "of" if matches!(noun::sort(parse, head), Some(Sort::Fate(Counted::Bodies))) => Some(Counted::Bodies),
        "of" => says(parse, head, Saying::Noun)
            .or_else(|| beyond(parse, head))
            .or_else(|| counts_dead(parse, head))
            .or_else(|| lives(parse, head))
            .or_else(|| if &*parse.tokens()[head].lemma == "family" { by_governor(parse, head) } else { None }),
        "to" | "at" | "past" | "by" | "above" | "in" | "from" => {
            // "rose from 9 to 14": the tree may hang the one on the other
            let over = if &*parse.tokens()[head].lower == "from" { parse.tokens()[head].head } else { head };
            counts_dead(parse, over).or_else(|| if over == preposition { None } else { toll(parse, over) })
        }
        _ => None,
    }
}

/// "the death on Monday of four soldiers": what stands over a day or place that the tree hangs the rest on.
fn beyond(parse: &Parse, noun: usize) -> Option<Counted> {
    let token = &parse.tokens()[noun];
    let over = parse.tokens()[token.head].head;
    says(parse, over, Saying::Noun).filter(|_| token.dep == Dep::Pobj && token.pos == Pos::Propn)
}

/// "injured over 14 villagers": a preposition that only bounds the number behind it.
fn bounds_number(parse: &Parse, preposition: usize) -> bool {
    let bounds =
        matches!(&*parse.tokens()[preposition].lower, "over" | "around" | "about" | "under" | "above" | "between");
    bounds && parse.tokens().get(preposition + 1).is_some_and(|t| t.pos == Pos::Num)
}

/// Whether what a preposition governs shares the fate of what it hangs on.
fn leads_on(parse: &Parse, preposition: usize) -> bool {
    let token = &parse.tokens()[preposition];
    let head = &parse.tokens()[token.head];
    match &*token.lower {
        "including" => true,
        "of" => {
            head.pos == Pos::Num
                || matches!(
                    &*head.lemma,
                    "total"
                        | "group"
                        | "number"
                        | "rest"
                        | "majority"
                        | "handful"
                        | "dozen"
                        | "score"
                        | "hundred"
                        | "thousand"
                        | "million"
                        | "ten"
                )
        }
        _ => false,
    }
}

/// The verb that "along with", "besides" or "in addition to" joins others to: what befell its own befell them.
fn joins(parse: &Parse, preposition: usize) -> Option<usize> {
    let token = &parse.tokens()[preposition];
    let over = &parse.tokens()[token.head];
    let verb = match (&*over.lower, &*token.lower) {
        (_, "besides") => token.head,
        ("along" | "together", "with") => over.head,
        ("addition", "to") => parse.tokens()[over.head].head,
        _ => return None,
    };
    Some(verb).filter(|&v| parse.tokens()[v].pos == Pos::Verb)
}
