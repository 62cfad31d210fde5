//! What the trees are told of who may have issued a document: how the document is written, and how it names the
//! candidate. Never who it is.

use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::sync::LazyLock;

use regex::{Regex, RegexBuilder};
use syntax::{Dep, Parse, Pos, Tag};

use super::super::mention::{Mention, Mentions};
use super::super::names::Kind;
use super::super::phrase::Speaking;
use super::super::voice::{RULES, TABLE};
use super::side::{Side, sides};
use super::stance::{Stance, is_first, is_home, stances};
use super::words;
use crate::document::{ParagraphKind, is_quoted, quotations};
use crate::pack::PartyId;
use crate::trees::yes;

/// A party that may have issued a document.
#[derive(Debug, Clone)]
pub struct Issuer {
    /// Which one.
    pub party: PartyId,
    /// What the trees are told, in the order of `scripts/train_issuer.py`.
    pub inputs: Vec<f32>,
    /// The words round its names, and how often each stands there.
    pub keys: BTreeMap<String, usize>,
}

#[expect(clippy::unwrap_used, reason = "the file is part of the program and read by a test")]
fn compiled(pattern: &str) -> Regex {
    RegexBuilder::new(pattern).case_insensitive(true).build().unwrap()
}

static AUTHOR: LazyLock<Regex> = LazyLock::new(|| compiled(&TABLE.author));
static SALUTATION: LazyLock<Regex> = LazyLock::new(|| compiled(&TABLE.salutation));

/// Lines in which a document says who issues it, and the longest of them in words.
const LINES: usize = 6;
const LINE_WORDS: usize = 16;

/// Candidates at most, by how often they are named, and by how often places in their country are.
const MOST: usize = 8;
const MOST_BY_SOIL: usize = 2;

/// How a document is written, in counts.
#[derive(Debug, Default)]
struct Style {
    sentences: usize,
    tokens: usize,
    quoted: usize,
    i: usize,
    we: usize,
    you: usize,
    mine_performing: usize,
    performing: usize,
    observing: usize,
    saying: usize,
    judging: usize,
    past: usize,
    present: usize,
    modal: usize,
    passive: usize,
    days: usize,
    asked: usize,
    numbered: usize,
    bullets: usize,
    labels: usize,
    authors: usize,
    salutations: usize,
    ours: usize,
    /// Lines anywhere that only greet, words of assemblies, exclamation marks.
    greetings: usize,
    hall: usize,
    exclaimed: usize,
}

/// How a document names a party, in counts.
#[derive(Debug, Default, Clone)]
struct Naming {
    names: usize,
    subject: usize,
    performing: usize,
    present: usize,
    observing: usize,
    saying: usize,
    judging: usize,
    object: usize,
    kinds: [usize; 6],
    early: usize,
    late: usize,
    headline: usize,
    /// The sentence and the token of the document that name it first.
    opening: usize,
    first: usize,
    own: usize,
    behalf: usize,
    announced: usize,
    author: usize,
}

