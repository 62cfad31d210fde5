//! Who may be on record for a claim, and what the trees are told of each: where their words stand, how they are named,
//! what the rules made of it. Never who it is.

mod shared;
mod ties;

use syntax::{Dep, Pos};

use super::super::inputs::class;
use super::super::mode::Decision;
use super::super::page::Page;
use super::super::role::{doers, hit, opponent};
use super::super::span;
use super::super::trigger::Trigger;
use super::Voice;
use super::floor::{Near, Past, near, sentence};
use super::lands::Where;
use super::stance::Stance;
use super::words::WORDS;
use crate::pack::PartyId;
use crate::party::{self, Speaking};
use crate::statement::Statement;
use crate::statement::speaker::NARRATOR;
use crate::trees::{label, number, yes};

/// Somebody who may be on record.
#[derive(Debug, Clone)]
pub(in crate::claim) struct Candidate {
    /// For whom they speak.
    pub(in crate::claim) party: PartyId,
    /// The nearest statement of that party.
    pub(in crate::claim) statement: Option<usize>,
    /// The word of the sentence that names the party, the nearest to the claim's word.
    pub(in crate::claim) token: Option<usize>,
    /// What the trees are told, in the order of `scripts/train_voice.py`.
    pub(in crate::claim) inputs: Vec<f32>,
}

/// Names before and behind a claim that are looked at; keeps a line without end from costing its square.
const MOST: usize = 200;

/// Words further off than this are all as far.
const FAR: usize = 30;
/// Paragraphs and sentences further down than this are all as far.
const DEEP: usize = 12;

/// Everything that all candidates of a claim share.
struct Scene<'p, 'a> {
    page: &'p Page<'a>,
    trigger: &'p Trigger,
    voice: &'p Voice,
    past: &'p Past,
    near: Vec<Near<'p>>,
    /// The statements in whose content the claim's word stands, from the innermost outwards.
    round: Vec<usize>,
    /// The innermost of them.
    statement: Option<&'p Statement>,
    named: Vec<(PartyId, usize)>,
    doers: Vec<PartyId>,
    hit: Vec<PartyId>,
    unit: usize,
    sentence: usize,
    stance: Stance,
    ground: Where<'p>,
}

/// The candidates for who is on record for a claim, whom the rules found first.
pub(super) fn candidates(
    page: &Page<'_>,
    trigger: &Trigger,
    decision: &Decision,
    voice: &Voice,
    past: &Past,
) -> Vec<Candidate> {
    let scene = Scene::new(page, trigger, voice, past);
    let parties = scene.parties();
    let mut shared = scene.of_claim(decision, parties.len());
    shared.extend(scene.of_rule());
    shared.extend(scene.of_clause());
    shared.extend(scene.of_surroundings());
    shared.extend(scene.stance.shared(page, trigger.token));
    shared.push(past.lands.count());
    shared.extend(trigger.told);
    parties.into_iter().map(|p| scene.candidate(p, shared.clone())).collect()
}

impl<'p, 'a> Scene<'p, 'a> {
    fn new(page: &'p Page<'a>, trigger: &'p Trigger, voice: &'p Voice, past: &'p Past) -> Scene<'p, 'a> {
        let token = trigger.token;
        let unit = span::unit(page, token);
        let round: Vec<usize> = page.statements.round(page.index, token).collect();
        let statement = round.first().and_then(|&i| page.statements.all().get(i));
        Scene {
            page,
            trigger,
            voice,
            past,
            near: near(page, token),
            round,
            statement,
            named: named(page, token),
            doers: doers(page, unit, Speaking::NOBODY),
            hit: hit(page, unit, Speaking::NOBODY),
            unit,
            sentence: sentence(page, token),
            stance: Stance::of(page, token),
            ground: Where::of(page, &past.lands, token, statement),
        }
    }

