//! Soldiers and civilians that a document names, by which those whom a number counts may be the one or the other.

use std::collections::BTreeMap;

use super::super::super::page::Page;
use crate::figure::{Amount, Counted, Quantity, Sort, Who, sort};

/// Everybody whose word says whether they are under arms, and every number of people, in text order.
#[derive(Debug)]
pub(in crate::claim) struct Crowd {
    /// Paragraph, token and who.
    named: Vec<(usize, usize, Who)>,
    counted: Vec<Count>,
    /// Those with the same bounds, by their place in `counted`.
    by_bounds: BTreeMap<Bounds, Vec<usize>>,
}

type Bounds = (Option<Amount>, Option<Amount>);

/// Numbers before one that are asked of whom the same is said.
const RECALLED: usize = 40;

/// A number of people that says whether they are under arms.
#[derive(Debug)]
struct Count {
    at: (usize, usize),
    what: Option<Counted>,
    who: Who,
    bounds: Bounds,
}

impl Crowd {
    /// The people of a document.
    pub(in crate::claim) fn of(pages: &[Page<'_>]) -> Crowd {
        let named = pages.iter().flat_map(|page| {
            let who = |i: usize| Some((page.index, i, who_of(page, i)?));
            (0..page.parse.len()).filter_map(who)
        });
        let counted = pages.iter().flat_map(|page| page.quantities.iter().filter_map(|q| count(page, q)));
        let counted: Vec<Count> = counted.collect();
        let mut by_bounds: BTreeMap<Bounds, Vec<usize>> = BTreeMap::new();
        for (place, count) in counted.iter().enumerate() {
            by_bounds.entry(count.bounds).or_default().push(place);
        }
        Crowd { named: named.collect(), counted, by_bounds }
    }

    /// How many of a kind some tokens of a paragraph name.
    pub(super) fn within(&self, paragraph: usize, tokens: &std::ops::Range<usize>, who: Who) -> usize {
        let from = self.named.partition_point(|n| (n.0, n.1) < (paragraph, tokens.start));
        let here = self.named[from..].iter().take_while(|n| (n.0, n.1) < (paragraph, tokens.end));
        here.filter(|n| n.2 == who).count()
    }

    /// The share of civilians among all whom the document names before a place, and how many those are.
    pub(super) fn before(&self, at: (usize, usize)) -> (f32, usize) {
        let end = self.named.partition_point(|n| (n.0, n.1) < at);
        let civilians = self.named[..end].iter().filter(|n| n.2 == Who::Civilian).count();
        (if end == 0 { 0.5 } else { civilians as f32 / end as f32 }, end)
    }

    /// The last who is named before a place and not in some tokens round it.
    pub(super) fn last(&self, at: (usize, usize)) -> Option<Who> {
        let end = self.named.partition_point(|n| (n.0, n.1) < at);
        self.named[..end].last().map(|n| n.2)
    }

    /// Who others are that the document counts: the last before it of whom the same is said, and any with the same bounds.
    pub(super) fn alike(&self, at: (usize, usize), quantity: &Quantity) -> [Option<Who>; 2] {
        let end = self.counted.partition_point(|c| c.at < at);
        let bounds = (quantity.min, quantity.max);
        let before = &self.counted[end.saturating_sub(RECALLED)..end];
        let fate = before.iter().rfind(|c| c.what.is_some() && c.what == quantity.what);
        let same = self.by_bounds.get(&bounds).filter(|_| bounds != (Some(Amount::ONE), Some(Amount::ONE)));
        let mut same = same.into_iter().flatten().map(|&c| &self.counted[c]);
        [fate.map(|c| c.who), same.find(|c| c.at != at).map(|c| c.who)]
    }
}

fn count(page: &Page<'_>, quantity: &Quantity) -> Option<Count> {
    let at = (page.index, quantity.tokens.start);
    let Quantity { what, who, min, max, .. } = *quantity;
    (who != Who::Any).then_some(Count { at, what, who, bounds: (min, max) })
}

fn who_of(page: &Page<'_>, i: usize) -> Option<Who> {
    let who = match sort(page.parse, i).filter(|_| page.is_noun(i))? {
        Sort::People(who) | Sort::Thing(_, who) => who,
        _ => return None,
    };
    Some(who).filter(|w| *w != Who::Any)
}
