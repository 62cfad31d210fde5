//! How the brief quotes: a claim's words without what only ties them to the sentence before, an ellipsis where they
//! begin in the middle of one, and pieces that stand side by side as one.

use crate::claim::Claim;
use crate::document::Span;
use crate::incident::Record;

use super::drawn::drawn;

/// Characters of a quotation, at most.
const LONGEST: usize = 250;
/// Words that a quotation keeps, at least, when its opening is cut.
const FEWEST: usize = 3;

/// Words quoted once, with the claims that stand in them.
#[derive(Debug)]
pub(super) struct Quotation<'a> {
    /// The words, ready to stand between quotation marks.
    pub(super) words: String,
    /// The claims, in text order.
    pub(super) claims: Vec<&'a Claim>,
}

/// The quotations of some claims, in their order; claims whose words follow each other in one sentence share one.
pub(super) fn quotations<'a>(record: &Record<'_>, claims: &[&'a Claim]) -> Vec<Quotation<'a>> {
    let mut groups: Vec<Vec<&Claim>> = Vec::new();
    for claim in claims {
        match groups.last_mut() {
            Some(group) if group.last().is_some_and(|last| follows(record, last, claim)) => group.push(claim),
            _ => groups.push(vec![claim]),
        }
    }
    let quotation = |claims: Vec<&'a Claim>| Quotation { words: of_group(record, &claims), claims };
    groups.into_iter().map(quotation).collect()
}

/// The words of one claim, ready to stand between quotation marks.
pub(super) fn of_claim(record: &Record<'_>, claim: &Claim) -> String {
    of_group(record, &[claim])
}

/// Whether a claim's words as they are quoted contain who says them: the report tells, it does not quote.
pub(super) fn tells_who(record: &Record<'_>, claim: &Claim) -> bool {
    claim.speaker.spans.iter().any(|s| drawn(record, claim).holds(*s))
}

/// Whether two claims are quoted by the same words of one sentence, or nothing but a space or comma stands between them.
pub(super) fn follows(record: &Record<'_>, first: &Claim, second: &Claim) -> bool {
    let Some(source) = record.source(first).filter(|_| first.document == second.document) else { return false };
    let (one, other) = (drawn(record, first), drawn(record, second));
    let gap = Span::new(one.end, other.start);
    let is_gap = gap.start <= gap.end && source.words(gap).chars().all(|c| c.is_whitespace() || c == ',');
    (is_gap || one.meets(other)) && source.sentence(first.span) == source.sentence(second.span)
}

fn of_group(record: &Record<'_>, claims: &[&Claim]) -> String {
    let (Some(first), Some(last)) = (claims.first(), claims.last()) else { return String::new() };
    let Some(source) = record.source(first) else { return String::new() };
    let (one, other) = (drawn(record, first), drawn(record, last));
    let whole = one.cover(other);
    let opened = opened(source.words(whole));
    shortened(&inner_marks(&opened), LONGEST)
}

/// Openings that tie a sentence to the one before.
const TIES: [&str; 16] = [
    "On the other hand,",
    "For his part,",
    "For her part,",
    "For its part,",
    "In addition,",
    "At the same time,",
    "However,",
    "Meanwhile,",
    "Moreover,",
    "Notably,",
    "Also,",
    "Still,",
    "So ",
    "But ",
    "And ",
    "Yet ",
];
/// Words that tie a clause to what stands before it in its sentence.
const RELATIVES: [&str; 5] = ["that ", "which ", "who ", "and ", "but "];
/// Words that open the rest of a sentence.
const MIDDLES: [&str; 6] = ["to ", "as ", "whose ", "where ", "when ", "while "];

/// Words without a tie to those before; an ellipsis says that a clause begins in the middle.
fn opened(words: &str) -> String {
    let words = words.trim().trim_start_matches([',', ';', ':']).trim_start();
    let long = |rest: &&str| rest.split_whitespace().count() >= FEWEST;
    if let Some(rest) = TIES.iter().find_map(|tie| words.strip_prefix(tie)).filter(long) {
        return rest.trim_start().to_owned();
    }
    if let Some(rest) = RELATIVES.iter().find_map(|tie| words.strip_prefix(tie)).filter(long) {
        return format!("… {rest}");
    }
    let is_middle = MIDDLES.iter().any(|tie| words.starts_with(tie));
    if is_middle { format!("… {words}") } else { words.to_owned() }
}

/// Quotation marks within a quotation are single ones; one without its partner is left out.
fn inner_marks(words: &str) -> String {
    let is_mark = |c: char| matches!(c, '“' | '”' | '"' | '«' | '»' | '„');
    if words.chars().filter(|c| is_mark(*c)).count() % 2 == 1 {
        return words.chars().filter(|c| !is_mark(*c)).collect();
    }
    let mut open = false;
    let single = |c: char| {
        if !is_mark(c) {
            return c;
        }
        open = !open;
        if open { '‘' } else { '’' }
    };
    words.chars().map(single).collect()
}

/// Words on one line, cut at a word's end with an ellipsis where they are longer than `most` characters.
pub(super) fn shortened(words: &str, most: usize) -> String {
    let flat: Vec<&str> = words.split_whitespace().collect();
    let mut out = String::new();
    for (i, word) in flat.iter().enumerate() {
        if out.chars().count() + word.chars().count() >= most {
            out.push_str(" …");
            break;
        }
        if i > 0 {
            out.push(' ');
        }
        out.push_str(word);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::incident::sample::{Tale, Told};

    #[test]
    fn a_clause_begins_where_it_says_something() {
        for (words, quoted) in [
            ("Vesk shelled Hollin", "Vesk shelled Hollin"),
            ("However, Vesk shelled Hollin", "Vesk shelled Hollin"),
            ("But it", "But it"),
            ("which shelled Hollin at dawn", "… shelled Hollin at dawn"),
            ("to end the war", "… to end the war"),
            ("Sound carried far", "Sound carried far"),
        ] {
            assert_eq!(opened(words), quoted);
        }
    }

    #[test]
    fn marks_within_are_single_and_in_pairs() {
        assert_eq!(inner_marks("it “never” fired"), "it ‘never’ fired");
        assert_eq!(inner_marks("it “never fired"), "it never fired");
    }

    #[test]
    fn long_words_are_cut_between_words() {
        assert_eq!(shortened("one two three", 8), "one two …");
        assert_eq!(shortened("one\n two", 20), "one two");
    }

    #[test]
    fn claims_of_two_sentences_are_quoted_apart() {
        let mut tale = Tale::new();
        tale.tell(Told::new("a", "2031-03-08", "Vesk shelled Hollin").by("orlava"));
        tale.tell(Told::new("a", "2031-03-08", "and struck Marn at dawn").by("orlava"));
        let record = tale.record();
        let quoted = quotations(&record, record.claims());
        assert_eq!(
            quoted.iter().map(|q| q.words.as_str()).collect::<Vec<_>>(),
            ["Vesk shelled Hollin", "… struck Marn at dawn"]
        );
    }
}
