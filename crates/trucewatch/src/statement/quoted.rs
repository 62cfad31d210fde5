//! Attributions beside a quotation or a comma: "…", he said; said X: "…"; the posts, he said, were lost.

use std::ops::Range;

use syntax::{Dep, Pos, Tag};

use super::Manner;
use super::candidate::{Candidate, Named, Rank};
use super::clause::cue_bytes;
use super::cue::{self, Class, Entry};
use super::cut::{Shape, cut};
use super::scene::{Scene, Sentence, Verb};
use super::source;

/// Furthest that a subject stands from its reporting verb, in tokens.
const FAR: usize = 25;
/// Longest stretch between a reporting verb and its quotation, in bytes.
const GAP: usize = 90;

/// Proposes attributions of quotations and of clauses set off by a comma.
pub(super) fn find(scene: &Scene, out: &mut Vec<Candidate>) {
    for (index, sentence) in scene.sentences.iter().enumerate() {
        let verbs = sentence.tokens.clone().filter(|&i| scene.is_verb(i));
        for at in verbs {
            let Some(entry) = cue::entry(Class::Verb, scene.lemma(at), "quote") else { continue };
            let verb = scene.verb(at);
            if !verb.quoted {
                let beside = Beside { scene, sentence, index, verb, entry };
                out.extend(beside.trailing());
                out.extend(beside.leading());
            }
        }
    }
}

/// A reporting verb in its sentence.
struct Beside<'s, 'a> {
    scene: &'s Scene<'a>,
    sentence: &'s Sentence,
    index: usize,
    verb: Verb,
    entry: Entry,
}

/// The few words of an attribution: "he said", "said the head of the mission".
struct Attribution {
    tokens: Range<usize>,
    source: Option<Named>,
}

impl Beside<'_, '_> {
    fn trailing(&self) -> Option<Candidate> {
        if self.scene.parse.tokens()[self.verb.at].tag == Tag::Vbg {
            return None;
        }
        let words = self.attribution()?;
        let start = self.scene.from(words.tokens.start);
        let before = self.scene.text(self.sentence.bytes.start..start);
        match self.quote_ending_at(start, words.tokens.end) {
            Some(quote) => self.after_quote(quote, words),
            None if before.trim_end().ends_with(',') => self.aside(words),
            None => None,
        }
    }

    fn base(&self, rank: Rank, source: Option<Named>) -> Candidate {
        Candidate::new(self.scene, rank, self.verb.at, cue_bytes(self.scene, &self.verb), self.entry)
            .with_source(source)
            .with_addressee(self.told())
    }

    /// The one told: "…, he told reporters".
    fn told(&self) -> Option<usize> {
        let told = cue::words().told.contains(self.scene.lemma(self.verb.at));
        let object = self.scene.parse.children_by(self.verb.at, &[Dep::Dobj]).find(|&o| o > self.verb.at);
        object.filter(|_| told)
    }

    /// The quotation that ends right before a byte and reads as ended by the attribution, or by the sentence's end
    /// right behind the attribution's last token.
    fn quote_ending_at(&self, byte: usize, end: usize) -> Option<Range<usize>> {
        let quote = self.scene.quote_before(byte).filter(|q| q.outer.start >= self.sentence.bytes.start)?;
        let gap = self.scene.text(quote.outer.end..byte);
        let bare = gap.chars().all(|c| matches!(c, ' ' | ',' | '—' | '-' | '\u{a0}' | '\n'));
        let inner = self.scene.text(quote.inner.clone()).trim_end_matches(['’', '\'', '”', ' ', '\n']);
        let last = inner.chars().next_back();
        let ended = last.is_some_and(|c| matches!(c, ',' | '?' | '!' | '.' | '—' | '-')) || gap.starts_with(',');
        let closing = || {
            !(end..self.sentence.tokens.end).any(|i| self.scene.is_verb(i))
                && quote.outer.start == self.sentence.bytes.start
        };
        (bare && (ended || closing())).then(|| quote.outer.clone())
    }

