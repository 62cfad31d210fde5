//! Which numbers of a paragraph belong to a claim, and whose people or things they count.

mod counts;
mod inputs;
mod readings;
mod weigh;

use syntax::{Dep, Pos};

use super::code::Draft;
use super::page::Page;
use super::terms::TERMS;
use super::{Kind, Mode, span, toll};
use crate::document::Span;
use crate::figure::{Amount, Counted, Figure, Quantity, Who, befallen, named_with};
use crate::pack::PartyId;
use crate::party::Speaking;

pub(super) use inputs::Crowd;
pub(super) use weigh::{Candidate, settle, unsettled};

/// The figures of a draft: numbers within its words that count what its type counts; where harm has none, the one
/// person whom it befell.
fn figures_of(page: &Page<'_>, draft: &Draft) -> Vec<Figure> {
    let taking_part = taking_part(page, draft);
    let inside = |q: &&Quantity| draft.run.contains(&q.tokens.start) || taking_part.contains(&of_whom(page, q.head()));
    let own = page.quantities.iter().filter(inside).filter(|q| !is_name(page, q));
    let figures: Vec<Figure> = own.filter_map(|q| figure(page, draft, q)).collect();
    if figures.is_empty() { alone(page, draft, &taking_part) } else { figures }
}

/// The noun that counted people or things are the content of: "a *patrol* of twenty men".
fn of_whom(page: &Page<'_>, head: usize) -> usize {
    let preposition = page.token(head).head;
    let of = page.token(head).dep == Dep::Pobj && &*page.token(preposition).lower == "of";
    if of && page.is_noun(page.token(preposition).head) { page.token(preposition).head } else { head }
}

/// Who does what the claim's clause says or whom it befalls, where another clause names them: "300 people came up to the
/// fence and tried to *cross it*", "the rockets that *fell short*".
fn taking_part(page: &Page<'_>, draft: &Draft) -> Vec<usize> {
    let unit = span::unit(page, draft.token);
    let token = page.token(unit);
    let hangs = matches!(token.dep, Dep::Relcl | Dep::Acl);
    let over = if hangs { toll::carries(page, token.head) } else { Vec::new() };
    let found = [page.passive_subject(unit), page.subject(unit)].into_iter().flatten().chain(over);
    let sentence = page.sentence(draft.token);
    found.filter(|i| sentence.contains(i) && !draft.run.contains(i)).collect()
}

/// "on 12 March", "Post 11", "Height 1061": a number that belongs to a day or to a place's name.
fn is_name(page: &Page<'_>, quantity: &Quantity) -> bool {
    let number = quantity.tokens.end - 1;
    let here = |paragraph: usize| paragraph == page.index;
    page.expressions.iter().any(|e| here(e.paragraph) && e.tokens.contains(&number))
        || page.places.iter().any(|m| here(m.paragraph) && m.core.contains(&number) && m.core.start < number)
}

fn figure(page: &Page<'_>, draft: &Draft, quantity: &Quantity) -> Option<Figure> {
    let what =
        meant(page, draft, quantity).filter(|w| counts(page, draft, *w) && quantity.max != Some(Amount::ZERO))?;
    let single = page.token(quantity.tokens.start).pos != Pos::Num && quantity.min == Some(Amount::ONE);
    let hostile = matches!(draft.kind.value, Kind::Clash | Kind::Gunfire | Kind::Assault);
    if hostile && what == Counted::Personnel && !takes_part(page, draft, quantity.head()) {
        return None;
    }
    (!single || counts::counts_single(draft.kind.value, what)).then(|| Figure {
        span: quantity.span,
        what,
        who: who(page, draft, quantity, what),
        side: side_of(page, draft, quantity.noun),
        min: quantity.min,
        max: quantity.max,
        approx: quantity.approx,
        rule: "figures/words".into(),
    })
}

/// What a quantity counts in a claim: people met what the claim's type says, where their own words do not say it.
fn meant(page: &Page<'_>, draft: &Draft, quantity: &Quantity) -> Option<Counted> {
    let befallen = counts::befalls(draft.kind.value).filter(|_| is_open(page, draft, quantity));
    match befallen {
        Some(Counted::Displaced) if comes_home(page, draft) => Some(Counted::Returned),
        Some(Counted::Returned) if is_of_the_dead(page, quantity) => Some(Counted::Bodies),
        Some(what) => Some(what),
        None => quantity.what,
    }
}

/// "The remains of three soldiers were handed over".
fn is_of_the_dead(page: &Page<'_>, quantity: &Quantity) -> bool {
    let mut above = page.parse.ancestors(quantity.head()).take(4);
    above.any(|a| TERMS.remains.contains(page.lemma(a)))
}

