//! Numbers in figures and words: `1,250`, `twenty-five`, `a dozen`, `half a million`, `1.2 million`.

use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::LazyLock;

use rustc_hash::FxHashMap;
use serde::Deserialize;
use syntax::{Parse, Pos, Tag};

/// A number and the tokens that say it.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Number {
    /// The tokens, "a" and "half a" included.
    pub(crate) run: Range<usize>,
    /// Its value.
    pub(crate) value: f64,
    /// Whether every token is in figures.
    pub(crate) figures: bool,
}

impl Number {
    /// Its value, where it is whole and small enough.
    pub(crate) fn whole(&self) -> Option<u64> {
        let fits = self.value >= 0.0 && self.value < 1e15 && self.value.fract() == 0.0;
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "checked above")]
        fits.then_some(self.value as u64)
    }
}

#[derive(Debug, Clone, Copy, PartialEq)]
enum Word {
    Unit(f64),
    Ten(f64),
    Scale(f64),
    AfterArticle(f64),
    Ordinal(u8),
    Vague,
}

#[derive(Deserialize)]
#[serde(rename_all = "kebab-case")]
struct File {
    unit: BTreeMap<String, u32>,
    ten: BTreeMap<String, u32>,
    scale: BTreeMap<String, u64>,
    after_article: BTreeMap<String, u32>,
    ordinal: BTreeMap<String, u8>,
    vague: BTreeMap<String, u32>,
}

#[expect(clippy::unwrap_used, reason = "the file is part of the program and read by a test")]
static WORDS: LazyLock<FxHashMap<String, Word>> = LazyLock::new(|| {
    let file: File = toml::from_str(include_str!("numbers.toml")).unwrap();
    let mut words = FxHashMap::default();
    words.extend(file.unit.into_iter().map(|(w, n)| (w, Word::Unit(f64::from(n)))));
    words.extend(file.ten.into_iter().map(|(w, n)| (w, Word::Ten(f64::from(n)))));
    #[expect(clippy::cast_precision_loss, reason = "powers of ten up to a trillion are exact")]
    words.extend(file.scale.into_iter().map(|(w, n)| (w, Word::Scale(n as f64))));
    words.extend(file.after_article.into_iter().map(|(w, n)| (w, Word::AfterArticle(f64::from(n)))));
    words.extend(file.ordinal.into_iter().map(|(w, n)| (w, Word::Ordinal(n))));
    words.extend(file.vague.into_keys().map(|w| (w, Word::Vague)));
    words
});

/// Whether a word in lower case counts or orders.
pub(super) fn is_word(lower: &str) -> bool {
    WORDS.contains_key(lower)
}

/// Whether a word stands for a number that is not said ("several").
pub(crate) fn is_vague(lower: &str) -> bool {
    matches!(WORDS.get(lower), Some(Word::Vague))
}

/// The number of an ordinal word ("third").
pub(crate) fn ordinal(lower: &str) -> Option<u8> {
    match WORDS.get(lower) {
        Some(Word::Ordinal(n)) => Some(*n),
        _ => None,
    }
}

/// The value of a token in figures, thousands separated by commas, points, apostrophes or not at all.
pub(crate) fn in_figures(token: &str) -> Option<f64> {
    let first = token.as_bytes().first()?;
    const MARKS: [char; 4] = [',', '.', '\'', '’'];
    if !first.is_ascii_digit() || !token.chars().all(|c| c.is_ascii_digit() || MARKS.contains(&c)) {
        return None;
    }
    let grouped = |mark: char| {
        let mut groups = token.split(mark);
        let lead = groups.next().is_some_and(|g| (1..=3).contains(&g.len()) && g != "0");
        let mut rest = groups.peekable();
        lead && rest.peek().is_some() && rest.all(|g| g.len() == 3 && g.bytes().all(|b| b.is_ascii_digit()))
    };
    if MARKS.into_iter().any(grouped) {
        return token.replace(MARKS, "").parse().ok();
    }
    token.replace(',', "").parse().ok().filter(|v: &f64| v.is_finite())
}

/// The number that begins at token `at`.
pub(crate) fn read(parse: &Parse, at: usize) -> Option<Number> {
    let token = parse.tokens().get(at)?;
    match &*token.lower {
        "a" | "an" => after_article(parse, at, at + 1),
        "half" => half(parse, at),
        _ => {
            let mut sum = Sum::default();
            let end = sum.take_all(parse, at);
            let letter = if sum.figures { scale_letter(parse, end) } else { None };
            let (end, scale) = letter.map_or((end, 1.0), |scale| (end + 1, scale));
            (end > at).then(|| Number { run: at..end, value: sum.value() * scale, figures: sum.figures })
        }
    }
}

/// "120k people", "4m refugees": a letter on the figures themselves; an "m" are metres unless a plural follows.
fn scale_letter(parse: &Parse, at: usize) -> Option<f64> {
    let token = parse.tokens().get(at).filter(|_| at > 0 && !parse.tokens()[at - 1].space_after)?;
    let counts = || {
        let mut behind =
            parse.tokens().get(at + 1..)?.iter().take_while(|t| matches!(t.pos, Pos::Adj | Pos::Noun | Pos::Propn));
        behind.any(|t| t.tag == Tag::Nns).then_some(1e6)
    };
    match &*token.lower {
        "k" => Some(1e3),
        "bn" => Some(1e9),
        "mn" | "mln" => Some(1e6),
        "m" => counts(),
        _ => None,
    }
}