    fn attribution(&self) -> Option<Attribution> {
        let scene = self.scene;
        let near = |c: &usize| {
            let near = c.abs_diff(self.verb.at) < FAR && self.sentence.tokens.contains(c);
            near && scene.dep(*c) == Dep::Nsubj && !source::is_day(scene.lower(*c))
        };
        let mut subjects = scene.parse.children(self.verb.at).filter(near);
        let told = scene.lemma(self.verb.at) == "tell";
        match subjects.next() {
            // "the troops, said Orr, had left": the parser takes the troops for who says it
            Some(s) if s < self.verb.at && self.is_set_off() => self.inverted(),
            Some(s) if s < self.verb.at => Some(self.with_subject_before(s)),
            // whoever stands behind "told" hears it
            _ if told => None,
            Some(s) => Some(self.with_subject_after(s)),
            None => self.inverted(),
        }
    }

    /// Whether a bare verb of saying stands between a comma and a name that a comma follows.
    fn is_set_off(&self) -> bool {
        let (scene, at) = (self.scene, self.verb.at);
        let comma = at > 0 && scene.lower(at - 1) == "," && self.verb.group.start == at;
        let says = comma && matches!(scene.lower(at), "said" | "says" | "added" | "noted");
        let name = at + 1..(at + FAR).min(self.sentence.tokens.end);
        let end = name.clone().find(|&i| scene.lower(i) == ",");
        let nominal =
            |i: usize| matches!(scene.parse.tokens()[i].pos, Pos::Propn | Pos::Noun | Pos::Det | Pos::Adj | Pos::Adp);
        says && end.is_some_and(|end| end > at + 1 && (at + 1..end).all(nominal) && scene.lower(at + 1) != "on")
    }

    fn with_subject_before(&self, subject: usize) -> Attribution {
        if self.scene.quote_around(self.scene.from(subject)).is_some() {
            return Attribution { tokens: self.verb.group.clone(), source: None };
        }
        let mut source = source::named(self.scene, subject);
        source.run.start = source.run.start.max(self.after_quote_before(subject)).min(subject);
        let start = source.run.start.min(self.verb.group.start);
        let quoted = source::quoted_by(self.scene, self.verb.at).map(|q| source::named(self.scene, q));
        Attribution { tokens: start..self.end_with_told(), source: quoted.or(Some(source)) }
    }

    /// The first token behind the last quotation that ends before a token.
    fn after_quote_before(&self, token: usize) -> usize {
        let from = self.scene.from(token);
        self.scene.quote_before(from).map_or(0, |q| self.scene.tokens_in(&(q.outer.end..from)).start)
    }

    /// The end of the verb's group, or of the one told right behind it: "he told reporters".
    fn end_with_told(&self) -> usize {
        let end = self.verb.group.end;
        let run = self.told().map(|o| self.scene.parse.subtree_run(o));
        run.filter(|r| r.start == end && r.len() < FAR).map_or(end, |r| r.end)
    }

    fn with_subject_after(&self, subject: usize) -> Attribution {
        let mut source = source::named(self.scene, subject);
        source.run.start = source.run.start.max(self.verb.group.end);
        Attribution { tokens: self.verb.group.start..source.run.end, source: Some(source) }
    }

    /// "said the head of the mission" where the parser found no subject.
    fn inverted(&self) -> Option<Attribution> {
        let tokens = self.scene.parse.tokens();
        let start = self.verb.group.end;
        let finite = matches!(tokens[self.verb.at].tag, Tag::Vbd | Tag::Vbz | Tag::Vbp);
        let named = tokens.get(start).is_some_and(|t| matches!(t.pos, Pos::Propn | Pos::Noun | Pos::Det | Pos::Pron));
        if !finite || !named || self.verb.group.start != self.verb.at || source::is_day(self.scene.lower(start)) {
            return None;
        }
        let stops = |&i: &usize| {
            let t = &tokens[i];
            matches!(&*t.lower, "," | "." | ";" | ":" | "—") || matches!(t.tag, Tag::Vbd | Tag::Vbz)
        };
        let end = (start + 1..self.sentence.tokens.end.min(start + FAR)).find(stops).unwrap_or(start + 1);
        let head = (start..end).rev().find(|&i| matches!(tokens[i].pos, Pos::Propn | Pos::Noun)).unwrap_or(start);
        Some(Attribution { tokens: self.verb.at..end, source: Some(Named { run: start..end, head }) })
    }

