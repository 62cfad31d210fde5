//! What the weights are trained on and tried by: clauses with their evidence, and the claims that follow from given
//! scores, for `examples/evidence.rs`.

use super::Kind;
use super::code::Draft;
use super::mode::Decision;
use super::page::Page;
use super::trigger::Trigger;
use super::voice::Voice;
pub use super::weigh::{Given, Told};
use super::{Claim, Findings, Mode, Speaker, cast, code, confidence, mode, numbers, setting, span, voice, weigh};
use crate::document::{ParsedDocument, Span};
use crate::figure::{Counted, Figure, Quantity};
use crate::pack::PartyId;

/// One clause as the trainer sees it.
#[derive(Debug, Clone)]
pub struct TrainingClause {
    /// The words that would carry a claim of it.
    pub span: Span,
    /// Index of its paragraph.
    pub paragraph: usize,
    /// Index of its sentence in the paragraph.
    pub sentence: usize,
    /// Word features, sorted.
    pub words: Vec<String>,
    /// The clause's form, 16 values.
    pub form: Vec<f32>,
    /// Per type, in the codebook's order, 6 values.
    pub dense: Vec<[f32; 6]>,
    /// Its own tokens: their words, and index in the paragraph, word as the net sees it, relation, tag and head.
    pub tokens: Vec<(Span, [i64; 5])>,
    /// The net's score a type.
    pub net: Vec<f32>,
    /// What the net tells of the mode and speaker of a claim in it.
    pub told: Told,
}

/// All clauses of a document, in text order.
#[must_use]
pub fn clauses(parsed: &ParsedDocument<'_>, found: &Findings<'_>) -> Vec<TrainingClause> {
    let mut seen: std::collections::BTreeSet<String> = std::collections::BTreeSet::new();
    let mut out = Vec::new();
    let pages = code::pages(parsed, found);
    for (page, clause, heard) in weigh::heard(&pages) {
        let dense = |kind: &Kind| values(clause.dense(page, *kind, &|lemma| seen.contains(lemma)));
        let dense = Kind::ALL.iter().map(dense).collect();
        seen.extend(clause.tokens.iter().map(|&i| page.lemma(i).to_owned()));
        out.push(TrainingClause {
            span: page.paragraph.span_of(clause.run.clone()),
            paragraph: page.index,
            sentence: clause.sentence,
            form: clause.form.values().to_vec(),
            words: clause.words,
            dense,
            tokens: clause.tokens.iter().map(|&i| token(page, i)).collect(),
            net: heard.kinds.to_vec(),
            told: heard.told,
        });
    }
    out
}

fn token(page: &Page<'_>, i: usize) -> (Span, [i64; 5]) {
    let token = page.token(i);
    let word = weigh::Word::of(page, i).number();
    (page.paragraph.span_at(i), [i as i64, word, token.dep as i64, token.tag as i64, page.whole(token.head) as i64])
}

/// The claims that follow if the clauses of the given indices hold the given types, each with its score.
#[must_use]
pub fn read_given(parsed: &ParsedDocument<'_>, found: &Findings<'_>, scores: &[(usize, Kind, f32)]) -> Vec<Claim> {
    let pages = code::pages(parsed, found);
    let triggers = weigh::given(&pages, Given { scores: Some(scores), told: None }).unwrap_or_default();
    code::code_triggers(parsed, found, &pages, &triggers)
}

/// A claim whose parties are to be settled, as the trainer sees it.
#[derive(Debug, Clone)]
pub struct TrainingCast {
    /// The words of the claim.
    pub span: Span,
    /// Its type.
    pub kind: Kind,
    /// Its mode.
    pub mode: Mode,
    /// The party of who is on record.
    pub speaker: Option<PartyId>,
    /// Who takes part as the rules have it: actors and targets.
    pub ruled: [Vec<PartyId>; 2],
    /// Who may take part, each with the inputs of the trees and the words under which it stands.
    pub candidates: Vec<(PartyId, Vec<f32>, Vec<String>)>,
}

