//! From one document to its claims.

use super::page::Page;
use super::role::{Roles, roles_of};
use super::trigger::Trigger;
use super::{Aspect, Claim, ClaimBuilder, Kind, Mode, Speaker, Traced, aspect, merge, mode, reciprocal, role, span, voice, weigh};
use crate::document::{ParsedDocument, ParsedParagraph};
use crate::pack::PartyId;
use crate::party::Mentions;

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
    pub(super) actors: Vec<Traced<PartyId>>,
    pub(super) targets: Vec<Traced<PartyId>>,
}

/// Codes all claims of a document, in text order.
#[must_use]
pub fn code(parsed: &ParsedDocument<'_>, mentions: &Mentions<'_>) -> Vec<Claim> {
    let page = |(index, paragraph)| {
        let paragraph: &ParsedParagraph = paragraph;
        Page { index, paragraph, parse: &paragraph.parse, mentions }
    };
    let pages: Vec<Page<'_>> = parsed.paragraphs.iter().enumerate().map(page).collect();
    let found = weigh::weigh(&pages);
    let mut drafts: Vec<Draft> = Vec::new();
    for (page, triggers) in pages.iter().zip(&found) {
        let here = triggers.iter().map(|t| draft(page, t)).filter(accepts).collect();
        drafts.extend(reciprocal::split(page, here));
    }
    let drafts = merge::merge(drafts);
    drafts.into_iter().filter_map(|d| build(parsed, d)).collect()
}

/// Whether the mode is one in which the trigger's entry is a claim at all.
fn accepts(draft: &Draft) -> bool {
    draft.kind.value != Kind::Position || draft.mode.value != Mode::Denied
}

fn draft(page: &Page<'_>, trigger: &Trigger) -> Draft {
    let voice = voice::voice_of(page, trigger.token);
    let mut mode = mode::mode_of(page, trigger, voice.cue);
    if trigger.kind == Kind::Position {
        mode = Traced::new(Mode::Asserted, [], "mode/stand");
    }
    let roles = roles_of(page, trigger, voice.speaker.party.as_ref());
    let (actors, targets) = filled(page, trigger, roles, &voice.speaker);
    let at = |i: usize| page.paragraph.span_at(i);
    Draft {
        paragraph: page.index,
        token: trigger.token,
        run: span::run_of(page, trigger.token),
        kind: Traced::new(trigger.kind, [at(trigger.token)], trigger.rule()),
        mode,
        aspect: aspect::aspect_of(page, trigger),
        speaker: Traced::new(voice.speaker, voice.source.map(at).into_iter().collect::<Vec<_>>(), voice.rule),
        actors,
        targets,
    }
}

type Parties = Vec<Traced<PartyId>>;

/// Roles with what the conflict adds: the enemy of the one who attacks is the other side.
fn filled(page: &Page<'_>, trigger: &Trigger, roles: Roles, speaker: &Speaker) -> (Parties, Parties) {
    let traced = |list: Vec<(PartyId, usize)>, rule: &'static str| -> Parties {
        list.into_iter().map(|(p, i)| Traced::new(p, [page.paragraph.span_at(i)], rule)).collect()
    };
    let mut actors = traced(roles.actors, "actor/tree");
    let mut targets = traced(roles.targets, "target/tree");
    let kind = trigger.kind;
    if kind == Kind::Position {
        actors = speaker
            .party
            .iter()
            .filter(|p| !p.is_bystander())
            .map(|p| Traced::new(p.clone(), [], "actor/holder"))
            .collect();
        targets.clear();
    }
    let against = matches!(
        kind,
        Kind::Shelling | Kind::Gunfire | Kind::Airstrike | Kind::Assault | Kind::Violation | Kind::Incursion
    );
    if let ([only], true, true) = (&actors[..], targets.is_empty(), against) {
        let enemy = role::opponent(page, &only.value);
        targets.extend(enemy.map(|p| Traced::new(p, only.spans.clone(), "target/other-side")));
    }
    (actors, targets)
}

fn build(parsed: &ParsedDocument<'_>, draft: Draft) -> Option<Claim> {
    let paragraph = &parsed.paragraphs[draft.paragraph];
    let span = paragraph.span_of(draft.run.clone());
    ClaimBuilder::new(parsed.document, span, draft.kind, draft.mode, draft.speaker)
        .aspect(draft.aspect)
        .roles(draft.actors, draft.targets)
        .build()
}
