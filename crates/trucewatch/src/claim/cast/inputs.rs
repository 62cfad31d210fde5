//! Who may have taken part, and what the trees are told of each: how it is named, how its name stands to the claim's word,
//! and what is known of it from elsewhere. Never who it is.

use std::collections::BTreeSet;

use syntax::{Dep, Pos};

use super::super::code::Draft;
use super::super::inputs::{class as class_of, of_draft};
use super::super::page::Page;
use super::super::path::Path;
use super::super::role::{WORDS, doers, hit, opponent};
use super::super::{Traced, span};
use super::around::Around;
use super::named::{Named, before, named};
use super::told::{Cast, Told};
use super::words::{self, KEYS};
use crate::document::ParagraphKind;
use crate::pack::PartyId;
use crate::party::Speaking;
use crate::trees::{label, number, yes};

/// A party that may have taken part.
#[derive(Debug, Clone)]
pub(in crate::claim) struct Candidate {
    /// Which one.
    pub(in crate::claim) party: PartyId,
    /// The word of the sentence that names it, the nearest to the claim's word.
    pub(in crate::claim) token: Option<usize>,
    /// What the trees are told, in the order of `scripts/train_cast.py`; behind these stands what is known of the keys.
    pub(in crate::claim) inputs: Vec<f32>,
    /// Under which words it stands.
    pub(in crate::claim) keys: [String; KEYS],
}

/// Prepositions that tell roles apart; their place here is an input.
const PREPOSITIONS: &[&str] =
    &["by", "of", "with", "between", "on", "against", "to", "from", "in", "into", "at", "for", "over", "about"];

/// Rules that found who takes part, by what they go by; their place here is an input.
const RULES: &[&str] = &[
    "tree",
    "clause",
    "both-sides",
    "speaker",
    "before",
    "cause-in-sentence",
    "accused-side",
    "own-forces",
    "holder",
    "accused",
    "asked-for-help",
    "asks-for-help",
    "other-side",
    "spoken-of",
    "holder-of-the-ground",
];

/// The first inputs of a candidate are the same for all candidates of its claim.
pub(super) const SHARED: usize = 40;

/// More candidates than this are not looked for beyond the sentence.
const MOST: usize = 14;

/// Names further off than this are all as far.
const FAR: usize = 30;

/// Other claims of a type beyond so many are as many.
const FEW: usize = 3;

/// Parties that so many outdo are all as rarely named.
const RANKS: usize = 5;

/// The claims round one in its paragraph, with who takes part as the rules have it.
pub(super) struct Near<'p> {
    /// The claim itself.
    pub(super) own: &'p Cast,
    /// The one before.
    pub(super) last: Option<&'p Cast>,
    /// The others of its sentence, the nearest first.
    pub(super) beside: Vec<&'p Cast>,
}

/// Everything that all candidates of a claim share.
struct Scene<'p, 'a> {
    page: &'p Page<'a>,
    draft: &'p Draft,
    told: &'p Told,
    /// Who takes part as the rules have it.
    ruled: &'p Cast,
    /// The claim before in the paragraph.
    last: Option<&'p Cast>,
    speaker: Option<&'p PartyId>,
    opponent: Option<PartyId>,
    named: Vec<Named>,
    before: Vec<PartyId>,
    doers: Vec<PartyId>,
    hit: Vec<PartyId>,
    doers_above: Vec<PartyId>,
    hit_above: Vec<PartyId>,
    unit: usize,
    /// The verb over the claim's own.
    above: Option<usize>,
    around: Around<'p>,
}

/// The candidates of a draft with their inputs: those of its sentence in text order, then the others.
pub(in crate::claim) fn candidates(page: &Page<'_>, draft: &Draft, near: Near<'_>, told: &Told) -> Vec<Candidate> {
    let scene = Scene::new(page, draft, near, told);
    let parties = scene.parties();
    let shared = scene.of_claim(parties.len());
    debug_assert_eq!(shared.len(), SHARED);
    parties.into_iter().map(|p| scene.candidate(p, shared.clone())).collect()
}

