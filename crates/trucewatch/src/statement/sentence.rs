//! Sentence borders that keep quotations whole, as attribution needs them: the parser's own break inside quotations.

use std::ops::Range;

use super::cue;
use crate::document::Quote;

/// Byte ranges of the sentences of a paragraph; together they cover it.
pub(super) fn split(text: &str, quotes: &[Quote]) -> Vec<Range<usize>> {
    let mut out = Vec::new();
    let mut start = 0;
    for stop in stops(text) {
        if !within_quote(quotes, &stop) && !is_abbreviated(text, &stop) && !is_attributed(text, &stop) {
            out.push(start..stop.next);
            start = stop.next;
        }
    }
    if start < text.len() {
        out.push(start..text.len());
    }
    out
}

/// A mark that may end a sentence, and where the next one would begin.
struct Stop {
    mark: char,
    at: usize,
    /// Whether a closing quotation mark or bracket follows the mark.
    closed: bool,
    next: usize,
}

/// Stops that are followed by space and something that can begin a sentence.
fn stops(text: &str) -> Vec<Stop> {
    let chars: Vec<(usize, char)> = text.char_indices().collect();
    let at = |i: usize| chars.get(i).map(|&(_, c)| c);
    let mut out = Vec::new();
    for (i, &(byte, mark)) in chars.iter().enumerate() {
        if !matches!(mark, '.' | '?' | '!' | '…') {
            continue;
        }
        let run =
            |from: usize, test: fn(char) -> bool| from + (from..).take_while(|&j| at(j).is_some_and(test)).count();
        let closed = run(i + 1, is_closer);
        let spaced = run(closed, char::is_whitespace);
        let word = run(spaced, is_opener);
        let begins = at(word).is_some_and(|c| c.is_uppercase() || c.is_numeric());
        let parted = spaced > closed || is_run_on(&chars, i, closed, word);
        if let (true, true, Some(&(next, _))) = (parted, begins, chars.get(spaced)) {
            out.push(Stop { mark, at: byte, closed: closed > i + 1, next });
        }
    }
    out
}

/// "The talks failed.The envoy left": a stop without a space after it, between a word in small letters and one with a
/// capital, as pages lose their line breaks. `closed` and `word` are where the closing marks and the opening ones end.
fn is_run_on(chars: &[(usize, char)], stop: usize, closed: usize, word: usize) -> bool {
    let small = |i: usize| chars.get(i).is_some_and(|c| c.1.is_lowercase());
    let straight = chars.get(stop + 1..word).is_some_and(|marks| marks.iter().any(|c| matches!(c.1, '"' | '\'')));
    let before = stop >= 3 && (stop - 3..stop).all(small);
    let ended = before || (closed > stop + 1 && stop >= 1 && small(stop - 1));
    ended && !straight && small(word + 1)
}

fn is_closer(c: char) -> bool {
    matches!(c, '"' | '”' | '’' | '\'' | ')' | ']' | '»')
}

fn is_opener(c: char) -> bool {
    matches!(c, '"' | '“' | '‘' | '\'' | '(' | '[' | '«' | '„' | '`')
}

/// Whether the quotation goes on after the stop.
fn within_quote(quotes: &[Quote], stop: &Stop) -> bool {
    let at = quotes.partition_point(|q| q.outer.end <= stop.at + 1);
    quotes.get(at).is_some_and(|q| q.outer.start < stop.at && stop.next < q.outer.end)
}

fn is_abbreviated(text: &str, stop: &Stop) -> bool {
    if stop.mark != '.' || stop.closed {
        return false;
    }
    let before = text.get(..stop.at).unwrap_or("");
    let word = before.rsplit(|c: char| c.is_whitespace() || matches!(c, '(' | '"' | '“')).next().unwrap_or("");
    is_initials(word) || cue::words().abbreviations.contains(word)
}

/// Longest attribution behind a question or an exclamation, and longest stretch behind its verb, in words.
const ATTRIBUTION: usize = 10;
const BEHIND: usize = 5;

/// "“Why?” Torv said.": a question's or an exclamation's mark within quotation marks, with nothing behind it but who
/// asks, ends no sentence.
fn is_attributed(text: &str, stop: &Stop) -> bool {
    if !(stop.closed && matches!(stop.mark, '?' | '!')) {
        return false;
    }
    let rest = text.get(stop.next..).unwrap_or("");
    let end = rest.find(['.', ',', ';', ':', '"', '“', '?', '!', '\n']).unwrap_or(rest.len());
    let words: Vec<&str> = rest.get(..end).unwrap_or("").split_whitespace().collect();
    let says = |w: &&str| matches!(*w, "said" | "says" | "asked" | "added" | "wrote" | "told" | "replied" | "declared");
    let Some(verb) = words.iter().position(says).filter(|&v| v > 0 && v < ATTRIBUTION) else { return false };
    let behind = words.get(verb + 1..).unwrap_or(&[]);
    let first = behind.first().copied().unwrap_or("");
    let told = words.get(verb) == Some(&"told");
    let adverbial = first.is_empty()
        || matches!(first, "on" | "in" | "at" | "to" | "during" | "last" | "late" | "early" | "after" | "via")
        || first.ends_with("day");
    behind.len() <= BEHIND && if told { !first.is_empty() } else { adverbial }
}

/// "J", "U.S", "J.F": capitals with full stops between them.
fn is_initials(word: &str) -> bool {
    !word.is_empty() && word.split('.').all(|part| part.chars().count() == 1 && part.chars().all(char::is_uppercase))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::quotations;

    fn cut(text: &str) -> Vec<&str> {
        split(text, &quotations(text)).into_iter().map(|s| text.get(s).unwrap_or("").trim()).collect()
    }

    #[test]
    fn abbreviations_and_quotations_are_not_cut() {
        assert_eq!(cut("Col. J. Orr met Gen. Vale in the U.S. capital.").len(), 1);
        assert_eq!(cut("“No. Not now. Never,” he said.").len(), 1);
        assert_eq!(cut("It cost 3.5 million. of coins").len(), 1);
    }

    #[test]
    fn who_asks_stands_in_the_sentence_of_the_question() {
        assert_eq!(cut("“Why?” Torv told the truth that day in the hall.").len(), 2);
        assert_eq!(cut("“Why?” Torv said the posts were lost.").len(), 2);
        assert_eq!(cut("“Why?” Nobody knows.").len(), 2);
        assert_eq!(cut("“We want calm. Why not?” Torv said. “They fired.”").len(), 2);
        assert_eq!(cut("“Never!” the minister told reporters in Harvoi.").len(), 1);
    }

    #[test]
    fn stops_without_a_space_end_sentences_between_words_only() {
        assert_eq!(cut("See vesk.example or Mr.Orr, at 3.5 km.").len(), 1);
        assert_eq!(cut("The talks failed.The envoy left.“We wait,” he said.”Good.").len(), 4);
    }

    #[test]
    fn sentences_end_after_the_closing_mark() {
        assert_eq!(cut("“We wait.” He left. \"Good,\" she said."), ["“We wait.”", "He left.", "\"Good,\" she said."]);
        assert_eq!(cut(""), Vec::<&str>::new());
    }
}