/// The candidates of a document: the parties it names most, and nobody's side.
pub(super) fn candidates(mentions: &Mentions<'_>, ruled: Option<&(PartyId, &'static str)>) -> Vec<Issuer> {
    let style = Style::of(mentions);
    let (named, stands, stances) = (namings(mentions), sides(mentions), stances(mentions));
    let mut keys = words::keys(mentions);
    let mut order: Vec<(&PartyId, &Naming)> = named.iter().filter(|(p, _)| !p.is_bystander()).collect();
    order.sort_by_key(|(_, n)| (Reverse(n.names), Reverse(n.subject), n.first));
    let kept = order.iter().take(MOST).map(|(p, _)| (*p).clone());
    let mut parties: Vec<PartyId> = ruled.map(|(p, _)| p.clone()).into_iter().chain(kept).collect();
    parties.extend(by_soil(&stances));
    parties.push(PartyId::new(PartyId::OTHER));
    let mut seen = std::collections::BTreeSet::new();
    parties.retain(|p| seen.insert(p.clone()));
    let shared = shared(mentions, &style, ruled, order.len());
    let total: usize = order.iter().map(|(_, n)| n.names).sum();
    let all: Vec<Vec<usize>> = parties.iter().map(|p| counts(named.get(p), stands.get(p), stances.get(p))).collect();
    let inputs = |(at, party): (usize, &PartyId)| {
        let naming = named.get(party).cloned().unwrap_or_default();
        let rank = order.iter().filter(|(p, n)| *p != party && n.names > naming.names).count();
        let mut told = shared.clone();
        told.extend(own(mentions, party, &naming, ruled, [rank, total]));
        told.extend(beside(&all, at));
        told
    };
    let all_inputs: Vec<Vec<f32>> = parties.iter().enumerate().map(inputs).collect();
    let candidate = |(party, inputs): (PartyId, Vec<f32>)| {
        let keys = keys.remove(&party).unwrap_or_default();
        Issuer { party, inputs, keys }
    };
    parties.into_iter().zip(all_inputs).map(candidate).collect()
}

/// What of a candidate is set beside the others: what it does as a subject, and how the words stand to it.
fn counts(naming: Option<&Naming>, side: Option<&Side>, stance: Option<&Stance>) -> Vec<usize> {
    let of_naming = naming.map_or([0; 6], |n| [n.names, n.subject, n.performing, n.present, n.own, n.judging]);
    let of_stance = stance.map_or([0; 20], Stance::counts);
    of_naming.into_iter().chain(side.map_or([0; 11], Side::counts)).chain(of_stance).collect()
}

/// The parties on whose soil most of the places are that a document names.
fn by_soil(stances: &BTreeMap<PartyId, Stance>) -> impl Iterator<Item = PartyId> {
    let mut found: Vec<(&PartyId, usize)> = stances.iter().map(|(p, s)| (p, s.soil)).filter(|(_, n)| *n > 0).collect();
    found.sort_by_key(|(_, n)| Reverse(*n));
    found.into_iter().take(MOST_BY_SOIL).map(|(p, _)| p.clone())
}

/// The counts of one candidate, each as it is, as a share of all candidates' and as the lead over the next.
fn beside(all: &[Vec<usize>], at: usize) -> Vec<f32> {
    let mut out = Vec::new();
    for (k, own) in all.get(at).into_iter().flatten().enumerate() {
        let others = || all.iter().enumerate().filter(|(i, _)| *i != at).filter_map(|(_, c)| c.get(k).copied());
        let total: usize = own + others().sum::<usize>();
        let next = others().max().unwrap_or(0);
        out.extend([(*own).min(9) as f32, *own as f32 / total.max(1) as f32]);
        out.push((*own as f32 - next as f32).clamp(-9.0, 9.0));
    }
    out
}

/// How many of the inputs all candidates of a document share.
const SHARED: usize = 34;

/// A document as a whole: what all candidates share, and of the rest the most that any party has.
pub(super) fn whole(candidates: &[Issuer]) -> Vec<f32> {
    let Some(first) = candidates.first() else { return Vec::new() };
    let parties = || candidates.iter().filter(|c| !c.party.is_bystander());
    let most = |k: usize| parties().map(|c| c.inputs[k]).max_by(f32::total_cmp).unwrap_or(0.0);
    let shared = first.inputs.iter().take(SHARED).copied();
    shared.chain((SHARED..first.inputs.len()).map(most)).collect()
}

