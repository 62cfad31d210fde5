//! "Both sides accuse each other": one claim a side, each about the other.

use syntax::Dep;

use super::code::Draft;
use super::page::Page;
use super::{Kind, Mode, Speaker, Traced};
use crate::pack::PartyId;

/// Types that sides accuse each other of.
fn is_accusable(kind: Kind) -> bool {
    matches!(
        kind,
        Kind::Violation
            | Kind::Shelling
            | Kind::Gunfire
            | Kind::Airstrike
            | Kind::Assault
            | Kind::Incursion
            | Kind::Clash
    )
}

/// Splits what both sides say of each other into a claim a side; everything else stays as it is.
pub(super) fn split(page: &Page<'_>, drafts: Vec<Draft>) -> Vec<Draft> {
    let Some(conflict) = page.mentions.conflict else { return drafts };
    let [a, b] = &conflict.sides;
    let one = |draft: Draft| match is_accusable(draft.kind.value) && accuses_mutually(page, draft.token) {
        true => vec![side_of(page, &draft, a, b), side_of(page, &draft, b, a)],
        false => vec![draft],
    };
    drafts.into_iter().flat_map(one).collect()
}

/// Whether a word stands under "accused each other of" or "traded accusations of".
fn accuses_mutually(page: &Page<'_>, token: usize) -> bool {
    std::iter::once(token).chain(page.parse.ancestors(token)).any(|a| {
        let accusing = matches!(page.lemma(a), "accuse" | "blame" | "charge");
        let trading = matches!(page.lemma(a), "trade" | "exchange" | "swap")
            && page
                .parse
                .children_by(a, &[Dep::Dobj])
                .any(|o| matches!(page.lemma(o), "accusation" | "blame" | "charge" | "allegation"));
        trading || (accusing && has_each_other(page, a))
    })
}

fn has_each_other(page: &Page<'_>, verb: usize) -> bool {
    page.parse.subtree(verb).any(|i| {
        let next = page.parse.tokens().get(i + 1).map_or("", |t| &t.lower);
        matches!((&*page.token(i).lower, next), ("each", "other") | ("one", "another"))
    })
}

fn side_of(page: &Page<'_>, draft: &Draft, accuser: &PartyId, accused: &PartyId) -> Draft {
    let spans = draft.kind.spans.clone();
    let party = |p: &PartyId| vec![Traced::new(p.clone(), spans.clone(), "reciprocal")];
    let name = page.mentions.of_party(accuser).unwrap_or_else(|| accuser.to_string());
    let speaker = Speaker { name, party: Some(accuser.clone()) };
    let two_sided = draft.kind.value.is_two_sided();
    Draft {
        speaker: Traced::new(speaker, spans.clone(), "speaker/each-other"),
        mode: Traced::new(Mode::Asserted, spans.clone(), "mode/accusation"),
        actors: if two_sided { draft.actors.clone() } else { party(accused) },
        targets: if two_sided { Vec::new() } else { party(accuser) },
        ..draft.clone()
    }
}