/// "a hundred", "a couple": the article counts only before a word that needs it.
fn after_article(parse: &Parse, start: usize, at: usize) -> Option<Number> {
    let value = match WORDS.get(&*parse.tokens().get(at)?.lower)? {
        Word::AfterArticle(n) => return Some(Number { run: start..at + 1, value: *n, figures: false }),
        Word::Scale(_) => read(parse, at)?,
        _ => return None,
    };
    Some(Number { run: start..value.run.end, figures: false, ..value })
}

/// "half a million", "half a dozen".
fn half(parse: &Parse, at: usize) -> Option<Number> {
    let next = parse.tokens().get(at + 1)?;
    let scaled = if matches!(&*next.lower, "a" | "an") { at + 2 } else { at + 1 };
    let whole = match WORDS.get(&*parse.tokens().get(scaled)?.lower)? {
        Word::Scale(_) => read(parse, scaled)?,
        _ => return None,
    };
    Some(Number { run: at..whole.run.end, value: whole.value / 2.0, figures: false })
}

/// A number being added up from its words.
#[derive(Default)]
struct Sum {
    total: f64,
    part: f64,
    begun: bool,
    figures: bool,
    /// Whether the last word was a scale, so that "and" may follow.
    scaled: bool,
}

impl Sum {
    fn value(&self) -> f64 {
        self.total + self.part
    }

    /// Takes tokens from `at` on; returns the end of those taken.
    fn take_all(&mut self, parse: &Parse, at: usize) -> usize {
        let mut end = at;
        let mut next = at;
        while let Some(token) = parse.tokens().get(next) {
            if self.take(&token.lower) {
                end = next + 1;
                next = end;
            } else if end == next && self.joins(parse, next) {
                next += 1;
            } else {
                break;
            }
        }
        end
    }

    /// Whether token `at` only joins the words of one number: a hyphen, or "and" after a hundred.
    fn joins(&self, parse: &Parse, at: usize) -> bool {
        let word_follows = parse
            .tokens()
            .get(at + 1)
            .is_some_and(|t| matches!(WORDS.get(&*t.lower), Some(Word::Unit(_) | Word::Ten(_) | Word::Scale(_))));
        let joint = match parse.word(at) {
            "-" | "‑" => true,
            "and" => self.scaled && !self.figures,
            _ => false,
        };
        self.begun && word_follows && joint
    }

    fn take(&mut self, lower: &str) -> bool {
        let taken = match WORDS.get(lower) {
            Some(Word::Unit(n)) => self.add(*n, if *n < 10.0 { 10.0 } else { 100.0 }),
            Some(Word::Ten(n)) => self.add(*n, 100.0),
            Some(Word::Scale(n)) => self.scale(*n),
            Some(_) => false,
            None => self.take_figures(lower),
        };
        self.begun |= taken;
        taken
    }

    /// Adds a word that fits only below `place`: "five" after "twenty", "twenty" after "hundred".
    fn add(&mut self, n: f64, place: f64) -> bool {
        let fits = !self.begun || ((self.scaled || self.part >= 20.0) && self.part % place == 0.0);
        if fits && !self.figures {
            self.part += n;
            self.scaled = false;
            return true;
        }
        false
    }

    fn scale(&mut self, n: f64) -> bool {
        if n <= 100.0 && self.part % n == 0.0 && self.part > 0.0 {
            return false;
        }
        let part = if self.part == 0.0 { 1.0 } else { self.part };
        if n <= 100.0 {
            self.part = part * n;
        } else {
            self.total += part * n;
            self.part = 0.0;
        }
        self.scaled = true;
        self.figures = false;
        true
    }

    fn take_figures(&mut self, lower: &str) -> bool {
        let thousands = || lower.strip_suffix('k').and_then(in_figures).map(|n| n * 1e3);
        let value = if self.begun { None } else { in_figures(lower).or_else(thousands) };
        if let Some(value) = value {
            self.part = value;
            self.figures = true;
        }
        value.is_some()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_no_number_in_figures() {
        for token in ["20th", "12:00", "5km", "", "x5", "2020-10"] {
            assert_eq!(in_figures(token), None, "{token}");
        }
    }

    #[test]
    fn separators_of_both_kinds() {
        for (token, value) in
            [("1,250", 1250.0), ("1.250", 1250.0), ("1,234,567", 1_234_567.0), ("1.2", 1.2), ("300", 300.0)]
        {
            assert_eq!(in_figures(token), Some(value), "{token}");
        }
    }

    #[test]
    fn words_add_up() {
        let value = |words: &[&str]| {
            let mut sum = Sum::default();
            words.iter().all(|w| sum.take(w)).then(|| sum.value())
        };
        assert_eq!(value(&["twenty", "five"]), Some(25.0));
        assert_eq!(value(&["three", "hundred", "twenty", "one"]), Some(321.0));
        assert_eq!(value(&["two", "hundred", "thousand"]), Some(200_000.0));
        assert_eq!(value(&["1.2", "million"]), Some(1_200_000.0));
        assert_eq!(value(&["two", "dozen"]), Some(24.0));
        assert_eq!(value(&["five", "six"]), None);
        assert_eq!(value(&["five", "twenty"]), None);
    }
}