/// What all candidates of a document are told alike.
fn shared(mentions: &Mentions<'_>, style: &Style, ruled: Option<&(PartyId, &'static str)>, parties: usize) -> Vec<f32> {
    let per = |n: usize| n as f32 / style.sentences.max(1) as f32;
    let paragraphs = mentions.parsed.paragraphs.len();
    let outlets =
        mentions.paragraphs().filter(|m| m.kind == Kind::Outlet || m.party.as_str() == PartyId::MEDIA).count();
    let headline = mentions.parsed.paragraphs.first().is_some_and(|p| p.kind == ParagraphKind::Headline);
    let class = match ruled {
        None => 0.0,
        Some((p, _)) if p.is_bystander() => 1.0,
        Some(_) => 2.0,
    };
    vec![
        style.sentences.min(60) as f32,
        style.tokens as f32 / style.sentences.max(1) as f32,
        style.sentences as f32 / paragraphs.max(1) as f32,
        style.quoted as f32 / style.tokens.max(1) as f32,
        per(style.i),
        per(style.we),
        per(style.you),
        per(style.mine_performing),
        per(style.performing),
        per(style.observing),
        per(style.saying),
        style.saying.min(9) as f32,
        per(style.judging),
        style.past as f32 / (style.past + style.present).max(1) as f32,
        per(style.modal),
        per(style.passive),
        per(style.days),
        per(style.asked),
        style.authors as f32,
        yes(style.salutations > 0),
        per(style.ours),
        style.numbered as f32 / paragraphs.max(1) as f32,
        style.bullets as f32 / paragraphs.max(1) as f32,
        style.labels as f32 / paragraphs.max(1) as f32,
        outlets.min(9) as f32,
        per(outlets),
        yes(headline),
        parties.min(12) as f32,
        class,
        ruled.and_then(|(_, r)| RULES.iter().position(|x| x == r)).map_or(0.0, |at| at as f32 + 1.0),
        yes(mentions.conflict.is_some()),
        style.greetings.min(9) as f32,
        per(style.hall),
        per(style.exclaimed),
    ]
}

/// What is told of one candidate.
fn own(
    mentions: &Mentions<'_>,
    party: &PartyId,
    naming: &Naming,
    ruled: Option<&(PartyId, &'static str)>,
    [rank, total]: [usize; 2],
) -> Vec<f32> {
    let share = |n: usize| n as f32 / naming.names.max(1) as f32;
    let some = |n: usize| n.min(9) as f32;
    let side = mentions.conflict.is_some_and(|c| c.sides.contains(party));
    let mut out = vec![
        yes(party.is_bystander()),
        yes(mentions.bodies.contains(party)),
        yes(side),
        yes(ruled.is_some_and(|(p, _)| p == party)),
        naming.names as f32 / total.max(1) as f32,
        rank as f32,
        share(naming.subject),
        some(naming.subject),
        some(naming.performing),
        some(naming.present),
        share(naming.present),
        some(naming.observing),
        some(naming.saying),
        share(naming.saying),
        some(naming.judging),
        share(naming.object),
        some(naming.early),
        some(naming.late),
        some(naming.headline),
        naming.opening.min(40) as f32,
        some(naming.own),
        some(naming.behalf),
        some(naming.announced),
        some(naming.author),
        yes(naming.names > 0),
    ];
    out.extend(naming.kinds.iter().map(|&n| share(n)));
    out.extend([yes(mentions.governs(party)), yes(mentions.is_armed_group(party))]);
    out
}

/// The short lines at the beginning of a document.
fn opening<'m>(mentions: &Mentions<'m>) -> impl Iterator<Item = &'m str> {
    let lines = mentions.parsed.document.text().lines().map(str::trim).filter(|l| !l.is_empty()).take(LINES);
    lines.filter(|l| l.split_whitespace().count() <= LINE_WORDS)
}

impl Style {
    fn of(mentions: &Mentions<'_>) -> Style {
        let mut style = Style::default();
        for paragraph in &mentions.parsed.paragraphs {
            style.read(&paragraph.parse);
        }
        style.greetings = mentions.parsed.document.text().lines().filter(|l| SALUTATION.is_match(l.trim())).count();
        for line in opening(mentions) {
            style.authors += usize::from(AUTHOR.is_match(line));
            style.salutations += usize::from(SALUTATION.is_match(line));
        }
        style
    }

