//! Items of a list whose introduction names who says them: "The ministry demands:" and the lines below it.

use syntax::{Dep, Tag};

use super::candidate::heads_of;
use super::cue::{self, Class, Verdict};
use super::scene::Scene;
use super::source;
use super::{Manner, Statement};
use crate::document::Span;

const RULE: &str = "statement/list-goes-on";
const INTRODUCED: &str = "statement/list";

/// Gives a paragraph that is an item of a list to whoever introduced the list, and notes the introduction of one.
///
/// `first` is the index of the paragraph's first statement in `all`.
pub(super) fn continue_list(scene: &Scene, first: usize, all: &mut Vec<Statement>) {
    let start = item(scene.parse.text());
    if let Some(by) = start.and_then(|_| introduction(scene, all.get(..first).unwrap_or(&[]))) {
        let bytes = start.unwrap_or(0)..scene.parse.text().trim_end().len();
        let content = scene.span(&bytes);
        let said = all.get(first..).unwrap_or(&[]).iter().any(|s| !s.source.is_empty());
        if !bytes.is_empty() && !said {
            let verdict = all.get(by).map_or(Verdict::Assert, |s| s.verdict);
            let heads = heads_of(scene, std::slice::from_ref(&bytes));
            all.push(Statement { continues: Some(by), ..listed(scene, content, heads, verdict) });
        }
    } else if let Some(introducing) = introduced(scene) {
        all.push(introducing);
    }
}

/// Where the words of an item begin behind its bullet, number or letter.
fn item(text: &str) -> Option<usize> {
    let bare = text.trim_start();
    let mark = bare.split_whitespace().next()?;
    let bullet = matches!(mark, "•" | "*" | "-" | "–" | "—" | "·");
    let inner = mark.trim_start_matches('(').trim_end_matches([')', '.', ';']);
    let counted = inner.len() < mark.len() && (inner.parse::<u8>().is_ok() || matches!(inner.chars().count(), 1));
    (bullet || counted).then(|| text.len() - bare.len() + mark.len() + 1)
}

/// The statement that introduces the list to which an item belongs: at the end of the paragraph before, or the one that
/// the item before goes on with.
fn introduction(scene: &Scene, before: &[Statement]) -> Option<usize> {
    let (at, last) = before.iter().enumerate().rev().find(|(_, s)| matches!(s.rule, RULE | INTRODUCED))?;
    let by = if last.rule == RULE { last.continues? } else { at };
    (last.paragraph + 1 == scene.index).then_some(by)
}

/// "The ministry listed the following breaches:", "According to the ministry:" at a paragraph's end.
fn introduced(scene: &Scene) -> Option<Statement> {
    let sentence = scene.sentences.last().filter(|s| scene.text(s.bytes.clone()).trim_end().ends_with(':'))?;
    let according = sentence.tokens.clone().find(|&i| scene.lower(i) == "according" && scene.lower(i + 1) == "to");
    let (cue, head, verdict) = match according {
        Some(at) => (at, scene.parse.child_by(at + 1, Dep::Pobj)?, Verdict::Assert),
        None => by_verb(scene, sentence.tokens.clone())?,
    };
    let named = source::named(scene, head);
    let blank = listed(scene, Span::new(0, 0), Vec::new(), verdict);
    source::can_speak(scene.parse, head).then(|| Statement {
        source: vec![scene.span(&scene.parse.bytes(named.run))],
        cue: vec![scene.span(&scene.parse.bytes(cue..cue + 1))],
        content: Vec::new(),
        source_head: Some(head),
        cue_head: Some(cue),
        rule: INTRODUCED,
        ..blank
    })
}

/// The verb by which a list is introduced, its subject, and what it says of the items.
fn by_verb(scene: &Scene, run: std::ops::Range<usize>) -> Option<(usize, usize, Verdict)> {
    let finite = |&i: &usize| matches!(scene.parse.tokens()[i].tag, Tag::Vbd | Tag::Vbz | Tag::Vbp);
    let at = run.clone().rev().filter(finite).find(|&i| scene.is_verb(i))?;
    let frames = ["quote", "clause", "object"];
    let entry = frames.into_iter().find_map(|frame| cue::entry(Class::Verb, scene.lemma(at), frame));
    let verdict = entry.map(|e| e.verdict).or_else(|| lists(scene.lemma(at)).then_some(Verdict::Assert))?;
    let quoted = scene.quote_around(scene.from(at)).is_some();
    source::subject(scene, at).filter(|&s| s < at && !quoted).map(|subject| (at, subject, verdict))
}

fn lists(lemma: &str) -> bool {
    matches!(lemma, "list" | "enumerate" | "give" | "name" | "register" | "record" | "count" | "present" | "provide")
}

fn listed(scene: &Scene, content: Span, heads: Vec<usize>, verdict: Verdict) -> Statement {
    Statement {
        paragraph: scene.index,
        source: Vec::new(),
        cue: Vec::new(),
        content: vec![content],
        source_head: None,
        cue_head: None,
        content_heads: heads,
        addressee: None,
        verdict,
        negated: false,
        spoken: true,
        manner: Manner::Reported,
        rule: RULE,
        within: None,
        continues: None,
    }
}