    fn parties(&self) -> Vec<PartyId> {
        let plain = [PartyId::new(PartyId::MEDIA), PartyId::new(PartyId::OTHER)];
        let issuer = self.page.mentions.voice.as_ref().map(|(p, _)| p.clone());
        let sides = self.page.mentions.conflict.iter().flat_map(|c| c.sides.iter().cloned());
        let near = self.near.iter().flat_map(|n| n.parties.iter().cloned());
        let named = self.named.iter().map(|(p, _)| p.clone());
        let standing = self.page.mentions.standing(self.page.index, self.trigger.token);
        let person = standing.person.as_ref().and_then(|(_, p)| p.clone());
        let last = self.past.last.as_ref().and_then(|l| l.party.clone());
        let ruled = self.voice.speaker.value.party.clone();
        let mut all: Vec<PartyId> = Vec::new();
        let known = ruled.into_iter().chain(plain).chain(issuer).chain(near).chain(named).chain(sides);
        for party in known
            .chain(standing.subject.clone())
            .chain(person)
            .chain(last)
            .chain(self.ground.owners(self.page.mentions))
        {
            if !all.contains(&party) {
                all.push(party);
            }
        }
        all
    }

    fn candidate(&self, party: PartyId, shared: Vec<f32>) -> Candidate {
        let mut inputs = shared;
        let token = self.nearest_name(&party);
        inputs.extend(self.of_words(&party));
        inputs.extend(self.of_name(&party, token));
        inputs.extend(self.of_document(&party));
        inputs.extend(self.ground.own(&party));
        inputs.extend(self.stance.own(self.page, self.trigger.token, &party, &self.past.dateline));
        inputs.extend(self.of_ties(&party));
        inputs.push(self.told(&party));
        Candidate { statement: self.nearest_statement(&party), token, party, inputs }
    }

    /// How likely the nets take the outlet, or nobody's side, to be on record, if the candidate is that; else -1.
    fn told(&self, party: &PartyId) -> f32 {
        let [outlet, other, ..] = self.trigger.told;
        match party.as_str() {
            PartyId::MEDIA => outlet,
            PartyId::OTHER => other,
            _ => -1.0,
        }
    }

    /// Where the candidate's words stand.
    fn of_words(&self, party: &PartyId) -> Vec<f32> {
        let page = self.page;
        let token = self.trigger.token;
        let own = |n: &&Near<'_>| n.parties.contains(party);
        let before = self.near.iter().rev().filter(|n| n.is_before(token)).find(own);
        let after = self.near.iter().filter(|n| !n.is_before(token)).find(own);
        let next_before = self.near.iter().rev().find(|n| n.is_before(token));
        let next_after = self.near.iter().find(|n| !n.is_before(token));
        let depth = self.round.iter().position(|&i| page.sources.get(i).is_some_and(|s| s.parties.contains(party)));
        let manner = |n: Option<&Near<'_>>| n.map_or(0.0, |n| number(Some(n.manner as usize)));
        let count = |map: &std::collections::BTreeMap<PartyId, usize>| map.get(party).copied().unwrap_or(0);
        let share = |n: usize, of: usize| n as f32 / of.max(1) as f32;
        let told: usize = self.past.claims.values().sum();
        let last = self.past.last.as_ref().is_some_and(|l| l.party.as_ref() == Some(party));
        vec![
            class(Some(party)),
            yes(self.voice.speaker.value.party.as_ref() == Some(party)),
            yes(page.mentions.voice.as_ref().is_some_and(|(p, _)| p == party)),
            number(depth),
            before
                .map_or(0.0, |n| if n.paragraphs == 0 { 1.0 - n.sentences as f32 } else { 10.0 - n.paragraphs as f32 }),
            manner(before),
            yes(next_before.is_some_and(|n| own(&n))),
            after.map_or(0.0, |n| if n.paragraphs == 0 { 1.0 + n.sentences as f32 } else { 10.0 }),
            manner(after),
            yes(next_after.is_some_and(|n| own(&n))),
            share(count(&self.past.statements), self.past.sources),
            share(count(&self.past.claims), told),
            count(&self.past.claims).min(DEEP) as f32,
            yes(last),
        ]
    }