    fn read(&mut self, parse: &Parse) {
        let text = parse.text().trim_start();
        let first = text.split_whitespace().next().unwrap_or("");
        let counted = first.len() > 1 && first.trim_end_matches(['.', ')']).parse::<u16>().is_ok();
        self.numbered += usize::from(counted && first.ends_with(['.', ')']));
        self.bullets += usize::from(matches!(first, "•" | "*" | "-" | "–" | "—" | "·"));
        let label = text.split_once(':').is_some_and(|(l, rest)| l.len() < 40 && l.len() > 1 && rest.starts_with(' '));
        self.labels += usize::from(label);
        self.sentences += parse.sentences().len();
        self.tokens += parse.len();
        let quotes = quotations(parse.text());
        for (i, token) in parse.tokens().iter().enumerate() {
            let quoted = is_quoted(&quotes, token.span.start);
            self.quoted += usize::from(quoted);
            if !quoted {
                self.count(parse, i);
            }
        }
    }

    fn count(&mut self, parse: &Parse, i: usize) {
        let token = &parse.tokens()[i];
        let subject = token.dep == Dep::Nsubj;
        match &*token.lower {
            "i" if subject => self.i += 1,
            "|" if is_first(parse, i) => self.i += 1,
            "!" => self.exclaimed += 1,
            "we" | "our" | "us" => self.we += 1,
            "you" | "your" => self.you += 1,
            "today" | "yesterday" => self.days += 1,
            "?" => self.asked += 1,
            word if word.ends_with("day") && token.pos == Pos::Propn => self.days += 1,
            _ => {}
        }
        self.judging += usize::from(TABLE.judging.contains(&*token.lemma));
        if token.pos == Pos::Verb {
            let mine = parse.children_by(i, &[Dep::Nsubj]).any(|s| matches!(&*parse.tokens()[s].lower, "i" | "we"));
            let performs = TABLE.performing.contains(&*token.lemma);
            self.mine_performing += usize::from(performs && mine);
            self.performing += usize::from(performs && matches!(token.tag, Tag::Vbz | Tag::Vbp));
            self.observing += usize::from(TABLE.observing.contains(&*token.lemma));
            self.saying += usize::from(TABLE.saying.contains(&*token.lemma));
            self.past += usize::from(token.tag == Tag::Vbd);
            self.present += usize::from(matches!(token.tag, Tag::Vbz | Tag::Vbp));
        }
        self.hall += usize::from(TABLE.hall.contains(&*token.lemma));
        self.ours += usize::from(is_home(parse, i));
        self.modal += usize::from(token.tag == Tag::Md);
        self.passive += usize::from(token.dep == Dep::Nsubjpass);
    }
}

/// How each party is named.
fn namings(mentions: &Mentions<'_>) -> BTreeMap<PartyId, Naming> {
    let mut found: BTreeMap<PartyId, Naming> = BTreeMap::new();
    let last = mentions.parsed.paragraphs.len().saturating_sub(1);
    let (mut sentences, mut tokens) = (0, 0);
    for (index, paragraph) in mentions.parsed.paragraphs.iter().enumerate() {
        let parse = &paragraph.parse;
        let is_short = index < LINES && parse.text().split_whitespace().nth(LINE_WORDS).is_none();
        let is_author = is_short && AUTHOR.is_match(parse.text().trim());
        for mention in mentions.of_paragraph(index) {
            let naming = found.entry(mention.party.clone()).or_default();
            if naming.names == 0 {
                naming.opening = sentences + parse.sentence_index(mention.tokens.start);
                naming.first = tokens + mention.tokens.start;
            }
            naming.read(mention);
            naming.author += usize::from(is_author);
            naming.own += usize::from(owns(parse, mention));
            naming.behalf += usize::from(
                mention
                    .tokens
                    .start
                    .checked_sub(3)
                    .is_some_and(|i| (i..mention.tokens.start).any(|k| &*parse.tokens()[k].lower == "behalf")),
            );
            naming.early += usize::from(index < 2);
            naming.late += usize::from(index == last);
            naming.headline += usize::from(index == 0 && paragraph.kind == ParagraphKind::Headline);
        }
        subjects(mentions, index, &mut found);
        sentences += parse.sentences().len();
        tokens += parse.len();
    }
    found
}

