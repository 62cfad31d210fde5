//! Colons: headlines ("X: …", "… – X") and transcripts ("NAME: …").

use std::collections::BTreeMap;
use std::ops::Range;

use syntax::EntityKind;

use super::Manner;
use super::candidate::{Candidate, Named, Rank};
use super::cue::{self, Class, Entry, Verdict};
use super::label::says_first;
use super::scene::Scene;
use super::source;
use crate::document::{ParagraphKind, ParsedDocument};

/// Longest label before a colon, in words.
const LABEL_WORDS: usize = 5;
/// Longest label before a colon, in characters.
const LABEL_CHARS: usize = 45;

/// Labels before a colon at the start of paragraphs, and how often each comes.
pub(super) struct Labels(BTreeMap<String, usize>);

impl Labels {
    pub(super) fn of(parsed: &ParsedDocument) -> Labels {
        let mut count = BTreeMap::new();
        for label in parsed.paragraphs.iter().filter_map(|p| label(p.parse.text().trim())) {
            *count.entry(label.to_owned()).or_insert(0) += 1;
        }
        Labels(count)
    }

    /// Whether a label is a speaker's: in capitals, or come back to.
    fn is_speaker(&self, label: &str) -> bool {
        if is_question_or_answer(label) {
            return true;
        }
        let letters = label.chars().filter(|c| c.is_alphabetic());
        let capitals = letters.clone().count() >= 2 && letters.clone().all(char::is_uppercase);
        capitals || (self.0.get(label).is_some_and(|&n| n >= 3) && is_title(label))
    }
}

/// What stands before the first colon, if it is short enough for a name.
fn label(text: &str) -> Option<&str> {
    let (label, rest) = text.split_once(':')?;
    let fits = label.chars().count() <= LABEL_CHARS && label.split_whitespace().count() <= LABEL_WORDS;
    let long = label.chars().count() >= 2 || is_question_or_answer(label);
    (fits && long && rest.starts_with(char::is_whitespace) && !rest.trim().is_empty()).then_some(label)
}

/// The letters by which interviews mark who asks and who answers.
fn is_question_or_answer(label: &str) -> bool {
    matches!(label, "Q" | "A")
}

fn is_title(label: &str) -> bool {
    label.split_whitespace().all(|w| w.chars().next().is_some_and(char::is_uppercase))
}

/// A transcript's line: all of it after the colon is what the one named says. A paragraph has no line breaks here.
pub(super) fn transcript(scene: &Scene, labels: &Labels) -> Option<Candidate> {
    if is_headline(scene) {
        return None;
    }
    let line = bare(scene.parse.text());
    let label = label(scene.text(line.clone()))?;
    let name = label.trim_start_matches(['"', '“', ' ']);
    let speaks = name.starts_with(char::is_uppercase) && labels.is_speaker(label) && !names_nobody(label);
    let end = line.start + label.len();
    speaks.then(|| spoken(scene, end - name.len()..end))?
}

/// Where a text stands without the spaces round it.
fn bare(text: &str) -> Range<usize> {
    let start = text.len() - text.trim_start().len();
    start..text.trim_end().len().max(start)
}

/// What stands behind the colon after a name, as that one's words.
fn spoken(scene: &Scene, name: Range<usize>) -> Option<Candidate> {
    let entry = Entry { verdict: Verdict::Assert, rule: "statement/transcript" };
    let mut line = at_colon(scene, Rank::Transcript, name.clone(), entry)?.with_manner(Manner::Transcript);
    let rest = scene.text(name.end + 1..scene.parse.text().len());
    let from = name.end + 1 + (rest.len() - rest.trim_start().len());
    line.content.push(from..(name.end + 1 + rest.trim_end().len()).max(from));
    Some(line)
}

fn is_headline(scene: &Scene) -> bool {
    scene.index == 0 && scene.kind == ParagraphKind::Headline
}

