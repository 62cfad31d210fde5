//! Words that may carry a claim, and which of them do.

use std::ops::Range;

use syntax::{Dep, Pos};

use super::Kind;
use super::lexicon::{LEXICON, Sense, Word};
use super::page::Page;
use super::terms::TERMS;
use super::weigh::{TOLD, Told};

/// A word with the sense that fits it best.
#[derive(Clone, Copy)]
pub(super) struct Trigger {
    /// The word.
    pub(super) token: usize,
    /// What it may be a claim of.
    pub(super) kind: Kind,
    /// The lexicon's sense; none where only the weights speak for it.
    pub(super) sense: Option<&'static Sense>,
    /// How many conditions of the sense the text meets, and one.
    pub(super) fit: u32,
    /// How sure the weights are, 0 to 1.
    pub(super) score: f32,
    /// What the nets make of its mode and speaker; zeros where no clause was weighed.
    pub(super) told: Told,
}

impl Trigger {
    /// The lexicon entry or the weights.
    pub(super) fn rule(&self) -> String {
        self.sense.map_or_else(|| format!("weights/{}", self.kind), Sense::rule)
    }
}

/// The triggers of a sentence, at most one a word, labels and the general beside the specific left out.
pub(super) fn find(page: &Page<'_>, sentence: Range<usize>) -> Vec<Trigger> {
    let mut found: Vec<Trigger> = sentence.filter_map(|i| best_sense(page, i)).collect();
    drop_labels(page, &mut found);
    drop_general(page, &mut found);
    found
}

fn best_sense(page: &Page<'_>, token: usize) -> Option<Trigger> {
    let word = Word::of(page.token(token).pos)?;
    let lemma = page.lemma(token);
    let mut best: Option<(u32, &'static Sense)> = None;
    for sense in LEXICON.senses(lemma, word) {
        if let Some(score) = fit(page, token, word, sense)
            && best.is_none_or(|(other, _)| score > other)
        {
            best = Some((score, sense));
        }
    }
    best.map(|(fit, sense)| Trigger { token, kind: sense.kind, sense: Some(sense), fit, score: 0.5, told: [0.0; TOLD] })
}

/// How well a sense fits: more for every condition of its entry that the text meets; `None` where one fails.
fn fit(page: &Page<'_>, i: usize, word: Word, sense: &Sense) -> Option<u32> {
    let entry = sense.entry;
    let mut score = 1;
    if let Some(modifier) = &sense.modifier {
        let modifies = |c: usize| matches!(page.token(c).dep, Dep::Compound | Dep::Amod | Dep::Nmod | Dep::Poss);
        page.parse.children(i).any(|c| modifies(c) && has_lemma(page, c, modifier)).then_some(())?;
        score += 3;
    }
    if !entry.with.is_empty() {
        surroundings(page, i, word).any(|t| is_in(page, t, &entry.with)).then_some(())?;
        score += 1;
    }
    if !entry.without.is_empty() && surroundings(page, i, word).any(|t| t != i && is_in(page, t, &entry.without)) {
        return None;
    }
    if !entry.objects.is_empty() {
        objects(page, i).any(|t| is_in(page, t, &entry.objects)).then_some(())?;
        score += 2;
    }
    if !entry.subjects.is_empty() {
        let subject = page.subject(i).or_else(|| page.passive_subject(i)).or_else(|| subject_of_predicate(page, i))?;
        page.phrase(subject).iter().any(|&t| is_in(page, t, &entry.subjects)).then_some(())?;
        score += 2;
    }
    (!entry.event_only || is_event(page, i)).then_some(())?;
    (!entry.modal || page.auxiliaries(i).chain(above(page, i)).any(is_modal)).then_some(())?;
    Some(score)
}

fn is_modal(word: &str) -> bool {
    matches!(word, "will" | "would" | "must" | "shall" | "should" | "'ll" | "could" | "may" | "can")
}

/// Auxiliaries of the verb above a noun.
fn above<'a>(page: &Page<'a>, i: usize) -> impl Iterator<Item = &'a str> + use<'a> {
    let verb = page.parse.ancestors(i).find(|&a| page.is_verb(a)).unwrap_or(i);
    page.auxiliaries(verb)
}

fn is_in(page: &Page<'_>, i: usize, set: &std::collections::BTreeSet<String>) -> bool {
    let token = page.token(i);
    set.contains(&*token.lemma) || set.contains(&*token.lower)
}

fn has_lemma(page: &Page<'_>, i: usize, lemma: &str) -> bool {
    page.lemma(i).eq_ignore_ascii_case(lemma) || &*page.token(i).lower == lemma
}

fn subject_of_predicate(page: &Page<'_>, i: usize) -> Option<usize> {
    let head = page.token(i).head;
    page.is_verb(head).then(|| page.parse.child_by(head, Dep::Nsubj)).flatten()
}

/// The words by which an entry's `with` and `without` judge: the phrase itself and what it depends on.
fn surroundings<'a>(page: &Page<'a>, i: usize, word: Word) -> impl Iterator<Item = usize> + use<'a> {
    let parse = page.parse;
    let head = page.token(i).head;
    let dep = page.token(i).dep;
    let (near_head, subject) = match word {
        Word::Noun | Word::Adjective => (Some(head), None),
        Word::Verb if matches!(dep, Dep::Acl | Dep::Relcl) => (Some(head), None),
        Word::Verb => (None, page.subject(i).or_else(|| page.passive_subject(i))),
    };
    let siblings = near_head.into_iter().flat_map(move |h| parse.subtree(h)).filter(move |t| t.abs_diff(i) < 8);
    let before = subject.into_iter().flat_map(move |s| parse.subtree(s)).filter(move |&t| t < i);
    parse.subtree(i).chain(near_head).chain(siblings).chain(before)
}

