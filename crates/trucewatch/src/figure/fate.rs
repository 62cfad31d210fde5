//! What befell the people that a number counts, by the words that govern them.

use syntax::{Dep, EntityKind, Parse, Pos, Tag};

use super::lexicon::{Lexicon, Saying, Sort};
use super::{Counted, noun};

/// What befell the people named by token `at` (their noun, or the number itself).
pub(super) fn of(parse: &Parse, at: usize) -> Option<Counted> {
    if is_of_bodies(parse, at) {
        return Some(Counted::Bodies);
    }
    let modifier = by_modifier(parse, at);
    let rest = || by_next_word(parse, at).or_else(|| by_governor(parse, at));
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

/// "the bodies of ten killed guards": what is counted are bodies.
fn is_of_bodies(parse: &Parse, at: usize) -> bool {
    let token = &parse.tokens()[at];
    let preposition = &parse.tokens()[token.head];
    token.dep == Dep::Pobj
        && &*preposition.lower == "of"
        && matches!(noun::sort(parse, preposition.head), Some(Sort::Fate(Counted::Bodies)))
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

fn has_object(parse: &Parse, verb: usize) -> bool {
    parse.child_by(verb, Dep::Dobj).is_some()
}

/// What a verb says of its object or passive subject `of`, some verbs only where that is people.
fn befalls(parse: &Parse, verb: usize, of: usize) -> Option<Counted> {
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

/// By the verb or noun that governs the people, up through coordination.
fn by_governor(parse: &Parse, at: usize) -> Option<Counted> {
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

/// "three were killed", "ten are said to have died", "nine were reported injured".
fn passive(parse: &Parse, verb: usize, of: usize) -> Option<Counted> {
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
fn complement(parse: &Parse, verb: usize, of: usize) -> Option<Counted> {
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
fn object(parse: &Parse, verb: usize, of: usize) -> Option<Counted> {
    // "A sniper shot dead a soldier": the tree may take the adjective for the verb.
    let adjective = || (parse.tokens()[verb].pos == Pos::Adj).then(|| says(parse, verb, Saying::Adjective)).flatten();
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

/// "the dead", "the deaths", "the injured": those whom harm met, as a noun.
fn of_the_harmed(parse: &Parse, noun: usize) -> Option<Counted> {
    let named = || match noun::sort(parse, noun) {
        Some(Sort::Fate(what)) => Some(what),
        _ => None,
    };
    let said = says(parse, noun, Saying::Noun).or_else(|| says(parse, noun, Saying::Adjective)).or_else(named);
    said.filter(|&what| what.is_harm())
}

/// "250 people died", "dozens are missing", "and 30 wounded".
fn subject(parse: &Parse, verb: usize, of: usize) -> Option<Counted> {
    let together = || together(parse, verb).filter(|w| *w == Counted::Returned && is_people(parse, of));
    let elliptic = || {
        let bare = parse.child_by(verb, Dep::Dobj).is_none() && matches!(parse.tokens()[verb].tag, Tag::Vbn | Tag::Vbd);
        bare.then(|| says(parse, verb, Saying::Object)).flatten()
    };
    let says_subject = || says(parse, verb, Saying::Subject).map(|what| undivided(parse, verb, what));
    let adjective = || says(parse, verb, Saying::Adjective).filter(|_| !has_object(parse, verb));
    says_subject()
        .or_else(adjective)
        .or_else(|| light(parse, verb))
        .or_else(together)
        .or_else(|| toll(parse, verb))
        .or_else(elliptic)
        .or_else(|| complement(parse, verb, of))
        .or_else(|| among(parse, verb))
}

/// "lost their lives", "received a wound".
fn light(parse: &Parse, verb: usize) -> Option<Counted> {
    let object = parse.child_by(verb, Dep::Dobj)?;
    Lexicon::get().light(&parse.tokens()[verb].lemma, &parse.tokens()[object].lemma)
}

/// "were taken to hospital with injuries".
fn with_harm(parse: &Parse, verb: usize) -> Option<Counted> {
    says(parse, noun::behind(parse, verb, "with")?, Saying::Noun)
}

/// "claimed the lives of fourteen", "cost dozens of lives": an object that means life itself.
fn lives(parse: &Parse, noun: usize) -> Option<Counted> {
    let takes = |i: usize| matches!(&*parse.tokens()[i].lemma, "claim" | "take" | "cost");
    let taken = parse.ancestors(noun).take(3).any(takes);
    (taken && &*parse.tokens()[noun].lemma == "life").then_some(Counted::Killed)
}

/// "the toll was 45", "among the dead were three".
fn attribute(parse: &Parse, verb: usize) -> Option<Counted> {
    let deaths = || parse.child_by(verb, Dep::Nsubj).and_then(|subject| of_the_harmed(parse, subject));
    toll(parse, verb).or_else(|| among(parse, verb)).or_else(deaths)
}

/// "were also among the dead", "among the killed rebels was".
fn among(parse: &Parse, verb: usize) -> Option<Counted> {
    let people = noun::behind(parse, verb, "among")?;
    of_the_harmed(parse, people)
        .or_else(|| says(parse, people, Saying::Adjective))
        .or_else(|| by_modifier(parse, people))
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

/// The verb that "along with" or "in addition to" joins others to: what befell its own befell them.
fn joins(parse: &Parse, preposition: usize) -> Option<usize> {
    let token = &parse.tokens()[preposition];
    let over = &parse.tokens()[token.head];
    let verb = match (&*over.lower, &*token.lower) {
        ("along" | "together", "with") => over.head,
        ("addition", "to") => parse.tokens()[over.head].head,
        _ => return None,
    };
    Some(verb).filter(|&v| parse.tokens()[v].pos == Pos::Verb)
}

/// What a verb says befell those it is about, in whichever form.
fn shared(parse: &Parse, verb: usize, of: usize) -> Option<Counted> {
    if parse.child_by(verb, Dep::Nsubjpass).is_some() {
        return passive(parse, verb, of);
    }
    says(parse, verb, Saying::Subject).or_else(|| object(parse, verb, of))
}

/// Whether a verb is about a toll: its subject or object counts the dead or wounded.
fn toll(parse: &Parse, verb: usize) -> Option<Counted> {
    let own = parse.children_by(verb, &[Dep::Nsubj, Dep::Nsubjpass, Dep::Dobj]).find_map(|c| counts_dead(parse, c));
    let token = &parse.tokens()[verb];
    // "the toll is said to have risen to 58"
    own.or_else(|| if token.dep == Dep::Xcomp && token.head < verb { toll(parse, token.head) } else { None })
}

/// The noun that counts the dead or wounded whose number stands at `top`: "casualties of 600", "the number of guards killed
/// has risen to 26".
pub(super) fn counting(parse: &Parse, top: usize) -> Option<usize> {
    let deps = &[Dep::Nsubj, Dep::Nsubjpass, Dep::Dobj];
    let around =
        |a: usize| std::iter::once(a).chain(parse.children_by(a, deps)).find(|&i| counts_dead(parse, i).is_some());
    parse.ancestors(top).take(4).find_map(around)
}

/// "the death count", "the body count".
fn of_deaths(parse: &Parse, noun: usize) -> bool {
    parse.children_by(noun, &[Dep::Compound]).any(|c| matches!(&*parse.tokens()[c].lemma, "death" | "body"))
}

/// "two more were killed, bringing the total to 16": a total that counts those whom its clause goes on about.
fn so_far(parse: &Parse, total: usize) -> Option<Counted> {
    let verb = parse.tokens()[total].head;
    let over = parse.tokens()[verb].head;
    let goes_on = parse.tokens()[total].dep == Dep::Dobj && parse.tokens()[verb].dep == Dep::Advcl && over != verb;
    if !goes_on {
        return None;
    }
    let passive = parse.child_by(over, Dep::Nsubjpass).is_some();
    says(parse, over, if passive { Saying::Object } else { Saying::Subject })
}

/// "death toll", "the number of wounded".
fn counts_dead(parse: &Parse, noun: usize) -> Option<Counted> {
    match &*parse.tokens()[noun].lemma {
        "toll" => Some(Counted::Killed),
        "loss" | "casualty" => Some(Counted::Casualties),
        "count" if of_deaths(parse, noun) => Some(Counted::Killed),
        "number" | "total" | "count" | "tally" => {
            let Some(people) = noun::behind(parse, noun, "of") else { return so_far(parse, noun) };
            says(parse, people, Saying::Adjective)
                .or_else(|| says(parse, people, Saying::Noun))
                .or_else(|| by_modifier(parse, people))
                .or_else(|| by_modifier(parse, noun))
        }
        _ => None,
    }
}
