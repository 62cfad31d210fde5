//! Pairing of quotation marks within one paragraph.

use std::ops::Range;

/// A quotation that stands in no other, its marks included.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Quote {
    /// From the opening mark to after the closing one.
    pub(crate) outer: Range<usize>,
    /// What stands between the marks.
    pub(crate) inner: Range<usize>,
}

impl Quote {
    /// Whether a byte lies strictly between the first and the last byte of the quotation.
    pub(crate) fn hides(&self, byte: usize) -> bool {
        self.outer.start < byte && byte < self.outer.end
    }
}

/// Which side of a quotation a mark can be on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Side {
    Open,
    Close,
    Either,
}

#[derive(Debug, Clone, Copy)]
struct Mark {
    at: usize,
    len: usize,
    side: Side,
    single: bool,
}

impl Mark {
    fn end(self) -> usize {
        self.at + self.len
    }
}

/// The outermost quotations of a paragraph, in text order.
///
/// Single marks count only where there are no double ones, because most of them are apostrophes. A mark that is
/// opened and not closed holds to the end of the paragraph if the paragraph begins with it (the custom for speech
/// that runs over paragraphs), and else to the end of its sentence.
pub(crate) fn pair(text: &str) -> Vec<Quote> {
    let marks = marks(text);
    let single = marks.iter().all(|m| m.single);
    let mut open: Vec<Mark> = Vec::new();
    let mut found = Vec::new();
    for mark in marks.into_iter().filter(|m| m.single == single) {
        let closes = match mark.side {
            Side::Open => false,
            Side::Close => true,
            Side::Either => !open.is_empty(),
        };
        if !closes {
            if !single || open.is_empty() {
                open.push(mark);
            }
        } else if let Some(start) = open.pop()
            && open.is_empty()
        {
            found.push(Quote { outer: start.at..mark.end(), inner: start.end()..mark.at });
        }
    }
    if !single {
        leave_open(text, &open, &mut found);
    }
    found
}

/// What a paragraph's marks leave to the paragraphs round it.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Ends {
    /// Where the first mark ends, if it closes what an earlier paragraph opened.
    pub(crate) closes: Option<usize>,
    /// Where a mark stands that is not closed again.
    pub(crate) opens: Option<usize>,
    /// Whether there is any mark.
    pub(crate) marked: bool,
}

/// The double marks of a paragraph that have no other one in it.
pub(crate) fn ends(text: &str) -> Ends {
    let mut open: Vec<Mark> = Vec::new();
    let mut found = Ends::default();
    for mark in marks(text).into_iter().filter(|m| !m.single) {
        match mark.side {
            Side::Close | Side::Either if !open.is_empty() => {
                open.pop();
            }
            Side::Close if !found.marked => found.closes = Some(mark.end()),
            Side::Close => {}
            Side::Open | Side::Either => open.push(mark),
        }
        found.marked = true;
    }
    found.opens = open.first().map(|m| m.at);
    found
}

/// Whether a byte of a paragraph stands in one of its quotations.
pub(crate) fn is_quoted(quotes: &[Quote], byte: usize) -> bool {
    let at = quotes.partition_point(|q| q.outer.end <= byte);
    quotes.get(at).is_some_and(|q| q.outer.contains(&byte))
}

/// Ends quotations that were never closed.
fn leave_open(text: &str, open: &[Mark], found: &mut Vec<Quote>) {
    let Some(first) = open.first() else { return };
    let head = text.get(..first.at).unwrap_or("");
    let end = if head.trim().is_empty() { text.trim_end().len() } else { sentence_end(text, first.end()) };
    found.retain(|q| q.outer.end <= first.at || q.outer.start >= end);
    let at = found.partition_point(|q| q.outer.end <= first.at);
    found.insert(at, Quote { outer: first.at..end, inner: first.end()..end });
}

/// The first full stop, question or exclamation mark before a space, or the end.
fn sentence_end(text: &str, from: usize) -> usize {
    let rest = text.get(from..).unwrap_or("");
    let mut chars = rest.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        if matches!(c, '.' | '!' | '?' | '…') && chars.peek().is_none_or(|(_, next)| next.is_whitespace()) {
            return from + at + c.len_utf8();
        }
    }
    text.trim_end().len()
}