/// An entry of a log or a list that names who says it: `[08:20] – Army spokesman: two posts were hit`, "• The ministry: no
/// losses".
pub(super) fn entry(scene: &Scene) -> Option<Candidate> {
    if is_headline(scene) {
        return None;
    }
    let entry = spoken(scene, entry_name(scene, &bare(scene.parse.text()))?)?;
    let tells = entry.content.iter().any(|b| scene.tokens_in(b).any(|i| scene.is_verb(i)));
    tells.then_some(Candidate { rank: Rank::Headline, rule: "statement/entry", ..entry })
}

/// The name before the colon of an entry: a person, a body or an office, and no place, which a dateline would be.
fn entry_name(scene: &Scene, line: &Range<usize>) -> Option<Range<usize>> {
    use syntax::EntityKind::{Norp, Org, Person};
    let text = scene.text(line.clone());
    let from = stamp(text);
    let label = label(text.get(from..)?).filter(|l| !names_nobody(l) && l.starts_with(char::is_uppercase))?;
    let name = line.start + from..line.start + from + label.len();
    let run = scene.tokens_in(&name);
    if says_first(scene, run.start) {
        return None;
    }
    let inside = |i: &usize| !run.contains(&scene.parse.tokens()[*i].head) || scene.dep(*i) == syntax::Dep::Root;
    let head = run.clone().find(inside)?;
    let word = &*scene.parse.tokens()[head].lemma.to_lowercase();
    let words = cue::words();
    let office = words.speakers.contains(word) || words.offices.contains(word) || words.bodies.contains(word);
    let kind = scene.parse.entity_at(head).map(|e| e.kind);
    let dateline = label.chars().filter(|c| c.is_alphabetic()).all(char::is_uppercase);
    let named = matches!(kind, Some(Person | Org | Norp)) && !dateline;
    let finite = run.clone().any(|i| scene.is_verb(i));
    ((office || named) && !finite).then_some(name)
}

/// How many bytes of a line are a bullet or an hour with its marks: `[08:20] — `, "• ".
fn stamp(line: &str) -> usize {
    let marks = |c: char| matches!(c, '[' | ']' | '(' | ')' | '|' | '•' | '*' | '-' | '–' | '—' | ' ' | '\t');
    let hour = line.trim_start_matches(marks);
    let digits: usize = hour.chars().take_while(|c| c.is_ascii_digit() || matches!(c, ':' | '.' | 'h')).count();
    let is_hour = (4..=8).contains(&digits) && hour.get(..digits).is_some_and(|h| h.contains([':', '.', 'h']));
    let rest = if is_hour { hour.get(digits..).unwrap_or("").trim_start_matches(marks) } else { hour };
    line.len() - rest.len()
}

/// The document's headline, if it names who says it.
pub(super) fn headline(scene: &Scene) -> Option<Candidate> {
    if scene.index != 0 {
        return None;
    }
    behind_colon(scene).or_else(|| led(scene)).or_else(|| trailed(scene))
}

/// "…: X", where only what stands before the colon tells something and X can speak.
fn behind_colon(scene: &Scene) -> Option<Candidate> {
    let text = scene.parse.text().trim_end();
    let colon = text.find(": ").filter(|_| !text.ends_with(['.', '?', '!', '"', '”']))?;
    let (left, run) = (scene.tokens_in(&(0..colon)), scene.tokens_in(&(colon + 1..text.len())));
    let tells = |run: &Range<usize>| run.clone().any(|i| scene.parse.tokens()[i].pos == syntax::Pos::Verb);
    let head = run.clone().rev().find(|&i| speaks(scene, i))?;
    let fits = run.len() <= LABEL_WORDS && left.len() > 2 && tells(&left) && !tells(&run);
    let entry = Entry { verdict: Verdict::Assert, rule: "statement/headline-colon" };
    let at = scene.token_at(colon);
    let candidate = Candidate::new(scene, Rank::Headline, at, colon..colon + 1, entry)
        .with_source(Some(Named { run, head }))
        .with_manner(Manner::Headline)
        .with_content(scene, 0..colon);
    fits.then_some(candidate)
}

