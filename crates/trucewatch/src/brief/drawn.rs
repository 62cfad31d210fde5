//! How far a quotation is drawn: to the words on which its sense hangs. A claim's words stand alone where what is left
//! of their sentence only says who says them; else the whole sentence is quoted, or of a long one the clause.

use std::sync::LazyLock;

use regex::Regex;
use serde::Deserialize;

use crate::claim::Claim;
use crate::document::Span;
use crate::incident::{Record, Source};

/// Characters up to which a sentence is quoted whole.
const WHOLE: usize = 240;
/// Words below which a claim's own say too little.
const FEWEST: usize = 4;

/// The span that is quoted of a claim: its own words, drawn as far as their sense asks for.
pub(super) fn drawn(record: &Record<'_>, claim: &Claim) -> Span {
    let Some(source) = record.source(claim) else { return claim.span };
    let sentence = spoken(source, bare(source, source.sentence(claim.span).1, claim.span), claim.span);
    if !sentence.holds(claim.span) || stands_alone(source, sentence, claim) {
        return claim.span;
    }
    let short = source.words(sentence).chars().count() <= WHOLE;
    if short { sentence } else { clause(source, sentence, needed(sentence, claim)) }
}

/// A sentence without its stop, its number in a list and its dateline.
fn bare(source: &Source, sentence: Span, claim: Span) -> Span {
    let words = source.words(sentence);
    let end = sentence.start + words.trim_end_matches(|c: char| c == '.' || c.is_whitespace()).len();
    let opening = PATTERNS.as_ref().and_then(|p| p.opening.find(words)).map_or(0, |m| m.end());
    let start = Some(sentence.start + opening).filter(|&s| s <= claim.start).unwrap_or(sentence.start);
    Span::new(start, end.max(claim.end))
}

/// The quoted words of a sentence in which a claim stands, else the sentence.
fn spoken(source: &Source, sentence: Span, claim: Span) -> Span {
    const QUOTES: [char; 5] = ['“', '”', '"', '«', '»'];
    let before = source.words(Span::new(sentence.start, claim.start));
    let after = source.words(Span::new(claim.end, sentence.end));
    let opened = before.matches(QUOTES).count() % 2 == 1;
    let opening = before.char_indices().rev().find(|(_, c)| QUOTES.contains(c)).filter(|_| opened);
    match (opening, after.find(QUOTES)) {
        (Some((at, mark)), Some(end)) => {
            let said = after.get(..end).unwrap_or("").trim_end_matches([',', '.', ' ']);
            Span::new(sentence.start + at + mark.len_utf8(), claim.end + said.len())
        }
        _ => sentence,
    }
}

fn stands_alone(source: &Source, sentence: Span, claim: &Claim) -> bool {
    let Some(patterns) = PATTERNS.as_ref() else { return true };
    let before = source.words(Span::new(sentence.start, claim.span.start));
    let after = source.words(Span::new(claim.span.end, sentence.end));
    let turned = patterns.turns.is_match(before) || patterns.turns.is_match(after);
    let decided = needed(sentence, claim) == claim.span;
    decided && !turned && patterns.is_led(before) && patterns.is_closed(after) && is_clause(source.words(claim.span))
}

/// A claim's words with those in their sentence that decided its mode.
fn needed(sentence: Span, claim: &Claim) -> Span {
    let deciding = claim.mode.spans.iter().filter(|s| sentence.holds(**s));
    deciding.fold(claim.span, |all, s| all.cover(*s))
}

/// Whether words say something by themselves: no participle's, infinitive's or relative clause.
fn is_clause(words: &str) -> bool {
    let first = words.split_whitespace().next().unwrap_or("");
    let hangs = first.ends_with("ing") && first.starts_with(char::is_lowercase)
        || matches!(first, "to" | "that" | "which" | "who" | "whose" | "where" | "when" | "while" | "as" | "than");
    !hangs && words.split_whitespace().count() >= FEWEST
}

/// Marks between which a clause of a long sentence stands.
const MARKS: [char; 9] = [',', ';', ':', '“', '”', '"', '–', '—', '!'];

/// Some words of a sentence, drawn to the marks round them.
fn clause(source: &Source, sentence: Span, needed: Span) -> Span {
    let before = source.words(Span::new(sentence.start, needed.start));
    let after = source.words(Span::new(needed.end, sentence.end));
    let opening = before.char_indices().rev().find(|(_, c)| MARKS.contains(c)).map_or(0, |(at, c)| at + c.len_utf8());
    let start = sentence.start + opening;
    let skipped = source.words(Span::new(start, needed.start)).chars().take_while(|c| c.is_whitespace()).count();
    let end = after.find(MARKS).map_or(sentence.end, |at| needed.end + at);
    Span::new(start + skipped, end)
}

struct Patterns {
    leads: Regex,
    turns: Regex,
    opening: Regex,
}