/// Whether a name stands before a noun by which a side speaks of its own: "Vesk's commitment".
fn owns(parse: &Parse, mention: &Mention) -> bool {
    let Some(last) = mention.tokens.clone().next_back() else { return false };
    let token = &parse.tokens()[last];
    let inside = matches!(token.dep, Dep::Amod | Dep::Compound | Dep::Poss | Dep::Nmod);
    inside && TABLE.own.contains(&*parse.tokens()[token.head].lemma)
}

impl Naming {
    fn read(&mut self, mention: &Mention) {
        self.names += 1;
        if let Some(of_kind) = self.kinds.get_mut(mention.kind as usize) {
            *of_kind += 1;
        }
    }
}

/// Counts what parties do as subjects outside quotation marks, and how often they are objects.
fn subjects(mentions: &Mentions<'_>, index: usize, found: &mut BTreeMap<PartyId, Naming>) {
    let parse = &mentions.parsed.paragraphs[index].parse;
    let quotes = quotations(parse.text());
    for (i, token) in parse.tokens().iter().enumerate() {
        let is_subject = matches!(token.dep, Dep::Nsubj | Dep::Nsubjpass);
        if is_quoted(&quotes, token.span.start) || !(is_subject || token.dep == Dep::Dobj) || token.pos == Pos::Pron {
            continue;
        }
        let verb = &parse.tokens()[token.head];
        let present = matches!(verb.tag, Tag::Vbz | Tag::Vbp);
        for party in mentions.parties(index, i, Speaking::NOBODY) {
            let naming = found.entry(party).or_default();
            if !is_subject {
                naming.object += 1;
                continue;
            }
            naming.subject += 1;
            naming.present += usize::from(present);
            let announced = index == 0 && mentions.parsed.paragraphs[index].kind == ParagraphKind::Headline;
            naming.announced += usize::from(announced && TABLE.performing.contains(&*verb.lemma));
            naming.performing += usize::from(present && TABLE.performing.contains(&*verb.lemma));
            naming.observing += usize::from(TABLE.observing.contains(&*verb.lemma));
            naming.saying += usize::from(TABLE.saying.contains(&*verb.lemma));
            let judges = |c: usize| TABLE.judging.contains(&*parse.tokens()[c].lemma);
            naming.judging += usize::from(parse.children(token.head).any(judges));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_person_with_an_office_is_an_author() {
        assert!(AUTHOR.is_match("Ana Torv, Minister of Defence"));
        assert!(AUTHOR.is_match("Office of the Spokesperson"));
        assert!(AUTHOR.is_match("Press Statement"));
        assert!(!AUTHOR.is_match("Vesk and Orlava agree on a truce"));
        assert!(!AUTHOR.is_match("Ana Torv, the minister, said the truce holds."));
    }

    #[test]
    fn candidates_are_set_beside_each_other() {
        let all = [vec![3, 0], vec![1, 0]];
        assert_eq!(beside(&all, 0), [3.0, 0.75, 2.0, 0.0, 0.0, 0.0]);
        assert_eq!(beside(&all, 1), [1.0, 0.25, -2.0, 0.0, 0.0, 0.0]);
    }

    #[test]
    fn speeches_begin_with_a_salutation() {
        assert!(SALUTATION.is_match("Mr. President,") && SALUTATION.is_match("Ladies and gentlemen:"));
        assert!(!SALUTATION.is_match("My brother fell at Dubrel."));
    }
}