/// Who is on record for the claims of a type on some words, by trees that have not seen the document.
pub type HeldOut = (Span, Kind, PartyId);

/// All claims of a document with the candidates for their parties, paragraph by paragraph. The speakers are those of
/// `spoken` where it tells: the weights know who speaks in the documents that they learned from, and whoever learns from
/// that trusts speakers more than unseen documents bear out.
#[must_use]
pub fn casts(parsed: &ParsedDocument<'_>, found: &Findings<'_>, spoken: &[HeldOut]) -> Vec<TrainingCast> {
    let pages = code::pages(parsed, found);
    let mut drafts = code::all_drafts(&pages, &weigh::weigh(&pages));
    for (page, drafts) in pages.iter().zip(&mut drafts) {
        drafts.iter_mut().for_each(|draft| unlearn(page, draft, spoken));
    }
    let told = cast::Told::by(&pages, &drafts);
    let mut out = Vec::new();
    for (page, drafts) in pages.iter().zip(drafts) {
        for (draft, candidates) in cast::unsettled(page, drafts, &told) {
            let parties = |list: &[super::Traced<PartyId>]| list.iter().map(|p| p.value.clone()).collect();
            out.push(TrainingCast {
                span: page.paragraph.span_of(draft.run.clone()),
                kind: draft.kind.value,
                mode: draft.mode.value,
                speaker: draft.speaker.value.party.clone(),
                ruled: [parties(&draft.actors), parties(&draft.targets)],
                candidates: candidates.into_iter().map(|c| (c.party, c.inputs, c.keys.to_vec())).collect(),
            });
        }
    }
    out
}

/// Gives a draft the speaker that is told for its type and words, which end where its own do; they may begin elsewhere, since
/// other claims can move a draft's beginning.
fn unlearn(page: &Page<'_>, draft: &mut code::Draft, spoken: &[HeldOut]) {
    let span = page.paragraph.span_of(draft.run.clone());
    let own = |(words, kind, _): &&HeldOut| *kind == draft.kind.value && words.end == span.end;
    let mut known = spoken.iter().filter(own);
    // where several speak together each has a claim of its own, and they stay
    if let (Some((.., party)), None) = (known.next(), known.next()) {
        draft.speaker.value.party = Some(party.clone());
    }
}

/// A claim for which it is to be settled who is on record, as the trainer sees it.
#[derive(Debug, Clone)]
pub struct TrainingVoice {
    /// The words of the claim.
    pub span: Span,
    /// Its type.
    pub kind: Kind,
    /// Its mode.
    pub mode: Mode,
    /// Who is on record as the rules have it.
    pub speaker: Speaker,
    /// The rule that says so.
    pub rule: String,
    /// What its confidence is judged by.
    pub whole: Vec<f32>,
    /// What its mode is weighed by, and that mode as the rules have it; none for stands, which are asserted.
    pub mode_words: Option<(Mode, Vec<String>)>,
    /// Who may be on record, each with the inputs of the trees; nobody where several speak together.
    pub candidates: Vec<(PartyId, Vec<f32>)>,
}

/// All claims of a document with the candidates for who is on record; those of the clauses that are given by index and
/// type, or else those that are found. `None` where other clauses are told of than the document has.
#[must_use]
pub fn voices(parsed: &ParsedDocument<'_>, found: &Findings<'_>, given: Given<'_>) -> Option<Vec<TrainingVoice>> {
    let pages = code::pages(parsed, found);
    let triggers = weigh::given(&pages, given)?;
    let (mut floor, mut out) = (voice::Past::of(&pages), Vec::new());
    for (page, triggers) in pages.iter().zip(&triggers) {
        for trigger in triggers {
            let ruled = code::ruled(page, trigger);
            let alone = ruled.len() == 1;
            // the mode is weighed before a stand is given to its holder
            for ((decision, voice), first) in ruled.into_iter().zip(voice::voices_of(page, trigger.token)) {
                let candidates =
                    if alone { voice::unsettled(page, trigger, &decision, &voice, &mut floor) } else { Vec::new() };
                out.push(TrainingVoice {
                    span: page.paragraph.span_of(span::run_of(page, trigger.token)),
                    kind: trigger.kind,
                    mode: decision.mode.value,
                    speaker: voice.speaker.value.clone(),
                    rule: voice.speaker.rule.to_string(),
                    whole: confidence::inputs(trigger, &decision, &voice, voice::TOGETHER).to_vec(),
                    mode_words: (trigger.kind != Kind::Position).then(|| {
                        let (ruled, words) = unweighed(page, trigger, &first);
                        (ruled.mode.value, words)
                    }),
                    candidates: candidates.into_iter().map(|c| (c.party, c.inputs)).collect(),
                });
            }
        }
    }
    Some(out)
}

