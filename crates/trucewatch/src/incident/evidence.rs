//! What speaks for two claims telling of one happening, what rules it out, and what to say of it.

use super::affinity::{self, Relation};
use super::likeness::{self, Input, Likeness};
use super::odds;
use super::place::{self, Placed};
use super::time::gap;
use super::traits::Traits;
use crate::claim::Kind;

/// Log odds of two claims being of one happening; `None` where something rules it out.
pub(super) fn between(a: &Traits, b: &Traits) -> Option<f32> {
    (!is_ruled_out(a, b)).then(|| odds::of(&likeness::of(a, b)))
}

/// Whether a denial plainly answers a claim: another voice says of a like act, at a time and place that may be the same,
/// that the one did it who denies it, or of whom it is denied.
pub(super) fn is_answer(denial: &Traits, claim: &Traits) -> bool {
    let accused = denial.party.is_some_and(|p| claim.actors.contains(p)) || !denial.actors.is_disjoint(&claim.actors);
    let days = denial.days.zip(claim.days).map(|(x, y)| gap(x, y) == 0);
    let together = days.unwrap_or(denial.document == claim.document);
    let apart = matches!(place::between(denial, claim), Placed::Other);
    let voices = denial.party != claim.party && !claim.says_no();
    voices && accused && together && !apart && affinity::answers(denial.kind, claim.kind)
}

/// What two claims share, in words.
pub(super) fn told(a: &Traits, b: &Traits) -> Vec<&'static str> {
    shares(&likeness::of(a, b))
}

/// Inputs that are worth telling, and the words for them.
const TOLD: &[(&[Input], &str)] = &[
    (&[Input::KindSame], "same type"),
    (&[Input::KindHarm], "an act and its harm"),
    (&[Input::KindVague, Input::KindFire, Input::KindGround], "types that go together"),
    (&[Input::TimeSame, Input::TimeSameLong], "same time"),
    (&[Input::TimeEdge, Input::TimeMeets, Input::TimeMeetsLong], "times that meet"),
    (&[Input::PlaceSame], "same place"),
    (&[Input::PlaceWithin], "one place lies in the other"),
    (&[Input::DoersSame, Input::UnlikeDoersSame], "same doer"),
    (&[Input::TargetsSame, Input::UnlikeTargetsSame], "same target"),
    (&[Input::AgreementShared], "same agreement"),
    (&[Input::FiguresSame], "same figure"),
    (&[Input::Sentence0], "same sentence"),
    (&[Input::Sentence1], "next sentence"),
    (&[Input::Answer, Input::StandAnswered], "one denies what the other says"),
];

/// Words are told as alike from this cosine on.
const ALIKE: f32 = 0.3;

fn shares(like: &Likeness) -> Vec<&'static str> {
    let holds = |inputs: &[Input]| inputs.iter().any(|i| like.get(*i) > 0.0);
    let mut told: Vec<&str> = TOLD.iter().filter(|(inputs, _)| holds(inputs)).map(|(_, words)| *words).collect();
    if like.get(Input::Words).max(like.get(Input::AcrossWords)) > ALIKE {
        told.push("like words");
    }
    told
}

/// Days beyond which a happening, and anything at all, is another one.
const EVENT_DAYS: i64 = 7;
const ANY_DAYS: i64 = 120;

/// What the codebook settles: two attacks at different times, tolls of different people or times, two calls that
/// name no agreement in reports of different days, two mediators, two meetings.
fn is_ruled_out(a: &Traits, b: &Traits) -> bool {
    let relation = affinity::between(a.kind, b.kind);
    is_long_ago(a, b)
        || are_separate_calls(a, b)
        || relation == Relation::Same
            && match a.kind {
                Kind::Casualties => are_separate_tolls(a, b),
                Kind::Mediation => are_separate_mediators(a, b),
                Kind::Talks => a.days.zip(b.days).is_some_and(|(x, y)| gap(x, y) > 0),
                kind => affinity::is_local(kind) && are_separate_acts(a, b),
            }
}

fn is_long_ago(a: &Traits, b: &Traits) -> bool {
    let most = if a.is_local() || b.is_local() { EVENT_DAYS } else { ANY_DAYS };
    a.days.zip(b.days).is_some_and(|(x, y)| gap(x, y) > most)
}

/// Two acts of one type whose days do not meet, or at two exact places.
fn are_separate_acts(a: &Traits, b: &Traits) -> bool {
    let particular = !a.is_background() && !b.is_background();
    particular && a.days.zip(b.days).is_some_and(|(x, y)| gap(x, y) > 1)
}

/// Days within which calls of one party that name no agreement may be one call.
const CALL_DAYS: i64 = 3;

fn are_separate_calls(a: &Traits, b: &Traits) -> bool {
    let calls = !a.is_of_fact() && !b.is_of_fact() && (a.agreement.is_empty() || b.agreement.is_empty());
    let far = a.said.zip(b.said).is_some_and(|(x, y)| gap(x, y) > CALL_DAYS);
    calls && a.document != b.document && (far || a.party != b.party)
}

fn are_separate_tolls(a: &Traits, b: &Traits) -> bool {
    let others = !a.targets.is_empty() && !b.targets.is_empty() && a.targets.is_disjoint(&b.targets);
    let windows = a.days.is_some() && b.days.is_some() && a.is_background() != b.is_background();
    others || windows || a.document == b.document && a.party == b.party && counts_differ(a, b)
}

/// Whether two counts of one thing differ: by one voice in one document, they count different things.
fn counts_differ(a: &Traits, b: &Traits) -> bool {
    let pairs = a.figures.iter().flat_map(|x| b.figures.iter().map(move |y| (x, y)));
    let mut of_one = pairs.filter(|(x, y)| x.what == y.what && x.who == y.who && x.side == y.side);
    of_one.any(|(x, y)| x.range != y.range)
}

fn are_separate_mediators(a: &Traits, b: &Traits) -> bool {
    let named = !a.actors.is_empty() && !b.actors.is_empty() && a.actors.is_disjoint(&b.actors);
    named && (a.agreement.is_empty() || b.agreement.is_empty())
}
