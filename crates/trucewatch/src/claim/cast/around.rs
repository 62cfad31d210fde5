//! What stands round a claim's own clause: other claims of its sentence, the verbs beside its own, whom the statement that
//! it stands in accuses, whose ground is named, who is named in the sentences before and behind.

use syntax::Pos;

use super::super::code::Draft;
use super::super::page::Page;
use super::super::role::{doers, hit};
use super::told::Cast;
use crate::pack::PartyId;
use crate::party::{self, Speaking};
use crate::statement::{Statement, Verdict};
use crate::trees::{number, yes};

/// Names before and behind a claim, and verbs of its sentence, that are looked at.
const MOST: usize = 40;

/// Sentences further off than this are all as far.
const FAR: usize = 6;

/// What stands round a claim's clause.
pub(super) struct Around<'p> {
    /// The other claims of the sentence, the nearest first.
    beside: Vec<&'p Cast>,
    /// Who does what the sentence before tells in the first place, and to whom.
    before: [Vec<PartyId>; 2],
    /// Who does what other verbs of the sentence say, and to whom.
    elsewhere: [Vec<PartyId>; 2],
    /// The statement that the claim stands in.
    statement: Option<&'p Statement>,
    accused: Vec<PartyId>,
    /// Everybody on record for what is said round it.
    speaking: Vec<PartyId>,
    holders: Vec<PartyId>,
    /// On whose soil the places lie that the clause names, and those of the sentence.
    soil: [Vec<PartyId>; 2],
    /// Who is named before and behind in the paragraph, and how many sentences off.
    pub(super) paragraph: Vec<(&'p PartyId, isize)>,
}

impl<'p> Around<'p> {
    pub(super) fn of(
        page: &'p Page<'_>,
        draft: &Draft,
        own: [Option<usize>; 2],
        beside: Vec<&'p Cast>,
        speaking: Speaking<'_>,
    ) -> Around<'p> {
        let round: Vec<usize> = page.statements.round(page.index, draft.token).collect();
        let sentence = page.sentence(draft.token);
        let soil = |run: &std::ops::Range<usize>| {
            let here = page.places.iter().filter(|m| run.contains(&m.core.start));
            let found = here.filter_map(|m| Some((m.core.start, &m.choice.best()?.country)));
            found.flat_map(|(token, country)| page.mentions.soil_of(page.index, token, country)).collect()
        };
        Around {
            beside,
            before: before(page, draft.token),
            elsewhere: elsewhere(page, draft.token, own, speaking),
            statement: round.first().map(|&i| &page.statements.all()[i]),
            accused: accused(page, &round),
            speaking: round.iter().filter_map(|&i| page.sources.get(i)).flat_map(|s| s.parties.clone()).collect(),
            holders: sentence.clone().filter_map(|i| page.mentions.holder(page.index, i)).collect(),
            soil: [soil(&draft.run), soil(&sentence)],
            paragraph: in_paragraph(page, draft.token),
        }
    }

    /// Parties that hold or are accused there.
    pub(super) fn parties(&self) -> impl Iterator<Item = &PartyId> {
        self.holders.iter().chain(&self.accused).chain(self.beside.iter().flat_map(|c| c.parties()))
    }

    /// What all candidates of the claim are told alike.
    pub(super) fn shared(&self) -> Vec<f32> {
        let statement = self.statement;
        vec![
            statement.map_or(0.0, |s| number(Some(s.verdict as usize))),
            statement.map_or(0.0, |s| number(Some(s.manner as usize))),
            yes(statement.is_some_and(|s| s.negated)),
            self.beside.len() as f32,
            self.beside.first().map_or(0.0, |c| number(Some(c.kind as usize))),
            yes(!self.soil[0].is_empty()),
        ]
    }

    /// What is told of one party.
    pub(super) fn of_party(&self, party: &PartyId) -> Vec<f32> {
        let any = |role: fn(&Cast) -> &Vec<PartyId>| self.beside.iter().any(|c| role(c).contains(party));
        let next = |role: fn(&Cast) -> &Vec<PartyId>| self.beside.first().is_some_and(|c| role(c).contains(party));
        let in_land = |at: usize| self.soil[at].contains(party);
        let off = || self.paragraph.iter().filter(|(p, _)| *p == party).map(|(_, off)| *off);
        let back = off().filter(|o| *o < 0).max().map_or(0, isize::unsigned_abs);
        vec![
            yes(any(|c| &c.actors)),
            yes(any(|c| &c.targets)),
            yes(next(|c| &c.actors)),
            yes(next(|c| &c.targets)),
            yes(self.before[0].contains(party)),
            yes(self.before[1].contains(party)),
            yes(self.elsewhere[0].contains(party)),
            yes(self.elsewhere[1].contains(party)),
            yes(self.accused.contains(party)),
            yes(self.speaking.contains(party)),
            yes(self.holders.contains(party)),
            yes(in_land(0)),
            yes(in_land(1)),
            back.min(FAR) as f32,
            yes(off().any(|o| o > 0)),
        ]
    }
}

/// The doers and the hit of the main verb of the sentence before.
fn before(page: &Page<'_>, token: usize) -> [Vec<PartyId>; 2] {
    let last = page.sentence(token).start.checked_sub(1);
    let root = last.and_then(|l| page.sentence(l).find(|&i| page.token(i).head == i && page.is_verb(i)));
    let of = |find: fn(&Page<'_>, usize, Speaking<'_>) -> Vec<PartyId>| {
        root.map(|r| find(page, r, Speaking::NOBODY)).unwrap_or_default()
    };
    [of(doers), of(hit)]
}

/// The doers and the hit of the sentence's other verbs.
fn elsewhere(page: &Page<'_>, token: usize, own: [Option<usize>; 2], speaking: Speaking<'_>) -> [Vec<PartyId>; 2] {
    let verbs = page.sentence(token).filter(|&i| page.token(i).pos == Pos::Verb && !own.contains(&Some(i)));
    let mut found = [Vec::new(), Vec::new()];
    for verb in verbs.take(MOST) {
        found[0].extend(doers(page, verb, speaking));
        found[1].extend(hit(page, verb, speaking));
    }
    found
}

/// Whom a statement round the claim accuses.
fn accused(page: &Page<'_>, round: &[usize]) -> Vec<PartyId> {
    let statements = round.iter().map(|&i| &page.statements.all()[i]);
    let accusing = statements.filter(|s| s.verdict == Verdict::Accuse && s.paragraph == page.index);
    let addressed = accusing.filter_map(|s| s.addressee);
    addressed.flat_map(|i| page.mentions.parties(page.index, i, Speaking::NOBODY)).collect()
}

/// Who is named near by in the paragraph, with the sentences between.
fn in_paragraph<'p>(page: &'p Page<'_>, token: usize) -> Vec<(&'p PartyId, isize)> {
    let all = page.mentions.of_paragraph(page.index);
    let at = all.partition_point(|m| m.tokens.start < token);
    let near = &all[at.saturating_sub(MOST)..all.len().min(at + MOST)];
    let here = page.parse.sentence_index(token) as isize;
    let off = |m: &'p party::Mention| (&m.party, page.parse.sentence_index(m.tokens.start) as isize - here);
    near.iter().filter(|m| !m.party.is_bystander()).map(off).filter(|(_, off)| *off != 0).collect()
}
