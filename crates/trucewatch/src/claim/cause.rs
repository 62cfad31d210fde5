//! Who did it and whom it hit, where the clause itself does not say: the act in the sentence that caused the harm, what
//! the paragraph said of the same kind of act before, and the side that speaks.

use syntax::{Dep, Tag};

use super::code::Draft;
use super::mode::TAKEN_BACK;
use super::page::Page;
use super::role::{WORDS, opponent};
use super::{Class, Kind, Mode, Traced, span};
use crate::pack::PartyId;
use crate::party::Speaking;

type Parties = Vec<Traced<PartyId>>;

/// Fills actors and targets of a paragraph's drafts, nearest words first.
pub(super) fn transfer(page: &Page<'_>, drafts: &mut [Draft]) {
    from_act(page, drafts);
    from_before(drafts);
    for draft in drafts {
        by_speaker(page, draft);
        at_the_other_side(page, draft);
    }
}

/// Whose the harmed are by a word that owns them in somebody's own words: "two of our men were hurt", "said that two of
/// his soldiers had been wounded". Nothing that is weighed speaks against it.
pub(super) fn own_harm(page: &Page<'_>, drafts: &mut [Draft]) {
    for draft in drafts.iter_mut().filter(|d| d.kind.value == Kind::Casualties) {
        let Some(speaker) = draft.speaker.value.party.clone().filter(|p| !p.is_bystander()) else { continue };
        let Some(owner) = harmed(page, draft).and_then(|noun| owner(page, noun)) else { continue };
        if is_speakers(page, draft, owner, &speaker) {
            draft.actors.retain(|a| a.value != speaker);
            draft.targets = vec![Traced::new(speaker, [page.paragraph.span_at(owner)], "target/own-people")];
        }
    }
}

/// "The enemy had left four dead on the slope", said by a side: the other's dead, whom nobody is said to have killed.
pub(super) fn enemy_harm(page: &Page<'_>, drafts: &mut [Draft]) {
    for draft in drafts.iter_mut().filter(|d| d.kind.value == Kind::Casualties) {
        let Some(speaker) = draft.speaker.value.party.clone().filter(|p| !p.is_bystander()) else { continue };
        let Some(enemy) = opponent(page, &speaker) else { continue };
        let Some(words) = loser(page, draft.token).filter(|&s| is_enemy(page, s)) else { continue };
        draft.actors.retain(|a| a.value != enemy && a.rule != "actor/weights");
        draft.targets = vec![Traced::new(enemy, [page.paragraph.span_at(words)], "target/enemy")];
    }
}

/// One toll that both sides are named for is neither's own dead: "140 were killed, by a count of both sides' statements".
pub(super) fn joint_toll(drafts: &mut [Draft]) {
    let own = |d: &Draft| {
        let speaker = d.speaker.value.party.as_ref();
        d.kind.value == Kind::Casualties
            && d.targets.iter().any(|t| t.rule == "target/speaker" && Some(&t.value) == speaker)
    };
    let tolls: Vec<_> = drafts.iter().filter(|d| own(d)).map(|d| (d.token, d.speaker.value.party.clone())).collect();
    for draft in drafts.iter_mut().filter(|d| own(d)) {
        if tolls.iter().any(|(token, party)| *token == draft.token && *party != draft.speaker.value.party) {
            draft.targets.clear();
        }
    }
}

/// Who left, lost or suffered the dead that a word is of.
fn loser(page: &Page<'_>, at: usize) -> Option<usize> {
    let verb = std::iter::once(at).chain(page.parse.ancestors(at)).find(|&i| page.is_verb(i))?;
    let loses = matches!(page.lemma(verb), "leave" | "lose" | "suffer" | "sustain" | "have");
    page.subject(verb).filter(|_| loses && !page.is_passive(verb))
}

fn is_enemy(page: &Page<'_>, noun: usize) -> bool {
    matches!(page.lemma(noun), "enemy" | "foe" | "adversary" | "opponent")
}

/// "Observers saw three howitzers in the zone", said by a mission: where its words name no doer, none is guessed for it. It
/// accuses nobody.
pub(super) fn not_guessed(page: &Page<'_>, drafts: &mut [Draft]) {
    let sides = page.mentions.conflict.map_or(&[][..], |c| &c.sides[..]);
    for draft in drafts.iter_mut().filter(|d| is_attack(d.kind.value) || d.kind.value == Kind::Buildup) {
        let neutral = |p: &PartyId| !p.is_bystander() && !sides.contains(p);
        if draft.speaker.value.party.as_ref().is_some_and(neutral) {
            draft.actors.retain(|a| a.rule != "actor/weights" || !a.spans.is_empty());
        }
    }
}

/// "Requests air defence and fuel", said of who asks: help is asked of another, for whoever asks.
pub(super) fn asks_for_itself(page: &Page<'_>, drafts: &mut [Draft]) {
    let asked = |d: &&mut Draft| d.kind.value == Kind::Assistance && d.mode.value == Mode::CalledFor;
    for draft in drafts.iter_mut().filter(asked) {
        let asks = matches!(page.lemma(draft.token), "request" | "ask" | "seek" | "need" | "want");
        let own = draft.actors.iter().any(|a| Some(&a.value) == draft.speaker.value.party.as_ref());
        if asks && page.is_verb(draft.token) && own && !page.is_passive(draft.token) {
            std::mem::swap(&mut draft.actors, &mut draft.targets);
        }
    }
}

