//! What a joint body is for, where the sentence before says it.

use std::ops::Range;

use super::Kind;
use super::page::Page;
use super::terms::TERMS;
use super::trigger::Trigger;
use super::weigh::TOLD;

/// How sure such a claim is: the body's purpose is only told by its neighbour.
const SURE: f32 = 0.5;

/// A joint committee named in the sentence after one about delimiting the border is the border's: "Vesk offered help to
/// delimit the border. It proposes a joint committee." Gives it a trigger in place of those of the types that a body
/// without a purpose is taken for.
pub(super) fn give_purpose(pages: &[Page<'_>], triggers: &mut [Vec<Trigger>]) {
    for page in pages {
        for sentence in page.parse.sentences() {
            let Some(body) = joint_body(page, sentence) else { continue };
            let Some((above, before)) = sentence_before(pages, page, sentence) else { continue };
            let delimits = |t: &Trigger| t.kind == Kind::Delimitation && before.contains(&t.token);
            if triggers[above].iter().any(delimits) {
                let here = &mut triggers[page.index];
                here.retain(|t| !(sentence.contains(&t.token) && is_general(t.kind)));
                here.push(Trigger {
                    token: body,
                    kind: Kind::Delimitation,
                    sense: None,
                    fit: 1,
                    score: SURE,
                    told: [0.0; TOLD],
                });
            }
        }
    }
}

/// Types that a body without a purpose of its own is taken for.
fn is_general(kind: Kind) -> bool {
    matches!(kind, Kind::Implementation | Kind::Verification | Kind::Talks)
}

/// "A joint committee", "a bilateral commission" in a sentence.
fn joint_body(page: &Page<'_>, sentence: &Range<usize>) -> Option<usize> {
    let joint = |c: usize| matches!(&*page.token(c).lower, "joint" | "bilateral" | "mixed");
    sentence.clone().find(|&i| TERMS.bodies.contains(page.lemma(i)) && page.parse.children(i).any(joint))
}

/// The sentence next before another, with its paragraph: in the same one, or at the end of the one above.
fn sentence_before(pages: &[Page<'_>], page: &Page<'_>, sentence: &Range<usize>) -> Option<(usize, Range<usize>)> {
    if sentence.start > 0 {
        return Some((page.index, page.sentence(sentence.start - 1)));
    }
    let above = page.index.checked_sub(1)?;
    pages[above].parse.sentences().last().map(|run| (above, run.clone()))
}
