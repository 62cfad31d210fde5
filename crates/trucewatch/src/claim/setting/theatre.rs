//! The place that a report is about as a whole.

use std::collections::BTreeMap;

use super::super::ClaimPlace;
use super::super::page::Page;
use super::place::{Site, claim_place};
use crate::place::{Mention, MentionKind};

/// The place named most often as a place; of two, the one named first.
pub(super) fn theatre(pages: &[Page<'_>]) -> Option<ClaimPlace> {
    let mut counts: BTreeMap<String, (usize, &Mention)> = BTreeMap::new();
    for page in pages {
        let here = page.places.iter().filter(|m| m.paragraph == page.index && m.kind == MentionKind::Name);
        for mention in here.filter(|m| Site::of(page, m).is_some()) {
            counts.entry(key(mention)).or_insert((0, mention)).0 += 1;
        }
    }
    let most = counts.into_values().max_by_key(|(n, m)| (*n, std::cmp::Reverse(m.span.start)))?;
    Some(claim_place(most.1))
}

/// Two names of one place count together.
fn key(mention: &Mention) -> String {
    mention.choice.best().map_or_else(|| crate::place::fold(&mention.name), |r| r.id.clone())
}