impl Patterns {
    /// Whether the words before a claim only introduce it.
    fn is_led(&self, before: &str) -> bool {
        let before = before.trim_end();
        before.is_empty()
            || before.ends_with(MARKS)
            || before.ends_with(['«', '„', '(', '-'])
            || self.leads.is_match(before)
    }

    /// Whether a clause ends before some words.
    fn is_closed(&self, after: &str) -> bool {
        let rest = after.trim_start();
        rest.is_empty()
            || rest.starts_with(MARKS)
            || rest.starts_with(['»', ')', '?', '.', '’', '\''])
            || rest.starts_with("and ")
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Lists {
    leads: Vec<String>,
    turns: Vec<String>,
}

static PATTERNS: LazyLock<Option<Patterns>> = LazyLock::new(|| {
    let lists: Lists = toml::from_str(include_str!("drawn.toml")).ok()?;
    Some(Patterns {
        leads: Regex::new(&format!(r"(?i)\b(?:{})$", lists.leads.join("|"))).ok()?,
        turns: Regex::new(&format!(r"(?i)\b(?:{})\b", lists.turns.join("|"))).ok()?,
        opening: Regex::new(r#"^\s*(?:\d{1,2}[.)]\s+|\p{Lu}{2}[^.“"”]{0,70}? [-–—]{1,2} )"#).ok()?,
    })
});

#[cfg(test)]
mod tests {
    use super::*;
    use crate::claim::{Mode, Traced};
    use crate::incident::sample::{Tale, Told};

    /// What is quoted of `claim` in `sentence`.
    fn quoted(sentence: &str, claim: &str, deciding: &str) -> String {
        let mut tale = Tale::new();
        tale.tell(Told::new("a", "2031-03-08", sentence).by("orlava"));
        let record = tale.record();
        let within = |words: &str| {
            let at = sentence.find(words).unwrap();
            Span::new(at, at + words.len())
        };
        let mut told = record.claims()[0].clone();
        told.span = within(claim);
        let spans: Vec<Span> = Some(deciding).filter(|d| !d.is_empty()).map(within).into_iter().collect();
        told.mode = Traced::new(Mode::Denied, spans, "test");
        record.source(&told).unwrap().words(drawn(&record, &told)).to_owned()
    }

    #[test]
    fn words_that_stand_alone_stay() {
        for sentence in [
            "The army said its guns had fired all night",
            "He told the press that its guns had fired all night, killing three",
            "\"Its guns had fired all night,\" he said",
        ] {
            let claim =
                if sentence.contains("Its") { "Its guns had fired all night" } else { "its guns had fired all night" };
            assert_eq!(quoted(sentence, claim, ""), claim);
        }
    }

    #[test]
    fn a_denial_is_quoted_with_the_word_that_denies() {
        let sentence = "Orlava denied that its guns had fired all night";
        assert_eq!(quoted(sentence, "its guns had fired all night", "denied"), sentence);
    }

    #[test]
    fn a_condition_or_limit_is_quoted_with_what_hangs_on_it() {
        for sentence in [
            "Kest will hold his fire for now, as long as Vesk holds its own",
            "He may leave if Kest will hold his fire for now",
            "The mission said that Kest will hold his fire for now, but could not see it",
        ] {
            let claim = sentence.split(", as").next().unwrap();
            let claim = if sentence.starts_with("Kest") { claim } else { "Kest will hold his fire for now" };
            assert_eq!(quoted(sentence, claim, ""), sentence);
        }
    }

    #[test]
    fn a_fragment_is_quoted_with_its_sentence() {
        assert_eq!(quoted("Guns hit the camp, wounding two", "wounding two", ""), "Guns hit the camp, wounding two");
        assert_eq!(
            quoted("There is one way to end this war", "to end this war", ""),
            "There is one way to end this war"
        );
    }

    #[test]
    fn the_number_of_an_item_and_the_dateline_are_left_out() {
        assert_eq!(
            quoted("2. At the post they heard bursts 4-5 km east", "they heard bursts 4", ""),
            "At the post they heard bursts 4-5 km east"
        );
        assert_eq!(
            quoted("MARN, March 3 (Wire) - The river rose after the guns fell silent", "the guns fell silent", ""),
            "The river rose after the guns fell silent"
        );
    }

    #[test]
    fn of_a_sentence_with_quoted_words_only_these_are_quoted() {
        assert_eq!(
            quoted("\"Before the guns leave, no truce at all,\" he summed up", "the guns leave, no truce", ""),
            "Before the guns leave, no truce at all"
        );
    }

    #[test]
    fn of_a_long_sentence_the_clause_is_quoted() {
        let long = "word ".repeat(60);
        let sentence = format!("{long}, and Orlava denied that its guns had fired, {long}");
        assert_eq!(quoted(&sentence, "its guns had fired", "denied"), "and Orlava denied that its guns had fired");
    }
}
