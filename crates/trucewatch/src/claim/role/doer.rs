//! Who does what a verb says, where that one is not the verb's own subject.

use syntax::{Dep, Pos};

use super::super::page::Page;
use super::words::WORDS;

/// How many heads up a doer is looked for.
const HIGHEST: usize = 4;

/// The logical subject of an active verb: the one called upon, the subject of "is ready to", the owner of a plan.
pub(super) fn doer(page: &Page<'_>, verb: usize) -> Option<usize> {
    called_upon(page, verb).or_else(|| page.subject(verb)).or_else(|| above(page, verb, HIGHEST))
}

/// "Called on Vesk and Orlava to leave": those called upon.
fn called_upon(page: &Page<'_>, verb: usize) -> Option<usize> {
    let mut at = verb;
    for _ in 0..HIGHEST {
        let token = page.token(at);
        let own = page.parse.child_by(at, Dep::Nsubj).is_some();
        if own || !matches!(token.dep, Dep::Advcl | Dep::Xcomp | Dep::Ccomp | Dep::Conj) || token.head == at {
            return None;
        }
        let asks = WORDS.prevailing.contains(page.lemma(token.head));
        if asks && token.dep != Dep::Conj {
            return page.behind(token.head, &["on", "upon", "to"]).next();
        }
        at = token.head;
    }
    None
}

/// The subject of the predicate or the owner of the noun that an infinitive or gerund depends on.
fn above(page: &Page<'_>, verb: usize, left: usize) -> Option<usize> {
    let token = page.token(verb);
    let head = (left > 0 && token.head != verb).then_some(token.head)?;
    match (token.dep, page.token(head).pos) {
        (Dep::Xcomp | Dep::Ccomp | Dep::Advcl | Dep::Conj, Pos::Adj) => {
            let copula = page.token(head).head;
            page.subject(copula).or_else(|| above(page, copula, left - 1))
        }
        (Dep::Acl | Dep::Relcl, Pos::Noun | Pos::Propn) => owner(page, head, left),
        (Dep::Pcomp, _) if page.is_noun(page.token(head).head) => owner(page, page.token(head).head, left),
        (Dep::Xcomp | Dep::Advcl | Dep::Conj, Pos::Verb | Pos::Aux) => above(page, head, left - 1),
        _ => None,
    }
}

/// Whose a noun is: "Vesk's plan", "the plan of Vesk", else the doer of the verb that has it for its object.
fn owner(page: &Page<'_>, noun: usize, left: usize) -> Option<usize> {
    let verb = page.token(noun).head;
    let object = matches!(page.token(noun).dep, Dep::Dobj | Dep::Attr) && page.is_verb(verb);
    page.possessor(noun)
        .or_else(|| page.behind(noun, &["of", "by", "from"]).next())
        .or_else(|| object.then(|| page.subject(verb).or_else(|| above(page, verb, left - 1))).flatten())
}
