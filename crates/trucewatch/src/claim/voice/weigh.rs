//! Who is on record, weighed once more: everybody whose words stand near a claim is a candidate, and trained trees judge
//! each. The rules stay the first word; the trees overrule them only where they are surer by [`BOUND`].

use std::sync::LazyLock;

use syntax::Pos;

use super::super::mode::Decision;
use super::super::page::Page;
use super::super::trigger::Trigger;
use super::super::{Speaker, Traced};
use super::floor::Past;
use super::inputs::{Candidate, candidates};
use super::{Voice, voices};
use crate::pack::PartyId;
use crate::statement::speaker::NARRATOR;
use crate::trees::{Boost, settled};

/// By how much another candidate must be likelier than the rules' own.
const BOUND: f32 = 0.06;

/// The trees, read from `voice/weights.bin`: magic `TWV1`, then trees as in `weigh/table.rs`. Empty if the file is not of
/// this version, which a test forbids.
static WEIGHTS: LazyLock<Boost> = LazyLock::new(|| read(include_bytes!("weights.bin")).unwrap_or_default());

fn read(bytes: &[u8]) -> Option<Boost> {
    Boost::read(b"TWV1", bytes)
}

/// The candidates for a claim as the trainer sees them, who is on record left as the rules have it.
pub(in crate::claim) fn unsettled(
    page: &Page<'_>,
    trigger: &Trigger,
    decision: &Decision,
    voice: &Voice,
    past: &mut Past,
) -> Vec<Candidate> {
    let found = candidates(page, trigger, decision, voice, past);
    past.remember(page, trigger.token, voice);
    found
}

/// How likely several who speak together are on record: they are not weighed.
pub(in crate::claim) const TOGETHER: f32 = 0.8;

/// Settles who is on record for a claim on which the rules found one voice, and how likely that is, 0 to 1; 0 where nobody
/// else may be and the rules' own is no candidate.
pub(in crate::claim) fn settle(
    page: &Page<'_>,
    trigger: &Trigger,
    decision: &Decision,
    voice: Voice,
    past: &mut Past,
) -> (Voice, f32) {
    let candidates = unsettled(page, trigger, decision, &voice, past);
    let scores: Vec<f32> = candidates.iter().map(|c| WEIGHTS.score(&c.inputs)).collect();
    let ruled = candidates.iter().position(|c| voice.speaker.value.party.as_ref() == Some(&c.party));
    match likelier(&scores, ruled) {
        (Some(best), chance) => (overruled(page, voice, &candidates[best]), chance),
        (None, chance) => (voice, chance),
    }
}

/// The candidate that is likelier than the rules' own by the bound, the first of several; with how likely it is, or else the
/// rules' own.
fn likelier(scores: &[f32], ruled: Option<usize>) -> (Option<usize>, f32) {
    match settled(scores, ruled, BOUND) {
        Some((best, chance)) if Some(best) == ruled => (None, chance),
        Some((best, chance)) if chance > BOUND => (Some(best), chance),
        _ => (None, 0.0),
    }
}

/// The voice of a candidate whom the rules did not find. Whoever the text names beside the claim keeps the name, and only
/// speaks for another; else it is the source of the nearest words of that party.
fn overruled(page: &Page<'_>, voice: Voice, candidate: &Candidate) -> Voice {
    if is_misjudged(&voice, candidate) {
        let Traced { value, spans, .. } = voice.speaker.clone();
        return Voice { speaker: traced(value.name, candidate, spans), ..voice };
    }
    match said(page, candidate) {
        Some(Voice { speaker, via, .. }) => {
            Voice { speaker: traced(speaker.value.name, candidate, speaker.spans), via, ..voice }
        }
        None => Voice { speaker: plain(page, candidate), via: Vec::new(), ..voice },
    }
}

/// The source of a candidate's nearest words; none for the outlet, which needs no words.
fn said(page: &Page<'_>, candidate: &Candidate) -> Option<Voice> {
    let nearest = candidate.statement.filter(|_| candidate.party.as_str() != PartyId::MEDIA)?;
    voices(page, nearest).into_iter().find(|v| v.speaker.value.party.as_ref() == Some(&candidate.party))
}

/// Whether only the side of a named source is in question: a person of no known party speaks for one, or the other way
/// round.
fn is_misjudged(voice: &Voice, candidate: &Candidate) -> bool {
    let is_other = |p: Option<&PartyId>| p.is_some_and(|p| p.as_str() == PartyId::OTHER);
    let ruled = voice.speaker.value.party.as_ref();
    let is_somebody = candidate.party.as_str() != PartyId::MEDIA;
    voice.speaker.value.name != NARRATOR && is_somebody && (is_other(ruled) || is_other(Some(&candidate.party)))
}

/// A candidate that no statement nearby is of: the outlet, or a party by its name.
fn plain(page: &Page<'_>, candidate: &Candidate) -> Traced<Speaker> {
    let is_pronoun = |i: usize| page.token(i).pos == Pos::Pron;
    let token = candidate.token.filter(|&i| !is_pronoun(i));
    let named = token.map(|i| page.mentions.name_at(page.index, i));
    let party = || page.mentions.of_party(&candidate.party);
    let name = if candidate.party.is_bystander() { None } else { named.or_else(party) };
    let spans = candidate.token.filter(|_| name.is_some()).map(|i| page.paragraph.span_at(i));
    traced(name.unwrap_or_else(|| NARRATOR.to_owned()), candidate, spans.into_iter().collect())
}

fn traced(name: String, candidate: &Candidate, spans: Vec<crate::document::Span>) -> Traced<Speaker> {
    Traced::new(Speaker { name, party: Some(candidate.party.clone()) }, spans, "speaker/weights")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::statement::Verdict;

    fn voice(name: &str, party: &str) -> Voice {
        let speaker = Speaker { name: name.to_owned(), party: Some(PartyId::new(party)) };
        let speaker = Traced::new(speaker, [], "speaker/as-written");
        Voice { speaker, via: Vec::new(), cue: None, verdict: Verdict::Assert, addressee: None }
    }

    fn candidate(party: &str) -> Candidate {
        Candidate { party: PartyId::new(party), statement: None, token: None, inputs: Vec::new() }
    }

    #[test]
    fn whoever_is_named_keeps_the_name_and_speaks_for_another() {
        assert!(is_misjudged(&voice("the mayor", "other"), &candidate("vesk")));
        assert!(is_misjudged(&voice("the mayor", "vesk"), &candidate("other")));
    }

    #[test]
    fn the_outlet_and_parties_are_other_speakers() {
        assert!(!is_misjudged(&voice(NARRATOR, "other"), &candidate("vesk")));
        assert!(!is_misjudged(&voice("the mayor", "other"), &candidate("media")));
        assert!(!is_misjudged(&voice("the mayor", "orlava"), &candidate("vesk")));
    }

    #[test]
    fn whom_the_rules_found_speaks_unless_another_is_likelier() {
        assert_eq!(likelier(&[0.0, 2.0, 1.0], Some(0)).0, Some(1));
        assert_eq!(likelier(&[2.0, 2.0], Some(1)), (None, 0.5));
        assert_eq!(likelier(&[2.0, 1.0], Some(0)).0, None);
        assert_eq!(likelier(&[], None), (None, 0.0));
    }

    #[test]
    fn the_weights_are_read() {
        assert!(!WEIGHTS.trees.is_empty());
    }

    #[test]
    fn a_cut_file_is_refused() {
        assert!(read(b"TWV1\0\0").is_none());
    }
}
