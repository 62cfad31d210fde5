//! Where the event of a claim is, weighed once more: every place at hand (named in the sentence, in those round it, in a
//! headline, most often in the report) is a candidate, and trained trees over how it stands there decide. What the rules
//! found is one of their inputs.

mod inputs;
mod survey;
mod words;

use std::sync::LazyLock;

use syntax::Dep;

use super::super::code::Draft;
use super::super::page::Page;
use super::super::terms::TERMS;
use super::super::{ClaimPlace, Class, Kind, Traced};
use super::place::{Near, Site, claim_place, head_of};
use crate::document::Span;
use crate::place::Mention;
use crate::trees::{Boost, chances, greatest};

pub(in crate::claim) use inputs::Candidate;
pub(super) use inputs::{Earlier, Past, candidates};
pub(in crate::claim) use survey::Survey;

/// Probability from which a place is given; that of none at all is weighed beside the candidates.
const LIKELY: f32 = 0.1;

/// The trees, read from `locate/weights.bin`: magic `TWP1`, then trees as in `weigh/table.rs`, whose sum is the logarithm
/// of a place's weight against none at all. Empty if the file is not of
/// this version, which a test forbids.
static WEIGHTS: LazyLock<Boost> = LazyLock::new(|| read(include_bytes!("locate/weights.bin")).unwrap_or_default());

fn read(bytes: &[u8]) -> Option<Boost> {
    Boost::read(b"TWP1", bytes)
}

/// What the rules offer for a claim, the first of them first.
#[derive(Debug, Default)]
pub(in crate::claim) struct Offers {
    /// What its own sentence puts the event at.
    pub(super) near: Option<Near>,
    /// Where the charge that it answers was laid.
    pub(super) charged: Option<Traced<ClaimPlace>>,
    /// Where the sentences before were.
    pub(super) before: Option<Traced<ClaimPlace>>,
    /// What the report is about.
    pub(super) about: Option<Traced<ClaimPlace>>,
    /// The words that first name that.
    pub(super) centre: Option<Span>,
    /// Where people last met, for talk.
    pub(super) venue: Option<Traced<ClaimPlace>>,
}

impl Offers {
    /// What the rules settle on.
    pub(in crate::claim) fn chosen(&self) -> Option<Traced<ClaimPlace>> {
        let near = self.near.as_ref().map(|n| &n.place);
        let all = [near, self.charged.as_ref(), self.before.as_ref(), self.about.as_ref(), self.venue.as_ref()];
        all.into_iter().flatten().next().cloned()
    }
}

/// The place of a claim: the likeliest candidate, or none where that is not likely; what the rules found where there is no
/// candidate.
pub(super) fn settle(
    page: &Page<'_>,
    draft: &Draft,
    candidates: &[Candidate<'_>],
    offers: &Offers,
) -> Option<Traced<ClaimPlace>> {
    let ruled = offers.chosen();
    if candidates.is_empty() {
        return ruled;
    }
    let candidates: Vec<&Candidate<'_>> = candidates.iter().filter(|c| !is_elsewhere(page, draft, c.mention)).collect();
    let scores: Vec<f32> = candidates.iter().map(|c| WEIGHTS.score(&c.inputs)).collect();
    let best = candidates[likeliest(&scores, LIKELY)?.0];
    Some(ruled.filter(|_| best.is_ruled).unwrap_or_else(|| traced(page, draft, best)))
}

/// Whether a place's own words put the event elsewhere: fire that came from its direction or from behind it, a paper that
/// bears its name.
fn is_elsewhere(page: &Page<'_>, draft: &Draft, mention: &Mention) -> bool {
    let here = mention.paragraph == page.index && page.sentence(draft.token).contains(&mention.core.start);
    let fire = draft.kind.value.class() == Class::Hostilities;
    here && (fire && Site::of(page, mention).is_some_and(|s| s.fires_from(page)) || names_paper(page, draft, mention))
}

/// "Violated the Halmora truce": where a paper was signed, and not where it was broken.
fn names_paper(page: &Page<'_>, draft: &Draft, mention: &Mention) -> bool {
    let head = page.token(head_of(page, mention));
    let paper = TERMS.treaties.contains(page.lemma(head.head));
    let broken = draft.kind.value.class() == Class::Hostilities || draft.kind.value == Kind::Implementation;
    broken && head.dep == Dep::Compound && paper
}

/// The likeliest by some scores, the first of several, with its probability, no place at all being weighed beside them;
/// `None` below the least probability.
fn likeliest(scores: &[f32], least: f32) -> Option<(usize, f32)> {
    let chances = chances(scores, true);
    let best = greatest(&chances)?;
    Some((best, chances[best])).filter(|(_, p)| *p >= least)
}

/// A place that the rules did not find, with the words that name it and where they stand.
fn traced(page: &Page<'_>, draft: &Draft, candidate: &Candidate<'_>) -> Traced<ClaimPlace> {
    let mention = candidate.mention;
    let here = mention.paragraph == page.index;
    let rule = match here {
        true if page.sentence(draft.token).contains(&mention.core.start) => "place/weights/sentence",
        true => "place/weights/paragraph",
        false => "place/weights/report",
    };
    Traced::new(claim_place(mention), [mention.span], rule)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_weights_are_read() {
        assert!(!WEIGHTS.trees.is_empty());
    }

    #[test]
    fn no_place_is_weighed_beside_the_places() {
        let likeliest = |weights: &[f32], least| likeliest(&weights.iter().map(|w| w.ln()).collect::<Vec<_>>(), least);
        assert_eq!(likeliest(&[1.0, 2.0], 0.5), Some((1, 0.5)));
        assert_eq!(likeliest(&[0.1, 0.2], 0.2), None);
        assert_eq!(likeliest(&[1.0, 1.0], 0.2).map(|(at, _)| at), Some(0));
        assert_eq!(likeliest(&[], 0.0), None);
    }

    #[test]
    fn a_cut_file_is_refused() {
        assert!(read(b"TWP1\0\0").is_none());
    }
}
