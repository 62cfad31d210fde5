//! Words that a translation or a slip of the keys has likely changed: marked, never corrected.

use std::collections::BTreeSet;
use std::sync::LazyLock;

use serde::Deserialize;
use syntax::Dep;

use super::code::Draft;
use super::page::Page;
use super::{Class, Kind, Traced};
use crate::document::Span;

/// The lists of `garble.toml`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Slips {
    civil_ministries: BTreeSet<String>,
    beside_dead: BTreeSet<String>,
    leaving: BTreeSet<String>,
    never_restored: BTreeSet<String>,
}

#[expect(clippy::unwrap_used, reason = "the file is part of the program and read by a test")]
static SLIPS: LazyLock<Slips> = LazyLock::new(|| toml::from_str(include_str!("garble.toml")).unwrap());

/// Why a draft's words are thought to be garbled, with the words.
pub(super) fn garbled(page: &Page<'_>, draft: &Draft) -> Option<Traced<String>> {
    unlikely_speaker(draft)
        .or_else(|| before_for_after(page, draft))
        .or_else(|| strange_companion(page, draft))
        .or_else(|| dead_wounded(page, draft))
        .or_else(|| army_restored(page, draft))
}

fn marked(why: String, spans: Vec<Span>, rule: &'static str) -> Option<Traced<String>> {
    Some(Traced::new(why, spans, rule))
}

/// A ministry of health that threatens force: most likely the ministry of defence.
fn unlikely_speaker(draft: &Draft) -> Option<Traced<String>> {
    let name = draft.speaker.value.name.to_lowercase();
    let civil = name.contains("ministry") && name.split_whitespace().any(|w| SLIPS.civil_ministries.contains(w));
    let military = draft.kind.value == Kind::Threat || draft.kind.value.class() == Class::Hostilities;
    let why = || format!("`{}` is an unlikely speaker on {}", draft.speaker.value.name, draft.kind.value);
    (civil && military).then(|| marked(why(), draft.speaker.spans.clone(), "garble/unlikely-speaker"))?
}

/// "Can only begin before the troops leave": a precondition put the wrong way round.
fn before_for_after(page: &Page<'_>, draft: &Draft) -> Option<Traced<String>> {
    let leaves = |clause: usize| SLIPS.leaving.contains(page.lemma(clause)) && page.is_marked(clause, &["before"]);
    let waits = |verb: usize| page.parse.children(verb).any(|c| &*page.token(c).lower == "only");
    let verb = std::iter::once(draft.token)
        .chain(page.parse.ancestors(draft.token))
        .find(|&v| waits(v) && page.parse.children_by(v, &[Dep::Advcl]).any(leaves))?;
    let clause = page.parse.children_by(verb, &[Dep::Advcl]).find(|&c| leaves(c))?;
    let why = "`only … before` is probably meant as `only … after`".to_owned();
    marked(why, vec![page.paragraph.span_at(verb), page.paragraph.span_at(clause)], "garble/before-for-after")
}

/// "1,250 dead and failed": a word beside "dead" that is none of harm.
fn strange_companion(page: &Page<'_>, draft: &Draft) -> Option<Traced<String>> {
    let harmed = |i: usize| matches!(page.lemma(i), "dead" | "kill" | "wound" | "injure");
    let strange = draft.run.clone().find(|&i| {
        SLIPS.beside_dead.contains(&*page.token(i).lower)
            && page.token(i).dep == Dep::Conj
            && harmed(page.token(i).head)
    })?;
    let why = format!("`{}` stands where a word for harm would", page.parse.word(strange));
    marked(why, vec![page.paragraph.span_at(strange)], "garble/companion-of-dead")
}

/// "Two dead were lightly wounded": who is dead is not wounded.
fn dead_wounded(page: &Page<'_>, draft: &Draft) -> Option<Traced<String>> {
    let verb = draft.run.clone().find(|&i| page.is_verb(i) && matches!(page.lemma(i), "wound" | "injure" | "hurt"))?;
    let subject = page.passive_subject(verb)?;
    let dead = page.phrase(subject).into_iter().find(|&i| &*page.token(i).lower == "dead")?;
    let why = "the `dead` are said to be wounded".to_owned();
    marked(why, vec![page.paragraph.span_at(dead), page.paragraph.span_at(verb)], "garble/dead-wounded")
}

/// "If the army cannot be restored": armies are withdrawn, not restored, where their leaving is asked for.
fn army_restored(page: &Page<'_>, draft: &Draft) -> Option<Traced<String>> {
    let verb = page.sentence(draft.token).find(|&i| {
        page.is_verb(i)
            && page.lemma(i) == "restore"
            && page.passive_subject(i).is_some_and(|s| SLIPS.never_restored.contains(page.lemma(s)))
    })?;
    let near = draft.kind.value.class() == Class::Hostilities
        || matches!(draft.kind.value, Kind::Withdrawal | Kind::Threat | Kind::Position);
    let why = "an army `restored` is probably one withdrawn".to_owned();
    near.then(|| marked(why, vec![page.paragraph.span_at(verb)], "garble/army-restored"))?
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_lists_are_read() {
        assert!(super::SLIPS.civil_ministries.contains("health"));
    }
}