    /// "…," he said. "…"
    fn after_quote(&self, quote: Range<usize>, words: Attribution) -> Option<Candidate> {
        let scene = self.scene;
        let intro = scene.text(self.sentence.bytes.start..quote.start).trim();
        let end = scene.parse.bytes(words.tokens.clone()).end;
        if !intro.is_empty() && self.has_clause_after(end) {
            return None;
        }
        let ends_in_comma =
            scene.text(quote.clone()).trim_end_matches(|c: char| !c.is_alphanumeric() && c != ',').ends_with(',');
        let whole = !intro.is_empty() && ends_in_comma && !leads_in(intro);
        let start = if whole { self.sentence.bytes.start } else { quote.start };
        let mut candidate =
            self.base(Rank::Quote, words.source).with_manner(Manner::Quoted).with_content(scene, start..quote.end);
        if let Some(next) = self.resumed_quote(end) {
            candidate = candidate.with_content(scene, next);
        }
        Some(self.with_following(candidate))
    }

    /// The quotation goes on: "…," he said, "…".
    fn resumed_quote(&self, from: usize) -> Option<Range<usize>> {
        let next = self.scene.quote_after(from).filter(|q| q.outer.start < self.sentence.bytes.end)?;
        let gap = self.scene.text(from..next.outer.start);
        let joined = gap.trim().strip_prefix(',').is_some_and(|g| matches!(g.trim(), "but" | "and" | "because"));
        if joined {
            let start = from + gap.find(',')? + 1;
            return Some(start..next.outer.end);
        }
        let announced = gap.trim_end().ends_with([',', ':', ';']);
        let new =
            gap.split(|c: char| !c.is_alphanumeric()).any(|w| matches!(w, "adding" | "saying" | "calling" | "noting"));
        (announced && !new && gap.len() <= GAP).then(|| next.outer.clone())
    }

    /// The sentences after this one that are quotations and nothing else.
    fn with_following(&self, mut candidate: Candidate) -> Candidate {
        let after = self.scene.sentences.iter().skip(self.index + 1);
        for quote in after.map_while(|s| s.wholly.clone()) {
            candidate = candidate.with_content(self.scene, quote);
        }
        candidate
    }

    fn has_clause_after(&self, byte: usize) -> bool {
        let clauses = [Dep::Ccomp];
        self.scene
            .parse
            .children_by(self.verb.at, &clauses)
            .any(|c| self.scene.from(c) > byte && self.scene.quote_around(self.scene.from(c)).is_none())
    }

    /// The posts, he said, were lost; the posts were lost, he said on Monday.
    fn aside(&self, words: Attribution) -> Option<Candidate> {
        let scene = self.scene;
        let start = scene.from(words.tokens.start);
        let end = scene.parse.bytes(words.tokens.clone()).end;
        let after = After::read(scene.text(end..self.sentence.bytes.end), is_said(scene.lemma(self.verb.at)))?;
        let left_has_verb = (self.sentence.tokens.start..words.tokens.start).any(|i| scene.is_verb(i));
        if !left_has_verb && !after.resumes {
            return None;
        }
        let mut candidate = self
            .base(Rank::Aside, words.source)
            .with_manner(Manner::Parenthetical)
            .with_content(scene, self.sentence.bytes.start..start);
        if after.resumes {
            candidate =
                candidate.with_content(scene, cut(scene, end + after.used..self.sentence.bytes.end, Shape::Clause));
        }
        let quotes = scene.quote_before(start).is_some_and(|q| q.outer.start >= self.sentence.bytes.start);
        Some(if quotes { self.with_following(candidate) } else { candidate })
    }

    /// He said: "…"
    fn leading(&self) -> Option<Candidate> {
        let scene = self.scene;
        let end = scene.parse.bytes(self.verb.at..self.verb.at + 1).end;
        let quote = scene.quote_after(end).filter(|q| q.outer.start < self.sentence.bytes.end)?;
        let gap = scene.text(end..quote.outer.start);
        let between = self.verb.at + 1..scene.token_at(quote.outer.start);
        if gap.len() > GAP || between.clone().any(|i| scene.is_verb(i)) {
            return None;
        }
        let announced = gap.trim_end().ends_with([',', ':']);
        let follows = gap.trim().is_empty() && is_sentence(scene.text(quote.inner.clone()));
        if !(announced || follows) {
            return None;
        }
        let candidate = self
            .base(Rank::LedQuote, source::of_verb(scene, self.verb.at))
            .with_manner(Manner::Quoted)
            .with_content(scene, quote.outer.clone());
        let last = scene.text(quote.outer.end..self.sentence.bytes.end.max(quote.outer.end)).trim().len() <= 1;
        Some(if last { self.with_following(candidate) } else { candidate })
    }
}

