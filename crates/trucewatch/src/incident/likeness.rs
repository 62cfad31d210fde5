//! What two claims share and where they differ, as numbers: the inputs of [`odds`](super::odds).
//!
//! No name of a party, person or place is among them, only whether two are the same.

use std::cmp::Ordering;

use super::affinity::{self, Relation};
use super::evidence::is_answered;
use super::names::Set;
use super::place::{self, Placed};
use super::time::{self, Timed};
use super::traits::Traits;
use super::within;
use crate::claim::{Class, Kind};

macro_rules! inputs {
    ($($name:ident),+ $(,)?) => {
        /// What is looked at, in the order of training.
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub(super) enum Input { $($name),+ }

        impl Input {
            /// All names, in order.
            pub(super) const NAMES: &'static [&'static str] = &[$(stringify!($name)),+];
        }
    };
}

inputs! {
    KindSame, KindStands, KindFire, KindVague, KindGround, KindHarm, KindTruce, KindDealings, KindTroops, KindHelp,
    KindStand, KindWarning, KindAid, KindApart,
    SameAct, SameHarm, SameClash, SameTruce, SameTalks, SameHelp, SameMediation, SameStep, SameLocal,
    Across, AcrossApart, Sentence0, Sentence1, Sentence2, Sentence5, Sentence12, SentenceFar, NextClaim,
    TimeSame, TimeSameLong, TimeEdge, TimeMeets, TimeMeetsLong, TimeMixed, TimeMixedLocal, Time1, Time1Local, Time3,
    Time3Local, Time30, Time30Local, TimeFar, TimeFarLocal, TimeOne, TimeNone, TimeNoneFar, Since, AcrossSince,
    AcrossTimeSame, MixedKinds,
    PlaceSame, PlaceWithin, PlaceLike, PlaceOther, PlaceOtherLocal, PlaceOne, PlaceNone, AcrossPlaceSame,
    Doers, DoersOpen, Targets, Parties, Mirrored,
    DoersSame, DoersShared, DoersOther, DoersOneOpen, TargetsSame, TargetsShared, TargetsOther, TargetsOneOpen,
    UnlikeDoersSame, UnlikeDoersShared, UnlikeDoersOther, UnlikeDoersOneOpen, UnlikeTargetsSame, UnlikeTargetsShared,
    UnlikeTargetsOther, UnlikeTargetsOneOpen,
    ModesMixed, ModeSame, Answer, Calls, AcrossCalls, PlanAndFact, SpeakerParty, Speaker, OwnStands, OthersStand,
    StandAnswered,
    AgreementShared, AgreementOne, AgreementOwnShared, AgreementOwnOther,
    Words, AcrossWords, WordsSame, FiguresSame, FiguresOther, Crowd, AcrossCrowd, UnlikeCrowd,
    KindOdds, KindTelling, DayTelling, NearDayTelling, PlaceTelling, NearPlaceTelling, NearPlaceOther, PartiesTelling,
    PartyTelling, Paragraph0, Paragraph1, Paragraphs, Lead, ClaimsBetween, SentenceWords, DaysAClaim, PlacesAClaim,
}

/// How many inputs there are.
pub(super) const INPUTS: usize = Input::PlacesAClaim as usize + 1;

/// Room for inputs; the rest is 0.
pub(super) const ROOM: usize = 128;

/// The inputs of one pair of claims.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Likeness(pub(super) [f32; ROOM]);

impl Likeness {
    pub(super) fn set(&mut self, input: Input, value: f32) {
        if let Some(slot) = self.0.get_mut(input as usize) {
            *slot = value;
        }
    }

    pub(super) fn mark(&mut self, input: Input, holds: bool) {
        if holds {
            self.set(input, 1.0);
        }
    }

    /// Value of an input.
    pub(super) fn get(&self, input: Input) -> f32 {
        self.0.get(input as usize).copied().unwrap_or(0.0)
    }
}

/// What two claims share and where they differ; the order does not matter.
pub(super) fn of(a: &Traits, b: &Traits) -> Likeness {
    let mut like = Likeness([0.0; ROOM]);
    let relation = affinity::between(a.kind, b.kind);
    kinds(&mut like, a, b, relation);
    nearness(&mut like, a, b, relation);
    times(&mut like, a, b);
    places(&mut like, a, b);
    roles(&mut like, a, b, relation);
    modes(&mut like, a, b, relation);
    stands(&mut like, a, b, relation);
    agreements(&mut like, a, b);
    words(&mut like, a, b, relation);
    figures(&mut like, a, b);
    if a.document == b.document {
        within::set(&mut like, a, b);
    }
    like
}

