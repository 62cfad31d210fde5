//! How a claim stands among the others of its document: its paragraph, the words of its sentence, its day and place as
//! the paragraph gives them, and how telling it is that another claim of the document shares its day, place, parties or
//! type. What all claims of a document share tells little, what two of thirty share tells much.

use std::collections::BTreeMap;

use super::names::Set;

/// What of a claim is known before it is set among the others of its document.
#[derive(Debug, Clone, Default)]
pub(super) struct Known {
    /// Where it begins.
    pub(super) start: usize,
    /// Number of its paragraph, the first being 1; 0 before it.
    pub(super) paragraph: usize,
    pub(super) kind: usize,
    pub(super) days: Option<(i64, i64)>,
    pub(super) place: Option<u32>,
    pub(super) parties: Set,
}

/// How a claim stands in its document.
#[derive(Debug, Clone, Default)]
pub(super) struct Context {
    /// Number of its paragraph.
    pub(super) paragraph: usize,
    /// The words of its sentence, as those of the claim.
    pub(super) words: Vec<(u32, f32)>,
    /// Its days or, where it has none, those of the nearest dated claim of its paragraph.
    pub(super) days: Option<(i64, i64)>,
    /// Its place or, where it has none, that of the nearest claim of its paragraph that has one.
    pub(super) place: Option<u32>,
    /// How telling each of these is.
    pub(super) telling: Telling,
    /// Days that the claims of the document give, for each of its claims.
    pub(super) days_a_claim: f32,
    /// Places likewise.
    pub(super) places_a_claim: f32,
}

/// How telling it is that another claim of the document has the same: 0 where all have it, towards 1 where few do.
#[derive(Debug, Clone, Default)]
pub(super) struct Telling {
    pub(super) kind: f32,
    pub(super) days: f32,
    /// Of the days as the paragraph gives them.
    pub(super) near_days: f32,
    pub(super) place: f32,
    /// Of the place as the paragraph gives it.
    pub(super) near_place: f32,
    /// Of all its parties together.
    pub(super) parties: f32,
    /// Of each of its parties, in their order, by itself; not bounded.
    pub(super) party: Vec<f32>,
}

/// Sets the claims of one document among each other, in their order.
pub(super) fn of(all: &[Known]) -> Vec<Context> {
    let near_days: Vec<_> = all.iter().map(|s| nearest(all, s, |x| x.days)).collect();
    let near_place: Vec<_> = all.iter().map(|s| nearest(all, s, |x| x.place)).collect();
    let kinds = telling(&all.iter().map(|s| s.kind).collect::<Vec<_>>());
    let days = telling(&all.iter().map(|s| s.days).collect::<Vec<_>>());
    let places = telling(&all.iter().map(|s| s.place).collect::<Vec<_>>());
    let parties = telling(&all.iter().map(|s| s.parties.iter().collect::<Vec<u32>>()).collect::<Vec<_>>());
    let (days_near, place_near) = (telling(&near_days), telling(&near_place));
    let each = parties_telling(all);
    let (days_a_claim, places_a_claim) = (different(all, |s| s.days), different(all, |s| s.place));
    let at = |values: &[f32], i: usize| values.get(i).copied().unwrap_or(0.0);
    let context = |(i, s): (usize, &Known)| Context {
        paragraph: s.paragraph,
        words: Vec::new(),
        days: near_days.get(i).copied().flatten(),
        place: near_place.get(i).copied().flatten(),
        telling: Telling {
            kind: at(&kinds, i),
            days: at(&days, i),
            near_days: at(&days_near, i),
            place: at(&places, i),
            near_place: at(&place_near, i),
            parties: at(&parties, i),
            party: s.parties.iter().map(|p| each.get(&p).copied().unwrap_or(0.0)).collect(),
        },
        days_a_claim,
        places_a_claim,
    };
    all.iter().enumerate().map(context).collect()
}

/// What a claim has, or else the nearest claim of its paragraph that has any.
fn nearest<T: Copy>(all: &[Known], of: &Known, get: impl Fn(&Known) -> Option<T>) -> Option<T> {
    let near = all.iter().filter(|s| s.paragraph == of.paragraph).filter_map(|s| Some((s, get(s)?)));
    get(of).or_else(|| near.min_by_key(|(s, _)| s.start.abs_diff(of.start)).map(|(_, value)| value))
}

/// For each value how telling it is to have it.
fn telling<T: Ord>(values: &[T]) -> Vec<f32> {
    let mut counts: BTreeMap<&T, usize> = BTreeMap::new();
    values.iter().for_each(|v| *counts.entry(v).or_default() += 1);
    let most = number(values.len() + 1).ln();
    values.iter().map(|v| share(counts.get(v).copied().unwrap_or(1), values.len()) / most).collect()
}

fn parties_telling(all: &[Known]) -> BTreeMap<u32, f32> {
    let mut counts: BTreeMap<u32, usize> = BTreeMap::new();
    all.iter().flat_map(|s| s.parties.iter()).for_each(|p| *counts.entry(p).or_default() += 1);
    counts.into_iter().map(|(party, n)| (party, share(n, all.len()))).collect()
}

/// Different values for each claim; none is a value too.
fn different<T: Ord>(all: &[Known], get: impl Fn(&Known) -> T) -> f32 {
    let values: std::collections::BTreeSet<T> = all.iter().map(get).collect();
    number(values.len()) / number(all.len().max(1))
}

/// Minus the logarithm of a share.
fn share(n: usize, all: usize) -> f32 {
    (number(all.max(1)) / number(n.max(1))).ln()
}

#[expect(clippy::cast_precision_loss, reason = "claims of one document")]
fn number(n: usize) -> f32 {
    n as f32
}

#[cfg(test)]
mod tests {
    use super::*;

    fn known(start: usize, paragraph: usize, place: Option<u32>) -> Known {
        Known { start, paragraph, place, ..Known::default() }
    }

    #[test]
    fn what_all_share_tells_nothing() {
        let told = of(&[known(0, 1, Some(1)), known(9, 2, Some(1))]);
        assert!(told.iter().all(|c| c.telling.place == 0.0 && c.telling.kind == 0.0));
    }

    #[test]
    fn what_few_share_tells_more() {
        let all: Vec<Known> = [1, 1, 2, 2, 2, 2].iter().map(|p| known(0, 1, Some(*p))).collect();
        let told = of(&all);
        assert!(told[0].telling.place > told[2].telling.place && told[0].telling.place < 1.0);
    }

    #[test]
    fn a_paragraph_lends_its_place_and_no_other_does() {
        let told = of(&[known(0, 1, Some(7)), known(40, 1, None), known(60, 1, Some(8)), known(70, 2, None)]);
        assert_eq!(told.iter().map(|c| c.place).collect::<Vec<_>>(), [Some(7), Some(8), Some(8), None]);
    }
}
