//! One claim for one happening: what a document says twice, or in two words of one clause, is coded once.

use super::Kind;
use super::code::Draft;

/// Drops drafts that repeat an earlier one.
pub(super) fn merge(drafts: Vec<Draft>) -> Vec<Draft> {
    let mut kept: Vec<Draft> = Vec::new();
    for draft in drafts {
        if !kept.iter().any(|k| is_same_clause(k, &draft) || is_repetition(k, &draft)) {
            kept.push(draft);
        }
    }
    kept
}

/// Two words of one type in one clause: "the ceasefire deal, the truce …".
fn is_same_clause(a: &Draft, b: &Draft) -> bool {
    let shared = a.run.end.min(b.run.end).saturating_sub(a.run.start.max(b.run.start));
    a.paragraph == b.paragraph
        && a.kind.value == b.kind.value
        && a.mode.value == b.mode.value
        && a.speaker.value.party == b.speaker.value.party
        && shared * 2 > a.run.len().min(b.run.len())
}

/// The same claim by the same speaker elsewhere in the document; kinds that count or say something each time stay.
fn is_repetition(a: &Draft, b: &Draft) -> bool {
    let each_time = matches!(
        a.kind.value,
        Kind::Position | Kind::Casualties | Kind::Verification | Kind::Implementation | Kind::Talks | Kind::Withdrawal
    );
    let parties = |list: &[super::Traced<crate::pack::PartyId>]| {
        let mut ids: Vec<_> = list.iter().map(|p| p.value.clone()).collect();
        ids.sort();
        ids
    };
    !each_time
        && a.kind.value == b.kind.value
        && a.mode.value == b.mode.value
        && a.speaker.value.party == b.speaker.value.party
        && parties(&a.actors) == parties(&b.actors)
        && parties(&a.targets) == parties(&b.targets)
}
