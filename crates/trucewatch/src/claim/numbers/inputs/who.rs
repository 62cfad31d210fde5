//! What tells whether those whom a number counts are soldiers or civilians: who is named round them, what happens there, whom
//! the document counts elsewhere.

use std::ops::Range;

use syntax::EntityKind;

use super::super::super::code::Draft;
use super::super::super::{Class, Kind};
use super::super::{among_civilians, are_fighters, are_losses, counts, has_owner, is_of_armed_group, is_taken};
use super::Scene;
use crate::figure::{Sort, Who, sort};
use crate::trees::{number, yes};

/// Types whose presence beside a toll says how people were hurt.
const ACTS: [Kind; 8] = [
    Kind::Clash,
    Kind::Shelling,
    Kind::Gunfire,
    Kind::Airstrike,
    Kind::Assault,
    Kind::Explosion,
    Kind::Detention,
    Kind::Damage,
];

pub(super) fn surroundings(scene: &Scene<'_, '_>, at: usize) -> Vec<f32> {
    let mut inputs = of_noun(scene, at);
    inputs.extend(of_people(scene, at));
    inputs.extend(of_counts(scene, at));
    inputs.extend(of_acts(scene));
    inputs
}

/// The noun that is counted, and whose people they are.
fn of_noun(scene: &Scene<'_, '_>, at: usize) -> Vec<f32> {
    let (page, quantity) = (scene.page, &scene.readings[at].quantity);
    let named = quantity.noun.and_then(|n| match sort(page.parse, n)? {
        Sort::People(who) | Sort::Thing(_, who) => Some(who),
        _ => None,
    });
    let is = |test: &dyn Fn(usize) -> bool| yes(quantity.noun.is_some_and(test));
    let what = quantity.what.unwrap_or(crate::figure::Counted::Personnel);
    let lemma = |word: &'static str| is(&|n| page.lemma(n) == word);
    let people = page.parse.entity_at(quantity.head()).map(|e| e.kind);
    vec![
        named.map_or(0.0, |w| w as u8 as f32 + 1.0),
        is(&|n| is_of_armed_group(page, n)),
        is(&|n| has_owner(page, n)),
        yes(are_losses(page, quantity)),
        yes(are_fighters(page, quantity)),
        yes(among_civilians(page, quantity, what)),
        yes(is_taken(page, quantity)),
        lemma("people"),
        lemma("person"),
        lemma("member"),
        lemma("man"),
        lemma("other"),
        yes(people == Some(EntityKind::Norp)) + 2.0 * yes(people == Some(EntityKind::Person)),
        is(&|n| page.parse.children(n).any(|c| page.mentions.at(page.index, c).is_some())),
    ]
}

/// Soldiers and civilians in the claim's words, its sentence and paragraph, and before.
fn of_people(scene: &Scene<'_, '_>, at: usize) -> Vec<f32> {
    let (page, crowd) = (scene.page, scene.crowd);
    let sentence = page.sentence(scene.draft.token);
    let head = scene.readings[at].quantity.head();
    let place = (page.index, sentence.start);
    let (share, known) = crowd.before(place);
    let mut inputs = Vec::new();
    for who in [Who::Civilian, Who::Military] {
        let within = |paragraph: usize, run: &Range<usize>| crowd.within(paragraph, run, who);
        let own = usize::from(within(page.index, &(head..head + 1)) > 0);
        inputs.extend([
            within(page.index, &scene.draft.run) as f32,
            within(page.index, &sentence).saturating_sub(own) as f32,
            within(page.index, &(0..sentence.start)).min(10) as f32,
            within(page.index, &(sentence.end..page.parse.len())).min(10) as f32,
            page.index.checked_sub(1).map_or(0, |before| within(before, &(0..usize::MAX))).min(10) as f32,
            within(page.index + 1, &(0..usize::MAX)).min(10) as f32,
        ]);
    }
    let scenes = sentence.filter(|&i| counts::is_scene(page.lemma(i))).count();
    inputs.extend([share, known.min(40) as f32, told(crowd.last(place)), scenes as f32]);
    inputs
}

/// Who else is counted.
fn of_counts(scene: &Scene<'_, '_>, at: usize) -> Vec<f32> {
    let (page, readings) = (scene.page, scene.readings);
    let quantity = &readings[at].quantity;
    let who = |i: Option<usize>| told(i.and_then(|i| readings.get(i)).map(|r| r.quantity.who));
    let whole = quantity.part_of.and_then(|w| page.quantities.get(w)).map(|q| q.who);
    let parts = readings.iter().find(|r| {
        let whole = r.quantity.part_of.and_then(|w| page.quantities.get(w));
        whole.is_some_and(|w| w.tokens == quantity.tokens)
    });
    let [fate, same] = scene.crowd.alike((page.index, quantity.tokens.start), quantity);
    vec![
        who(at.checked_sub(1)),
        who(Some(at + 1)),
        told(whole),
        told(parts.map(|r| r.quantity.who)),
        told(fate),
        told(same),
    ]
}

/// What else happens in the sentence, and who did it.
fn of_acts(scene: &Scene<'_, '_>) -> Vec<f32> {
    let has = |kind: Kind| yes(scene.rivals.iter().any(|d| d.kind.value == kind));
    let mut inputs: Vec<f32> = ACTS.map(has).to_vec();
    let hostile = scene.rivals.iter().find(|d| d.kind.value.class() == Class::Hostilities);
    let armed = |d: &Draft| d.targets.iter().any(|p| scene.page.mentions.is_armed_group(&p.value));
    inputs.push(yes(hostile.is_some_and(|d| armed(d))));
    inputs
}

fn told(who: Option<Who>) -> f32 {
    number(who.map(|w| w as usize))
}
