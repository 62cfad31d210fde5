//! Who does it and to whom it is done: roles from the tree, the two-sided types and the sides of harm.

mod doer;
mod kind;
mod words;

use syntax::{Dep, Pos};

pub(super) use words::WORDS;

use super::page::Page;
use super::trigger::Trigger;
use super::{Kind, span};
use crate::pack::PartyId;
use crate::party::Speaking;
use crate::statement::Manner;

/// Actors and targets with the tokens that named them.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Roles {
    pub(super) actors: Vec<(PartyId, usize)>,
    pub(super) targets: Vec<(PartyId, usize)>,
    /// The rule that named the actors, where it was not the tree alone.
    pub(super) actor_rule: Option<&'static str>,
    /// The rule that named the targets, where it was not the tree alone.
    pub(super) target_rule: Option<&'static str>,
}

type Found = Vec<(PartyId, usize)>;

struct Cast<'p, 'a> {
    page: &'p Page<'a>,
    speaker: Option<&'p PartyId>,
    speaking: Speaking<'p>,
    kind: Kind,
}

/// The roles of a trigger; `speaker` is who says "we" there.
pub(super) fn roles_of(page: &Page<'_>, trigger: &Trigger, speaker: Option<&PartyId>) -> Roles {
    let i = trigger.token;
    let they = speaker.filter(|s| !s.is_bystander() && is_reported(page, i, s));
    let cast = Cast { page, speaker, speaking: Speaking { we: speaker, they }, kind: trigger.kind };
    let mut roles = match page.token(i).pos {
        Pos::Verb => cast.of_verb(i),
        Pos::Noun | Pos::Propn => cast.of_noun(i, trigger.kind),
        _ => cast.of_adjective(i),
    };
    if trigger.sense.is_none() {
        cast.fill_from_clause(i, &mut roles);
    }
    cast.fit_kind(trigger, &mut roles);
    cast.complete(trigger, &mut roles);
    for side in [&mut roles.actors, &mut roles.targets] {
        drop_repeated(side);
    }
    let actors = roles.actors.clone();
    roles.targets.retain(|(p, _)| trigger.kind == Kind::Casualties || !actors.iter().any(|(a, _)| a == p));
    roles
}

/// Who does what a verb says, by the tree alone.
pub(super) fn doers(page: &Page<'_>, verb: usize, speaking: Speaking<'_>) -> Vec<PartyId> {
    let doer = if page.is_passive(verb) { page.agent(verb) } else { doer::doer(page, verb) };
    doer.map(|i| page.mentions.parties(page.index, i, speaking)).unwrap_or_default()
}

/// To whom a verb is done, by the tree alone.
pub(super) fn hit(page: &Page<'_>, verb: usize, speaking: Speaking<'_>) -> Vec<PartyId> {
    let object = || page.parse.child_by(verb, Dep::Dobj);
    let object = if page.is_passive(verb) { page.passive_subject(verb) } else { object() };
    object.map(|i| page.mentions.parties(page.index, i, speaking)).unwrap_or_default()
}

/// Whether a token stands in a party's words that are reported in the same sentence, and not quoted.
fn is_reported(page: &Page<'_>, token: usize, party: &PartyId) -> bool {
    let Some(index) = page.statements.governing(page.index, token) else { return false };
    let statement = &page.statements.all()[index];
    let here =
        statement.paragraph == page.index && matches!(statement.manner, Manner::Reported | Manner::Parenthetical);
    here && page.sources.get(index).is_some_and(|s| s.parties.contains(party))
}

fn drop_repeated(side: &mut Found) {
    let mut seen: Vec<PartyId> = Vec::new();
    side.retain(|(party, _)| {
        !seen.contains(party) && {
            seen.push(party.clone());
            true
        }
    });
}

impl Cast<'_, '_> {
    /// Parties of the noun phrase at a token; bystanders are nobody's actors.
    fn parties(&self, token: Option<usize>) -> Found {
        let Some(i) = token else { return Vec::new() };
        let found = self.page.mentions.parties(self.page.index, i, self.speaking);
        found.into_iter().filter(|p| !p.is_bystander()).map(|p| (p, i)).collect()
    }

    /// The weights may take any telling word of a clause for its trigger ("the platoon crossed in daylight"): whom that
    /// word does not name, the clause's verb does.
    fn fill_from_clause(&self, token: usize, roles: &mut Roles) {
        let verb = span::unit(self.page, token);
        let is_full = !roles.actors.is_empty() && !roles.targets.is_empty();
        if is_full || verb == token || !self.page.is_verb(verb) {
            return;
        }
        let clause = self.of_verb(verb);
        if roles.actors.is_empty() {
            roles.actors = clause.actors;
            roles.actor_rule = Some("actor/clause");
        }
        if roles.targets.is_empty() {
            roles.targets = clause.targets;
            roles.target_rule = Some("target/clause");
        }
    }

