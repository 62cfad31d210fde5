//! Who issued a document, by its heading and its signature: letterheads ("GENERAL STAFF OF VESK"), papers that name
//! their author ("Statement by …", "Letter dated … from the Permanent Representative of …"), the outlet of its dateline.

use std::sync::LazyLock;

use regex::{Regex, RegexBuilder};
use serde::Deserialize;

use super::fold::fold;
use super::mention::Mentions;
use super::names::{Entry, Kind, Names};
use super::voice::TABLE;
use crate::document::ParagraphKind;
use crate::pack::PartyId;

/// Lines that a heading has at most.
const LINES: usize = 7;
/// Words of a heading's line at most; a longer one is running text.
const LINE_WORDS: usize = 26;
/// Words of a letterhead at most.
const LETTERHEAD_WORDS: usize = 12;
/// Lines at the end that may be a signature, and the longest of them in words.
const SIGNATURE: usize = 4;
const SIGNATURE_WORDS: usize = 9;
/// Lines that the issuer's name can stand on.
const OWNER_LINES: usize = 2;
/// Words of a line of place and day at most, numbers apart.
const DAY_WORDS: usize = 4;
/// Words before the agency in a dateline at most.
const DATELINE_WORDS: usize = 8;

/// The words of headings, in `voices.toml`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Words {
    /// A part of a line that begins so names a paper that a body issues.
    paper: String,
    /// Nouns of bodies that have a letterhead.
    bodies: Vec<String>,
    /// Bodies that are nobody's side, whatever place their name names.
    unaligned: Vec<String>,
    /// Behind these a heading says what the paper is about, or to whom it goes.
    topics: Vec<String>,
    /// Behind these it says whose it is.
    authors: Vec<String>,
    /// A last line that is a signature.
    signature: String,
    /// A part of a line that numbers or dates a paper: "Weekly return no. 17", "Log, Thursday 2 March".
    numbered: String,
    /// Words of departments and forms of state, which with a party's name make no more than its letterhead.
    plain: Vec<String>,
}

#[expect(clippy::unwrap_used, reason = "the file is part of the program and read by a test")]
fn compiled(pattern: &str) -> Regex {
    RegexBuilder::new(pattern).case_insensitive(true).build().unwrap()
}

static PAPER: LazyLock<Regex> = LazyLock::new(|| compiled(&TABLE.heading.paper));
static NUMBERED: LazyLock<Regex> = LazyLock::new(|| compiled(&TABLE.heading.numbered));
static SIGNED: LazyLock<Regex> = LazyLock::new(|| compiled(&TABLE.heading.signature));

/// A word of a heading as written and folded.
struct Word<'t> {
    written: &'t str,
    folded: String,
}

/// What the parts of a heading say.
#[derive(Default)]
struct Read {
    /// A paper or a letterhead in capitals stands there.
    papers: usize,
    letterheads: usize,
    in_capitals: bool,
    /// A body that is nobody's side has its letterhead there.
    unaligned: bool,
    /// An outlet is named, as over news.
    outlet: bool,
    /// Whom the words behind "by" and "from" name, and whom the others.
    author: Option<PartyId>,
    named: Option<PartyId>,
    /// Whose seat the line of place and day names.
    seat: Option<PartyId>,
    /// The person who stands alone on a line, or behind "By".
    person: Option<PartyId>,
    /// Whose name is all that a part of the first lines says, or names a body with it.
    owner: Option<PartyId>,
    /// Whom the first lines name in any way.
    first: Option<PartyId>,
    /// A body that is nobody's side heads the document.
    independent: bool,
    /// What stands before the colon of the line being read, as a place before a report on it does.
    topic: String,
    /// Parts that only give a day, and parts that number a paper.
    dated: usize,
    numbered: usize,
}

/// What a document's heading and signature say of who issued it.
#[derive(Debug, Default)]
pub(super) struct Heading {
    /// The party that issued it, `other` for a body that speaks for no party known; `None` for news.
    pub(super) issuer: Option<PartyId>,
    /// Whether the issuer's name stands over the paper.
    pub(super) is_named: bool,
    /// The party of the person or body named above a text in the first person.
    pub(super) byline: Option<PartyId>,
}

