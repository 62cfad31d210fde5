//! What a type itself says of who takes part.

use syntax::{Dep, Pos};

use super::super::Kind;
use super::super::trigger::Trigger;
use super::words::WORDS;
use super::{Cast, Found, Roles, opponent};
use crate::pack::PartyId;

impl Cast<'_, '_> {
    pub(super) fn fit_kind(&self, trigger: &Trigger, roles: &mut Roles) {
        let page = self.page;
        match trigger.kind {
            kind if kind.is_two_sided() => {
                let targets = std::mem::take(&mut roles.targets);
                roles.actors.extend(targets);
                if kind == Kind::Talks {
                    roles.actors.extend(self.at_the_table(trigger.token));
                }
                self.both_take_part(trigger, roles);
            }
            Kind::Casualties if page.lemma(trigger.token) == "die" => {
                roles.targets.extend(std::mem::take(&mut roles.actors));
            }
            Kind::Casualties if page.is_noun(trigger.token) && roles.targets.is_empty() => {
                roles.targets = std::mem::take(&mut roles.actors);
            }
            Kind::Buildup | Kind::Deployment | Kind::Implementation | Kind::Violation => roles.targets.clear(),
            Kind::Assistance if WORDS.requesting.contains(page.lemma(trigger.token)) => {
                std::mem::swap(&mut roles.actors, &mut roles.targets);
                if roles.actors.is_empty() {
                    roles.actors = self.named_under(trigger.token, &roles.targets);
                }
                roles.actor_rule = Some("actor/asked-for-help");
                roles.target_rule = Some("target/asks-for-help");
            }
            Kind::Mediation if roles.targets.is_empty() => {
                roles.targets = self.other_sides(trigger, &roles.actors);
                roles.target_rule = Some("target/both-sides");
            }
            _ => {}
        }
        if trigger.kind == Kind::Position && roles.targets.is_empty() {
            roles.targets = self.spoken_of(trigger, &roles.actors);
            roles.target_rule = Some("target/spoken-of");
        }
        if roles.targets.is_empty() && is_harm(trigger.kind) {
            roles.targets = self.holders(trigger.token);
            roles.target_rule = Some("target/holder-of-the-ground").filter(|_| !roles.targets.is_empty());
        }
    }

    /// Whom a stand is about: the first party under its word that does not hold it.
    fn spoken_of(&self, trigger: &Trigger, actors: &Found) -> Found {
        let speaker = self.speaker.map(|p| (p.clone(), trigger.token));
        let holders: Found = actors.iter().cloned().chain(speaker).collect();
        self.named_under(trigger.token, &holders)
    }

    /// The first party named under a word that is not among `others`.
    fn named_under(&self, token: usize, others: &Found) -> Found {
        let page = self.page;
        let holds = |p: &PartyId| others.iter().any(|(a, _)| a == p);
        let named = |i: usize| page.mentions.at(page.index, i).map(|m| (m.party.clone(), i));
        let under = page.parse.subtree(token).filter_map(named);
        under.filter(|(p, _)| !p.is_bystander() && !holds(p)).take(1).collect()
    }

    /// Who meets whom: everybody behind "with" and "between" of the verb and of its object.
    fn at_the_table(&self, token: usize) -> Found {
        let page = self.page;
        let verb =
            if page.is_verb(token) { Some(token) } else { Some(page.token(token).head).filter(|&h| page.is_verb(h)) };
        let object = verb.and_then(|v| page.parse.child_by(v, Dep::Dobj));
        let places = [Some(token), verb, object];
        let behind = places
            .into_iter()
            .flatten()
            .flat_map(|p| page.behind(p, &["with", "between", "among"]).collect::<Vec<_>>());
        let host = verb.and_then(|v| page.subject(v));
        behind.chain(host).flat_map(|o| self.parties(Some(o))).collect()
    }

    /// The sides of the conflict that are not among the actors.
    fn other_sides(&self, trigger: &Trigger, actors: &Found) -> Found {
        let sides = self.page.mentions.conflict.map(|c| c.sides.to_vec()).unwrap_or_default();
        let left = sides.into_iter().filter(|s| !actors.iter().any(|(a, _)| a == s));
        left.map(|p| (p, trigger.token)).collect()
    }

    /// Who holds the ground that is hit: "shells fell on a Vesk-held town", "areas held by Vesk".
    fn holders(&self, token: usize) -> Found {
        let page = self.page;
        let clause = page.clause(token);
        let mut found = Found::new();
        for i in page.parse.subtree(clause) {
            let held = page.mentions.holder(page.index, i).map(|p| (p, i));
            let by = WORDS.holding.contains(page.lemma(i)) && page.token(i).dep == Dep::Acl;
            found.extend(held);
            if by {
                found.extend(self.parties(page.agent(i)));
            }
        }
        found
    }

