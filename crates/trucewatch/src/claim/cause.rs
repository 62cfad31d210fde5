//! Who caused harm, where the sentence says it of the act and not of the harm.

use super::code::Draft;
use super::page::Page;
use super::{Class, Kind, Traced};
use crate::pack::PartyId;

/// Gives harm without an actor the actors of the nearest act of fighting in its sentence, the harmed left out.
pub(super) fn transfer(page: &Page<'_>, drafts: &mut [Draft]) {
    let acts: Vec<(usize, Vec<Traced<PartyId>>)> = drafts
        .iter()
        .filter(|d| d.kind.value.class() == Class::Hostilities && d.kind.value != Kind::Clash && !d.actors.is_empty())
        .map(|d| (d.token, d.actors.clone()))
        .collect();
    for draft in drafts.iter_mut().filter(|d| is_harm(d) && d.actors.is_empty()) {
        let sentence = page.sentence(draft.token);
        let nearest = acts.iter().filter(|(t, _)| sentence.contains(t)).min_by_key(|(t, _)| t.abs_diff(draft.token));
        let Some((_, actors)) = nearest else { continue };
        let harmed = |p: &PartyId| draft.targets.iter().any(|t| t.value == *p);
        draft.actors = actors
            .iter()
            .filter(|a| !harmed(&a.value))
            .map(|a| Traced::new(a.value.clone(), a.spans.clone(), "actor/cause-in-sentence"))
            .collect();
    }
}

fn is_harm(draft: &Draft) -> bool {
    matches!(draft.kind.value, Kind::Casualties | Kind::Damage)
}