fn kinds(like: &mut Likeness, a: &Traits, b: &Traits, relation: Relation) {
    like.set(relation_input(relation), 1.0);
    like.mark(Input::MixedKinds, a.is_background() != b.is_background() && a.kind != b.kind);
    if relation == Relation::Same {
        like.set(same_input(a.kind), 1.0);
        like.mark(Input::SameLocal, a.is_local() && !a.is_background() && !b.is_background());
    }
}

fn relation_input(relation: Relation) -> Input {
    match relation {
        Relation::Same => Input::KindSame,
        Relation::Stands => Input::KindStands,
        Relation::Fire => Input::KindFire,
        Relation::Vague => Input::KindVague,
        Relation::Ground => Input::KindGround,
        Relation::Harm => Input::KindHarm,
        Relation::Truce => Input::KindTruce,
        Relation::Dealings => Input::KindDealings,
        Relation::Troops => Input::KindTroops,
        Relation::Help => Input::KindHelp,
        Relation::Stand => Input::KindStand,
        Relation::Warning => Input::KindWarning,
        Relation::Aid => Input::KindAid,
        Relation::Apart => Input::KindApart,
    }
}

fn same_input(kind: Kind) -> Input {
    match kind {
        Kind::Clash => Input::SameClash,
        Kind::Truce => Input::SameTruce,
        Kind::Talks => Input::SameTalks,
        Kind::Assistance => Input::SameHelp,
        Kind::Mediation => Input::SameMediation,
        kind if kind.class() == Class::Harm => Input::SameHarm,
        kind if kind.class() == Class::Hostilities => Input::SameAct,
        _ => Input::SameStep,
    }
}

fn nearness(like: &mut Likeness, a: &Traits, b: &Traits, relation: Relation) {
    if a.document != b.document {
        like.set(Input::Across, 1.0);
        like.mark(Input::AcrossApart, relation == Relation::Apart);
        return;
    }
    let input = match a.sentence.abs_diff(b.sentence) {
        0 => Input::Sentence0,
        1 => Input::Sentence1,
        2 => Input::Sentence2,
        3..=5 => Input::Sentence5,
        6..=12 => Input::Sentence12,
        _ => Input::SentenceFar,
    };
    like.set(input, 1.0);
    like.mark(Input::NextClaim, a.order.abs_diff(b.order) == 1);
}

fn times(like: &mut Likeness, a: &Traits, b: &Traits) {
    let local = a.is_local() || b.is_local();
    let across = a.document != b.document;
    let or_local = |input, near| if local { near } else { input };
    let timed = time::between(a, b);
    let input = match timed {
        Timed::Same => Input::TimeSame,
        Timed::SameLong => Input::TimeSameLong,
        Timed::Edge => Input::TimeEdge,
        Timed::Meets => Input::TimeMeets,
        Timed::MeetsLong => Input::TimeMeetsLong,
        Timed::Mixed => or_local(Input::TimeMixed, Input::TimeMixedLocal),
        Timed::Apart(1) => or_local(Input::Time1, Input::Time1Local),
        Timed::Apart(0..=3) => or_local(Input::Time3, Input::Time3Local),
        Timed::Apart(0..=30) => or_local(Input::Time30, Input::Time30Local),
        Timed::Apart(_) => or_local(Input::TimeFar, Input::TimeFarLocal),
        Timed::OneOpen => Input::TimeOne,
        Timed::Open => Input::TimeNone,
        Timed::OpenFar => Input::TimeNoneFar,
    };
    like.set(input, 1.0);
    let since = time::one_beginning(a, b);
    like.mark(Input::Since, since && !across);
    like.mark(Input::AcrossSince, since && across);
    like.mark(Input::AcrossTimeSame, across && timed == Timed::Same);
}