/// "A commander showed it fragments of a round": who sees or shows something has not done it.
pub(super) fn not_the_witness(page: &Page<'_>, drafts: &mut [Draft]) {
    for draft in drafts.iter_mut().filter(|d| d.kind.value.class() == Class::Hostilities) {
        let verb = span::unit(page, draft.token);
        if !WORDS.observing.contains(page.lemma(verb)) || verb == draft.token {
            continue;
        }
        // of what somebody is shown nobody is said to have done it
        let is_shown = matches!(page.lemma(verb), "show" | "display") && page.token(verb).tag == Tag::Vbn;
        draft.actors.retain(|a| !is_shown || a.rule != "actor/weights");
        let Some(witness) = page.subject(verb).filter(|_| !page.is_passive(verb)) else { continue };
        let seen = page.mentions.parties(page.index, witness, Speaking::NOBODY);
        let elsewhere = |p: &PartyId| {
            let named = |i: usize| i != witness && page.mentions.parties(page.index, i, Speaking::NOBODY).contains(p);
            page.parse
                .children_by(verb, &[Dep::Dobj, Dep::Prep, Dep::Ccomp])
                .flat_map(|c| page.parse.subtree(c))
                .any(named)
        };
        draft.actors.retain(|a| !seen.contains(&a.value) || elsewhere(&a.value));
    }
}

/// The noun for those harmed in a passive clause, behind a number the noun that it counts.
fn harmed(page: &Page<'_>, draft: &Draft) -> Option<usize> {
    let subject = page.passive_subject(span::unit(page, draft.token))?;
    Some(page.behind(subject, &["of"]).next().unwrap_or(subject))
}

/// The pronoun that says whose people a noun names; "them", where they are "our" people of the sentence before.
fn owner(page: &Page<'_>, noun: usize) -> Option<usize> {
    let mine = |i: usize| page.token(i).tag == Tag::PrpPoss;
    let before = || {
        let last = page.sentence(noun).start.checked_sub(1)?;
        let subject = page.sentence(last).find(|&i| page.token(i).dep == Dep::Nsubj)?;
        page.phrase(subject).into_iter().find(|&i| is_first_person(page, i))
    };
    match &*page.token(noun).lower {
        "them" => before(),
        _ => page.phrase(noun).into_iter().find(|&i| mine(i)),
    }
}

fn is_first_person(page: &Page<'_>, i: usize) -> bool {
    matches!(&*page.token(i).lower, "our" | "we" | "my")
}

/// Whether a pronoun stands for the speaker: "our", or "his" with nobody else's party named since.
fn is_speakers(page: &Page<'_>, draft: &Draft, pronoun: usize, speaker: &PartyId) -> bool {
    let Some(named) = draft.speaker.spans.first() else { return is_first_person(page, pronoun) };
    let source = page.paragraph.tokens_in(*named);
    let since = source.end.max(page.sentence(pronoun).start)..pronoun;
    let other = |i: usize| page.mentions.at(page.index, i).is_some_and(|m| m.party != *speaker);
    is_first_person(page, pronoun) || (source.end <= pronoun && !since.into_iter().any(other))
}

/// Gives harm without an actor the actors of the nearest act of fighting in its sentence, the harmed left out.
fn from_act(page: &Page<'_>, drafts: &mut [Draft]) {
    let acts: Vec<(usize, Parties)> =
        drafts.iter().filter(|d| is_act(d) && !d.actors.is_empty()).map(|d| (d.token, d.actors.clone())).collect();
    for draft in drafts.iter_mut().filter(|d| is_harm(d) && d.actors.is_empty()) {
        let sentence = page.sentence(draft.token);
        let nearest = acts.iter().filter(|(t, _)| sentence.contains(t)).min_by_key(|(t, _)| t.abs_diff(draft.token));
        let Some((_, actors)) = nearest else { continue };
        draft.actors = as_said(actors, &draft.targets, "actor/cause-in-sentence");
    }
}

/// What a draft does not say, the last draft of its paragraph that is about the same may have said: who marched, whom
/// the shells that did the harm had hit.
fn from_before(drafts: &mut [Draft]) {
    let mut order: Vec<usize> = (0..drafts.len()).collect();
    order.sort_by_key(|&i| drafts[i].run.start);
    for at in 1..order.len() {
        let (before, here) = (&order[..at], order[at]);
        let draft = &drafts[here];
        let mut said = before.iter().rev().map(|&i| &drafts[i]);
        let same = said.clone().find(|d| d.kind.value == draft.kind.value && !d.actors.is_empty());
        let actors = same.filter(|_| draft.actors.is_empty() && goes_on(draft.kind.value));
        let hit = |d: &&Draft| !d.targets.is_empty() && (d.kind.value == draft.kind.value || is_act(d));
        let target = said.find(hit).filter(|_| draft.targets.is_empty() && is_hit(draft.kind.value));
        let actors = actors.map(|d| as_said(&d.actors, &draft.targets, "actor/before"));
        let targets = target.map(|d| as_said(&d.targets, &draft.actors, "target/before"));
        drafts[here].actors.extend(actors.into_iter().flatten());
        drafts[here].targets.extend(targets.into_iter().flatten());
    }
}