    fn of_verb(&self, verb: usize) -> Roles {
        let page = self.page;
        if let Some(seen) = self.seen(verb) {
            return Roles { actors: seen, actor_rule: Some("actor/observed"), ..Roles::default() };
        }
        if page.is_passive(verb) {
            return Roles {
                actors: self.parties(page.agent(verb)),
                targets: self.parties(page.passive_subject(verb)),
                ..Roles::default()
            };
        }
        let object = page.parse.child_by(verb, Dep::Dobj);
        let mut targets = self.parties(object);
        if targets.is_empty() {
            targets = self.first_behind(verb, &["on", "at", "against", "with", "into", "in", "to", "from"]);
        }
        Roles { actors: self.parties(doer::doer(page, verb)), targets, ..Roles::default() }
    }

    /// "The mission saw a Veskan column": what is told is the doing of the one seen.
    fn seen(&self, verb: usize) -> Option<Found> {
        let page = self.page;
        let own =
            matches!(self.kind, Kind::Verification | Kind::Position | Kind::Talks | Kind::Mediation | Kind::Access);
        if own || !WORDS.observing.contains(page.lemma(verb)) {
            return None;
        }
        let object =
            if page.is_passive(verb) { page.passive_subject(verb) } else { page.parse.child_by(verb, Dep::Dobj) };
        let object = object?;
        let mut found = self.parties(Some(object));
        if found.is_empty() {
            found = self.first_behind(object, &["of", "by", "from"]);
        }
        Some(found)
    }

    fn first_behind(&self, i: usize, prepositions: &[&str]) -> Found {
        self.page.behind(i, prepositions).map(|o| self.parties(Some(o))).find(|f| !f.is_empty()).unwrap_or_default()
    }

    fn of_noun(&self, noun: usize, kind: Kind) -> Roles {
        let page = self.page;
        let mut actors = self.modifiers(noun);
        for prepositions in [&["by"][..], &["between", "among", "with"][..]] {
            actors.extend(page.behind(noun, prepositions).flat_map(|o| self.parties(Some(o))));
        }
        if actors.is_empty() {
            actors = self.of_governor(noun);
        }
        if actors.is_empty() {
            actors = self.first_behind(noun, &["of", "from"]);
        }
        let targets = self.first_behind(noun, &["on", "against", "at", "in", "into", "over", "to", "of"]);
        if kind == Kind::Talks && actors.len() < 2 {
            actors.extend(self.of_governor(noun));
        }
        Roles { actors, targets, ..Roles::default() }
    }

    fn modifiers(&self, noun: usize) -> Found {
        let inside = [Dep::Amod, Dep::Compound, Dep::Poss, Dep::Nmod];
        self.page.parse.children_by(noun, &inside).flat_map(|c| self.parties(Some(c))).collect()
    }

    /// The subject or agent of the verb that governs an event noun: "Vesk launched an attack".
    fn of_governor(&self, noun: usize) -> Found {
        let page = self.page;
        let passes = |dep| matches!(dep, Dep::Pobj | Dep::Prep | Dep::Conj | Dep::Dobj | Dep::Attr | Dep::Appos);
        let mut at = noun;
        while passes(page.token(at).dep) && page.token(at).pos != Pos::Verb {
            at = page.token(at).head;
        }
        if matches!(page.token(at).dep, Dep::Nsubj | Dep::Nsubjpass) {
            let verb = page.token(at).head;
            return self.parties(page.agent(verb).filter(|&a| a != noun));
        }
        if !page.is_verb(at) {
            return Vec::new();
        }
        self.parties(page.agent(at).or_else(|| doer::doer(page, at)))
    }

    fn of_adjective(&self, adjective: usize) -> Roles {
        let page = self.page;
        let head = page.token(adjective).head;
        let harmed = match page.is_verb(head) {
            true => page.parse.child_by(head, Dep::Nsubj).or_else(|| page.parse.child_by(head, Dep::Dobj)),
            false => Some(head).filter(|&h| page.is_noun(h)),
        };
        Roles { targets: self.parties(harmed), ..Roles::default() }
    }
}

/// The other side of the conflict.
pub(super) fn opponent(page: &Page<'_>, party: &PartyId) -> Option<PartyId> {
    let sides = &page.mentions.conflict?.sides;
    let at = sides.iter().position(|s| s == party)?;
    Some(sides[1 - at].clone())
}