fn marks(text: &str) -> Vec<Mark> {
    let mut out = Vec::new();
    let mut before = None;
    let mut chars = text.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        let doubled = matches!(c, '\'' | '`' | '’' | '‘') && chars.peek().is_some_and(|&(_, next)| next == c);
        if doubled {
            chars.next();
        }
        let after = chars.peek().map(|&(_, next)| next);
        if let Some((side, single)) = kind(c, doubled, before, after) {
            let len = c.len_utf8() * if doubled { 2 } else { 1 };
            out.push(Mark { at, len, side, single });
        }
        before = Some(c);
    }
    out
}

/// What a character is as a quotation mark: its side, and whether it is a single one.
fn kind(c: char, doubled: bool, before: Option<char>, after: Option<char>) -> Option<(Side, bool)> {
    match c {
        '“' | '„' | '«' => Some((Side::Open, false)),
        '”' | '»' => Some((Side::Close, false)),
        '"' => Some((by_neighbours(before, after), false)),
        '`' if doubled => Some((Side::Open, false)),
        '\'' | '’' | '‘' if doubled => Some((by_neighbours(before, after), false)),
        '\'' | '’' | '‘' => match by_neighbours(before, after) {
            Side::Either => None,
            Side::Open if after.is_some_and(char::is_numeric) => None,
            side => Some((side, true)),
        },
        _ => None,
    }
}

/// A mark after a space and before a word opens; one after a word and before a space or stop closes.
fn by_neighbours(before: Option<char>, after: Option<char>) -> Side {
    let opens = before.is_none_or(|c| c.is_whitespace() || matches!(c, '(' | '[' | '—' | '–' | '-' | '/'))
        && after.is_some_and(|c| !c.is_whitespace());
    let closes = after.is_none_or(|c| !c.is_alphanumeric()) && before.is_some_and(|c| !c.is_whitespace());
    match (opens, closes) {
        (true, false) => Side::Open,
        (false, true) => Side::Close,
        _ => Side::Either,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn quoted(text: &str) -> Vec<&str> {
        pair(text).into_iter().map(|q| text.get(q.outer).unwrap_or("")).collect()
    }

    #[test]
    fn apostrophes_are_no_quotation_marks() {
        assert!(quoted("Vesk's posts weren't hit in the '90s, the guards' families said").is_empty());
        assert!(quoted("nothing").is_empty());
    }

    #[test]
    fn every_kind_of_double_mark_pairs() {
        assert_eq!(quoted("He said “no” and \"yes\" and ''so'' and «then»."), ["“no”", "\"yes\"", "''so''", "«then»"]);
        assert_eq!(quoted("``Never,'' she said."), ["``Never,''"]);
    }

    #[test]
    fn single_marks_count_where_there_are_no_double_ones() {
        assert_eq!(quoted("‘We don’t know,’ the guard said."), ["‘We don’t know,’"]);
        assert_eq!(quoted("“He said ‘no’ to us,” she said."), ["“He said ‘no’ to us,”"]);
    }

    #[test]
    fn an_open_mark_does_not_swallow_the_paragraph() {
        assert_eq!(quoted("He said “no one came. The line was quiet. All slept."), ["“no one came."]);
        assert_eq!(quoted("\"No one came. The line was quiet."), ["\"No one came. The line was quiet."]);
    }

    #[test]
    fn bytes_stand_in_quotations() {
        let quotes = pair("He said “no” twice.");
        assert!(is_quoted(&quotes, 11) && !is_quoted(&quotes, 3) && !is_quoted(&quotes, 19));
    }

    #[test]
    fn a_stray_closing_mark_is_passed_over() {
        assert_eq!(quoted("No one came,” he said. “We waited.”"), ["“We waited.”"]);
    }

    #[test]
    fn marks_without_their_other_one_open_and_close_over_paragraphs() {
        let open = ends("He said: “We wait.");
        assert_eq!((open.opens, open.closes), (Some(9), None));
        let close = ends("We want peace,” he said. “Now.”");
        assert_eq!((close.opens, close.closes), (None, Some("We want peace,”".len())));
        assert_eq!(ends("It isn't quiet."), Ends::default());
    }
}
