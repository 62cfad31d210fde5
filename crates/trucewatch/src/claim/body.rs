//! What a joint body is for, where the sentence before says it.

use std::ops::Range;

use super::code::Draft;
use super::page::Page;
use super::terms::TERMS;
use super::{Kind, Traced};
use crate::pack::PartyId;
use crate::party::Speaking;

/// A joint committee named in the sentence after one about delimiting the border is the border's, and those who sit in
/// it delimit: "Vesk offered help to delimit the border. It proposes a joint committee." Drafts stand in text order.
pub(super) fn give_purpose(pages: &[Page<'_>], drafts: &mut Vec<Draft>) {
    for index in 1..drafts.len() {
        let draft = &drafts[index];
        let page = &pages[draft.paragraph];
        let before = sentence_before(pages, draft);
        let there = |d: &Draft| before.as_ref().is_some_and(|(at, run)| d.paragraph == *at && run.contains(&d.token));
        let Some(body) = joint_body(page, draft).filter(|_| is_general(draft.kind.value)) else { continue };
        if drafts[..index].iter().any(|d| d.kind.value == Kind::Delimitation && there(d)) {
            let actors = members(page, body);
            let draft = &mut drafts[index];
            draft.kind = Traced::new(Kind::Delimitation, [page.paragraph.span_at(body)], RULE);
            draft.actors = actors;
            draft.targets.clear();
        }
    }
    let of_body = |d: &Draft| d.kind.rule == RULE;
    drafts.dedup_by(|b, a| of_body(a) && of_body(b) && a.run == b.run && a.speaker.value == b.speaker.value);
}

const RULE: &str = "kind/joint-body";

/// Types that a body without a purpose of its own is taken for.
fn is_general(kind: Kind) -> bool {
    matches!(kind, Kind::Implementation | Kind::Verification | Kind::Talks | Kind::Mediation)
}

/// Who sits in a body: those named with it, else the two sides of the conflict.
fn members(page: &Page<'_>, body: usize) -> Vec<Traced<PartyId>> {
    let near = page.phrase(body).into_iter().chain(page.behind(body, &["of", "between", "with"]));
    let mut named: Vec<Traced<PartyId>> = Vec::new();
    for token in near {
        for party in page.mentions.parties(page.index, token, Speaking::NOBODY) {
            if !party.is_bystander() && named.iter().all(|n| n.value != party) {
                named.push(Traced::new(party, [page.paragraph.span_at(token)], "actor/joint-body"));
            }
        }
    }
    let sides = || page.mentions.conflict.iter().flat_map(|c| c.sides.clone());
    match named.len() {
        0 | 1 => sides().map(|side| Traced::new(side, [], "actor/joint-body")).collect(),
        _ => named,
    }
}

/// "A joint committee", "a bilateral border commission" in the words of a claim.
fn joint_body(page: &Page<'_>, draft: &Draft) -> Option<usize> {
    let is_joint =
        |i: usize| page.parse.children(i).any(|c| matches!(&*page.token(c).lower, "joint" | "bilateral" | "mixed"));
    draft.run.clone().find(|&i| TERMS.bodies.contains(page.lemma(i)) && is_joint(i))
}

/// The sentence next before that of a draft, with its paragraph: in the same one, or at the end of the one above.
fn sentence_before(pages: &[Page<'_>], draft: &Draft) -> Option<(usize, Range<usize>)> {
    let sentence = pages[draft.paragraph].sentence(draft.token);
    if sentence.start > 0 {
        return Some((draft.paragraph, pages[draft.paragraph].sentence(sentence.start - 1)));
    }
    let above = draft.paragraph.checked_sub(1)?;
    pages[above].parse.sentences().last().map(|run| (above, run.clone()))
}
