//! Whether people or things are military or civilian, by the words round their noun.

use syntax::{Dep, Parse, Tag};

use super::lexicon::{Lexicon, Sort};
use super::noun::{self, behind, modifiers};
use super::{Counted, Who};

/// Who the people of a noun are whose own meaning says `named`: by the words before it, by what they are members of,
/// and by those named with it under one number.
pub(super) fn of_people(parse: &Parse, noun: usize, named: Who) -> Who {
    let own = match named {
        Who::Military if is_either(parse, noun) => Who::Civilian,
        Who::Military => Who::Military,
        Who::Civilian if in_uniform(parse, noun) => Who::Military,
        Who::Civilian => Who::Civilian,
        Who::Any => {
            let beside = Some(beside(parse, noun)).filter(|&w| w != Who::Any);
            beside
                .or_else(|| member(parse, noun))
                .or_else(|| mostly(parse, noun))
                .or_else(|| aboard(parse, noun))
                .or_else(|| lone(parse, noun))
                .or_else(|| all_of_them(parse, noun))
                .unwrap_or_default()
        }
    };
    together(parse, noun, own)
}

/// By the adjectives and nouns before a noun.
pub(super) fn beside(parse: &Parse, noun: usize) -> Who {
    modifiers(parse, noun).find_map(|word| Lexicon::get().beside(word)).unwrap_or_default()
}

/// Of a thing whose own meaning says `named`: by the words before it, unless it is the army's by itself.
pub(super) fn of_thing(parse: &Parse, noun: usize, named: Who) -> Who {
    match named {
        Who::Any => beside(parse, noun),
        // "a navy bus"
        Who::Civilian if in_uniform(parse, noun) => Who::Military,
        own => own,
    }
}

/// Of those whom a word such as "deaths" or "bodies" counts: "civilian deaths", "bodies of soldiers", "prisoners of war".
pub(super) fn of_fate(parse: &Parse, noun: usize) -> Who {
    let people = |word: &str| match Lexicon::get().sort(word) {
        Some(Sort::People(who)) if who != Who::Any => Some(who),
        _ => None,
    };
    let before = modifiers(parse, noun).find_map(|word| Lexicon::get().beside(word).or_else(|| people(word)));
    let of_war = |n: usize| (&*parse.tokens()[n].lemma == "war").then_some(Who::Military);
    let of = || behind(parse, noun, "of").and_then(|n| of_war(n).or_else(|| sort_who(parse, n)));
    let own = || {
        Lexicon::get().fated(&parse.tokens()[noun].lemma).or_else(|| Lexicon::get().fated(&parse.tokens()[noun].lower))
    };
    before
        .or_else(own)
        .or_else(of)
        .or_else(|| all_of_them(parse, noun))
        .or_else(|| mostly(parse, noun))
        .unwrap_or_default()
}

/// Of those whom a toll counts: "the number of guards killed", "military casualties", "casualties among guards".
pub(super) fn of_toll(parse: &Parse, noun: usize) -> Who {
    let before = modifiers(parse, noun).find_map(|word| Lexicon::get().beside(word));
    let of = || ["of", "among"].into_iter().find_map(|p| behind(parse, noun, p)).and_then(|n| sort_who(parse, n));
    before.or_else(of).unwrap_or_default()
}

/// "nine people, mostly children"; not "most of them children", which leaves others.
fn mostly(parse: &Parse, noun: usize) -> Option<Who> {
    let word = |i: usize| parse.tokens().get(i).map_or("", |t| &*t.lower);
    let end = parse.sentence_of(noun).end;
    let at = (noun + 1..noun + 3).find(|&i| Lexicon::get().tells_most(word(i)))?;
    (at + 1..at + 4).filter(|&i| i < end).find_map(|i| sort_who(parse, i))
}

/// "all 40 people on board": passengers, unless of a craft or people of the army's.
fn aboard(parse: &Parse, noun: usize) -> Option<Who> {
    let word = |i: usize| parse.tokens().get(i).map_or("", |t| &*t.lower);
    let on_board = word(noun + 1) == "aboard" || (word(noun + 1) == "on" && word(noun + 2) == "board");
    let military = |i: usize| {
        let sort = Lexicon::get().sort(&parse.tokens()[i].lemma);
        matches!(sort, Some(Sort::People(Who::Military) | Sort::Thing(_, Who::Military)))
            || Lexicon::get().is_uniformed(word(i))
    };
    (on_board && !parse.sentence_of(noun).any(military)).then_some(Who::Civilian)
}

/// "all 176 aboard", "another 40 on board", "a family of five": of a bare number.
pub(super) fn of_rest(parse: &Parse, number: usize) -> Who {
    let token = &parse.tokens()[number];
    let over = parse.tokens()[token.head].head;
    let family = token.dep == Dep::Pobj && noun::is_household(parse, over);
    let said = || aboard(parse, number).or_else(|| mostly(parse, number)).unwrap_or_default();
    if family { Who::Civilian } else { said() }
}

/// "three of the dead were children", "of whom two are soldiers": who a number or noun is said to be.
pub(super) fn said_to_be(parse: &Parse, subject: usize) -> Option<Who> {
    let token = &parse.tokens()[subject];
    let is = token.dep == Dep::Nsubj && &*parse.tokens()[token.head].lemma == "be";
    // "60 were women": the tree may take both for the subject
    let second = || parse.children_by(token.head, &[Dep::Nsubj]).find(|&c| c > token.head);
    let noun = parse.child_by(token.head, Dep::Attr).or_else(second).filter(|_| is)?;
    let once = modifiers(parse, noun).any(|word| matches!(word, "former" | "ex" | "retired"));
    sort_who(parse, noun).filter(|_| !once)
}

