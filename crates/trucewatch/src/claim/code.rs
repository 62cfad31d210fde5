//! From one document to its claims.

use jiff::civil::Date;

use super::mode::Decision;
use super::page::Page;
use super::role::{Roles, roles_of};
use super::trigger::Trigger;
use super::voice::{self, Voice};
use super::{
    Aspect, Claim, ClaimBuilder, Kind, Mode, Speaker, Traced, against, aspect, body, cast, cause, confidence, garble,
    merge, mode, numbers, reciprocal, setting, span, toll, treaty, weigh,
};
use crate::document::{ParagraphKind, ParsedDocument, ParsedParagraph};
use crate::figure::{Figure, Quantity};
use crate::pack::PartyId;
use crate::party::{Mentions, Speaking};
use crate::place::Mention;
use crate::statement::speaker::Source;
use crate::statement::{Statements, Verdict};
use crate::when::{Expression, Interval};

/// A claim in the making: fields with the tokens that they come from.
#[derive(Debug, Clone)]
pub(super) struct Draft {
    pub(super) paragraph: usize,
    pub(super) token: usize,
    pub(super) run: std::ops::Range<usize>,
    pub(super) kind: Traced<Kind>,
    pub(super) mode: Traced<Mode>,
    pub(super) aspect: Option<Traced<Aspect>>,
    pub(super) speaker: Traced<Speaker>,
    pub(super) via: Vec<Traced<String>>,
    pub(super) actors: Vec<Traced<PartyId>>,
    pub(super) targets: Vec<Traced<PartyId>>,
    pub(super) confidence: f32,
}

/// What the stages before found in a document.
#[derive(Debug, Clone, Copy)]
pub struct Findings<'a> {
    /// Parties named.
    pub mentions: &'a Mentions<'a>,
    /// Who says what.
    pub statements: &'a Statements,
    /// Whose words each statement's are.
    pub sources: &'a [Source],
    /// Numbers, by paragraph.
    pub quantities: &'a [Vec<Quantity>],
    /// Times.
    pub expressions: &'a [Expression],
    /// Places.
    pub places: &'a [Mention],
    /// The document's day, where it is known to within days.
    pub day: Option<Date>,
    /// The stretch in which the document was published.
    pub published: Option<Interval>,
}

/// Codes all claims of a document, in text order.
#[must_use]
pub fn code(parsed: &ParsedDocument<'_>, found: &Findings<'_>) -> Vec<Claim> {
    let pages = pages(parsed, found);
    if !weigh::is_of_conflict(&pages) {
        return Vec::new();
    }
    let mut triggers = weigh::weigh(&pages);
    body::give_purpose(&pages, &mut triggers);
    code_triggers(parsed, found, &pages, &triggers)
}

