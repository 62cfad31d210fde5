//! What the analysis sees in place of a text: names of several words as one, one spelling of a word for all, straight
//! quotation marks. The parse is then brought back to the text as it stands.

use std::ops::Range;
use std::sync::Arc;

use rustc_hash::FxHashMap;

use crate::labels::{Dep, Pos, Tag};
use crate::parse::{Parse, Token};

/// What a phrase is to the text that it is seen in place of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    /// Another name stands in for it; the tokens are the words of the text, those before the last hang on the last.
    Name,
    /// Another spelling of the same: one token, with the lower case and the lemma of what is seen.
    Spelling,
}

/// A phrase, and what is seen in its place.
#[derive(Debug, Clone)]
struct Phrase {
    written: Box<str>,
    seen: Box<str>,
    kind: Kind,
}

/// All phrases by their first letters, the longest of them first.
#[derive(Debug, Default)]
pub(crate) struct Phrases {
    by_start: FxHashMap<Box<str>, Vec<Phrase>>,
}

/// One place where what is seen differs from what is written.
#[derive(Debug)]
struct Edit {
    written: Range<usize>,
    seen: Range<usize>,
    kind: Kind,
}

/// A text as the analysis sees it.
#[derive(Debug)]
pub(crate) struct Seen {
    pub(crate) text: String,
    edits: Vec<Edit>,
}

impl Phrases {
    /// From now on sees one name wherever another of several words stands.
    pub(crate) fn add_name(&mut self, written: &str, seen: &str) {
        self.add(written, seen, Kind::Name);
    }

    /// From now on sees one spelling wherever another stands, in lower case, with a capital or in capitals.
    pub(crate) fn add_spelling(&mut self, written: &str, seen: &str) {
        self.add(written, seen, Kind::Spelling);
        self.add(&capital(written), &capital(seen), Kind::Spelling);
        self.add(&written.to_uppercase(), &seen.to_uppercase(), Kind::Spelling);
    }

    fn add(&mut self, written: &str, seen: &str, kind: Kind) {
        let start = written.find(|c: char| !c.is_alphanumeric()).unwrap_or(written.len());
        let Some(start) = written.get(..start).filter(|s| !s.is_empty()) else { return };
        let list = self.by_start.entry(start.into()).or_default();
        list.retain(|p| *p.written != *written);
        list.push(Phrase { written: written.into(), seen: seen.into(), kind });
        list.sort_by_key(|p| std::cmp::Reverse(p.written.len()));
    }

    /// The text as it is seen; none where nothing differs from what is written, and for a program that asked for nothing.
    pub(crate) fn see(&self, text: &str) -> Option<Seen> {
        if self.by_start.is_empty() {
            return None;
        }
        let mut seen = Seen { text: String::with_capacity(text.len()), edits: Vec::new() };
        let mut at = 0;
        while let Some(c) = text.get(at..).and_then(|rest| rest.chars().next()) {
            let mut end = at + c.len_utf8();
            if let Some(straight) = straight(c) {
                seen.edit(at..end, straight, Kind::Spelling);
            } else if c.is_alphanumeric() {
                end = text[at..].find(|c: char| !c.is_alphanumeric()).map_or(text.len(), |n| at + n);
                match self.at(text, at..end) {
                    Some((phrase, until)) => {
                        end = until;
                        seen.edit(at..end, &phrase.seen, phrase.kind);
                    }
                    None => seen.text.push_str(&text[at..end]),
                }
            } else {
                seen.text.push(c);
            }
            at = end;
        }
        (!seen.edits.is_empty()).then_some(seen)
    }

    /// The longest phrase that begins with a word of a text, and where it ends.
    fn at(&self, text: &str, word: Range<usize>) -> Option<(&Phrase, usize)> {
        let phrases = self.by_start.get(&text[word.clone()])?;
        phrases.iter().find_map(|phrase| Some((phrase, word.start + end(&text[word.start..], &phrase.written)?)))
    }
}

fn capital(word: &str) -> String {
    let mut chars = word.chars();
    chars.next().map_or_else(String::new, |first| first.to_uppercase().chain(chars).collect())
}

/// The straight form of a curly quotation mark.
fn straight(c: char) -> Option<&'static str> {
    match c {
        '“' | '”' | '„' => Some("\""),
        '‘' | '’' => Some("'"),
        _ => None,
    }
}

/// Where a phrase ends that a text begins with as a whole; a space in it may be a line break in the text.
fn end(text: &str, phrase: &str) -> Option<usize> {
    let mut chars = text.char_indices();
    for wanted in phrase.chars() {
        let (_, c) = chars.next()?;
        if c != wanted && !(wanted == ' ' && c == '\n') {
            return None;
        }
    }
    match chars.next() {
        Some((_, c)) if c.is_alphanumeric() => None,
        Some((at, _)) => Some(at),
        None => Some(text.len()),
    }
}

impl Seen {
    fn edit(&mut self, written: Range<usize>, seen: &str, kind: Kind) {
        let start = self.text.len();
        self.text.push_str(seen);
        self.edits.push(Edit { written, seen: start..self.text.len(), kind });
    }

    /// Where a place of what is seen lies in what is written.
    fn place(&self, at: usize) -> usize {
        let before = self.edits.partition_point(|e| e.seen.start <= at);
        match before.checked_sub(1).and_then(|last| self.edits.get(last)) {
            None => at,
            Some(edit) if at >= edit.seen.end => edit.written.end + (at - edit.seen.end),
            Some(edit) => edit.written.start.max((edit.written.start + at - edit.seen.start).min(edit.written.end)),
        }
    }

