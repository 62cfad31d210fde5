//! Quotations that nobody is named for: they go on with who was quoted last.

use syntax::{Dep, EntityKind};

use super::candidate::{Named, heads_of};
use super::cue::Verdict;
use super::scene::{Scene, Sentence};
use super::source;
use super::{Manner, Statement};
use crate::document::Span;

/// Gives the quotations of a paragraph that stand as sentences of their own and in no statement's content to the last
/// speaker: of this paragraph, or of the one before if that one ends with quoted words.
///
/// `first` is the index of the paragraph's first statement in `all`.
pub(super) fn continue_quotations(scene: &Scene, first: usize, all: &mut Vec<Statement>) {
    let mut speaker = carried_over(scene, all.get(..first).unwrap_or(&[]));
    let mut described = None;
    let mut next = first;
    let stated = all.len();
    for sentence in &scene.sentences {
        let here = scene.span(&sentence.bytes);
        while next < stated && all.get(next).is_some_and(|s| s.cue.iter().all(|c| c.start < here.end)) {
            speaker = all.get(next).filter(|s| !s.source.is_empty()).map(|_| next).or(speaker);
            next += 1;
        }
        let Some(quote) = sentence.wholly.as_ref().map(|q| scene.span(q)) else {
            described = person_of(scene, sentence);
            continue;
        };
        let bytes = sentence.wholly.clone().unwrap_or_default();
        if is_covered(all.get(first..stated).unwrap_or(&[]), quote) {
            continue;
        }
        let here =
            |s: &Statement| s.source_head.is_some_and(|h| described.as_ref().is_some_and(|d| d.run.contains(&h)));
        let told = speaker.and_then(|i| all.get(i)).is_some_and(|s| s.paragraph == scene.index && here(s));
        if let Some(person) = described.take().filter(|_| !told) {
            speaker = Some(all.len());
            all.push(after_subject(scene, quote, bytes, &person));
        } else if let Some(by) = speaker {
            all.push(continued(scene, quote, by, bytes));
        }
    }
}

/// The person that the main verb of a sentence has for a subject: "Torv was blunt."
fn person_of(scene: &Scene, sentence: &Sentence) -> Option<Named> {
    let tokens = scene.parse.tokens();
    let last = scene.text(sentence.bytes.clone()).trim_end().ends_with(['.', ':']);
    let root = sentence.tokens.clone().find(|&i| tokens[i].dep == Dep::Root && scene.is_verb(i)).filter(|_| last)?;
    let subject = source::subject(scene, root).filter(|&s| s < root && scene.quote_around(scene.from(s)).is_none())?;
    let named = scene.parse.entity_at(subject).is_some_and(|e| e.kind == EntityKind::Person);
    let person = named || matches!(scene.lower(subject), "he" | "she");
    (person && tokens[subject].dep == Dep::Nsubj).then(|| source::named(scene, subject))
}

/// "Torv was blunt. “They fired first.”": the one spoken of speaks.
fn after_subject(scene: &Scene, quote: Span, bytes: std::ops::Range<usize>, person: &Named) -> Statement {
    Statement {
        source: vec![scene.span(&scene.parse.bytes(person.run.clone()))],
        source_head: Some(person.head),
        continues: None,
        manner: Manner::Quoted,
        rule: "statement/quotation-after-subject",
        ..continued(scene, quote, 0, bytes)
    }
}

/// The last statement of the paragraph before, where it is in quotation marks, or where it is speech in other words and this
/// paragraph opens with a quotation: whoever was reported is quoted next.
fn carried_over(scene: &Scene, before: &[Statement]) -> Option<usize> {
    let last = before.iter().rposition(|s| !s.source.is_empty() || s.continues.is_some())?;
    let statement = before.get(last)?;
    let quoted = matches!(statement.manner, Manner::Quoted | Manner::Continued);
    let opens = || scene.sentences.first().is_some_and(|s| s.wholly.is_some());
    let reported = || matches!(statement.manner, Manner::Reported | Manner::Parenthetical) && statement.spoken;
    let adjacent = statement.paragraph + 1 == scene.index;
    (adjacent && (quoted || (reported() && opens()))).then(|| statement.continues.unwrap_or(last))
}

/// "Shells fell on the town, he said. Two houses burned. Nobody was hurt, he said.": what stands between two sentences of
/// one speaker goes on with the first.
pub(super) fn continue_between(scene: &Scene, first: usize, all: &mut Vec<Statement>) {
    let stated: Vec<(usize, Span)> = (first..all.len()).filter_map(|i| Some((i, said_beside(all.get(i)?)?))).collect();
    let again = |s: &Statement| s.source_head.is_some_and(|h| matches!(scene.lower(h), "he" | "she"));
    for pair in stated.windows(2) {
        let [(by, before), (next, after)] = pair else { continue };
        if !all.get(*next).is_some_and(again) {
            continue;
        }
        let between = |s: &&Sentence| {
            let here = scene.span(&s.bytes);
            here.start >= before.end && here.end <= after.start && s.wholly.is_none()
        };
        for sentence in scene.sentences.iter().filter(between) {
            let here = scene.span(&sentence.bytes);
            let own = all.get(first..).unwrap_or(&[]).iter().any(|s| touches(s, here));
            let reports = |i: usize| super::cue::words().saying.contains(scene.lemma(i)) || scene.lemma(i) == "report";
            if !own && !sentence.tokens.clone().any(reports) {
                let more = continued(scene, here, *by, sentence.bytes.clone());
                all.push(Statement { rule: "statement/between", ..more });
            }
        }
    }
}

/// What somebody named says where "he said" stands beside it.
fn said_beside(statement: &Statement) -> Option<Span> {
    let beside = statement.manner == Manner::Parenthetical && statement.spoken && statement.source_head.is_some();
    statement.content.first().copied().filter(|_| beside)
}

fn touches(statement: &Statement, here: Span) -> bool {
    statement.content.iter().chain(&statement.cue).any(|s| s.meets(here))
}

fn is_covered(statements: &[Statement], quote: Span) -> bool {
    statements.iter().any(|s| s.content.iter().any(|c| c.meets(quote)) || s.cue.iter().any(|c| quote.holds(*c)))
}

/// Words that go on with what the source of another statement said.
pub(super) fn continued(scene: &Scene, quote: Span, by: usize, bytes: std::ops::Range<usize>) -> Statement {
    Statement {
        paragraph: scene.index,
        source: Vec::new(),
        cue: Vec::new(),
        content: vec![quote],
        source_head: None,
        cue_head: None,
        content_heads: heads_of(scene, &[bytes]),
        addressee: None,
        verdict: Verdict::Assert,
        negated: false,
        spoken: true,
        manner: Manner::Continued,
        rule: "statement/quotation-goes-on",
        within: None,
        continues: Some(by),
    }
}