/// Whether a quotation is a sentence of its own: begins with a capital, ends with a stop.
fn is_sentence(inner: &str) -> bool {
    let inner = inner.trim();
    inner.chars().next().is_some_and(char::is_uppercase) && inner.ends_with(['.', '?', '!', ','])
}

/// Whether the words before a quotation announce it: "he said,", "adding:".
fn leads_in(intro: &str) -> bool {
    let bare = intro.trim_end_matches([',', ':']);
    let last = bare.rsplit(char::is_whitespace).next().unwrap_or("");
    let says = matches!(
        last,
        "said" | "says" | "told" | "added" | "wrote" | "asked" | "saying" | "adding" | "called" | "noted"
    );
    says || intro.ends_with(':')
}

/// What follows an attribution between commas.
struct After {
    /// Whether the clause goes on after it.
    resumes: bool,
    /// Bytes up to where it goes on.
    used: usize,
}

impl After {
    /// Reads the words after an attribution: a short adverbial, then a comma or the sentence's end. None where other
    /// words show that this is no aside.
    fn read(text: &str, said: bool) -> Option<After> {
        let end = text.find([',', ';', ':', '"', '“', '«']).unwrap_or(text.len());
        let adverbial = text.get(..end)?.trim().trim_end_matches(['.', '!', '?', '”', '"']);
        let stop = text.get(end..)?.chars().next();
        if matches!(stop, Some('"' | '“' | '«'))
            || adverbial.len() > GAP
            || !(adverbial.is_empty() || is_adverbial(adverbial) || (said && is_occasion(adverbial)))
        {
            return None;
        }
        let rest = text.get(end + usize::from(stop.is_some())..)?.trim();
        let resumes = stop == Some(',') && rest.len() > 3 && !is_remark(rest);
        Some(After { resumes, used: end + 1 })
    }
}

/// Whether nothing but adverbials and remarks follow an attribution up to the sentence's end.
pub(super) fn ends_clause(text: &str) -> bool {
    After::read(text, true).is_some_and(|after| !after.resumes)
}

/// Verbs that do little else than put words to somebody.
fn is_said(lemma: &str) -> bool {
    let words = cue::words();
    words.saying.contains(lemma) || words.recounting.contains(lemma) || lemma == "write"
}

/// "After the talks", "when asked", "citing officials": on what occasion something is said, with no clause behind it that
/// would be what is said.
fn is_occasion(words: &str) -> bool {
    let first = words.split_whitespace().next().unwrap_or("");
    let opens = cue::words().occasions.contains(first);
    opens && !words.split_whitespace().any(|w| w == "that")
}

fn is_adverbial(words: &str) -> bool {
    let first = words.split_whitespace().next().unwrap_or("");
    matches!(
        first,
        "on" | "in"
            | "at"
            | "during"
            | "to"
            | "late"
            | "early"
            | "Monday"
            | "Tuesday"
            | "Wednesday"
            | "Thursday"
            | "Friday"
            | "Saturday"
            | "Sunday"
            | "yesterday"
            | "today"
            | "last"
            | "this"
            | "later"
            | "earlier"
            | "recently"
            | "via"
            | "by"
            | "through"
            | "of"
    )
}

/// Words after an attribution's comma that are a remark on it, not the rest of what was said.
fn is_remark(rest: &str) -> bool {
    let mut words = rest.split(|c: char| !c.is_alphanumeric());
    let first = words.next().unwrap_or("");
    let closed = matches!(
        first,
        "who"
            | "which"
            | "but"
            | "and"
            | "while"
            | "as"
            | "though"
            | "although"
            | "with"
            | "after"
            | "before"
            | "where"
            | "when"
            | "including"
            | "according"
            | "amid"
            | "despite"
            | "following"
            | "hours"
            | "days"
            | "weeks"
    );
    let second = words.next().unwrap_or("");
    let in_a = first == "in" && matches!(second, "a" | "an");
    let later = matches!(first, "a" | "one" | "two" | "three" | "just")
        && matches!(second, "day" | "days" | "week" | "weeks" | "month" | "months" | "hours" | "hour");
    closed || in_a || later || cue::words().participles.contains(first)
}