/// Codes the claims of given triggers, by page.
pub(super) fn code_triggers(
    parsed: &ParsedDocument<'_>,
    found: &Findings<'_>,
    pages: &[Page<'_>],
    triggers: &[Vec<Trigger>],
) -> Vec<Claim> {
    let mut settings = setting::Carry::new(pages, found.day, found.published);
    let drafts = settled(pages, triggers);
    let crowd = numbers::Crowd::of(pages);
    let figures = |d: &Draft| numbers::settle(&pages[d.paragraph], d, &drafts, &crowd);
    let figures: Vec<Vec<Figure>> = drafts.iter().map(figures).collect();
    let claim = |(d, f): (Draft, Vec<Figure>)| build(&pages[d.paragraph], parsed, d, f, &mut settings);
    drafts.into_iter().zip(figures).filter_map(claim).collect()
}

/// The drafts of given triggers in text order, by page, with everything but their setting and figures settled.
pub(super) fn settled(pages: &[Page<'_>], triggers: &[Vec<Trigger>]) -> Vec<Draft> {
    let mut drafts = Vec::new();
    let ruled = all_drafts(pages, triggers);
    let told = cast::Told::by(pages, &ruled);
    for (page, mut here) in pages.iter().zip(ruled) {
        cast::settle(page, &mut here, &told);
        cause::own_harm(page, &mut here);
        cause::enemy_harm(page, &mut here);
        cause::joint_toll(&mut here);
        cause::asks_for_itself(page, &mut here);
        cause::not_the_witness(page, &mut here);
        cause::not_guessed(page, &mut here);
        drafts.extend(reciprocal::split(page, here));
    }
    let drafts = merge::merge(pages, body_first(pages, drafts));
    let mut drafts = toll::gather(pages, drafts);
    drafts.sort_by_key(|d| (d.paragraph, d.run.start, d.run.end, d.kind.value));
    drafts
}

/// The drafts of all paragraphs, with those who take part as the rules have it.
pub(super) fn all_drafts(pages: &[Page<'_>], triggers: &[Vec<Trigger>]) -> Vec<Vec<Draft>> {
    let mut floor = voice::Past::of(pages);
    pages.iter().zip(triggers).map(|(page, triggers)| drafts_of(page, triggers, &mut floor)).collect()
}

/// The drafts of a paragraph, with those who take part as the rules have it.
fn drafts_of(page: &Page<'_>, triggers: &[Trigger], floor: &mut voice::Past) -> Vec<Draft> {
    let mut drafts: Vec<Draft> = triggers.iter().flat_map(|t| draft(page, t, floor)).collect();
    drafts.retain(|d| !setting::only_dates(page, d) && !against::speaks_against(page, d));
    for draft in &mut drafts {
        if let Some(start) = setting::close_behind(page, draft) {
            draft.run.start = draft.run.start.min(start);
        }
    }
    cause::transfer(page, &mut drafts);
    drafts
}

/// A headline is coded only where the body does not repeat it: what it says comes last, and not at all where the body
/// says something of the kind.
fn body_first(pages: &[Page<'_>], drafts: Vec<Draft>) -> Vec<Draft> {
    let is_headline = |d: &Draft| pages[d.paragraph].paragraph.kind == ParagraphKind::Headline;
    let (heads, mut body): (Vec<Draft>, Vec<Draft>) = drafts.into_iter().partition(is_headline);
    let repeated = |h: &Draft| body.iter().any(|d| d.kind.value == h.kind.value && d.mode.value == h.mode.value);
    let heads: Vec<Draft> = heads.into_iter().filter(|h| !repeated(h)).collect();
    body.extend(heads);
    body
}

/// The paragraphs with what was found in each.
pub(super) fn pages<'a>(parsed: &'a ParsedDocument<'_>, found: &Findings<'a>) -> Vec<Page<'a>> {
    let Findings { mentions, statements, sources, quantities, expressions, places, day: _, published: _ } = *found;
    let of = |index| {
        places.partition_point(|m: &Mention| m.paragraph < index)..places.partition_point(|m| m.paragraph <= index)
    };
    let page = |(index, paragraph): (usize, &'a ParsedParagraph)| Page {
        index,
        paragraph,
        parse: &paragraph.parse,
        mentions,
        statements,
        sources,
        quantities: quantities.get(index).map_or(&[], Vec::as_slice),
        expressions,
        places: &places[of(index)],
    };
    parsed.paragraphs.iter().enumerate().map(page).collect()
}

/// A draft for everybody on record for a trigger, where the reader is sure enough of it.
fn draft(page: &Page<'_>, trigger: &Trigger, floor: &mut voice::Past) -> Vec<Draft> {
    let refused = |d: &Decision| trigger.sense.is_some_and(|s| s.entry.refuses(d.mode.value));
    let ruled = ruled(page, trigger);
    let alone = ruled.len() == 1;
    let one = |(decision, voice): (Decision, Voice)| {
        let (voice, chance) =
            if alone { voice::settle(page, trigger, &decision, voice, floor) } else { (voice, voice::TOGETHER) };
        let confidence = confidence::of(trigger, &decision, &voice, chance);
        let stays = confidence >= confidence::LEAST && !refused(&decision);
        stays.then(|| draft_of(page, trigger, decision, voice, confidence))
    };
    ruled.into_iter().filter_map(one).collect()
}

/// Everybody on record for a trigger as the rules have it, with the mode.
pub(super) fn ruled(page: &Page<'_>, trigger: &Trigger) -> Vec<(Decision, Voice)> {
    let with_mode = |voice: Voice| {
        let decision = mode::mode_of(page, trigger, &voice);
        let voice = voice::holder(page, trigger, &decision, voice);
        (decision, voice)
    };
    voice::voices_of(page, trigger.token).into_iter().map(with_mode).collect()
}

fn draft_of(page: &Page<'_>, trigger: &Trigger, decision: Decision, voice: Voice, confidence: f32) -> Draft {
    let speaker = voice.speaker.value.clone();
    let roles = roles_of(page, trigger, speaker.party.as_ref());
    let (actors, targets) = filled(page, trigger, roles, &speaker, &voice);
    Draft {
        paragraph: page.index,
        token: trigger.token,
        run: span::run_of(page, trigger.token),
        kind: Traced::new(trigger.kind, [page.paragraph.span_at(trigger.token)], trigger.rule()),
        mode: decision.mode,
        aspect: aspect::aspect_of(page, trigger),
        speaker: voice.speaker,
        via: voice.via,
        actors,
        targets,
        confidence,
    }
}

type Parties = Vec<Traced<PartyId>>;

/// Roles with what the conflict adds: the enemy of the one who attacks is the other side.
fn filled(page: &Page<'_>, trigger: &Trigger, roles: Roles, speaker: &Speaker, voice: &Voice) -> (Parties, Parties) {
    let traced = |list: Vec<(PartyId, usize)>, rule: &'static str| -> Parties {
        list.into_iter().map(|(p, i)| Traced::new(p, [page.paragraph.span_at(i)], rule)).collect()
    };
    let mut actors = traced(roles.actors, roles.actor_rule.unwrap_or("actor/tree"));
    let targets = traced(roles.targets, roles.target_rule.unwrap_or("target/tree"));
    let kind = trigger.kind;
    if kind == Kind::Position && speaker.party.as_ref().is_none_or(|p| p.as_str() != PartyId::MEDIA) {
        actors = speaker.party.iter().map(|p| Traced::new(p.clone(), [], "actor/holder")).collect();
    }
    if let (true, Some(accused), Verdict::Accuse) = (actors.is_empty(), voice.addressee, voice.verdict) {
        let parties = page.mentions.parties(page.index, accused, Speaking::NOBODY);
        actors = traced(parties.into_iter().map(|p| (p, accused)).collect(), "actor/accused");
    }
    (actors, targets)
}

fn build<'a>(
    page: &Page<'a>,
    parsed: &ParsedDocument<'_>,
    draft: Draft,
    figures: Vec<Figure>,
    carry: &mut setting::Carry<'a>,
) -> Option<Claim> {
    let span = page.paragraph.span_of(draft.run.clone());
    let (place, date) = carry.fill(page, &draft);
    let agreement = treaty::agreement_of(page, &draft);
    let garbled = garble::garbled(page, &draft);
    let Draft { kind, mode, aspect, speaker, via, actors, targets, confidence, .. } = draft;
    ClaimBuilder::new(parsed.document, span, kind, mode, speaker)
        .aspect(aspect)
        .via(via)
        .roles(actors, targets)
        .setting(place, date)
        .figures(figures)
        .agreement(agreement)
        .garbled(garbled)
        .confidence(confidence)
        .build()
}
