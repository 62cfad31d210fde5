//! Which words of a claim's sentence name a party.

use syntax::{Dep, Pos};

use super::super::page::Page;
use super::super::path::Path;
use crate::pack::PartyId;
use crate::party::Speaking;

/// A word of the claim's sentence that names a party, with the way to it from the claim's word.
pub(super) struct Named {
    pub(super) party: PartyId,
    pub(super) token: usize,
    pub(super) path: Path,
}

/// The parties that words of a claim's sentence name, word by word; behind them others, where they act.
pub(super) fn named(page: &Page<'_>, claim: usize, unit: usize, speaking: Speaking<'_>) -> Vec<Named> {
    let mut found: Vec<Named> = Vec::new();
    for token in page.sentence(claim).filter(|&i| !page.is_part(i)) {
        let own = page.mentions.at(page.index, token).map(|m| m.party.clone());
        let word = page.token(token);
        let phrase = matches!(word.pos, Pos::Noun | Pos::Propn | Pos::Pron) && word.dep != Dep::Compound;
        let meant = if phrase { page.mentions.parties(page.index, token, speaking) } else { Vec::new() };
        for party in own.into_iter().chain(meant).filter(|p| !p.is_bystander()) {
            if !found.iter().any(|n| n.token == token && n.party == party) {
                found.push(Named { party, token, path: Path::between(page, claim, token) });
            }
        }
    }
    if let Some(token) = unnamed(page, unit, speaking).filter(|t| page.sentence(claim).contains(t)) {
        found.push(Named { party: PartyId::new(PartyId::OTHER), token, path: Path::between(page, claim, token) });
    }
    found
}

/// Whoever does what the claim's clause says, where no party is named by it: "gunmen opened fire".
fn unnamed(page: &Page<'_>, unit: usize, speaking: Speaking<'_>) -> Option<usize> {
    let doer = if page.is_passive(unit) { page.agent(unit) } else { page.subject(unit).filter(|_| page.is_verb(unit)) };
    let is_noun = |i: &usize| matches!(page.token(*i).pos, Pos::Noun | Pos::Propn);
    let names = |i: usize| page.mentions.at(page.index, i).is_some();
    let is_party = |i: usize| !page.mentions.parties(page.index, i, speaking).is_empty();
    doer.filter(is_noun).filter(|&i| !is_party(i) && !page.parse.subtree(i).any(names))
}

/// The parties that the sentence before names.
pub(super) fn before(page: &Page<'_>, token: usize) -> Vec<PartyId> {
    let Some(last) = page.sentence(token).start.checked_sub(1) else { return Vec::new() };
    page.sentence(last).filter_map(|i| page.mentions.at(page.index, i)).map(|m| m.party.clone()).collect()
}
