//! Paragraphs: at blank lines, hard-wrapped lines kept together.

use std::sync::LazyLock;

use regex::Regex;

use super::Span;
use super::furniture;

/// What a paragraph is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ParagraphKind {
    /// A headline or a heading between paragraphs.
    Headline,
    /// Running text.
    Body,
    /// What a page puts round its text: share lines, counters, forms. Not read.
    Furniture,
}

/// One paragraph of a document.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Paragraph {
    /// Where it stands, white space around it left out.
    pub span: Span,
    /// What it is for.
    pub kind: ParagraphKind,
}

/// Words a heading has at most; a longer line without a full stop is taken for running text.
const HEADING_WORDS: usize = 16;

/// Cuts a text at blank lines; lines of a block that each end a sentence are paragraphs of their own.
pub(super) fn split(text: &str) -> Vec<Paragraph> {
    let mut out = Vec::new();
    for block in blocks(text) {
        if is_wrapped(&block) {
            push(text, block.first().zip(block.last()).map(|(a, b)| a.cover(*b)), &mut out);
        } else {
            block.iter().for_each(|line| push(text, Some(*line), &mut out));
        }
    }
    out
}

fn push(text: &str, span: Option<Span>, out: &mut Vec<Paragraph>) {
    let Some(span) = span else { return };
    let words = text.get(span.start..span.end).unwrap_or("");
    match dateline(words) {
        Some((line, rest)) => {
            out.push(Paragraph { span: Span::new(span.start, span.start + line), kind: ParagraphKind::Headline });
            out.push(Paragraph { span: Span::new(span.start + rest, span.end), kind: ParagraphKind::Body });
        }
        None => out.push(Paragraph { span, kind: kind_of(words) }),
    }
}

#[expect(clippy::unwrap_used, reason = "the pattern is part of the program and compiled by a test")]
static DATELINE: LazyLock<Regex> = LazyLock::new(|| {
    // a place in capitals (with day and agency), or any place with an agency in brackets, before a dash
    let place = r"[\p{Lu}][\p{L}'’.]*(?:[ /-][\p{Lu}][\p{L}'’.]*)*";
    let more = r"(?:, [\p{Lu}][\p{L}.]*(?: \d{1,2})?){0,3}";
    let pattern = format!(
        r"^(?:\p{{Lu}}{{3,}}{more}(?: \([^)\n]{{2,40}}\))?|{place}{more} \([^)\n]{{2,40}}\)) ?(?:-{{1,2}}|–|—) ?"
    );
    Regex::new(&pattern).unwrap()
});

/// End of a dateline at the head of a paragraph, and where the text behind its dash begins, both in bytes.
fn dateline(words: &str) -> Option<(usize, usize)> {
    let found = DATELINE.find(words)?;
    let line = found.as_str().trim_end_matches(|c: char| c.is_whitespace() || matches!(c, '-' | '–' | '—')).len();
    (found.end() < words.len() && found.as_str().len() > line + 1).then_some((line, found.end()))
}

/// Runs of lines that are not blank, each line without the white space around it.
fn blocks(text: &str) -> Vec<Vec<Span>> {
    let mut blocks = vec![Vec::new()];
    let mut start = 0;
    for line in text.split_inclusive('\n') {
        let body = line.trim();
        let from = start + (line.len() - line.trim_start().len());
        match (body.is_empty(), blocks.last_mut()) {
            (false, Some(block)) => block.push(Span::new(from, from + body.len())),
            _ => blocks.push(Vec::new()),
        }
        start += line.len();
    }
    blocks.retain(|b| !b.is_empty());
    blocks
}

/// Whether the lines of a block are one paragraph wrapped by hand: all but the last about equally long, and
/// most of them ending within a sentence.
fn is_wrapped(lines: &[Span]) -> bool {
    let Some((_, body)) = lines.split_last() else { return true };
    let longest = body.iter().map(|l| l.len()).max().unwrap_or(0);
    !body.is_empty() && longest <= 120 && body.iter().all(|l| l.len() * 5 >= longest * 3)
}

fn kind_of(words: &str) -> ParagraphKind {
    if furniture::is_furniture(words) {
        ParagraphKind::Furniture
    } else if is_heading(words) {
        ParagraphKind::Headline
    } else {
        ParagraphKind::Body
    }
}

fn is_heading(words: &str) -> bool {
    let ends_sentence =
        words.trim_end_matches(['"', '”', '’', '\'', ')', '»']).ends_with(['.', '!', '?', ':', ';', '…']);
    !ends_sentence && words.split_whitespace().count() <= HEADING_WORDS
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parts(text: &str) -> Vec<(&str, ParagraphKind)> {
        split(text).iter().map(|p| (text.get(p.span.start..p.span.end).unwrap_or(""), p.kind)).collect()
    }

    #[test]
    fn a_dash_alone_makes_no_dateline() {
        for text in ["UN - the mission said nothing.", "Vesk - a quiet town - was hit.", "The talks (in Vesk) failed."]
        {
            assert_eq!(parts(text).len(), 1, "{text}");
        }
    }

    #[test]
    fn a_dateline_is_a_line_of_its_own() {
        for text in [
            "HARVOI, March 3 (Ternwire) - Shells fell.",
            "HARVOI - Shells fell.",
            "Harvoi, Vesk (Ternwire) — Shells fell.",
        ] {
            let found = parts(text);
            assert_eq!((found.len(), found[1].0), (2, "Shells fell."), "{text}");
        }
    }

    #[test]
    fn nothing_is_no_paragraph() {
        assert!(parts(" \n\r\n\t\n").is_empty());
    }

    #[test]
    fn blank_lines_cut_and_crlf_is_white_space() {
        let found = parts("Truce holds in Vesk\r\n\r\nThe line was quiet.\r\n");
        assert_eq!(
            found,
            [("Truce holds in Vesk", ParagraphKind::Headline), ("The line was quiet.", ParagraphKind::Body)]
        );
    }

    #[test]
    fn hard_wrapped_lines_stay_together() {
        let found = parts(
            "The two delegations met in the old customs house and\nagreed to meet again on the following day in\nVesk.",
        );
        assert_eq!(found.len(), 1);
    }

    #[test]
    fn long_lines_one_below_the_other_are_paragraphs() {
        let line = "The ministry said on Monday that nothing had happened along the line during the night, and that its posts had seen no movement at all.";
        assert_eq!(parts(&format!("{line}\n{line}\n{line}")).len(), 3);
    }
}