/// Reads the lines above the running text and the last ones.
pub(super) fn heading(mentions: &Mentions<'_>, names: &Names) -> Heading {
    let text = mentions.parsed().document.text();
    let mut read = Read::default();
    for (number, line) in lines(text).enumerate() {
        let finite = has_verb(mentions, line, text);
        read.topic = line.split_once(':').map_or("", |(topic, _)| topic).trim().to_owned();
        parts(line).for_each(|part| read.part(part, names, finite, number));
    }
    let signed = signature(text, names);
    let byline = read.person.clone().or_else(|| read.author.clone()).or_else(|| read.named.clone());
    let owned = read.is_owned();
    let official = read.papers > 0 || read.in_capitals || read.letterheads > 1 || signed.is_some() || owned;
    let is_named = owned && read.owner.is_some();
    let owner = read.owner.filter(|_| owned);
    let aligned = read.author.or(owner).or(read.named).or(signed.flatten());
    let seat = read.seat.filter(|_| read.papers > 0 && read.letterheads == 0 && !read.unaligned);
    let first = read.first.filter(|_| read.papers > 0 && !read.unaligned && !read.independent);
    let nobody = (read.papers > 0 || owned).then(|| PartyId::new(PartyId::OTHER));
    let issuer = aligned.or(first).or(seat).or(nobody).filter(|_| official && !read.outlet);
    Heading { issuer, is_named, byline }
}

/// The party whose own agency or channel the document comes from: it is the first line or its first part, or stands in
/// brackets in the dateline.
pub(super) fn channel(mentions: &Mentions<'_>, names: &Names) -> Option<PartyId> {
    let text = mentions.parsed().document.text();
    let lines: Vec<&str> = text.lines().map(str::trim).filter(|l| !l.is_empty()).take(LINES).collect();
    let whole = lines
        .first()
        .into_iter()
        .flat_map(|l| parts(l))
        .filter(|p| p.split_whitespace().count() <= LETTERHEAD_WORDS / 2);
    let dateline = lines.iter().filter_map(|l| {
        let (open, close) = (l.find('(')?, l.find(')')?);
        (open < close && l.get(..open)?.split_whitespace().count() <= DATELINE_WORDS).then(|| l.get(open + 1..close))?
    });
    let own = |part: &str| {
        let words = words(part);
        let (_, n, entry) = found(&words, names).into_iter().next()?;
        let alone = words.len() <= n + 2 && entry.kind == Kind::Outlet && !entry.party.is_bystander();
        alone.then(|| entry.party.clone())
    };
    whole.chain(dateline).find_map(own)
}

/// The lines before the running text.
fn lines(text: &str) -> impl Iterator<Item = &str> {
    let all = text.lines().map(str::trim).filter(|l| !l.is_empty());
    let is_heading = |line: &&str| {
        let words = line.split_whitespace().count();
        words <= LINE_WORDS && !(words > 8 && line.ends_with(['.', '!', '?']) || line.ends_with(','))
    };
    let numbered = |line: &&str| line.starts_with(|c: char| c.is_ascii_digit()) && line.contains(". ");
    all.take(LINES).take_while(move |l| is_heading(l) && !numbered(l))
}

/// The parts of a line between dashes, bars and colons.
fn parts(line: &str) -> impl Iterator<Item = &str> {
    line.split([':', '|', '•', '–', '—']).flat_map(|p| p.split(" - ")).flat_map(|p| p.split("//")).map(str::trim)
}

/// Whether a part of a line is a place and a day: it has a number of four digits.
fn is_dated(part: &str) -> bool {
    part.split(|c: char| !c.is_ascii_digit()).any(|digits| digits.len() == 4)
}

/// Whether a part of a line is a day, with a place before it at most: "Harvoi, 5 March 2031", "21/07/2028".
fn is_day(part: &str) -> bool {
    let letters = part.split_whitespace().filter(|w| w.chars().any(char::is_alphabetic)).count();
    is_dated(part) && letters <= DAY_WORDS && !part.ends_with(['.', '!', '?'])
}

/// Whether the parse of a line has a verb that is its head and says what happened: a headline.
fn has_verb(mentions: &Mentions<'_>, line: &str, text: &str) -> bool {
    use syntax::{Dep, Tag};
    let start = line.as_ptr() as usize - text.as_ptr() as usize;
    let paragraph = mentions.parsed().paragraphs.iter().find(|p| p.span.start <= start && start < p.span.end);
    paragraph.filter(|p| p.kind == ParagraphKind::Headline).is_some_and(|p| {
        let here = start - p.span.start..start - p.span.start + line.len();
        p.parse.tokens().iter().any(|t| {
            t.dep == Dep::Root
                && here.contains(&t.span.start)
                && matches!(t.tag, Tag::Vbz | Tag::Vbd | Tag::Vbp)
                && t.lower.len() > 2
                && p.parse.text().chars().any(char::is_lowercase)
        })
    })
}

