//! Tolls: nouns and verbs that count the dead and the wounded themselves.

use syntax::{Dep, Parse};

use super::super::lexicon::{Saying, Sort};
use super::super::{Counted, noun};
use super::{by_modifier, met, says};

/// "the dead", "the deaths", "the injured": those whom harm met, as a noun.
pub(super) fn of_the_harmed(parse: &Parse, noun: usize) -> Option<Counted> {
    let named = || match noun::sort(parse, noun) {
        Some(Sort::Fate(what)) => Some(what),
        _ => None,
    };
    let said = says(parse, noun, Saying::Noun).or_else(|| says(parse, noun, Saying::Adjective)).or_else(named);
    said.filter(|&what| what.is_harm())
}

/// "claimed the lives of fourteen", "cost dozens of lives": an object that means life itself.
pub(super) fn lives(parse: &Parse, noun: usize) -> Option<Counted> {
    let takes = |i: usize| matches!(&*parse.tokens()[i].lemma, "claim" | "take" | "cost");
    let taken = parse.ancestors(noun).take(3).any(takes);
    (taken && &*parse.tokens()[noun].lemma == "life").then_some(Counted::Killed)
}

/// "the toll was 45", "among the dead were three", "those killed were two guards".
pub(super) fn attribute(parse: &Parse, verb: usize) -> Option<Counted> {
    let harmed = |subject| of_the_harmed(parse, subject).or_else(|| met(parse, subject));
    let deaths = || parse.child_by(verb, Dep::Nsubj).and_then(harmed);
    toll(parse, verb).or_else(|| among(parse, verb)).or_else(deaths)
}

/// "were also among the dead", "among the killed rebels was".
pub(super) fn among(parse: &Parse, verb: usize) -> Option<Counted> {
    let people = noun::behind(parse, verb, "among")?;
    of_the_harmed(parse, people)
        .or_else(|| says(parse, people, Saying::Adjective))
        .or_else(|| by_modifier(parse, people))
}

/// Whether a verb is about a toll: its subject or object counts the dead or wounded.
pub(super) fn toll(parse: &Parse, verb: usize) -> Option<Counted> {
    let own = parse.children_by(verb, &[Dep::Nsubj, Dep::Nsubjpass, Dep::Dobj]).find_map(|c| counts_dead(parse, c));
    let token = &parse.tokens()[verb];
    // "the toll is said to have risen to 58"
    own.or_else(|| if token.dep == Dep::Xcomp && token.head < verb { toll(parse, token.head) } else { None })
}

/// The noun that counts the dead or wounded whose number stands at `top`: "casualties of 600", "the number of guards killed
/// has risen to 26".
pub(in crate::figure) fn counting(parse: &Parse, top: usize) -> Option<usize> {
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
pub(super) fn so_far(parse: &Parse, total: usize) -> Option<Counted> {
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
pub(super) fn counts_dead(parse: &Parse, noun: usize) -> Option<Counted> {
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