/// A side that tells of an attack and names nobody accuses the other of it; one that denies an act, or tells what is
/// going to be done, speaks of its own; the dead whom it counts are its own.
fn by_speaker(page: &Page<'_>, draft: &mut Draft) {
    let Some(speaker) = draft.speaker.value.party.clone().filter(|p| !p.is_bystander()) else { return };
    let enemy = opponent(page, &speaker);
    let free = |list: &Parties| list.is_empty();
    let made = |party: PartyId, rule: &'static str| vec![Traced::new(party, [], rule)];
    let own_at_most = draft.targets.iter().all(|t| t.value == speaker);
    if is_attack(draft.kind.value) && free(&draft.actors) && has_owner(page, draft) {
        draft.actors = made(speaker, "actor/own-forces");
        return;
    }
    match (draft.mode.value, enemy) {
        (Mode::Asserted, Some(enemy)) if is_attack(draft.kind.value) && free(&draft.actors) && own_at_most => {
            draft.actors = made(enemy, "actor/accused-side");
            draft.targets = made(speaker, "target/speaker");
        }
        (Mode::Asserted, Some(_)) if counts_own_dead(draft, &speaker) => {
            draft.targets = made(speaker, "target/speaker");
        }
        // a charge that is taken back was laid to the other
        (Mode::Denied, Some(enemy)) if draft.mode.rule == TAKEN_BACK && is_attack(draft.kind.value) && own_at_most => {
            let named = draft.actors.iter().any(|a| a.value != speaker);
            draft.actors = if named { draft.actors.clone() } else { made(enemy, "actor/accused-side") };
        }
        (Mode::Denied | Mode::Planned, _) if is_own(draft) && free(&draft.actors) => {
            let named = draft.targets.iter().any(|t| t.value == speaker);
            draft.actors = if named { Vec::new() } else { made(speaker, "actor/speaker") };
        }
        _ => {}
    }
}

/// A toll of nobody's dead in particular, which its speaker is not said to have caused.
fn counts_own_dead(draft: &Draft, speaker: &PartyId) -> bool {
    draft.kind.value == Kind::Casualties && draft.targets.is_empty() && draft.actors.iter().all(|a| a.value != *speaker)
}

/// "His country's forces advanced", told by their own side: the doer is somebody's who was named before.
fn has_owner(page: &Page<'_>, draft: &Draft) -> bool {
    let subject = page.subject(span::unit(page, draft.token));
    subject.is_some_and(|s| page.phrase(s).iter().any(|&i| page.token(i).tag == Tag::PrpPoss))
}

/// Whom one side threatens, takes ground or prisoners from: the other.
fn at_the_other_side(page: &Page<'_>, draft: &mut Draft) {
    let against = matches!(draft.kind.value, Kind::Threat | Kind::Seizure | Kind::Detention);
    let ([actor], true, true) = (&draft.actors[..], draft.targets.is_empty(), against) else { return };
    let enemy = opponent(page, &actor.value).map(|p| Traced::new(p, actor.spans.clone(), "target/other-side"));
    draft.targets.extend(enemy);
}

/// Parties as another draft had them, those in the other role left out.
fn as_said(parties: &Parties, others: &Parties, rule: &'static str) -> Parties {
    let free = parties.iter().filter(|p| others.iter().all(|o| o.value != p.value));
    free.map(|p| Traced::new(p.value.clone(), p.spans.clone(), rule)).collect()
}

fn is_act(draft: &Draft) -> bool {
    draft.kind.value.class() == Class::Hostilities && draft.kind.value != Kind::Clash
}

fn is_harm(draft: &Draft) -> bool {
    matches!(draft.kind.value, Kind::Casualties | Kind::Damage)
}

/// Types of which a paragraph mostly tells one actor's.
fn goes_on(kind: Kind) -> bool {
    matches!(
        kind,
        Kind::Shelling | Kind::Incursion | Kind::Withdrawal | Kind::Deployment | Kind::Buildup | Kind::Seizure
    )
}

/// Types whose target the sentences before may have named.
fn is_hit(kind: Kind) -> bool {
    matches!(kind, Kind::Casualties | Kind::Damage | Kind::Shelling)
}

fn is_attack(kind: Kind) -> bool {
    matches!(kind, Kind::Shelling | Kind::Airstrike | Kind::Gunfire | Kind::Assault | Kind::Incursion | Kind::Violation)
}

/// Acts that a side denies or announces of itself.
fn is_own(draft: &Draft) -> bool {
    let kind = draft.kind.value;
    let act = is_attack(kind) || matches!(kind, Kind::Buildup | Kind::Assistance);
    act || (draft.mode.value == Mode::Planned && matches!(kind, Kind::Withdrawal | Kind::Access))
}
