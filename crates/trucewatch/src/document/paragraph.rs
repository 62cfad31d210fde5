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

/// Lines that short are not wrapped to their width, in bytes: a day or a place over one paragraph.
const NARROW: usize = 28;

/// Words a heading has at most; a longer line without a full stop is taken for running text.
const HEADING_WORDS: usize = 16;

/// Cuts a text at blank lines. A block of lines that were wrapped by hand is cut where a paragraph in it ends; of other
/// blocks each line is a paragraph of its own.
pub(super) fn split(text: &str) -> Vec<Paragraph> {
    let mut out = Vec::new();
    for block in blocks(text) {
        match Wrapped::new(text, &block) {
            Some(wrapped) => wrapped.pieces().iter().for_each(|piece| push(text, Some(*piece), &mut out)),
            None => block.iter().for_each(|line| push(text, Some(*line), &mut out)),
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
    let day = r"(?:\d{1,2} \p{Lu}[\p{L}.]*|\p{Lu}[\p{L}.]* \d{1,2})(?:,? \d{4})?";
    let more = format!(r"(?:, (?:{day}|\p{{Lu}}[\p{{L}}.]*)){{0,3}}");
    let agency = r" \([^)\n]{2,40}\)";
    let pattern = format!(r"^(?:\p{{Lu}}{{3,}}{more}(?:{agency})?|{place}{more}{agency}) ?(?:-{{1,2}}|–|—) ?");
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

/// Letters that a line wrapped by hand has at most.
const LONGEST: usize = 120;

#[expect(clippy::unwrap_used, reason = "the pattern is part of the program and compiled by a test")]
static ITEM: LazyLock<Regex> = LazyLock::new(|| Regex::new(r"^(?:\d{1,3}\.|\(?[a-z0-9]{1,3}\)|[•*–—-])\s").unwrap());

/// Lines of a block that were wrapped by hand: most of the full ones end within a sentence.
struct Wrapped<'a> {
    text: &'a str,
    lines: &'a [Span],
    longest: usize,
}

impl<'a> Wrapped<'a> {
    fn new(text: &'a str, lines: &'a [Span]) -> Option<Wrapped<'a>> {
        let (last, body) = lines.split_last()?;
        let longest = body.iter().map(|l| l.len()).max().unwrap_or(0);
        if !body.is_empty() && longest <= NARROW && last.len() > 2 * NARROW {
            return None;
        }
        let wrapped = Wrapped { text, lines, longest };
        let full = (0..body.len()).filter(|&i| !wrapped.is_short(i));
        let (ended, running): (Vec<usize>, Vec<usize>) = full.partition(|&i| ends_sentence(wrapped.line(i)));
        (lines.len() == 1 || longest <= LONGEST && running.len() > ended.len()).then_some(wrapped)
    }

    fn line(&self, i: usize) -> &'a str {
        self.lines.get(i).and_then(|l| self.text.get(l.start..l.end)).unwrap_or("")
    }

    /// Too short to have been wrapped: a paragraph's last line, or a heading.
    fn is_short(&self, i: usize) -> bool {
        self.lines.get(i).is_none_or(|l| l.len() * 5 < self.longest * 3)
    }

    /// The paragraphs: a new one begins behind a short line that ends a sentence, at a numbered item behind any line
    /// that does, and round a heading.
    fn pieces(&self) -> Vec<Span> {
        let mut pieces: Vec<Span> = Vec::new();
        for (i, line) in self.lines.iter().enumerate() {
            match pieces.last_mut().filter(|_| !self.begins(i)) {
                Some(piece) => *piece = piece.cover(*line),
                None => pieces.push(*line),
            }
        }
        pieces
    }

    fn begins(&self, i: usize) -> bool {
        let Some(above) = i.checked_sub(1) else { return true };
        let after_end = ends_sentence(self.line(above)) && (self.is_short(above) || ITEM.is_match(self.line(i)));
        after_end || self.is_heading(i) || self.is_heading(above)
    }

    /// A short line that stands between paragraphs and ends no sentence.
    fn is_heading(&self, i: usize) -> bool {
        let stands_alone = i.checked_sub(1).is_some_and(|above| ends_sentence(self.line(above)));
        let next = self.line(i + 1).chars().next();
        self.is_short(i)
            && is_heading(self.line(i))
            && (stands_alone || i == 0)
            && next.is_some_and(|c| !c.is_lowercase())
    }
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
    !ends_sentence(words) && words.split_whitespace().count() <= HEADING_WORDS
}

fn ends_sentence(words: &str) -> bool {
    words.trim_end_matches(['"', '”', '’', '\'', ')', '»']).ends_with(['.', '!', '?', ':', ';', '…'])
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
            "HARVOI, 3 March (Ternwire) – Shells fell.",
            "HARVOI, Vesk, 3 March 2031 – Shells fell.",
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
    fn a_short_line_over_one_long_line_is_a_paragraph_of_its_own() {
        let found = parts("12 January 2031\nThe post on the ridge was shelled twice in the night, the mission said.");
        assert_eq!((found.len(), found[0].0), (2, "12 January 2031"));
    }

    #[test]
    fn wrapped_paragraphs_one_below_the_other_are_cut_where_one_ends() {
        let text = "Eastern sector\n\
            12. During the period under review the mission recorded nineteen violations in\n\
            the eastern sector, most of them by small arms fired into the air near the\n\
            old mill.\n\
            13. Both sides kept to their lines. The mission was let through at all but one of\n\
            the posts.\n\
            Western sector\n\
            14. Calm prevailed in the western sector, where the mission opened a post and\n\
            sent out patrols by day.";
        let found: Vec<&str> = parts(text).into_iter().map(|p| p.0).collect();
        let begins = ["Eastern", "12.", "13.", "Western", "14."];
        assert_eq!(found.len(), begins.len(), "{found:?}");
        assert!(found.iter().zip(begins).all(|(piece, begin)| piece.starts_with(begin)), "{found:?}");
    }

    #[test]
    fn short_lines_that_each_end_a_sentence_are_paragraphs() {
        assert_eq!(
            parts("The line was quiet on Monday.\nShells fell near the mill on Tuesday.\nNobody was hurt.").len(),
            3
        );
    }

    #[test]
    fn long_lines_one_below_the_other_are_paragraphs() {
        let line = "The ministry said on Monday that nothing had happened along the line during the night, and that its posts had seen no movement at all.";
        assert_eq!(parts(&format!("{line}\n{line}\n{line}")).len(), 3);
    }
}