fn places(like: &mut Likeness, a: &Traits, b: &Traits) {
    let across = a.document != b.document;
    let placed = place::between(a, b);
    let input = match placed {
        Placed::Same => Input::PlaceSame,
        Placed::Within => Input::PlaceWithin,
        Placed::Like => Input::PlaceLike,
        Placed::Other if a.is_local() && b.is_local() => Input::PlaceOtherLocal,
        Placed::Other => Input::PlaceOther,
        Placed::OneOpen => Input::PlaceOne,
        Placed::Open => Input::PlaceNone,
    };
    like.set(input, 1.0);
    like.mark(Input::AcrossPlaceSame, across && placed == Placed::Same);
}

/// How two sets of parties lie to each other.
enum Sets {
    Same,
    Shared,
    Other,
    OneOpen,
}

fn sets(a: &Set, b: &Set) -> Sets {
    match (a.is_empty() || b.is_empty(), a == b, a.is_disjoint(b)) {
        (true, ..) => Sets::OneOpen,
        (_, true, _) => Sets::Same,
        (_, _, false) => Sets::Shared,
        _ => Sets::Other,
    }
}

fn roles(like: &mut Likeness, a: &Traits, b: &Traits, relation: Relation) {
    use Input as I;
    let alike = matches!(relation, Relation::Same | Relation::Stands);
    let doers = [
        [I::DoersSame, I::DoersShared, I::DoersOther, I::DoersOneOpen],
        [I::UnlikeDoersSame, I::UnlikeDoersShared, I::UnlikeDoersOther, I::UnlikeDoersOneOpen],
    ];
    let targets = [
        [I::TargetsSame, I::TargetsShared, I::TargetsOther, I::TargetsOneOpen],
        [I::UnlikeTargetsSame, I::UnlikeTargetsShared, I::UnlikeTargetsOther, I::UnlikeTargetsOneOpen],
    ];
    let row = usize::from(!alike);
    like.set(doers[row][sets(&a.actors, &b.actors) as usize], 1.0);
    like.set(targets[row][sets(&a.targets, &b.targets) as usize], 1.0);
    match jaccard(&a.actors, &b.actors) {
        Some(share) => like.set(I::Doers, share - 0.5),
        None => like.set(I::DoersOpen, 1.0),
    }
    like.set(I::Targets, jaccard(&a.targets, &b.targets).map_or(0.0, |share| share - 0.5));
    like.set(I::Parties, jaccard(&a.parties, &b.parties).map_or(0.0, |share| share - 0.5));
    let swapped = a.actors == b.targets && b.actors == a.targets;
    like.mark(I::Mirrored, swapped && !a.actors.is_empty() && a.actors != a.targets);
}

/// Jaccard likeness; `None` where either says nothing.
fn jaccard(a: &Set, b: &Set) -> Option<f32> {
    let both = a.shared(b);
    let all = a.len() + b.len() - both;
    #[expect(clippy::cast_precision_loss, reason = "small sets")]
    let part = both as f32 / all.max(1) as f32;
    (!a.is_empty() && !b.is_empty()).then_some(part)
}

fn modes(like: &mut Likeness, a: &Traits, b: &Traits, relation: Relation) {
    let across = a.document != b.document;
    let others = a.party != b.party;
    let calls = !a.is_of_fact() && !b.is_of_fact();
    like.mark(Input::ModesMixed, a.is_of_fact() != b.is_of_fact());
    like.mark(Input::ModeSame, calls && a.mode == b.mode);
    like.mark(Input::Answer, relation == Relation::Same && others && a.says_no() != b.says_no());
    like.mark(Input::Calls, calls && others && !across);
    like.mark(Input::AcrossCalls, calls && others && across);
    like.mark(Input::PlanAndFact, relation == Relation::Same && !across && a.is_of_fact() != b.is_of_fact());
    like.mark(Input::SpeakerParty, !others);
    like.mark(Input::Speaker, !across && a.speaker == b.speaker && !a.is_narrated);
}

fn stands(like: &mut Likeness, a: &Traits, b: &Traits, relation: Relation) {
    if !matches!(relation, Relation::Stands | Relation::Stand) {
        return;
    }
    let own = a.party == b.party;
    like.mark(Input::OwnStands, own);
    like.mark(Input::OthersStand, !own);
    like.mark(Input::StandAnswered, relation == Relation::Stands && is_answered(a, b));
}

