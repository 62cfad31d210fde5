//! The tokens of a paragraph with what each can mean in a time expression.

use syntax::{Parse, Pos, Tag};

use super::super::number::{self, Number};
use super::super::shape::Figures;
use super::super::words::{Sense, Shift, Unit, Words};

/// A paragraph's tokens and their senses.
pub(in crate::when) struct Line<'a> {
    pub(in crate::when) parse: &'a Parse,
    senses: Vec<Option<Sense>>,
}

impl<'a> Line<'a> {
    /// Looks every token up.
    pub(in crate::when) fn new(parse: &'a Parse) -> Line<'a> {
        let words = Words::get();
        let mut line = Line { parse, senses: parse.tokens().iter().map(|t| words.sense(&t.lower)).collect() };
        for at in 0..line.len() {
            if line.sense(at).is_some_and(|sense| !line.can_be(at, sense)) {
                line.senses[at] = None;
            }
        }
        line
    }

    /// Number of tokens.
    pub(super) fn len(&self) -> usize {
        self.senses.len()
    }

    /// What token `at` can mean.
    pub(super) fn sense(&self, at: usize) -> Option<Sense> {
        self.senses.get(at).copied().flatten()
    }

    /// Token `at` in lower case, empty past the end.
    pub(super) fn lower(&self, at: usize) -> &str {
        self.parse.tokens().get(at).map_or("", |t| &t.lower)
    }

    /// The token before `at` in lower case, empty at the start.
    pub(super) fn before(&self, at: usize) -> &str {
        at.checked_sub(1).map_or("", |b| self.lower(b))
    }

    /// Whether token `at` is one of `words`.
    pub(super) fn is(&self, at: usize, words: &[&str]) -> bool {
        words.contains(&self.lower(at))
    }

    /// The place after token `at` if that is one of `words`, else `at`.
    pub(super) fn skip(&self, at: usize, words: &[&str]) -> usize {
        if self.is(at, words) { at + 1 } else { at }
    }

    /// The place after a hyphen at `at`, else `at`.
    pub(super) fn skip_hyphen(&self, at: usize) -> usize {
        self.skip(at, &["-", "‑", "–"])
    }

    /// Whether token `at` qualifies a noun.
    pub(super) fn is_adjective(&self, at: usize) -> bool {
        self.parse.tokens().get(at).is_some_and(|t| matches!(t.pos, Pos::Adj))
    }

    /// The unit that token `at` names.
    pub(super) fn unit(&self, at: usize) -> Option<Unit> {
        match self.sense(at)? {
            Sense::Unit(unit) => Some(unit),
            Sense::Part(_) if self.is(at, &["night", "nights"]) => Some(Unit::Night),
            _ => None,
        }
    }

    /// The shift that token `at` makes.
    pub(super) fn shift(&self, at: usize) -> Option<Shift> {
        match self.sense(at)? {
            Sense::Shift(shift) => Some(shift),
            _ => None,
        }
    }

    /// The year that token `at` can be, read on its own.
    pub(super) fn year(&self, at: usize) -> Option<i16> {
        match self.sense(at)? {
            Sense::Figures(Figures::Number(n @ 1800..=2199, 4)) => i16::try_from(n).ok(),
            _ => None,
        }
    }

    /// The day of a month that token `at` can be: "20", "20th", "third".
    pub(super) fn day(&self, at: usize) -> Option<i8> {
        let n = match self.sense(at)? {
            Sense::Figures(Figures::Number(n, 1..=2)) => u8::try_from(n).ok()?,
            Sense::Figures(Figures::Ordinal(n)) => n,
            Sense::Counting => number::ordinal(self.lower(at))?,
            _ => return None,
        };
        i8::try_from(n).ok().filter(|n| (1..=31).contains(n))
    }

    /// The ordinal that token `at` is.
    pub(super) fn ordinal(&self, at: usize) -> Option<u8> {
        match self.sense(at)? {
            Sense::Figures(Figures::Ordinal(n)) => Some(n),
            Sense::Counting => number::ordinal(self.lower(at)),
            _ => None,
        }
    }

    /// The number that begins at token `at`.
    pub(super) fn number(&self, at: usize) -> Option<Number> {
        number::read(self.parse, at)
    }

    /// Whether the token can have this sense where it stands: "May" is no "may", "Sun" alone no Sunday.
    fn can_be(&self, at: usize, sense: Sense) -> bool {
        let Some(token) = self.parse.tokens().get(at) else { return false };
        let capital = self.parse.word(at).starts_with(char::is_uppercase);
        match sense {
            Sense::Month(_) => {
                capital
                    && !matches!(token.pos, Pos::Verb | Pos::Aux)
                    && (token.lower.len() > 3 || self.beside_number(at) || &*token.lower == "may")
            }
            Sense::Weekday(_) => capital && (token.lower.len() > 5 || self.beside_number(at) || self.month_follows(at)),
            Sense::Season(_) => matches!(token.pos, Pos::Noun | Pos::Propn),
            Sense::Shift(_) => !matches!(token.pos, Pos::Verb | Pos::Sconj | Pos::Noun) || &*token.lower == "past",
            Sense::Edge(_) => token.tag != Tag::Vb && !matches!(token.pos, Pos::Verb),
            Sense::Unit(_) => token.pos != Pos::Adj,
            Sense::Moment(_) => token.pos == Pos::Adv,
            Sense::Zone => capital,
            _ => true,
        }
    }

    fn beside_number(&self, at: usize) -> bool {
        let figures = |i: usize| self.lower(i).starts_with(|c: char| c.is_ascii_digit());
        figures(at + 1) || at.checked_sub(1).is_some_and(figures)
    }

    fn month_follows(&self, at: usize) -> bool {
        let next = self.skip(at + 1, &[","]);
        matches!(self.sense(next), Some(Sense::Month(_))) || matches!(self.sense(next + 1), Some(Sense::Month(_)))
    }
}
