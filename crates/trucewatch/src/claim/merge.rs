//! One claim for one happening: what a document says twice, or in two words of one clause, is coded once; and what is
//! told of a handover is no march.

use std::collections::BTreeSet;
use std::ops::Range;

use syntax::Pos;

use super::code::Draft;
use super::page::Page;
use super::{Kind, Mode};

/// Share of the shorter claim's words that the longer must hold to be the same claim said again.
const SAME: f32 = 0.8;

/// Drops drafts that repeat an earlier one.
pub(super) fn merge(pages: &[Page<'_>], drafts: Vec<Draft>) -> Vec<Draft> {
    let mut kept: Vec<(Draft, BTreeSet<&str>)> = Vec::new();
    for draft in drafts {
        let words = words(&pages[draft.paragraph], &draft);
        let repeats = |(k, w): &(Draft, BTreeSet<&str>)| {
            is_same_clause(k, &draft) || (is_same_frame(k, &draft) && is_said_again(w, &words))
        };
        if !kept.iter().any(repeats) {
            kept.push((draft, words));
        }
    }
    let mut kept: Vec<Draft> = kept.into_iter().map(|(draft, _)| draft).collect();
    drop_marches(&mut kept);
    kept
}

/// "Eighteen soldiers walked across the ford", in an exchange of prisoners: whoever is handed over is not sent, and
/// crosses no line by force.
fn drop_marches(drafts: &mut Vec<Draft>) {
    let place = |d: &Draft| (d.paragraph, d.run.clone());
    let handed: Vec<(usize, Range<usize>)> =
        drafts.iter().filter(|d| is_done(d, &[Kind::Exchange])).map(place).collect();
    drafts.retain(|d| !is_done(d, &[Kind::Incursion, Kind::Deployment]) || !handed.contains(&place(d)));
}

/// Whether a draft says that something of some types was done.
fn is_done(draft: &Draft, kinds: &[Kind]) -> bool {
    draft.mode.value == Mode::Asserted && kinds.contains(&draft.kind.value)
}

/// Lemmas of the words of a draft that mean something.
fn words<'a>(page: &Page<'a>, draft: &Draft) -> BTreeSet<&'a str> {
    let means =
        |i: &usize| matches!(page.token(*i).pos, Pos::Noun | Pos::Propn | Pos::Verb | Pos::Adj | Pos::Adv | Pos::Num);
    draft.run.clone().filter(means).map(|i| page.lemma(i)).collect()
}

/// Whether two claims share most of their words.
fn is_said_again(a: &BTreeSet<&str>, b: &BTreeSet<&str>) -> bool {
    let shared = a.intersection(b).count();
    shared as f32 >= SAME * a.len().min(b.len()) as f32
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

/// The same type, mode, speaker and parties; kinds that count or say something each time stay.
fn is_same_frame(a: &Draft, b: &Draft) -> bool {
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