/// "a 58-year-old man was injured": one man is no soldier where nothing says so.
fn lone(parse: &Parse, noun: usize) -> Option<Who> {
    let single = parse.tokens()[noun].tag == Tag::Nn && &*parse.tokens()[noun].lower == "man";
    single.then_some(Who::Civilian)
}

/// "five deaths, all civilians": who they all were, right behind them.
fn all_of_them(parse: &Parse, noun: usize) -> Option<Who> {
    let word = |i: usize| parse.tokens().get(i).map_or("", |t| &*t.lower);
    if word(noun + 1) != "," || word(noun + 2) != "all" {
        return None;
    }
    let at = if word(noun + 3) == "of" { noun + 5 } else { noun + 3 };
    parse.tokens().get(at).and_then(|_| sort_who(parse, at))
}

/// "military doctors", "an army surveyor": a trade followed in uniform.
fn in_uniform(parse: &Parse, noun: usize) -> bool {
    modifiers(parse, noun).any(|word| Lexicon::get().is_uniformed(word))
}

/// "medical personnel", "volunteer drivers": members of no army where a word beside them says so.
fn is_either(parse: &Parse, noun: usize) -> bool {
    Lexicon::get().is_either(&parse.tokens()[noun].lemma)
        && beside(parse, noun) == Who::Civilian
        && !in_uniform(parse, noun)
}

/// "members of the militia", "twelve of the medical staff": who they belong to.
fn member(parse: &Parse, noun: usize) -> Option<Who> {
    let lexicon = Lexicon::get();
    let among = lexicon.belongs(&parse.tokens()[noun].lemma);
    let body = ["of", "from"].into_iter().find_map(|p| behind(parse, noun, p)).filter(|_| among)?;
    let lemma = parse.tokens()[body].lemma.to_lowercase();
    let armed = lexicon.is_uniformed(&lemma) || lexicon.group(&lemma) == Some(Who::Military);
    if armed { Some(Who::Military) } else { sort_who(parse, body).or_else(|| at_home(parse, body)) }
}

/// Of one who holds an office: by the words before it, or the body that it is an office of.
pub(super) fn of_office(parse: &Parse, noun: usize) -> Option<Who> {
    let lexicon = Lexicon::get();
    let body = || ["of", "in", "with"].into_iter().find_map(|p| behind(parse, noun, p));
    let armed = |b: usize| {
        let lemma = parse.tokens()[b].lemma.to_lowercase();
        lexicon.is_uniformed(&lemma) || lexicon.group(&lemma) == Some(Who::Military)
    };
    let of_body = || body().filter(|&b| armed(b)).map(|_| Who::Military);
    Some(beside(parse, noun)).filter(|&w| w != Who::Any).or_else(of_body)
}

/// "people from the village", "members of three families".
fn at_home(parse: &Parse, body: usize) -> Option<Who> {
    let lemma = &*parse.tokens()[body].lemma;
    let settled = matches!(Lexicon::get().sort(lemma), Some(Sort::Thing(Counted::Settlements, _)));
    (settled || lemma == "family").then_some(Who::Civilian)
}

/// Military or civilian, where a noun or the word beside it says so.
fn sort_who(parse: &Parse, noun: usize) -> Option<Who> {
    let found = match Lexicon::get().sort(&parse.tokens()[noun].lemma.to_lowercase()) {
        Some(Sort::People(Who::Any)) | None => beside(parse, noun),
        Some(Sort::People(who)) => who,
        Some(_) => Who::Any,
    };
    Some(found).filter(|&who| who != Who::Any)
}

/// One number for several: "hundreds of rebels, soldiers and civilians" are neither; "men, women and children" are
/// civilians by those beside them.
fn together(parse: &Parse, noun: usize, own: Who) -> Who {
    let mut all = own;
    let mut at = listed_from(parse, noun);
    while let Some(next) = parse.child_by(at, Dep::Conj).filter(|&n| n > noun && !is_counted(parse, n)) {
        at = next;
        let Some(who) = sort_who(parse, next) else { continue };
        all = match all {
            Who::Any if own == Who::Any && who == Who::Civilian => Who::Civilian,
            same if same == who => same,
            _ => return Who::Any,
        };
    }
    all
}

/// Where the others of a list hang: on the noun, or on the number over it ("hundreds of rebels and civilians").
fn listed_from(parse: &Parse, noun: usize) -> usize {
    let token = &parse.tokens()[noun];
    let preposition = &parse.tokens()[token.head];
    let over = token.dep == Dep::Pobj && &*preposition.lower == "of" && parse.child_by(noun, Dep::Conj).is_none();
    if over { preposition.head } else { noun }
}

/// Whether a noun has a number or an article of its own, or a "many".
fn is_counted(parse: &Parse, noun: usize) -> bool {
    let vague = |c: usize| crate::when::number::is_vague(&parse.tokens()[c].lower);
    parse.children_by(noun, &[Dep::Nummod, Dep::Det, Dep::Poss]).next().is_some()
        || parse.children_by(noun, &[Dep::Amod]).any(vague)
}
