//! What speaks for two claims telling of one happening, what rules it out, and what to say of it.

use super::affinity::{self, Relation};
use super::likeness::{self, Input, Likeness};
use super::odds;
use super::place::{self, Placed};
use super::settled;
use super::time::gap;
use super::traits::Traits;
use crate::claim::Kind;

/// Log odds of two claims being of one happening; `None` where something rules it out.
pub(super) fn between(a: &Traits, b: &Traits) -> Option<f32> {
    let settled = settled::why(a, b).is_some();
    let like = (settled || !is_ruled_out(a, b)).then(|| likeness::of(a, b))?;
    let odds = odds::of(&like);
    let least = [(settled, settled::SETTLED), (is_repeated(a, b, &like), REPEATED)];
    Some(least.iter().filter(|(holds, _)| *holds).fold(odds, |odds, (_, least)| odds.max(*least)))
}

/// What speaks at least for two claims of which one repeats the other.
const REPEATED: f32 = 1.0;

/// Cosine of the words from which on they are the same, and how many words make that more than chance.
const SAME_WORDS: f32 = 0.9;
const FEW_WORDS: usize = 3;

/// Whether another document says the same in nearly the same words, whatever type it was read as: of the same parties, at a
/// time and place that may be the same, with no other number.
fn is_repeated(a: &Traits, b: &Traits, like: &Likeness) -> bool {
    let words = like.get(Input::AcrossWords) > SAME_WORDS && a.words.len().min(b.words.len()) >= FEW_WORDS;
    let parties = || a.actors == b.actors && a.targets == b.targets && a.mode == b.mode;
    let days = || a.days.zip(b.days).is_none_or(|(x, y)| gap(x, y) == 0) && a.is_background() == b.is_background();
    let places = || !matches!(place::between(a, b), Placed::Other | Placed::Like);
    let other = || like.get(Input::KindApart) > 0.0 || like.get(Input::FiguresOther) > 0.0;
    // the words first: of nearly all pairs they differ
    words && parties() && days() && places() && !other()
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
    shares(&likeness::of(a, b)).into_iter().chain(settled::why(a, b)).collect()
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
/// name no agreement in reports of different days, two mediators, two meetings, help to different sides, stands of which
/// none answers the other.
fn is_ruled_out(a: &Traits, b: &Traits) -> bool {
    let relation = affinity::between(a.kind, b.kind);
    is_long_ago(a, b)
        || are_separate_calls(a, b)
        || relation == Relation::Same
            && match a.kind {
                Kind::Casualties => are_separate_tolls(a, b),
                Kind::Mediation => are_separate_mediators(a, b) || a.targets.is_other(&b.targets),
                Kind::Assistance => a.targets.is_other(&b.targets),
                Kind::Talks => are_separate_meetings(a, b),
                kind => affinity::is_local(kind) && (are_separate_acts(a, b) || are_told_apart(a, b)),
            }
        || relation == Relation::Stands && !is_answered(a, b)
        || (relation == Relation::Harm || a.kind == Kind::Casualties) && are_harmed_elsewhere(a, b)
}

/// Precision of a place that tells one from another: a point, or what lies within some kilometres of it.
const EXACT: u8 = 2;

/// An act and a harm, or two kinds of harm, of which two documents tell at two exact places.
fn are_harmed_elsewhere(a: &Traits, b: &Traits) -> bool {
    let exact = a.precision.max(b.precision) <= EXACT;
    exact && a.document != b.document && matches!(place::between(a, b), Placed::Other)
}

/// Two meetings on different days, or of different parties.
fn are_separate_meetings(a: &Traits, b: &Traits) -> bool {
    a.days.zip(b.days).is_some_and(|(x, y)| gap(x, y) > 0) || a.actors.is_other(&b.actors)
}

/// Two happenings of one type that one speaker of one document gives different times: what a speaker says again is one
/// claim, so these are two.
fn are_told_apart(a: &Traits, b: &Traits) -> bool {
    let one_voice = a.document == b.document && a.speaker == b.speaker && a.mode == b.mode;
    one_voice && a.days.zip(b.days).is_some_and(|(x, y)| x != y)
}

/// Whether one of two stands answers the other: by another party, which says no to it or is spoken of in it.
pub(super) fn is_answered(a: &Traits, b: &Traits) -> bool {
    let at = |x: &Traits, y: &Traits| x.party.is_some_and(|p| y.targets.contains(p));
    a.party != b.party && (a.says_no() != b.says_no() || at(a, b) || at(b, a))
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
    let others = a.targets.is_other(&b.targets);
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
    a.actors.is_other(&b.actors) && (a.agreement.is_empty() || b.agreement.is_empty())
}