fn words(part: &str) -> Vec<Word<'_>> {
    let cut = part.split(|c: char| c.is_whitespace() || matches!(c, '-' | '/' | '(' | ')' | '"' | '“' | '”'));
    let bare = cut.map(|w| w.trim_end_matches("'s").trim_end_matches("’s").trim_end_matches("'S"));
    bare.map(|written| Word { written, folded: fold(written) }).filter(|w| !w.folded.is_empty()).collect()
}

/// Names among the words: where they begin, how many words they take, whose they are.
fn found<'n>(words: &[Word<'_>], names: &'n Names) -> Vec<(usize, usize, &'n Entry)> {
    let mut out = Vec::new();
    let mut i = 0;
    while i < words.len() {
        let rest: Vec<&str> = words.iter().skip(i).take(names.longest()).map(|w| &*w.folded).collect();
        let written = |n: usize| words.iter().skip(i).take(n).map(|w| w.written).collect::<Vec<_>>().join(" ");
        match names.longest_at(&rest, written, None) {
            Some((n, entry)) => {
                out.push((i, n, entry));
                i += n;
            }
            None => i += 1,
        }
    }
    out
}

fn is_in(list: &[String], word: &Word<'_>) -> bool {
    list.contains(&word.folded)
}

impl Read {
    /// Whether somebody's name stands over a paper: beside a number, a day or a paper's own name.
    fn is_owned(&self) -> bool {
        let headed = self.owner.is_some() || self.independent;
        headed && (self.papers > 0 || self.numbered > 0 || self.dated > 0)
    }

    fn part(&mut self, part: &str, names: &Names, finite: bool, line: usize) {
        let words = words(part);
        let found = found(&words, names);
        let paper = !finite && PAPER.is_match(part);
        let numbered = NUMBERED.is_match(part);
        if line < OWNER_LINES && (!finite || numbered) {
            let until = part.find(',').unwrap_or(part.len());
            let words = self::words(part.get(..until).unwrap_or(part));
            self.owned_by(&words, &self::found(&words, names), line, numbered);
        }
        self.numbered += usize::from(numbered);
        self.dated += usize::from(part.split(", ").any(is_day) || is_day(part));
        let letterhead = !finite && self.letterhead(part, &words, &found);
        let official = paper || letterhead;
        self.outlet |= !official && found.iter().any(|(_, _, e)| e.party.as_str() == PartyId::MEDIA);
        self.papers += usize::from(paper);
        let seat = found.iter().find(|(at, _, e)| e.kind == Kind::Seat && *at == 0 && is_dated(part) && !finite);
        if let Some((_, _, entry)) = seat {
            self.seat.get_or_insert_with(|| entry.party.clone());
        }
        let short = words.len() <= SIGNATURE_WORDS && !finite;
        let person = found.iter().find(|(at, _, e)| short && e.kind == Kind::Person && *at < 2);
        if let Some((_, _, entry)) = person {
            self.person.get_or_insert_with(|| entry.party.clone());
        }
        if official || (person.is_some() && self.papers + self.letterheads > 0) {
            self.whose(&words, &found);
        }
    }

