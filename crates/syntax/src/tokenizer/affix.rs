//! The affix rules: what is split off at a word's beginning and end, and what splits it inside.

use fancy_regex::{Regex, RegexInput};
use rmpv::Value;

use super::pattern::{Analysis, AsciiSet, compile};
use crate::load::Malformed;
use crate::load::msgpack::{field, text};

/// Longer words are not looked at as URLs: the pattern takes quadratic time.
pub(crate) const MAX_URL: usize = 2048;

/// The four patterns of the tokenizer.
pub(crate) struct Affixes {
    prefix: Regex,
    suffix: Regex,
    infix: Regex,
    url: Regex,
    /// What a prefix can begin with and a suffix end with: most words are settled by one look.
    prefix_starts: AsciiSet,
    suffix_ends: AsciiSet,
    /// Characters at the edge of a word within which a prefix or a suffix lies, unless it reaches that far exactly.
    window: Option<usize>,
    /// No rule matches within a word of ASCII letters, or of ASCII digits.
    letters_are_inert: bool,
    digits_are_inert: bool,
}

impl Affixes {
    pub(crate) fn parse(tokenizer: &Value) -> Result<Self, Malformed> {
        let read = |key: &str| text(field(tokenizer, key)?);
        let (prefix, suffix, infix) = (read("prefix_search")?, read("suffix_search")?, read("infix_finditer")?);
        // Python's \w has no combining marks, Rust's has.
        let url = read("url_match")?.replace("\\w", "\\p{L}\\p{N}_");
        let proofs = [prefix, suffix, infix].map(Analysis::new);
        let inert = |alphabet| !proofs.iter().any(|p| p.may_match_within(alphabet));
        let [before, after, _] = &proofs;
        Ok(Affixes {
            window: before.reach().zip(after.reach()).map(|(b, a)| b.max(a) + 2),
            prefix_starts: before.first_chars(),
            suffix_ends: after.last_chars(),
            letters_are_inert: inert("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"),
            digits_are_inert: inert("0123456789"),
            prefix: compile(prefix)?,
            suffix: compile(suffix)?,
            infix: compile(infix)?,
            url: compile(&url)?,
        })
    }

    /// Whether it is known without looking that no affix rule matches anywhere in the word.
    pub(crate) fn is_inert(&self, word: &str) -> bool {
        let bytes = word.as_bytes();
        match bytes.first() {
            Some(b) if b.is_ascii_alphabetic() => self.letters_are_inert && bytes.iter().all(u8::is_ascii_alphabetic),
            Some(b) if b.is_ascii_digit() => self.digits_are_inert && bytes.iter().all(u8::is_ascii_digit),
            _ => false,
        }
    }

    /// Length in bytes of the prefix, 0 for none.
    pub(crate) fn prefix(&self, word: &str) -> usize {
        if !word.as_bytes().first().is_some_and(|&b| self.prefix_starts.may_have(b)) {
            return 0;
        }
        let Some(mut window) = self.window else { return self.prefix_within(word) };
        loop {
            let head = head(word, window);
            let length = self.prefix_within(head);
            if length < head.len() || head.len() == word.len() {
                return length;
            }
            window *= 2;
        }
    }

    fn prefix_within(&self, head: &str) -> usize {
        let input = RegexInput::new(head).anchored(true);
        self.prefix.find_input(input).ok().flatten().map_or(0, |m| m.end())
    }

    /// Length in bytes of the suffix, 0 for none.
    pub(crate) fn suffix(&self, word: &str) -> usize {
        if !word.as_bytes().last().is_some_and(|&b| self.suffix_ends.may_have(b)) {
            return 0;
        }
        let Some(mut window) = self.window else { return self.suffix_from(word, 0) };
        loop {
            let from = tail(word, window);
            let length = self.suffix_from(word, from);
            if length < word.len() - from || from == 0 {
                return length;
            }
            window *= 2;
        }
    }

    fn suffix_from(&self, word: &str, from: usize) -> usize {
        self.suffix.find_from_pos(word, from).ok().flatten().map_or(0, |m| m.end() - m.start())
    }

    /// Byte ranges of the infixes.
    pub(crate) fn infixes(&self, word: &str) -> impl Iterator<Item = (usize, usize)> {
        self.infix.find_iter(word).map_while(Result::ok).map(|m| (m.start(), m.end()))
    }

    /// Whether the word has an infix.
    pub(crate) fn has_infix(&self, word: &str) -> bool {
        self.infixes(word).next().is_some()
    }

    /// Whether the word is a URL, which is left whole.
    pub(crate) fn is_url(&self, word: &str) -> bool {
        // The pattern has no match without one of these.
        word.len() <= MAX_URL && word.contains(['.', ':', '/']) && self.url.is_match(word).unwrap_or(false)
    }
}

/// The first `chars` characters.
fn head(word: &str, chars: usize) -> &str {
    word.char_indices().nth(chars).and_then(|(end, _)| word.get(..end)).unwrap_or(word)
}

/// Where the last `chars` characters begin.
fn tail(word: &str, chars: usize) -> usize {
    word.char_indices().rev().nth(chars - 1).map_or(0, |(start, _)| start)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rules() -> Affixes {
        let map = [
            ("prefix_search", r"^\$|^\.\.+|^\(|^\+(?![0-9])|^US\$"),
            ("suffix_search", r"\)$|\.\.+$|'s$|(?<=[0-9])(?:km|m)$|(?<=[a-z])\.$"),
            ("infix_finditer", r"\.\.+|(?<=[a-z])-(?=[a-z])"),
            ("url_match", r"^[\w]+://\S+$"),
        ];
        Affixes::parse(&Value::Map(map.map(|(k, v)| (k.into(), v.into())).to_vec())).unwrap()
    }

    #[test]
    fn missing_patterns_are_an_error() {
        assert!(Affixes::parse(&Value::Map(vec![])).is_err());
    }

    #[test]
    fn letters_and_digits_are_inert_but_not_mixed() {
        let rules = rules();
        assert!(rules.is_inert("Ceasefire") && rules.is_inert("2020"));
        assert!(!rules.is_inert("5km") && !rules.is_inert("é") && !rules.is_inert("") && !rules.is_inert("a-b"));
    }

    #[test]
    fn windows_find_what_the_whole_word_has() {
        let rules = rules();
        for word in [
            "",
            "(",
            "((((((((((((",
            "+5",
            "+",
            "US$5",
            "..........x",
            "x..........",
            "..............",
            "é.",
            "12km",
            "km",
            "a's",
        ] {
            assert_eq!(rules.prefix(word), rules.prefix_within(word), "{word}");
            assert_eq!(rules.suffix(word), rules.suffix_from(word, 0), "{word}");
        }
        assert_eq!((rules.prefix(".........."), rules.suffix("x..........")), (10, 10));
    }

    #[test]
    fn long_words_are_no_urls() {
        let rules = rules();
        assert!(rules.is_url("http://a.b") && !rules.is_url("http"));
        assert!(!rules.is_url(&format!("http://{}", "a".repeat(MAX_URL))));
    }
}