    /// Fighting, a truce and an exchange between the sides have both for actors, even where one alone is named; not
    /// so where one alone accepts or refuses.
    fn both_take_part(&self, trigger: &Trigger, roles: &mut Roles) {
        let Some(conflict) = self.page.mentions.conflict else { return };
        let is_side = |p: &PartyId| conflict.sides.contains(p);
        let kind = trigger.kind;
        let bilateral = matches!(kind, Kind::Clash | Kind::Truce | Kind::Exchange | Kind::Delimitation);
        if kind == Kind::Clash
            && (self.fights_another(trigger.token, &roles.actors) || self.is_started(trigger.token, &roles.actors))
        {
            return;
        }
        if bilateral && roles.actors.iter().any(|(p, _)| is_side(p)) {
            roles.actors.retain(|(p, _)| is_side(p));
        }
        if kind == Kind::Truce && roles.actors.len() == 1 && self.is_alone(trigger.token, &roles.actors) {
            return;
        }
        let negotiating = kind == Kind::Talks && WORDS.negotiating.contains(self.page.lemma(trigger.token));
        let brokered = kind == Kind::Truce && (self.is_brokered(trigger.token) || self.is_sought(trigger.token));
        let few = roles.actors.len() < 2 && roles.actors.iter().all(|(p, _)| is_side(p) || brokered);
        if few && (bilateral || negotiating || (kind == Kind::Talks && roles.actors.is_empty())) {
            roles.actors = conflict.sides.iter().map(|p| (p.clone(), trigger.token)).collect();
            roles.actor_rule = Some("actor/both-sides");
        }
        if kind == Kind::Delimitation && !roles.actors.iter().any(|(p, _)| is_side(p)) {
            roles.actors.extend(conflict.sides.iter().map(|p| (p.clone(), trigger.token)));
        }
    }

    /// Whether a verb over the truce is one side's own: "Vesk accepted a truce", "refused to extend the truce".
    fn is_alone(&self, token: usize, actors: &Found) -> bool {
        let page = self.page;
        let verb = std::iter::once(token)
            .chain(page.parse.ancestors(token).take(4))
            .find(|&a| WORDS.alone.contains(page.lemma(a)));
        let subject = verb.and_then(|v| page.subject(v));
        subject.is_some_and(|s| self.parties(Some(s)).iter().any(|(p, _)| actors.iter().any(|(a, _)| a == p)))
    }

    /// "Fighting between Vesk's ally and Orlava": who is named as fighting a side fights it, side or not.
    fn fights_another(&self, token: usize, actors: &Found) -> bool {
        let behind = || self.page.behind(token, &["between", "with", "against"]).flat_map(|o| self.parties(Some(o)));
        let named: Vec<PartyId> = behind().map(|(p, _)| p).collect();
        let distinct = named.iter().any(|p| *p != named[0]);
        distinct && actors.iter().all(|(p, _)| named.contains(p))
    }

    /// "Vesk renewed the fighting": one who is said to have set it going, alone.
    fn is_started(&self, token: usize, actors: &Found) -> bool {
        let page = self.page;
        let is_object = page.token(token).dep == Dep::Dobj;
        let one = actors.first().is_some_and(|(first, _)| actors.iter().all(|(p, _)| p == first));
        is_object && one && WORDS.starting.contains(page.lemma(page.token(token).head))
    }

    /// "Ilmeria called for a truce": who asks others for peace is no side of it.
    fn is_sought(&self, token: usize) -> bool {
        let page = self.page;
        page.parse.ancestors(token).take(4).any(|a| WORDS.asking.contains(page.lemma(a)))
    }

    /// "Ilmeria brokered a truce": who makes peace for others is no side of it.
    fn is_brokered(&self, token: usize) -> bool {
        let page = self.page;
        let above = page.parse.ancestors(token).take(3).any(|a| WORDS.brokering.contains(page.lemma(a)));
        above
            || page
                .parse
                .children(token)
                .any(|c| page.token(c).pos == Pos::Verb && WORDS.brokering.contains(page.lemma(c)))
    }

    /// What the conflict and the speaker add where the words name nobody: the enemy of the one who attacks is the other
    /// side, and what nobody else is named for is mostly the speaker's own.
    pub(super) fn complete(&self, trigger: &Trigger, roles: &mut Roles) {
        let kind = trigger.kind;
        let own = matches!(
            kind,
            Kind::Threat | Kind::Mediation | Kind::Verification | Kind::Implementation | Kind::Deployment | Kind::Talks
        );
        if let (true, true, Some(speaker)) = (own, roles.actors.is_empty(), self.speaker.filter(|s| !s.is_bystander()))
        {
            roles.actors.push((speaker.clone(), trigger.token));
            roles.actor_rule = Some("actor/speaker");
        }
        if let ([(only, at)], true, true) = (&roles.actors[..], roles.targets.is_empty(), is_hostile(kind)) {
            let enemy = opponent(self.page, only).map(|p| (p, *at));
            roles.targets.extend(enemy);
            roles.target_rule = Some("target/other-side");
        }
    }
}

/// Types that hit people and ground.
fn is_harm(kind: Kind) -> bool {
    matches!(
        kind,
        Kind::Shelling
            | Kind::Airstrike
            | Kind::Gunfire
            | Kind::Assault
            | Kind::Casualties
            | Kind::Damage
            | Kind::Access
    )
}

/// Types in which one side acts against the other.
fn is_hostile(kind: Kind) -> bool {
    matches!(
        kind,
        Kind::Shelling
            | Kind::Gunfire
            | Kind::Airstrike
            | Kind::Assault
            | Kind::Incursion
            | Kind::Casualties
            | Kind::Damage
    )
}