    /// Takes in whose name is all that a part of the first lines says: "JOINT LINE MISSION", "Sultanate of Vesk".
    fn owned_by(&mut self, words: &[Word<'_>], found: &[(usize, usize, &Entry)], line: usize, numbered: bool) {
        let table = &TABLE.heading;
        let named = |i: usize| found.iter().any(|(at, n, _)| (*at..at + n).contains(&i));
        let plain = |w: &Word<'_>| is_in(&table.plain, w) || is_in(&table.bodies, w);
        let whole = words.iter().enumerate().all(|(i, w)| named(i) || plain(w));
        let issues = |e: &&(usize, usize, &Entry)| {
            matches!(e.2.kind, Kind::Name | Kind::Body | Kind::Demonym | Kind::Outlet) && !e.2.party.is_bystander()
        };
        let short = words.len() <= LETTERHEAD_WORDS;
        let Some((at, _, entry)) = found.iter().find(issues).filter(|_| short) else {
            let body = words.iter().any(|w| is_in(&table.unaligned, w)) && words.len() <= LETTERHEAD_WORDS / 2;
            self.independent |= body && self.owner.is_none() && found.is_empty();
            return;
        };
        let alone = words.len() == found.iter().map(|f| f.1).sum::<usize>();
        let body = entry.kind != Kind::Demonym || words.iter().any(|w| is_in(&table.bodies, w));
        let topic = alone && words.first().is_some_and(|w| w.written == self.topic);
        let heads = numbered && *at == 0 && !alone;
        if (whole && body && !topic && (line == 0 || !alone)) || heads {
            self.owner.get_or_insert_with(|| entry.party.clone());
        }
        let about = topic || words.iter().any(|w| is_in(&table.topics, w));
        if line == 0 && !about {
            self.first.get_or_insert_with(|| entry.party.clone());
        }
    }

    /// Whether a part of a line is the name of a body and nothing else.
    fn letterhead(&mut self, part: &str, words: &[Word<'_>], found: &[(usize, usize, &Entry)]) -> bool {
        let table = &TABLE.heading;
        let small = |w: &Word<'_>| w.written.chars().next().is_some_and(char::is_lowercase) && w.folded.len() > 3;
        let named = |i: usize| found.iter().any(|(at, n, e)| (*at..at + n).contains(&i) && !e.party.is_bystander());
        let has_body = words.iter().any(|w| is_in(&table.bodies, w) || is_in(&table.unaligned, w));
        let named_only = words.iter().take_while(|w| !is_in(&table.topics, w)).count();
        let ends = named_only.checked_sub(1).is_some_and(|last| {
            words.get(last).is_some_and(|w| is_in(&table.bodies, w) || is_in(&table.unaligned, w)) || named(last)
        });
        let dated = part.contains(',');
        let fits = words.len() <= LETTERHEAD_WORDS && has_body && (ends || dated) && !words.iter().any(small);
        if fits && !part.ends_with(['.', '!', '?']) {
            self.letterheads += 1;
            self.in_capitals |= !part.chars().any(char::is_lowercase) && words.len() > 1;
            self.unaligned |= words.iter().any(|w| is_in(&table.unaligned, w));
            return true;
        }
        self.unaligned |= !fits && words.len() <= LETTERHEAD_WORDS && words.iter().any(|w| is_in(&table.unaligned, w));
        false
    }

    /// Takes in whom a part names as the one whose it is.
    fn whose(&mut self, words: &[Word<'_>], found: &[(usize, usize, &Entry)]) {
        let (mut topic, mut author) = (false, false);
        for (i, word) in words.iter().enumerate() {
            (topic, author) = match () {
                () if is_in(&TABLE.heading.authors, word) => (false, true),
                () if is_in(&TABLE.heading.topics, word) => (true, false),
                () => (topic, author),
            };
            let Some((_, n, entry)) = found.iter().find(|(at, _, _)| *at == i).filter(|_| !topic) else { continue };
            let foreign = words.iter().skip(i + n).take(3).any(|w| is_in(&TABLE.heading.unaligned, w));
            if foreign || entry.party.is_bystander() {
                continue;
            }
            let slot = if author { &mut self.author } else { &mut self.named };
            slot.get_or_insert_with(|| entry.party.clone());
        }
    }
}

/// Whether the document's last lines are a signature, and for which party it stands.
fn signature(text: &str, names: &Names) -> Option<Option<PartyId>> {
    let last: Vec<&str> = text.lines().rev().map(str::trim).filter(|l| !l.is_empty()).take(SIGNATURE).collect();
    let short = |l: &&&str| l.split_whitespace().count() <= SIGNATURE_WORDS;
    let lines: Vec<&str> = last.iter().take_while(short).copied().collect();
    lines.iter().any(|l| SIGNED.is_match(l)).then(|| {
        let party = |l: &&str| {
            let words = words(l);
            found(&words, names).into_iter().map(|(_, _, e)| e.party.clone()).find(|p| !p.is_bystander())
        };
        lines.iter().find_map(party)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headlines_and_running_text_are_no_papers() {
        for line in [
            "Report: Vesk to send troops",
            "Minister's statement draws anger",
            "Update on the truce",
            "Letter from Harvoi",
        ] {
            assert!(parts(line).all(|p| !PAPER.is_match(p)), "{line}");
        }
        let text = "Shells fall\n\nThe army of Vesk said on Monday that nothing had happened along the line.";
        assert_eq!(lines(text).count(), 1);
    }

    #[test]
    fn papers_are_known_by_their_first_words() {
        for line in [
            "Joint statement of the mediators",
            "VESK: FLASH UPDATE No. 6",
            "Daily Report 4/2031, based on information received by 19:30",
            "Letter dated 3 March 2031 from the Permanent Representative of Vesk",
            "Final communiqué of the summit",
        ] {
            assert!(parts(line).any(|p| PAPER.is_match(p)), "{line}");
        }
    }
}