/// Whether a word of a headline is an office, a body or a name of somebody.
fn speaks(scene: &Scene, i: usize) -> bool {
    let word = scene.lower(i);
    let words = cue::words();
    let office = words.speakers.contains(word) || words.offices.contains(word) || words.bodies.contains(word);
    let plural = || word.strip_suffix('s').is_some_and(|w| words.speakers.contains(w) || words.offices.contains(w));
    let named = |kind| matches!(kind, EntityKind::Person | EntityKind::Org | EntityKind::Gpe | EntityKind::Norp);
    office || plural() || scene.parse.entity_at(i).is_some_and(|e| named(e.kind))
}

/// "X: …"
fn led(scene: &Scene) -> Option<Candidate> {
    let label = label(scene.parse.text()).filter(|l| !names_nobody(l))?;
    let run = scene.tokens_in(&(0..label.len()));
    let says = |i: usize| cue::entry(Class::Verb, scene.lemma(i), "quote").is_some() && scene.is_verb(i);
    let quotes = || run.clone().any(|i| matches!(scene.lower(i), "quoted" | "quotes" | "cited" | "cites"));
    if says(run.clone().next_back()?) || says_first(scene, run.start) || quotes() {
        return None;
    }
    let entry = Entry { verdict: Verdict::Assert, rule: "statement/headline-colon" };
    let candidate = at_colon(scene, Rank::Headline, 0..label.len(), entry)?.with_manner(Manner::Headline);
    Some(candidate.with_content(scene, label.len() + 1..scene.parse.text().len()))
}

fn at_colon(scene: &Scene, rank: Rank, name: Range<usize>, entry: Entry) -> Option<Candidate> {
    let run = scene.tokens_in(&name);
    let head = speaker_of(scene, &run)?;
    let colon = scene.token_at(name.end);
    let cue = name.end..name.end + 1;
    Some(Candidate::new(scene, rank, colon, cue, entry).with_source(Some(Named { run, head })))
}

/// Who of a label speaks: "Orr (@orr_vesk)", "the minister on the truce", "Ana Orr in Rivna" are who stands first; else its
/// last word.
fn speaker_of(scene: &Scene, run: &Range<usize>) -> Option<usize> {
    let opens = |i: &usize| matches!(scene.lower(*i), "(" | "on" | "in");
    let stop = run.clone().skip(1).find(opens);
    let noun = |i: &usize| matches!(scene.parse.tokens()[*i].pos, syntax::Pos::Noun | syntax::Pos::Propn);
    stop.and_then(|stop| (run.start..stop).rev().find(noun)).or_else(|| run.clone().next_back())
}

/// "… – X": only with a name that can speak after the last dash.
fn trailed(scene: &Scene) -> Option<Candidate> {
    if scene.kind != ParagraphKind::Headline {
        return None;
    }
    let len = scene.parse.len();
    let dash = (len.saturating_sub(LABEL_WORDS + 1)..len).rev().find(|&i| scene.is_dash(i))?;
    let run = dash + 1..len;
    let head = run.clone().rev().find(|&i| source::can_speak(scene.parse, i))?;
    let entry = Entry { verdict: Verdict::Assert, rule: "statement/headline-dash" };
    let candidate = Candidate::new(scene, Rank::Headline, dash, scene.parse.bytes(dash..dash + 1), entry)
        .with_source(Some(Named { run, head }))
        .with_manner(Manner::Headline)
        .with_content(scene, 0..scene.from(dash));
    (dash > 2).then_some(candidate)
}

/// "Breaking: …", "Analysis: …".
fn names_nobody(label: &str) -> bool {
    let lower = label.to_lowercase();
    let first = lower.trim_start_matches("the ").split_whitespace().next().unwrap_or("");
    cue::words().labels.contains(first)
}