/// A claim's mode as the rules have it, and what the weights are told of it.
fn unweighed(page: &Page<'_>, trigger: &Trigger, voice: &Voice) -> (Decision, Vec<String>) {
    let (decision, inputs) = mode::unweighed(page, trigger, voice);
    (decision, inputs.into_iter().map(|(word, _)| word).collect())
}

/// A claim whose place is to be settled, as the trainer sees it.
#[derive(Debug, Clone)]
pub struct TrainingPlace {
    /// The words of the claim.
    pub span: Span,
    /// Its type.
    pub kind: Kind,
    /// Its mode.
    pub mode: Mode,
    /// The party of who is on record.
    pub speaker: Option<PartyId>,
    /// Where it is as the rules have it.
    pub ruled: Option<String>,
    /// Where it may be, each with its number in the document and the inputs of the trees.
    pub candidates: Vec<(String, usize, Vec<f32>)>,
}

/// All claims of a document with the candidates for their places, in text order.
#[must_use]
pub fn places(parsed: &ParsedDocument<'_>, found: &Findings<'_>) -> Vec<TrainingPlace> {
    let pages = code::pages(parsed, found);
    let mut settings = setting::Carry::new(&pages, found.day, found.published);
    let mut out = Vec::new();
    for draft in code::settled(&pages, &weigh::weigh(&pages)) {
        let page = &pages[draft.paragraph];
        let (offers, candidates, _) = settings.weighed(page, &draft);
        out.push(TrainingPlace {
            span: page.paragraph.span_of(draft.run.clone()),
            kind: draft.kind.value,
            mode: draft.mode.value,
            speaker: draft.speaker.value.party.clone(),
            ruled: offers.chosen().map(|p| p.value.name),
            candidates: candidates.into_iter().map(|c| (c.mention.name.clone(), c.place, c.inputs)).collect(),
        });
    }
    out
}

/// A claim whose figures are to be settled, as the trainer sees it.
#[derive(Debug, Clone)]
pub struct TrainingFigures {
    /// The words of the claim.
    pub span: Span,
    /// Its type.
    pub kind: Kind,
    /// Its mode.
    pub mode: Mode,
    /// The party of who is on record.
    pub speaker: Option<PartyId>,
    /// What may be figures of it.
    pub candidates: Vec<TrainingFigure>,
}

/// A number that may be a figure of a claim.
#[derive(Debug, Clone)]
pub struct TrainingFigure {
    /// The number.
    pub quantity: Quantity,
    /// What the rules make of it for the claim.
    pub ruled: Option<Figure>,
    /// What the trees are told of it.
    pub shared: Vec<f32>,
    /// What else those are told that say who is counted.
    pub surroundings: Vec<f32>,
    /// What it may count, with what is told of that, and of [any, civilians, soldiers] if it does.
    pub whats: Vec<(Counted, Vec<f32>, [Vec<f32>; 3])>,
}