impl<'p, 'a> Scene<'p, 'a> {
    fn new(page: &'p Page<'a>, draft: &'p Draft, near: Near<'p>, told: &'p Told) -> Scene<'p, 'a> {
        let speaker = draft.speaker.value.party.as_ref();
        let we = speaker.filter(|s| !s.is_bystander());
        let unit = span::unit(page, draft.token);
        let speaking = Speaking { we, they: None };
        let above = page.parse.ancestors(unit).find(|&a| page.is_verb(a));
        Scene {
            page,
            draft,
            told,
            ruled: near.own,
            last: near.last,
            speaker,
            opponent: we.and_then(|s| foe(page, told, near.own, s)),
            named: named(page, draft.token, unit, speaking),
            before: before(page, draft.token),
            doers: doers(page, unit, speaking),
            hit: hit(page, unit, speaking),
            doers_above: above.map(|v| doers(page, v, speaking)).unwrap_or_default(),
            hit_above: above.map(|v| hit(page, v, speaking)).unwrap_or_default(),
            unit,
            above,
            around: Around::of(page, draft, [Some(unit), above], near.beside, speaking),
        }
    }

    fn parties(&self) -> Vec<PartyId> {
        let ruled = self.draft.actors.iter().chain(&self.draft.targets).map(|t| t.value.clone());
        let sides = self.page.mentions.conflict.iter().flat_map(|c| c.sides.iter().cloned());
        let own = self.speaker.filter(|s| !s.is_bystander()).cloned();
        let last = self.last.iter().flat_map(|c| c.parties().cloned());
        let standing = self.page.mentions.standing(self.page.index, self.draft.token).subject.clone();
        let named = self.named.iter().map(|n| n.party.clone());
        let known = named
            .chain(ruled)
            .chain(own)
            .chain(sides)
            .chain(last)
            .chain(standing)
            .chain([PartyId::new(PartyId::OTHER)]);
        let paragraph = self.around.paragraph.iter().map(|(p, _)| (*p).clone());
        let issuer = self.page.mentions.voice.iter().map(|(p, _)| p.clone());
        let near = self.opponent.iter().chain(self.around.parties());
        let near = near.chain(self.told.alike(self.ruled)).chain(self.told.first()).cloned();
        let mut all: Vec<PartyId> = Vec::new();
        for (party, is_near) in known.map(|p| (p, true)).chain(near.chain(issuer).chain(paragraph).map(|p| (p, false)))
        {
            let fits = is_near || (all.len() < MOST && !party.is_bystander());
            if fits && party.as_str() != PartyId::MEDIA && !all.contains(&party) {
                all.push(party);
            }
        }
        all
    }

    fn candidate(&self, party: PartyId, shared: Vec<f32>) -> Candidate {
        let mut inputs = shared;
        inputs.extend(self.of_rules(&party));
        let name = self.nearest(&party);
        inputs.extend(self.of_name(&party, name));
        inputs.extend(self.of_discourse(&party));
        inputs.extend(self.of_report(&party));
        inputs.extend(self.around.of_party(&party));
        let keys = self.keys(&party, name);
        Candidate { token: name.map(|n| n.token), party, inputs, keys }
    }

    fn keys(&self, party: &PartyId, name: Option<&Named>) -> [String; KEYS] {
        let (page, kind) = (self.page, self.draft.kind.value);
        let stands = match Some(party) {
            p if p == self.speaker => "speaker",
            p if p == self.opponent.as_ref() => "opponent",
            _ => "other",
        };
        match name {
            Some(n) => words::of_name(page, kind, n.token, &n.path),
            None => words::of_unnamed(page, kind, self.draft.token, stands),
        }
    }