    /// The name that a token of what is seen stands in for.
    fn name(&self, token: &Token) -> Option<&Edit> {
        let at = self.edits.partition_point(|e| e.seen.start < token.span.start);
        self.edits.get(at).filter(|e| e.kind == Kind::Name && e.seen == token.span)
    }

    /// Brings the parse of what is seen back to what is written.
    pub(crate) fn restore(&self, parse: &mut Parse) {
        let written = std::mem::take(&mut parse.text);
        let old = std::mem::take(&mut parse.tokens);
        // Of every token of what is seen: its first and its last word in the text.
        let mut places: Vec<Range<usize>> = Vec::with_capacity(old.len());
        for token in old {
            let start = parse.tokens.len();
            match self.name(&token).and_then(|edit| written.get(edit.written.clone()).zip(Some(edit))) {
                Some((name, edit)) => parse.tokens.extend(words(&token, name, edit.written.start)),
                None => parse.tokens.push(Token { span: self.floor(&written, &token.span), ..token }),
            }
            places.push(start..parse.tokens.len() - 1);
        }
        let run = |r: &Range<usize>| match places.get(r.clone()) {
            Some([first, .., last]) => first.start..last.end + 1,
            Some([only]) => only.start..only.end + 1,
            _ => 0..0,
        };
        for place in &places {
            let head = parse.tokens[place.end].head;
            parse.tokens[place.end].head = places.get(head).map_or(place.end, |p| p.end);
            place.clone().for_each(|part| parse.tokens[part].head = place.end);
        }
        parse.tokens.iter_mut().enumerate().for_each(|(i, token)| token.edges = (i, i));
        parse.sentences.iter_mut().for_each(|s| *s = run(s));
        parse.entities.iter_mut().for_each(|e| e.tokens = run(&e.tokens));
        parse.text = written;
    }

    fn floor(&self, written: &str, span: &Range<usize>) -> Range<usize> {
        let at = |place: usize| written.floor_char_boundary(self.place(place));
        at(span.start)..at(span.end)
    }
}

/// The words of a name as tokens: the last is the one that stood for all, the others hang on it.
fn words(token: &Token, name: &str, start: usize) -> Vec<Token> {
    let place = |word: &str| start + word.as_ptr().addr() - name.as_ptr().addr();
    let all: Vec<&str> = name.split_whitespace().collect();
    let last = all.len().saturating_sub(1);
    let of = |(i, word): (usize, &&str)| {
        let at = place(word);
        let text: Arc<str> = (*word).into();
        let own = Token { span: at..at + word.len(), lower: word.to_lowercase().into(), lemma: text, ..token.clone() };
        let part = Token { pos: Pos::Propn, tag: Tag::Nnp, dep: Dep::Compound, space_after: true, ..own.clone() };
        if i == last { own } else { part }
    };
    all.iter().enumerate().map(of).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn phrases() -> Phrases {
        let mut phrases = Phrases::default();
        phrases.add_name("South Vesk", "Germany");
        phrases.add_name("South Vesk Isles", "Germany");
        phrases.add_spelling("cease-fire", "ceasefire");
        phrases
    }

    fn seen(text: &str) -> String {
        phrases().see(text).map_or_else(|| text.to_owned(), |s| s.text)
    }

    #[test]
    fn the_longest_phrase_is_seen_as_another() {
        assert_eq!(seen("South Vesk's, South\nVesk Isles, South Veskers"), "Germany's, Germany, South Veskers");
        assert_eq!(seen("A CEASE-FIRE, Cease-fire or cease-fires"), "A CEASEFIRE, Ceasefire or cease-fires");
        assert_eq!(seen("“It’s held”"), "\"It's held\"");
        assert!(phrases().see("nothing").is_none() && Phrases::default().see("“”").is_none());
    }

    #[test]
    fn places_are_those_of_the_text() {
        let text = "“South Vesk’s cease-fire”";
        let seen = phrases().see(text).unwrap();
        let at = |word: &str| seen.text.find(word).unwrap();
        assert_eq!(&text[seen.place(at("ceasefire"))..seen.place(at("ceasefire") + 9)], "cease-fire");
        assert_eq!(&text[seen.place(at("'s"))..seen.place(at("'s") + 2)], "’s");
        assert_eq!(seen.place(seen.text.len()), text.len());
    }

    #[test]
    fn words_of_a_name_hang_on_the_last() {
        let token = |span: Range<usize>, head: usize, dep: Dep| Token {
            span,
            lower: "x".into(),
            lemma: "x".into(),
            morph: "".into(),
            pos: Pos::Propn,
            tag: Tag::Nnp,
            dep,
            head,
            space_after: true,
            edges: (0, 0),
            row: None,
        };
        let text = "In South Vesk fell";
        let seen = phrases().see(text).unwrap();
        let tokens = vec![token(0..2, 2, Dep::Prep), token(3..10, 0, Dep::Pobj), token(11..15, 2, Dep::Root)];
        let mut parse =
            Parse { text: text.into(), tokens, sentences: std::iter::once(0..3).collect(), ..Parse::default() };
        seen.restore(&mut parse);
        let found: Vec<(&str, usize)> = (0..4).map(|i| (parse.word(i), parse.tokens()[i].head)).collect();
        assert_eq!(found, [("In", 3), ("South", 2), ("Vesk", 0), ("fell", 3)]);
        assert_eq!(parse.sentences().first(), Some(&(0..4)));
        assert_eq!(parse.tokens()[2].lemma.as_ref(), "Vesk");
    }
}
