//! What is known of a clause before anything is decided: its words, and per type how they bear on it.

use std::ops::Range;

use syntax::{Dep, EntityKind, Pos, Tag};

use super::super::Kind;
use super::super::lexicon::{LEXICON, Word};
use super::super::page::Page;
use super::super::span;
use super::super::trigger::{self, Trigger};
use crate::document::ParagraphKind;
use crate::trees::yes;

/// One finite clause with its words as features.
#[derive(Clone)]
pub(crate) struct Clause {
    pub(crate) paragraph: usize,
    pub(crate) sentence: usize,
    pub(crate) head: usize,
    /// The clause's own tokens, in text order.
    pub(crate) tokens: Vec<usize>,
    /// The words that would carry a claim of it.
    pub(crate) run: Range<usize>,
    /// Features for the regression, sorted: `l:shell`, `p:open>fire`, `s:village` …
    pub(crate) words: Vec<String>,
    /// Lexicon triggers in it.
    pub(crate) triggers: Vec<Trigger>,
    /// Per kind, how many of its words have a sense of that kind whatever the conditions.
    pub(crate) loose: Vec<u8>,
    pub(crate) form: Form,
}

/// The clause's own form, type apart.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Form {
    length: f32,
    sentence_length: f32,
    quoted: f32,
    headline: f32,
    mentions: f32,
    both_sides: f32,
    numbers: f32,
    negated: f32,
    modal: f32,
    past: f32,
    reported: f32,
    relative: f32,
    finite: f32,
    position: f32,
    first_person: f32,
    conflict: f32,
}

impl Form {
    /// The values, in the order in which the weights expect them.
    pub(crate) fn values(&self) -> [f32; 16] {
        let Form {
            length,
            sentence_length,
            quoted,
            headline,
            mentions,
            both_sides,
            numbers,
            negated,
            modal,
            past,
            reported,
            relative,
            finite,
            position,
            first_person,
            conflict,
        } = *self;
        [
            length,
            sentence_length,
            quoted,
            headline,
            mentions,
            both_sides,
            numbers,
            negated,
            modal,
            past,
            reported,
            relative,
            finite,
            position,
            first_person,
            conflict,
        ]
    }
}

/// Values that depend on clause and type, the regression's apart.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Dense {
    /// Best fit of an accepted trigger of the type; 0 without one.
    pub(crate) trigger: f32,
    /// How many accepted triggers of other types.
    pub(crate) others: f32,
    /// How many words with a sense of the type.
    pub(crate) loose: f32,
    /// Relation of the trigger (or of the first loose word): its class.
    pub(crate) relation: f32,
    /// Whether it is definite, so likely mentioned before.
    pub(crate) definite: f32,
    /// Whether the word stood earlier in the document.
    pub(crate) repeated: f32,
}

impl Clause {
    /// What the lexicon says of one type here.
    pub(crate) fn dense(&self, page: &Page<'_>, kind: Kind, seen: &dyn Fn(&str) -> bool) -> Dense {
        let own = self.triggers.iter().filter(|t| t.kind == kind).max_by_key(|t| t.fit);
        let token = own.map(|t| t.token).or_else(|| self.loose_token(page, kind));
        Dense {
            trigger: own.map_or(0.0, |t| t.fit as f32),
            others: self.triggers.iter().filter(|t| t.kind != kind).count() as f32,
            loose: f32::from(self.loose[kind as usize]),
            relation: token.map_or(0.0, |i| relation(page.token(i).dep)),
            definite: token.map_or(0.0, |i| f32::from(u8::from(is_definite(page, i)))),
            repeated: token.map_or(0.0, |i| f32::from(u8::from(seen(page.lemma(i))))),
        }
    }

    fn loose_token(&self, page: &Page<'_>, kind: Kind) -> Option<usize> {
        self.tokens.iter().copied().find(|&i| has_sense(page, i, kind))
    }
}