/// Whether the claim's type may say what befell those counted: people of whom nothing is said, or a bare number that
/// does or suffers something; not those who do it to others.
fn is_open(page: &Page<'_>, draft: &Draft, quantity: &Quantity) -> bool {
    let head = quantity.head();
    let argument =
        matches!(page.token(head).dep, Dep::Nsubj | Dep::Nsubjpass | Dep::Dobj | Dep::Conj | Dep::Pobj | Dep::Attr);
    let released = match draft.kind.value {
        Kind::Exchange => quantity.what == Some(Counted::Captured),
        Kind::Displacement => quantity.what == Some(Counted::Displaced) && is_return(page, draft.token),
        _ => false,
    };
    match quantity.what {
        Some(Counted::Personnel) => !is_captor(page, draft, head),
        None => quantity.noun.is_none() && argument && !is_captor(page, draft, head),
        _ => released,
    }
}

/// "Twenty gunmen seized a teacher", "was seized by six gunmen": the subject of a detention with an object, or whoever
/// did what befell others.
fn is_captor(page: &Page<'_>, draft: &Draft, noun: usize) -> bool {
    let token = page.token(noun);
    let acts = token.dep == Dep::Nsubj && page.parse.child_by(token.head, Dep::Dobj).is_some();
    let is_agent = token.dep == Dep::Pobj && page.token(token.head).dep == Dep::Agent;
    is_agent || (acts && draft.kind.value == Kind::Detention)
}

/// Whether a movement is a return: "came home", "the return of 300 families".
fn comes_home(page: &Page<'_>, draft: &Draft) -> bool {
    draft.run.clone().any(|i| is_return(page, i))
}

/// A word of return, or a verb with one beside it.
fn is_return(page: &Page<'_>, i: usize) -> bool {
    let adverb = |i: usize| page.token(i).pos == Pos::Adv && matches!(&*page.token(i).lower, "home" | "back");
    TERMS.returning.contains(page.lemma(i)) || adverb(i) || page.parse.children(i).any(adverb)
}

/// Military or civilian: as the words say, else as the type of claim has it.
fn who(page: &Page<'_>, draft: &Draft, quantity: &Quantity, what: Counted) -> Who {
    if quantity.who != Who::Any {
        return quantity.who;
    }
    let lemma = quantity.noun.map_or("", |n| page.lemma(n));
    let of_army = what == Counted::Vehicles || (what == Counted::Personnel && counts::is_men(lemma));
    let own = quantity.noun.is_some_and(|n| counts::is_men(lemma) && has_owner(page, n));
    let people = what.is_fate() || what == Counted::Personnel;
    match counts::whose(draft.kind.value, what) {
        Some(who) => who,
        _ if own || are_losses(page, quantity) || (people && are_fighters(page, quantity)) => Who::Military,
        _ if of_army && counts::is_military(draft.kind.value) => Who::Military,
        None if what == Counted::Displaced || among_civilians(page, quantity, what) => Who::Civilian,
        None if what == Counted::Captured && is_taken(page, quantity) => Who::Civilian,
        None if what == Counted::Returned && draft.kind.value == Kind::Displacement => Who::Civilian,
        None => Who::Any,
    }
}

/// "we lost nineteen men", "its losses were two dead": whoever loses men speaks of an army's.
fn are_losses(page: &Page<'_>, quantity: &Quantity) -> bool {
    let men = quantity.noun.is_none_or(|n| counts::is_men(page.lemma(n)) || page.token(n).pos != Pos::Noun);
    let mut above = page.parse.ancestors(quantity.head()).take(4);
    let of_loss = |i: usize| {
        let below = || page.parse.children_by(i, &[Dep::Nsubj, Dep::Dobj]).any(|c| page.lemma(c) == "loss");
        (page.lemma(i) == "lose" && page.parse.child_by(i, Dep::Dobj).is_none_or(|o| page.lemma(o) != "life"))
            || page.lemma(i) == "loss"
            || below()
    };
    men && quantity.what.is_some_and(Counted::is_fate) && above.any(of_loss)
}

/// "Nine people died when a shell hit a bus": whom harm meets in a place of civilians, where nobody in arms is counted
/// with them.
fn among_civilians(page: &Page<'_>, quantity: &Quantity, what: Counted) -> bool {
    let sentence = page.sentence(quantity.tokens.start);
    let armed = |q: &Quantity| sentence.contains(&q.tokens.start) && q.who == Who::Military;
    what.is_harm() && sentence.clone().any(|i| counts::is_scene(page.lemma(i))) && !page.quantities.iter().any(armed)
}

/// "45 people were kidnapped": people taken in a way in which armies do not take soldiers; not prisoners, whom nothing
/// more is said of.
fn is_taken(page: &Page<'_>, quantity: &Quantity) -> bool {
    let above = page.parse.ancestors(quantity.head()).take(4);
    let below = page.parse.children_by(quantity.head(), &[Dep::Acl, Dep::Relcl]);
    above.chain(below).any(|i| counts::takes_civilians(page.lemma(i)))
}