    /// What all candidates of the claim are told alike.
    fn of_claim(&self, count: usize) -> Vec<f32> {
        let (page, draft) = (self.page, self.draft);
        let subject = page.subject(self.unit);
        let object = page.parse.child_by(self.unit, Dep::Dobj);
        let either =
            |words: &BTreeSet<String>| words.contains(page.lemma(self.unit)) || words.contains(page.lemma(draft.token));
        let sides = page.mentions.conflict.map(|c| c.sides.iter().filter(|s| self.is_named(s)).count());
        let mine =
            page.parse.subtree(self.unit).any(|i| matches!(&*page.token(i).lower, "we" | "our" | "i" | "my" | "us"));
        let mut shared = of_draft(page, draft, self.unit);
        shared.extend([
            class_of(self.speaker),
            number(sides),
            self.named.len() as f32,
            count as f32,
            yes(mine),
            yes(page.statements.governing(page.index, draft.token).is_some()),
            yes(page.is_infinitive(self.unit)),
            yes(subject.is_some()),
            draft.actors.len() as f32,
            draft.targets.len() as f32,
            rule(&draft.actors),
            rule(&draft.targets),
            self.above.map_or(0.0, |v| label(page.token(v).dep)),
            yes(self.above.is_some_and(|v| WORDS.asking.contains(page.lemma(v)))),
            yes(self.above.is_some_and(|v| WORDS.observing.contains(page.lemma(v)))),
            yes(self.above.is_some_and(|v| WORDS.alone.contains(page.lemma(v)))),
            yes(self.above.is_some_and(|v| WORDS.brokering.contains(page.lemma(v)))),
            yes(WORDS.observing.contains(page.lemma(self.unit))),
            yes(WORDS.asking.contains(page.lemma(self.unit))),
            yes(page.lemma(self.unit) == "accuse"),
            number(draft.aspect.as_ref().map(|a| a.value as usize)),
            subject.map_or(0.0, |s| 1.0 + form(page, s)),
            yes(subject.is_some() && self.doers.is_empty()),
            object.map_or(0.0, |o| 1.0 + form(page, o)),
            yes(object.is_some() && self.hit.is_empty()),
            yes(either(&WORDS.suffering)),
            yes(either(&WORDS.repelling)),
            self.told.named().min(FAR) as f32,
            yes(page.paragraph.kind == ParagraphKind::Headline),
        ]);
        shared.extend(self.around.shared());
        shared
    }

    /// What the rules made of it, and of its rivals.
    fn of_rules(&self, party: &PartyId) -> Vec<f32> {
        let has = |list: &[Traced<PartyId>]| list.iter().any(|t| t.value == *party);
        let rival = |list: &[PartyId]| list.iter().any(|p| p != party);
        vec![
            yes(has(&self.draft.actors)),
            yes(has(&self.draft.targets)),
            yes(self.doers.contains(party)),
            yes(self.hit.contains(party)),
            yes(rival(&self.doers)),
            yes(rival(&self.hit)),
            yes(self.doers_above.contains(party)),
            yes(self.hit_above.contains(party)),
            yes(rival(&self.doers_above)),
        ]
    }

    /// How it is named, and how its name stands to the claim's word.
    fn of_name(&self, party: &PartyId, name: Option<&Named>) -> Vec<f32> {
        let Some(&Named { token, path, .. }) = name else { return vec![0.0; 17] };
        let page = self.page;
        let preposition = path.preposition.map_or("", |p| &*page.token(p).lower);
        let kind = page.mentions.at(page.index, token).filter(|m| m.party == *party).map(|m| m.kind as usize);
        let verb = page.is_verb(path.top);
        vec![
            1.0,
            page.steps(self.draft.token, token, FAR),
            path.up as f32,
            path.down as f32,
            label(path.branch),
            label(page.token(token).dep),
            number(PREPOSITIONS.iter().position(|p| *p == preposition)),
            yes(path.top == self.draft.token),
            yes(path.top == self.unit),
            if verb { 1.0 + yes(page.is_passive(path.top)) } else { 0.0 },
            yes(self.draft.run.contains(&token)),
            number(kind),
            self.named.iter().position(|n| n.party == *party).map_or(0.0, |at| at as f32),
            self.closer(party, &path) as f32,
            yes(self.is_next(party, true)),
            yes(self.is_next(party, false)),
            yes(page.token(token).dep == Dep::Conj || page.parse.child_by(token, Dep::Conj).is_some()),
        ]
    }