fn has_sense(page: &Page<'_>, i: usize, kind: Kind) -> bool {
    let Some(word) = Word::of(page.token(i).pos) else { return false };
    LEXICON.senses(page.lemma(i), word).iter().any(|s| s.kind == kind)
}

fn is_definite(page: &Page<'_>, i: usize) -> bool {
    page.parse
        .children(i)
        .any(|c| matches!(&*page.token(c).lower, "the" | "this" | "that" | "these" | "those" | "its" | "their"))
}

fn relation(dep: Dep) -> f32 {
    match dep {
        Dep::Root => 1.0,
        Dep::Nsubj | Dep::Nsubjpass => 2.0,
        Dep::Dobj => 3.0,
        Dep::Pobj => 4.0,
        Dep::Compound | Dep::Amod | Dep::Nmod => 5.0,
        Dep::Conj => 6.0,
        Dep::Xcomp | Dep::Ccomp | Dep::Pcomp => 7.0,
        Dep::Advcl | Dep::Relcl | Dep::Acl => 8.0,
        _ => 9.0,
    }
}

/// What all clauses of a sentence share.
struct Sentence {
    /// Index in the paragraph.
    number: usize,
    /// Its first token.
    start: usize,
    /// How many words it has, each name as one.
    length: usize,
    triggers: Vec<Trigger>,
    /// Its words as features.
    words: Vec<String>,
}

/// All clauses of a page, in text order of their heads.
pub(crate) fn clauses(page: &Page<'_>) -> Vec<Clause> {
    let mut out = Vec::new();
    for (number, sentence) in page.parse.sentences().iter().enumerate() {
        // Each name as one word.
        let tokens = sentence.clone().filter(|&i| !page.is_part(i));
        let mut heads: Vec<(usize, usize)> = tokens.map(|i| (span::unit(page, i), i)).collect();
        heads.sort_unstable();
        let whole = Sentence {
            number,
            start: sentence.start,
            length: heads.len(),
            triggers: trigger::find(page, sentence.clone()),
            words: sentence_words(page, sentence.clone()),
        };
        for group in heads.chunk_by(|a, b| a.0 == b.0) {
            let tokens: Vec<usize> = group.iter().map(|g| g.1).collect();
            out.push(clause(page, &whole, group[0].0, tokens));
        }
    }
    out
}

fn clause(page: &Page<'_>, sentence: &Sentence, head: usize, tokens: Vec<usize>) -> Clause {
    let inside = |t: &&Trigger| tokens.binary_search(&t.token).is_ok();
    let own = sentence.triggers.iter().filter(inside).copied().collect();
    let mut words = clause_words(page, head, &tokens);
    words.extend(sentence.words.iter().cloned());
    words.sort_unstable();
    words.dedup();
    Clause {
        paragraph: page.index,
        sentence: sentence.number,
        head,
        run: span::run_of(page, head),
        words,
        triggers: own,
        loose: loose(page, &tokens),
        form: form(page, sentence, head, &tokens),
        tokens,
    }
}

fn loose(page: &Page<'_>, tokens: &[usize]) -> Vec<u8> {
    let mut counts = vec![0_u8; Kind::ALL.len()];
    for &i in tokens {
        let Some(word) = Word::of(page.token(i).pos) else { continue };
        for sense in LEXICON.senses(page.lemma(i), word) {
            counts[sense.kind as usize] = counts[sense.kind as usize].saturating_add(1);
        }
    }
    counts
}

/// The word of a token as a feature: its lemma, or what kind of name or number it is.
pub(crate) fn plain_word(page: &Page<'_>, i: usize) -> Option<String> {
    let token = page.token(i);
    if page.mentions.at(page.index, i).is_some() {
        return Some("<party>".to_owned());
    }
    if token.pos == Pos::Num || token.tag == Tag::Cd {
        return Some("<number>".to_owned());
    }
    if let Some(entity) = page.parse.entity_at(i) {
        use EntityKind::{Fac, Gpe, Loc, Norp, Org, Person};
        if matches!(entity.kind, Person | Gpe | Loc | Fac | Norp | Org) {
            return Some("<name>".to_owned());
        }
    }
    match token.pos {
        Pos::Noun | Pos::Verb | Pos::Adj | Pos::Adv => Some(token.lemma.to_lowercase()),
        Pos::Propn => Some(token.lower.to_string()).filter(|w| LEXICON.knows(w)),
        _ => None,
    }
}