/// "three members of the Front", "sixteen Front men", "its leader Omar Tesh": an armed group's people.
fn are_fighters(page: &Page<'_>, quantity: &Quantity) -> bool {
    quantity.noun.is_some_and(|noun| is_of_armed_group(page, noun))
}

fn is_of_armed_group(page: &Page<'_>, noun: usize) -> bool {
    let parties = page.mentions.parties(page.index, noun, Speaking::NOBODY);
    !parties.is_empty() && parties.iter().all(|p| page.mentions.is_armed_group(p))
}

/// "his men", "our boys".
fn has_owner(page: &Page<'_>, noun: usize) -> bool {
    page.parse.children_by(noun, &[Dep::Poss]).next().is_some()
}

/// The one person whom harm befell, where no number counts anybody, with those named in one list with him.
fn alone(page: &Page<'_>, draft: &Draft, taking_part: &[usize]) -> Vec<Figure> {
    let told = matches!(draft.mode.value, Mode::Asserted | Mode::Denied);
    let harm = matches!(draft.kind.value, Kind::Casualties | Kind::Detention) && told;
    let mut words = draft.run.clone().chain(taking_part.iter().copied()).filter(|_| harm);
    let Some(at) = words.find(|&i| befallen(page.parse, i).is_some()) else { return Vec::new() };
    named_with(page.parse, at).into_iter().filter_map(|i| alone_figure(page, draft, i)).collect()
}

fn alone_figure(page: &Page<'_>, draft: &Draft, at: usize) -> Option<Figure> {
    let (what, own) = befallen(page.parse, at).filter(|(what, _)| counts(page, draft, *what))?;
    let who = if own == Who::Any && is_of_armed_group(page, at) { Who::Military } else { own };
    let span = page.paragraph.span_at(at);
    let side = side_of(page, draft, Some(at));
    let one = Some(Amount::ONE);
    Some(Figure { span, what, who, side, min: one, max: one, approx: false, rule: "figures/alone".into() })
}

/// Whose: named at the counted noun, else the only side that the claim says is harmed.
fn side_of(page: &Page<'_>, draft: &Draft, noun: Option<usize>) -> Option<PartyId> {
    let named = noun.and_then(|n| page.mentions.parties(page.index, n, Speaking::NOBODY).into_iter().next());
    // nobody holds his own people: "Vesk holds ten of its soldiers" counts those of whoever says so
    let holder = |p: &PartyId| draft.kind.value == Kind::Detention && draft.actors.iter().any(|a| a.value == *p);
    let held = named.as_ref().is_some_and(holder);
    named.filter(|p| !p.is_bystander() && !holder(p)).or_else(|| match &draft.targets[..] {
        // whom only another part of the sentence names ("statements by both sides") is not whose they are
        [only] if only.rule == "target/weights" && !said_here(page, draft, &only.spans) => None,
        [only] if draft.kind.value == Kind::Casualties || held => Some(only.value.clone()),
        _ => None,
    })
}

/// Whether some words stand in the draft's own, or there are none.
fn said_here(page: &Page<'_>, draft: &Draft, spans: &[Span]) -> bool {
    let own = page.paragraph.span_of(draft.run.clone());
    spans.is_empty() || spans.iter().any(|s| own.holds(*s))
}

/// Whether a draft counts such things.
fn counts(page: &Page<'_>, draft: &Draft, what: Counted) -> bool {
    let afar = what == Counted::DistanceKm && draft.mode.value == Mode::Denied;
    let free = what == Counted::Personnel
        && draft.kind.value == Kind::Access
        && !draft.run.clone().any(|i| counts::shuts_in(page.lemma(i)));
    counts::counts(draft.kind.value, what) && !afar && !free
}

/// Whether people take part in hostilities: those who do it, those between whom it is; not those whom it meets.
fn takes_part(page: &Page<'_>, draft: &Draft, head: usize) -> bool {
    let unit = span::unit(page, draft.token);
    let mut at = head;
    for _ in 0..6 {
        let token = page.token(at);
        match token.dep {
            Dep::Nsubj => return page.parse.is_under(unit, token.head) || page.parse.is_under(token.head, unit),
            Dep::Pobj if matches!(&*page.token(token.head).lower, "by" | "between" | "with" | "from") => return true,
            Dep::Pobj if &*page.token(token.head).lower == "of" => at = page.token(token.head).head,
            Dep::Conj | Dep::Nummod | Dep::Appos | Dep::Compound | Dep::Quantmod | Dep::Nmod | Dep::Amod => {
                at = token.head
            }
            _ => return false,
        }
    }
    false
}