fn objects<'a>(page: &Page<'a>, i: usize) -> impl Iterator<Item = usize> + use<'a> {
    let parse = page.parse;
    let below = parse
        .children(i)
        .filter(move |&c| {
            matches!(parse.tokens()[c].dep, Dep::Dobj | Dep::Nsubjpass | Dep::Prep | Dep::Prt | Dep::Xcomp | Dep::Ccomp)
        })
        .flat_map(move |c| parse.subtree(c));
    let modified = matches!(page.token(i).dep, Dep::Relcl | Dep::Acl).then(|| page.token(i).head);
    below.chain(modified)
}

/// Whether a noun is used of something that happens: it is the subject or object of a verb of happening, is
/// freshly introduced, or carries an adjective of degree.
pub(super) fn is_event(page: &Page<'_>, i: usize) -> bool {
    let token = page.token(i);
    let head = token.head;
    if token.pos == Pos::Verb {
        return true;
    }
    let by_verb = matches!(token.dep, Dep::Nsubj | Dep::Nsubjpass | Dep::Dobj)
        && page.is_verb(head)
        && TERMS.happening.contains(page.lemma(head));
    let strong = page.parse.children(i).any(|c| {
        let child = page.token(c);
        child.dep == Dep::Amod && TERMS.degree.contains(&*child.lemma)
    });
    let directed = page.behind(i, &["on", "against", "by", "between", "with"]).next().is_some();
    by_verb || strong || (directed && token.dep != Dep::Compound) || matches!(token.dep, Dep::Root | Dep::Attr)
}

/// Drops nouns that only name or modify something else: "the truce line", "victims of the war", "during the talks".
fn drop_labels(page: &Page<'_>, found: &mut Vec<Trigger>) {
    let kinds: Vec<(usize, Kind)> = found.iter().map(|t| (t.token, t.kind)).collect();
    let kind_at = |i: usize| kinds.iter().find(|(t, _)| *t == i).map(|(_, k)| *k);
    found.retain(|t| !is_label(page, t, &kind_at));
}

fn is_label(page: &Page<'_>, trigger: &Trigger, kind_at: &dyn Fn(usize) -> Option<Kind>) -> bool {
    let i = trigger.token;
    let token = page.token(i);
    let head = token.head;
    match token.dep {
        Dep::Poss => true,
        Dep::Compound | Dep::Amod | Dep::Nmod | Dep::Npadvmod if token.pos == Pos::Verb => true,
        Dep::Compound | Dep::Amod | Dep::Nmod | Dep::Npadvmod => {
            page.is_noun(head) && (!TERMS.carriers.contains(page.lemma(head)) || kind_at(head) == Some(trigger.kind))
        }
        Dep::Pobj => is_background(page, trigger, kind_at),
        Dep::Dobj | Dep::Nsubjpass => {
            let verb = kind_at(head);
            let of_truce = [Kind::Violation, Kind::Implementation, Kind::Mediation, Kind::Verification];
            match trigger.kind {
                Kind::Truce => verb.is_some_and(|v| of_truce.contains(&v)),
                Kind::Clash => verb == Some(Kind::Truce),
                _ => false,
            }
        }
        _ => false,
    }
}

/// A noun behind a preposition that only places something else in time or kind.
fn is_background(page: &Page<'_>, trigger: &Trigger, kind_at: &dyn Fn(usize) -> Option<Kind>) -> bool {
    let preposition = page.token(trigger.token).head;
    let governor = page.token(preposition).head;
    let word = &*page.token(preposition).lower;
    if page.is_noun(governor) && TERMS.label_heads.contains(page.lemma(governor)) {
        return true;
    }
    let soft = matches!(trigger.kind, Kind::Clash | Kind::Talks | Kind::Deployment | Kind::Access | Kind::Withdrawal);
    let governed =
        kind_at(governor).is_some() && matches!(word, "of" | "on" | "for" | "in" | "to" | "about" | "under" | "during");
    (page.is_noun(governor) && governed && soft)
        || (matches!(word, "under" | "despite") && soft)
        || (kind_at(governor) == Some(Kind::Violation) && trigger.kind == Kind::Truce)
        || (kind_at(governor) == Some(Kind::Implementation) && trigger.kind == Kind::Truce)
}

/// In one clause the more specific type stands for the general one beside it.
fn drop_general(page: &Page<'_>, found: &mut Vec<Trigger>) {
    let all: Vec<(usize, usize, Kind)> = found.iter().map(|t| (t.token, page.clause(t.token), t.kind)).collect();
    found.retain(|t| {
        let clause = page.clause(t.token);
        !all.iter().any(|&(token, other, kind)| {
            token != t.token
                && other == clause
                && token.abs_diff(t.token) <= TERMS.near
                && TERMS.specific.get(t.kind.as_str()).is_some_and(|list| list.iter().any(|k| k == kind.as_str()))
        })
    });
}