    /// What is known of it from outside the sentence.
    fn of_discourse(&self, party: &PartyId) -> Vec<f32> {
        let page = self.page;
        let conflict = page.mentions.conflict;
        let in_role = |cast: Option<&Cast>, actor: bool| {
            cast.is_some_and(|c| if actor { c.actors.contains(party) } else { c.targets.contains(party) })
        };
        let last = self.last;
        let [kind, ..] = self.told.shares(self.ruled, party);
        let standing = page.mentions.standing(page.index, self.draft.token);
        let foe = foe(page, self.told, self.ruled, party);
        vec![
            yes(self.speaker == Some(party)),
            yes(self.opponent.as_ref() == Some(party)),
            yes(conflict.is_some_and(|c| c.sides.contains(party))),
            yes(conflict.is_some()),
            yes(in_role(last, true)),
            yes(in_role(last, false)),
            yes(last.is_some_and(|c| c.kind == self.draft.kind.value)),
            kind[0],
            kind[1],
            self.told.others(self.ruled).min(FEW) as f32,
            yes(standing.subject.as_ref() == Some(party)),
            yes(self.before.contains(party)),
            yes(foe.as_ref().is_some_and(|f| self.is_named(f))),
            yes(foe.as_ref().is_some_and(|f| self.doers.contains(f))),
            yes(foe.is_some_and(|f| self.hit.contains(&f))),
            yes(page.mentions.voice.as_ref().is_some_and(|(p, _)| p == party)),
        ]
    }

    /// What the report as a whole says of it.
    fn of_report(&self, party: &PartyId) -> Vec<f32> {
        let weight = self.told.weight(party);
        let [_, class, all] = self.told.shares(self.ruled, party);
        vec![
            class_of(Some(party)),
            yes(self.page.mentions.is_body(party)),
            number(weight.map(|(outdone, _)| outdone.min(RANKS))),
            weight.map_or(0.0, |(_, share)| share),
            yes(self.told.is_in_headline(party)),
            class[0],
            class[1],
            all[0],
            all[1],
        ]
    }

    /// How many other parties are named nearer by the tree.
    fn closer(&self, party: &PartyId, path: &Path) -> usize {
        let mut nearer: Vec<&PartyId> = Vec::new();
        for other in self.named.iter().filter(|n| n.party != *party && n.path.length() < path.length()) {
            if !nearer.contains(&&other.party) {
                nearer.push(&other.party);
            }
        }
        nearer.len()
    }

    /// Whether it is the party that is named next before the claim's word, or next behind it.
    fn is_next(&self, party: &PartyId, before: bool) -> bool {
        let token = self.draft.token;
        let here = self.named.iter().filter(|n| if before { n.token < token } else { n.token > token });
        here.min_by_key(|n| n.token.abs_diff(token)).is_some_and(|n| n.party == *party)
    }

    fn is_named(&self, party: &PartyId) -> bool {
        self.named.iter().any(|n| n.party == *party)
    }

    /// Where the sentence names a party next to the claim's word, by the way through the tree.
    fn nearest(&self, party: &PartyId) -> Option<&Named> {
        let names = self.named.iter().filter(|n| n.party == *party);
        names.min_by_key(|n| (n.path.length(), n.token.abs_diff(self.draft.token)))
    }
}

/// The other side of the conflict; where it has none, whom the report has shown a party fighting.
fn foe(page: &Page<'_>, told: &Told, ruled: &Cast, party: &PartyId) -> Option<PartyId> {
    opponent(page, party).or_else(|| told.fought(ruled, party))
}

/// Whether a noun phrase is a pronoun, a name or another noun.
fn form(page: &Page<'_>, i: usize) -> f32 {
    match page.token(i).pos {
        Pos::Pron => 0.0,
        Pos::Propn => 1.0,
        Pos::Noun => 2.0,
        _ => 3.0,
    }
}

fn rule(parties: &[Traced<PartyId>]) -> f32 {
    let name = parties.first().and_then(|t| t.rule.split_once('/'));
    number(name.and_then(|(_, rule)| RULES.iter().position(|r| *r == rule)))
}
