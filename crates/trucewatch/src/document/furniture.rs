//! What pages put round a text and nobody wrote: recognised by its words, as data.

use std::sync::LazyLock;

use regex::{Regex, RegexSet};

/// One pattern a line, `#` comments; each must match the whole paragraph.
const PATTERNS: &str = include_str!("furniture.txt");

#[expect(clippy::unwrap_used, reason = "the patterns are part of the program and compiled by a test")]
static FURNITURE: LazyLock<RegexSet> = LazyLock::new(|| {
    let lines = PATTERNS.lines().map(str::trim).filter(|l| !l.is_empty() && !l.starts_with('#'));
    RegexSet::new(lines.map(|l| format!("(?is)^(?:{l})$"))).unwrap()
});

/// A day in figures, which may head what stands under it: "2031-01-12", "12.01.2031:".
#[expect(clippy::unwrap_used, reason = "a constant pattern, compiled by a test")]
static DAY: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"^(?:\d{4}[-/.]\d{1,2}[-/.]\d{1,2}|\d{1,2}[-/.]\d{1,2}[-/.]\d{4}):?$").unwrap());

/// Longest paragraph, in bytes, that can be furniture.
const LONGEST: usize = 240;

/// Whether a whole paragraph is page furniture.
pub(super) fn is_furniture(paragraph: &str) -> bool {
    let bare = paragraph.trim();
    let wordless = || !bare.chars().any(char::is_alphabetic) && !DAY.is_match(bare);
    bare.len() <= LONGEST && (wordless() || FURNITURE.is_match(bare))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sentences_are_not_furniture() {
        for text in [
            "Source: a border guard in Vesk.",
            "Leave a corridor open, the envoy said.",
            "The post was shared.",
            "2031-01-12",
        ] {
            assert!(!is_furniture(text), "{text}");
        }
    }

    #[test]
    fn page_lines_are_furniture() {
        for text in [
            "Source link",
            "Leave a Reply",
            "[ad_1]",
            "1 61",
            "Share on Facebook",
            "Copyright Vesk Daily 2031",
            "* * *",
        ] {
            assert!(is_furniture(text), "{text}");
        }
    }
}