/// All claims of a document with the candidates for their figures, in text order.
#[must_use]
pub fn figures(parsed: &ParsedDocument<'_>, found: &Findings<'_>) -> Vec<TrainingFigures> {
    let pages = code::pages(parsed, found);
    let drafts = code::settled(&pages, &weigh::weigh(&pages));
    let crowd = numbers::Crowd::of(&pages);
    let claim = |draft: &Draft| {
        let page = &pages[draft.paragraph];
        let candidates = numbers::unsettled(page, draft, &drafts, &crowd).into_iter();
        TrainingFigures {
            span: page.paragraph.span_of(draft.run.clone()),
            kind: draft.kind.value,
            mode: draft.mode.value,
            speaker: draft.speaker.value.party.clone(),
            candidates: candidates.map(TrainingFigure::from).collect(),
        }
    };
    drafts.iter().map(claim).collect()
}

impl From<numbers::Candidate> for TrainingFigure {
    fn from(candidate: numbers::Candidate) -> TrainingFigure {
        let numbers::Candidate { reading, shared, surroundings, whats } = candidate;
        TrainingFigure { quantity: reading.quantity, ruled: reading.ruled, shared, surroundings, whats }
    }
}

/// A coded claim whose mode is to be settled, as the trainer sees it.
#[derive(Debug, Clone)]
pub struct TrainingMode {
    /// Which of the coded claims.
    pub index: usize,
    /// Whether the weights find it.
    pub found: bool,
    /// Its mode as the rules have it.
    pub mode: Mode,
    /// The rule.
    pub rule: String,
    /// Features, sorted.
    pub words: Vec<String>,
}

/// What the weights are told of the mode of each coded claim, by words and type: of the one that is found, else of the clause
/// that would carry it.
#[must_use]
pub fn modes(parsed: &ParsedDocument<'_>, found: &Findings<'_>, coded: &[(Span, Kind)]) -> Vec<TrainingMode> {
    let pages = code::pages(parsed, found);
    let triggers = weigh::weigh(&pages);
    let clauses: Vec<_> = pages.iter().flat_map(weigh::clauses).collect();
    let mut out = Vec::new();
    for (index, &(span, kind)) in coded.iter().enumerate() {
        let read = pages.iter().zip(&triggers).find_map(|(page, triggers)| {
            let own =
                |t: &&Trigger| t.kind == kind && overlap(page.paragraph.span_of(span::run_of(page, t.token)), span);
            triggers.iter().filter(own).max_by(|a, b| a.score.total_cmp(&b.score)).map(|t| (page, *t))
        });
        let given = || {
            let at = |c: &&weigh::Clause| overlap(pages[c.paragraph].paragraph.span_of(c.run.clone()), span);
            let best = clauses.iter().enumerate().filter(|(_, c)| at(c));
            let fit = |c: &weigh::Clause| c.triggers.iter().filter(|t| t.kind == kind).map(|t| t.fit).max();
            let (index, clause) = best.max_by_key(|(i, c)| (fit(c), c.loose[kind as usize], std::cmp::Reverse(*i)))?;
            let triggers =
                weigh::given(&pages, Given { scores: Some(&[(index, kind, 1.0)]), told: None }).unwrap_or_default();
            Some((&pages[clause.paragraph], *triggers[clause.paragraph].first()?))
        };
        if let Some((page, trigger)) = read.or_else(given) {
            out.push(mode_of(page, &trigger, index, read.is_some()));
        }
    }
    out
}

fn mode_of(page: &Page<'_>, trigger: &Trigger, index: usize, found: bool) -> TrainingMode {
    let (decision, words) = unweighed(page, trigger, &voice::voices_of(page, trigger.token)[0]);
    TrainingMode { index, found, mode: decision.mode.value, rule: decision.mode.rule.to_string(), words }
}

/// Whether two spans share at least half of the shorter.
fn overlap(a: Span, b: Span) -> bool {
    let both = a.end.min(b.end).saturating_sub(a.start.max(b.start));
    both > 0 && 2 * both >= (a.end - a.start).min(b.end - b.start)
}

fn values(dense: weigh::Dense) -> [f32; 6] {
    let weigh::Dense { trigger, others, loose, relation, definite, repeated } = dense;
    [trigger, others, loose, relation, definite, repeated]
}