fn sentence_words(page: &Page<'_>, sentence: Range<usize>) -> Vec<String> {
    let mut words: Vec<String> = sentence
        .filter_map(|i| plain_word(page, i))
        .filter(|w| !w.starts_with('<'))
        .map(|w| format!("s:{w}"))
        .collect();
    words.sort_unstable();
    words.dedup();
    words
}

fn clause_words(page: &Page<'_>, head: usize, tokens: &[usize]) -> Vec<String> {
    let mut words = Vec::new();
    for &i in tokens {
        let Some(word) = plain_word(page, i) else { continue };
        if let Some(pair) = pair(page, i, &word) {
            words.push(pair);
        }
        words.push(format!("l:{word}"));
    }
    words.push(format!("h:{}", page.lemma(head).to_lowercase()));
    words.extend(page.auxiliaries(head).map(|a| format!("a:{a}")));
    if page.is_negated(head) {
        words.push("a:not".to_owned());
    }
    if let Some(above) = Some(page.token(head).head).filter(|&a| a != head) {
        words.push(format!("g:{}:{}", page.token(head).dep, page.lemma(above).to_lowercase()));
    }
    words
}

/// A word with what it depends on, prepositions skipped and named: `p:fire>open`, `p:line>cross`.
fn pair(page: &Page<'_>, i: usize, word: &str) -> Option<String> {
    let token = page.token(i);
    let head = page.whole(token.head);
    let over = page.token(head);
    let (above, by) = match over.pos {
        Pos::Adp => (page.whole(over.head), &*over.lower),
        _ => (head, ""),
    };
    if above == i {
        return None;
    }
    plain_word(page, above).map(|a| format!("p:{word}>{by}>{a}"))
}

fn form(page: &Page<'_>, sentence: &Sentence, head: usize, tokens: &[usize]) -> Form {
    let token = page.token(head);
    let parties: Vec<_> = tokens.iter().filter_map(|&i| page.mentions.at(page.index, i)).map(|m| &m.party).collect();
    let sides = page.mentions.conflict.map(|c| &c.sides);
    let has = |words: &[&str]| page.auxiliaries(head).any(|a| words.contains(&a));
    let marks = |i: usize| matches!(page.token(i).tag, Tag::OpenQuote | Tag::CloseQuote);
    Form {
        length: tokens.len() as f32,
        sentence_length: sentence.length as f32,
        quoted: yes((sentence.start..head).filter(|&i| marks(i)).count() % 2 == 1),
        headline: yes(page.paragraph.kind == ParagraphKind::Headline),
        mentions: parties.len() as f32,
        both_sides: yes(sides.is_some_and(|s| s.iter().all(|p| parties.contains(&p)))),
        numbers: tokens.iter().filter(|&&i| page.token(i).pos == Pos::Num).count() as f32,
        negated: yes(page.is_negated(head)),
        modal: yes(has(&["will", "would", "should", "must", "could", "may", "might", "can", "shall"])),
        past: yes(matches!(token.tag, Tag::Vbd | Tag::Vbn)),
        reported: yes(matches!(token.dep, Dep::Ccomp)),
        relative: yes(matches!(token.dep, Dep::Relcl | Dep::Acl)),
        finite: yes(page.is_finite(head)),
        position: page.depth(),
        first_person: yes(tokens.iter().any(|&i| matches!(&*page.token(i).lower, "we" | "our" | "i" | "us"))),
        conflict: yes(sides.is_some()),
    }
}
