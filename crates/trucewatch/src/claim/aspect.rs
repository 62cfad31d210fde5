//! Whether a state starts or stops.

use syntax::Dep;

use super::modality::MODALITY;
use super::page::Page;
use super::terms::TERMS;
use super::trigger::Trigger;
use super::{Aspect, Kind, Traced};

/// The aspect of a trigger: by its own word or the verb that governs it; only for types that are states.
pub(super) fn aspect_of(page: &Page<'_>, trigger: &Trigger) -> Option<Traced<Aspect>> {
    if !has_aspect(trigger.kind) {
        return None;
    }
    let verb = Some(page.token(trigger.token).head).filter(|&h| page.is_verb(h));
    if let Some(verb) = verb.filter(|&v| page.lemma(v) == "refuse" && matches!(trigger.kind, Kind::Access)) {
        // a way that somebody refuses is shut
        return Some(Traced::new(Aspect::Ended, [page.paragraph.span_at(verb)], "aspect/refused"));
    }
    std::iter::once(trigger.token).chain(verb).find_map(|i| {
        let words = &MODALITY.words;
        let aspect = match page.lemma(i) {
            "fall" if trigger.kind == Kind::Truce => Aspect::Ended,
            // an end of the fighting is where a truce begins
            lemma if trigger.kind == Kind::Truce && words.ended.contains(lemma) && of_fighting(page, i) => {
                Aspect::Begun
            }
            "stop" | "halt" | "cease" if trigger.kind == Kind::Truce && stops_by_itself(page, i) => Aspect::Begun,
            lemma if words.begun.contains(lemma) => Aspect::Begun,
            // "the fighting has not stopped": it goes on
            _ if trigger.kind == Kind::Clash && page.is_negated(i) => return None,
            lemma if words.ended.contains(lemma) => Aspect::Ended,
            _ => return None,
        };
        Some(Traced::new(aspect, [page.paragraph.span_at(i)], "aspect/verb"))
    })
}

/// What ends in "an immediate end to the fighting", "stop the war".
const FIGHTING: [&str; 8] =
    ["fighting", "war", "hostility", "conflict", "violence", "bloodshed", "shooting", "aggression"];
/// Words behind an end at which stands what ends.
const NEAR: usize = 5;

/// "We ask both to stop, tonight": whoever stops, without a word for what, stops fighting; a truce that stops ends.
fn stops_by_itself(page: &Page<'_>, verb: usize) -> bool {
    let object = page.parse.children_by(verb, &[Dep::Dobj, Dep::Xcomp, Dep::Nsubjpass]).next();
    let truce = |s: usize| TERMS.treaties.contains(page.lemma(s));
    page.is_verb(verb) && object.is_none() && !page.subject(verb).is_some_and(truce)
}

fn of_fighting(page: &Page<'_>, i: usize) -> bool {
    let end = page.sentence(i).end.min(i + 1 + NEAR);
    (i + 1..end).any(|k| FIGHTING.contains(&page.lemma(k)))
}

fn has_aspect(kind: Kind) -> bool {
    matches!(
        kind,
        Kind::Truce
            | Kind::Access
            | Kind::Talks
            | Kind::Seizure
            | Kind::Deployment
            | Kind::Clash
            | Kind::Withdrawal
            | Kind::Verification
    )
}
