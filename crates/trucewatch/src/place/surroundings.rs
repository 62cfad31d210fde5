//! Names that no gazetteer lists, placed by what the document names round them.

use std::collections::BTreeMap;

use super::{Candidate, Choice, Mention, MentionKind};

/// Precision of a place that is known only by a place of the same paragraph: the district.
const SAME_PARAGRAPH: u8 = 3;
/// Precision of a place that is known only by where the document plays: the province.
const SAME_DOCUMENT: u8 = 4;
/// UCDP precision from which on a place is too wide to say where another lies.
const TOO_WIDE: u8 = 4;

/// Gives every name without a place the nearest settled one of its paragraph, else the one that the
/// document names most.
pub(super) fn fill(mentions: &mut [Mention]) {
    let principal = principal(mentions);
    for i in 0..mentions.len() {
        let Some((before, rest)) = mentions.split_at_mut_checked(i) else { continue };
        let Some((mention, after)) = rest.split_first_mut() else { continue };
        if mention.choice != Choice::None || mention.kind == MentionKind::Adjective {
            continue;
        }
        let here = |m: &&Mention| m.paragraph == mention.paragraph;
        let distance = |m: &&Mention| m.core.start.abs_diff(mention.core.start);
        let others = before.iter().chain(after.iter()).filter(here).filter(|m| settled(m).is_some());
        let beside = others.min_by_key(distance).and_then(settled);
        let paragraph = beside.map(|c| near(c, SAME_PARAGRAPH, "it is named beside"));
        let document = || principal.as_ref().map(|c| near(c, SAME_DOCUMENT, "the document plays in"));
        mention.choice = paragraph.or_else(document).map_or(Choice::None, Choice::Near);
    }
}

/// The place of a mention that is settled enough and small enough to say where others lie.
fn settled(mention: &Mention) -> Option<&Candidate> {
    match &mention.choice {
        Choice::One(one) if mention.kind == MentionKind::Name && one.resolved.precision < TOO_WIDE => Some(one),
        _ => None,
    }
}

/// The settled place that is named most often; the first of them where several are; a wide one where there is no other.
fn principal(mentions: &[Mention]) -> Option<Candidate> {
    let any = |m: &'_ Mention| match &m.choice {
        Choice::One(one) => Some(one.clone()),
        _ => None,
    };
    most(mentions.iter().filter_map(|m| settled(m).cloned())).or_else(|| most(mentions.iter().filter_map(any)))
}

fn most(candidates: impl Iterator<Item = Candidate>) -> Option<Candidate> {
    let mut counts: BTreeMap<String, (usize, usize, Candidate)> = BTreeMap::new();
    for (order, candidate) in candidates.enumerate() {
        let id = candidate.resolved.id.clone();
        counts.entry(id).or_insert_with(|| (0, order, candidate)).0 += 1;
    }
    let best = counts.into_values().max_by_key(|(count, order, _)| (*count, std::cmp::Reverse(*order)))?;
    Some(best.2)
}

fn near(candidate: &Candidate, precision: u8, why: &str) -> Candidate {
    let mut near = candidate.clone();
    near.resolved.precision = near.resolved.precision.max(precision);
    near.resolved.why = format!("no gazetteer lists it; {why} {}", near.name);
    near
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::Span;
    use crate::pack::FeatureKind;
    use crate::place::Resolved;

    fn mention(paragraph: usize, choice: Choice) -> Mention {
        let (name, kind, span) = ("Vesk".to_owned(), MentionKind::Name, Span::new(0, 4));
        Mention { paragraph, tokens: 0..1, core: 0..1, span, name, kind, choice }
    }

    fn one(id: &str, precision: u8) -> Choice {
        let resolved =
            Resolved { id: id.to_owned(), lat: 1.0, lon: 2.0, country: String::new(), precision, why: String::new() };
        Choice::One(Candidate { resolved, name: id.to_owned(), kind: FeatureKind::Settlement, score: 0.0 })
    }

    #[test]
    fn a_document_without_any_place_leaves_names_open() {
        let mut all = [mention(0, Choice::None)];
        fill(&mut all);
        assert_eq!(all[0].choice, Choice::None);
    }

    #[test]
    fn the_paragraph_comes_before_the_document() {
        let mut all = [
            mention(0, one("moor", 1)),
            mention(1, one("orla", 1)),
            mention(1, Choice::None),
            mention(2, one("moor", 1)),
            mention(3, Choice::None),
        ];
        fill(&mut all);
        let best = |i: usize| all[i].choice.best().map(|r| (r.id.clone(), r.precision));
        assert_eq!(best(2), Some(("orla".to_owned(), SAME_PARAGRAPH)));
        assert_eq!(best(4), Some(("moor".to_owned(), SAME_DOCUMENT)));
    }

    #[test]
    fn a_country_says_too_little_while_there_is_a_town() {
        let mut all = [mention(0, one("land", 6)), mention(0, Choice::None), mention(1, one("moor", 1))];
        fill(&mut all);
        assert_eq!(all[1].choice.best().map(|r| r.id.as_str()), Some("moor"));
    }
}