fn agreements(like: &mut Likeness, a: &Traits, b: &Traits) {
    match (a.agreement.is_empty(), b.agreement.is_empty()) {
        (true, true) => {}
        (false, false) => {
            like.set(Input::AgreementShared, share(&a.agreement, &b.agreement) - 0.3);
            let both = !a.agreement_own.is_empty() && !b.agreement_own.is_empty();
            let disjoint = a.agreement_own.is_disjoint(&b.agreement_own);
            like.mark(Input::AgreementOwnShared, both && !disjoint);
            like.mark(Input::AgreementOwnOther, both && disjoint);
        }
        _ => like.set(Input::AgreementOne, 1.0),
    }
}

/// Part of the smaller set that the other holds too; 0 where either is empty.
fn share(a: &Set, b: &Set) -> f32 {
    let least = a.len().min(b.len());
    #[expect(clippy::cast_precision_loss, reason = "small sets")]
    let part = a.shared(b) as f32 / least.max(1) as f32;
    part
}

fn words(like: &mut Likeness, a: &Traits, b: &Traits, relation: Relation) {
    let across = a.document != b.document;
    let alike = cosine(&a.words, &b.words);
    like.set(if across { Input::AcrossWords } else { Input::Words }, alike);
    #[expect(clippy::cast_precision_loss, reason = "claims of one document")]
    let crowd = (a.crowd.max(b.crowd).max(1) as f32).ln();
    match relation {
        Relation::Same if across => like.set(Input::AcrossCrowd, crowd),
        Relation::Same => like.set(Input::Crowd, crowd),
        Relation::Stands | Relation::Apart => {}
        _ if across => {}
        _ => like.set(Input::UnlikeCrowd, crowd),
    }
    if relation == Relation::Same {
        like.set(Input::WordsSame, alike);
    }
}

/// Cosine of two vectors of length 1, each sorted by number.
pub(super) fn cosine(a: &[(u32, f32)], b: &[(u32, f32)]) -> f32 {
    let (mut x, mut y) = (a.iter().peekable(), b.iter().peekable());
    let mut product = 0.0;
    while let (Some((m, v)), Some((n, w))) = (x.peek(), y.peek()) {
        match m.cmp(n) {
            Ordering::Less => _ = x.next(),
            Ordering::Greater => _ = y.next(),
            Ordering::Equal => {
                product += v * w;
                x.next();
                y.next();
            }
        }
    }
    product
}

fn figures(like: &mut Likeness, a: &Traits, b: &Traits) {
    let pairs = || a.figures.iter().flat_map(|x| b.figures.iter().map(move |y| (x, y)));
    if pairs().any(|(x, y)| x.what == y.what && x.range == y.range) {
        like.set(Input::FiguresSame, 1.0);
    } else {
        like.mark(Input::FiguresOther, pairs().any(|(x, y)| x.what == y.what));
    }
}

#[cfg(test)]
mod tests {
    use super::super::sample::{Tale, Told};
    use super::super::traits;
    use super::*;

    fn two(first: Told, second: Told) -> (Likeness, Likeness) {
        let mut tale = Tale::new();
        tale.tell(first);
        tale.tell(second);
        let record = tale.record();
        let traits = traits::of(&record);
        (of(&traits[0], &traits[1]), of(&traits[1], &traits[0]))
    }

    fn fire(document: &str, by: &str, day: &str) -> Told {
        Told::new(document, "2031-03-08", "Vesk shelled Hollin").by(by).shelling("vesk", "orlava", day).at("Hollin")
    }

    #[test]
    fn the_order_does_not_matter() {
        let (one, other) = two(fire("a", "orlava", "2031-03-07"), fire("b", "vesk", "2031-03-06").denied());
        assert_eq!(one, other);
    }

    #[test]
    fn an_answer_is_seen() {
        let (like, _) = two(fire("a", "orlava", "2031-03-07"), fire("b", "vesk", "2031-03-07").denied());
        let all = [Input::Answer, Input::Across, Input::TimeSame, Input::PlaceSame, Input::DoersSame];
        assert!(all.iter().all(|i| like.get(*i) > 0.0));
        assert!(like.get(Input::Mirrored) == 0.0);
    }

    #[test]
    fn names_and_numbers_agree() {
        assert_eq!(Input::NAMES.len(), INPUTS);
        assert_eq!(Input::NAMES[Input::PlaceSame as usize], "PlaceSame");
    }
}