    /// How the candidate is named in the sentence and what is said of it there.
    fn of_name(&self, party: &PartyId, name: Option<usize>) -> Vec<f32> {
        let page = self.page;
        let foe = opponent(page, party);
        let rival = |list: &[PartyId]| list.iter().any(|p| p != party);
        let from = |i: usize| page.steps(self.trigger.token, i, FAR);
        let verb = name.and_then(|i| page.parse.ancestors(i).find(|&a| page.is_verb(a)));
        let kind = name.and_then(|i| page.mentions.at(page.index, i)).filter(|m| m.party == *party);
        let accused = self
            .voice
            .addressee
            .is_some_and(|a| page.mentions.parties(page.index, a, Speaking::NOBODY).contains(party));
        vec![
            name.map_or(0.0, from),
            name.map_or(0.0, |i| label(page.token(i).dep)),
            number(kind.map(|m| m.kind as usize)),
            yes(name.is_some_and(|i| self.in_source(i))),
            yes(verb.is_some_and(|v| WORDS.telling.contains(page.lemma(v)) || WORDS.holding.contains(page.lemma(v)))),
            yes(verb == Some(self.unit)),
            yes(self.doers.contains(party)),
            yes(self.hit.contains(party)),
            yes(rival(&self.doers)),
            yes(rival(&self.hit)),
            yes(foe.as_ref().is_some_and(|f| self.doers.contains(f))),
            yes(foe.as_ref().is_some_and(|f| self.hit.contains(f))),
            yes(foe.is_some_and(|f| self.named.iter().any(|(p, _)| *p == f))),
            yes(accused),
        ]
    }

    /// What the document tells of the candidate elsewhere.
    fn of_document(&self, party: &PartyId) -> Vec<f32> {
        let page = self.page;
        let mentions = page.mentions;
        let standing = mentions.standing(page.index, self.trigger.token);
        let all: usize = self.past.names.values().sum();
        let names = self.past.names.get(party).copied().unwrap_or(0);
        let here = mentions.of_paragraph(page.index);
        let at = here.partition_point(|m| m.tokens.end <= self.trigger.token);
        let here = here.get(at.saturating_sub(MOST)..here.len().min(at + MOST)).unwrap_or(&[]);
        let own = here.iter().filter(|m| m.party == *party).count();
        let before = self.page.sentence(self.trigger.token).start;
        let named_before = here.iter().any(|m| m.party == *party && m.tokens.end <= before);
        let seat = here.iter().any(|m| m.party == *party && m.kind == party::Kind::Seat);
        let rivals = self.past.names.values().filter(|n| **n > names).count();
        vec![
            yes(mentions.conflict.is_some_and(|c| c.sides.contains(party))),
            yes(standing.subject.as_ref() == Some(party)),
            yes(standing.person.as_ref().is_some_and(|(_, p)| p.as_ref() == Some(party))),
            names as f32 / all.max(1) as f32,
            rivals as f32,
            own as f32,
            yes(named_before),
            yes(seat),
            yes(self.past.first.as_ref() == Some(party)),
            yes(self.past.headline.contains(party)),
        ]
    }

    /// Whether a word stands in the words that name the source of a statement round the claim.
    fn in_source(&self, i: usize) -> bool {
        let span = self.page.paragraph.span_at(i);
        let sources = self.round.iter().filter_map(|&s| self.page.statements.all().get(s)).flat_map(|s| &s.source);
        sources.into_iter().any(|s| s.start <= span.start && span.end <= s.end)
    }

    fn nearest_name(&self, party: &PartyId) -> Option<usize> {
        let own = self.named.iter().filter(|(p, _)| p == party).map(|(_, i)| *i);
        own.min_by_key(|i| i.abs_diff(self.trigger.token))
    }

    /// The statement of a party that holds the claim, else the last one before it, else the next.
    fn nearest_statement(&self, party: &PartyId) -> Option<usize> {
        let speaks =
            |&i: &usize| self.page.sources.get(i).is_some_and(|s| s.name != NARRATOR && s.parties.contains(party));
        let round = self.round.iter().copied().find(|i| speaks(i));
        let before = || self.near.iter().rev().find(|n| n.is_before(self.trigger.token) && n.parties.contains(party));
        let after = || self.near.iter().find(|n| n.parties.contains(party));
        round.or_else(|| before().or_else(after).map(|n| n.statement))
    }
}

/// The parties that the words of a claim's sentence name, with those words.
fn named(page: &Page<'_>, claim: usize) -> Vec<(PartyId, usize)> {
    let mut found: Vec<(PartyId, usize)> = Vec::new();
    for token in page.sentence(claim).filter(|&i| !page.is_part(i)) {
        let own = page.mentions.at(page.index, token).map(|m| m.party.clone());
        let word = page.token(token);
        let phrase = matches!(word.pos, Pos::Noun | Pos::Propn | Pos::Pron) && word.dep != Dep::Compound;
        let meant = if phrase { page.mentions.parties(page.index, token, Speaking::NOBODY) } else { Vec::new() };
        for party in own.into_iter().chain(meant) {
            if !found.contains(&(party.clone(), token)) {
                found.push((party, token));
            }
        }
    }
    found
}
