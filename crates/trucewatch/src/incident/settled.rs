//! What is one thing by what it is, however far apart it is told: one war, one count of its harm, troops that stay, help
//! of one sort from one side to another, one border, one truce and who brokered it.
//!
//! The weights are learned from pairs that lie near each other in time. A standing thing is spoken of for weeks, by calls
//! and denials as by reports, and who does it to whom names it as well as a day names an attack.

use super::affinity::{self, Relation};
use super::place::{self, Placed};
use super::time::gap;
use super::traits::Traits;
use crate::claim::{Aspect, Class, Kind, Mode};

/// Log odds that such a pair counts for at least.
pub(super) const SETTLED: f32 = 1.5;

/// Days between two beginnings, or between a truce and its brokering, that reports of one thing give.
pub(super) const BEGINNING: i64 = 3;
const BROKERED: i64 = 1;

/// Days within which troops that are said to be beyond a line are the same troops, help of one sort is the same help, and
/// the talk of a border is of one undertaking.
const STAY: i64 = 30;
const HELP: i64 = 60;
const BORDER: i64 = 90;

/// Days over which a truce begins, and from which on a count is of more than one day's fighting.
const FEW: i64 = 3;
const COUNTED: i64 = 2;

/// Days in which reports go on to tell of one shelling.
const TALK: i64 = 7;

/// Days after which a patrol still finds what a shelling did.
const VISIT: i64 = 2;

/// Sentences within which a report gives the answer to an accusation.
const ANSWER: usize = 4;

/// Minutes between two accounts of one shooting, and the UCDP precision of a place that tells it from others.
const MINUTES: i64 = 15;
const NEARBY: u8 = 2;

/// UCDP precision of a place that is a whole country, or of none.
const COUNTRY: u8 = 6;

/// Why two claims are of one standing thing, if they are; the order does not matter.
pub(super) fn why(a: &Traits, b: &Traits) -> Option<&'static str> {
    let (holds, why) = match (a.kind, b.kind) {
        (Kind::Clash, Kind::Clash) => (is_one_war(a, b), "fighting of one beginning"),
        (Kind::Casualties, Kind::Casualties) => (is_one_count(a, b), "one count from the same day on"),
        (Kind::Incursion, Kind::Incursion) | (Kind::Seizure, Kind::Seizure) => {
            (is_one_presence(a, b), "one side's presence in one area")
        }
        (Kind::Assistance, Kind::Assistance) => (is_one_help(a, b), "help of one sort from one to the other"),
        (Kind::Delimitation, Kind::Delimitation) => (is_one_border(a, b), "one border"),
        (Kind::Truce, Kind::Truce) => (is_one_truce(a, b), "a truce of one day between the same"),
        (Kind::Truce, Kind::Mediation) => (is_brokered(a, b), "a truce and who brokered it"),
        (Kind::Mediation, Kind::Truce) => (is_brokered(b, a), "a truce and who brokered it"),
        _ => (false, ""),
    };
    let hour = || is_one_hour(a, b).then_some("one place and hour");
    let answer = || is_answered(a, b).then_some("an accusation and its denial in one report");
    let seen = || (is_seen_after(a, b) || is_seen_after(b, a)).then_some("fire and what a mission found where it fell");
    let known = || (is_told_of_again(a, b) || is_told_of_again(b, a)).then_some("fire of which a later count tells");
    holds.then_some(why).or_else(hour).or_else(answer).or_else(seen).or_else(known)
}

/// Fire on a place, and fire there that a report soon after names without its day: "the toll from the shelling rose".
fn is_told_of_again(fire: &Traits, again: &Traits) -> bool {
    let later = fire.begins().zip(again.said).is_some_and(|(day, (out, _))| (0..=TALK).contains(&(out - day)));
    let one = is_fire(again) && fire.kind == again.kind && is_where(fire, again);
    is_fire(fire) && is_short(fire) && one && again.days.is_none() && later
}

/// Fire on a place, and the damage or the dead that somebody without a side found there on the same day or in the days
/// after it.
fn is_seen_after(fire: &Traits, found: &Traits) -> bool {
    let told = found.kind == Kind::Damage && found.mode == Mode::Asserted && is_short(found) && found.actors.is_empty();
    let days = fire.begins().zip(found.begins()).is_some_and(|(x, y)| (0..=VISIT).contains(&(y - x)));
    let other = fire.document != found.document && fire.party != found.party;
    is_fire(fire) && is_short(fire) && told && days && other && is_where(fire, found)
}

/// Whether shells or bombs are said to have fallen.
fn is_fire(t: &Traits) -> bool {
    matches!(t.kind, Kind::Shelling | Kind::Airstrike) && t.mode == Mode::Asserted
}

/// Whether something is told of the particular place on which fire fell.
fn is_where(fire: &Traits, other: &Traits) -> bool {
    fire.precision <= NEARBY && matches!(place::between(fire, other), Placed::Same)
}

/// An accusation, and what the accused says to it a few sentences on in the same report, with no day or hour against it:
/// "holds 22 of its men … denied that it was holding anyone else".
fn is_answered(a: &Traits, b: &Traits) -> bool {
    let (charge, no) = if a.sentence <= b.sentence { (a, b) } else { (b, a) };
    let near = charge.document == no.document && no.sentence - charge.sentence <= ANSWER;
    let denies = no.mode == Mode::Denied && charge.mode == Mode::Asserted && charge.party != no.party;
    let accused =
        no.party.is_some_and(|p| charge.actors.contains(p) && no.actors.contains(p)) && charge.party.is_some();
    let days = charge.days.zip(no.days).is_none_or(|(x, y)| gap(x, y) == 0);
    let like = matches!(affinity::between(charge.kind, no.kind), Relation::Same | Relation::Fire);
    near && denies && accused && days && like && affinity::is_local(no.kind)
}

/// Fire, and the harm that it did, at one place within the same minutes, whoever tells of it.
fn is_one_hour(a: &Traits, b: &Traits) -> bool {
    let fight = |t: &Traits| t.is_of_fact() && t.precision <= NEARBY;
    let related = matches!(affinity::between(a.kind, b.kind), Relation::Same | Relation::Fire | Relation::Harm);
    let hostile = |t: &Traits| matches!(t.kind.class(), Class::Hostilities | Class::Harm);
    let minutes = a.minutes.zip(b.minutes).is_some_and(|(x, y)| gap(x, y) <= MINUTES);
    let place = || matches!(place::between(a, b), Placed::Same);
    hostile(a) && hostile(b) && related && fight(a) && fight(b) && minutes && place()
}

/// Two reports of a war's outbreak and of its going on, or of its going on, that give it one beginning. Two clashes that
/// break out are two.
fn is_one_war(a: &Traits, b: &Traits) -> bool {
    let war = |t: &Traits| t.mode == Mode::Asserted && is_of_a_beginning(t);
    let goes_on = a.is_background() || b.is_background();
    war(a)
        && war(b)
        && goes_on
        && begin_together(a, b, BEGINNING)
        && !a.parties.is_disjoint(&b.parties)
        && !are_elsewhere(a, b)
}

/// Whether fighting is told of from its beginning on: it breaks out, or goes on for long.
pub(super) fn is_of_a_beginning(t: &Traits) -> bool {
    t.aspect == Some(Aspect::Begun) || t.is_background()
}

/// Two counts of the same people in two documents, from one day on. Counts of a few days give their first day exactly.
fn is_one_count(a: &Traits, b: &Traits) -> bool {
    let apart = || a.document != b.document && !a.parties.is_disjoint(&b.parties);
    let of = |t: &Traits, other: &Traits| {
        t.figures.is_empty() || t.figures.iter().any(|f| other.figures.iter().any(|g| f.who == g.who))
    };
    let together = if a.is_background() && b.is_background() { BEGINNING } else { 0 };
    is_of_days(a)
        && is_of_days(b)
        && begin_together(a, b, together)
        && a.targets == b.targets
        && apart()
        && of(a, b)
        && of(b, a)
}

/// Whether a count is of more than a day's fighting.
pub(super) fn is_of_days(t: &Traits) -> bool {
    t.days.is_some_and(|(first, last)| last - first >= COUNTED)
}

/// Troops beyond a line, or ground held: told of for the same days, or within weeks where one of the claims names no place
/// smaller than a country. What one speaker of one document gives two times is twice.
fn is_one_presence(a: &Traits, b: &Traits) -> bool {
    let held = |t: &Traits| {
        let stays = if t.kind == Kind::Seizure { t.aspect.is_none() } else { t.aspect != Some(Aspect::Ended) };
        t.is_of_fact() && stays && !t.actors.is_empty()
    };
    let twice = a.document == b.document && a.speaker == b.speaker && a.days != b.days;
    let days = match a.days.zip(b.days) {
        None if a.document == b.document => 0,
        both => both.or(a.about().zip(b.about())).map_or(i64::MAX, |(x, y)| gap(x, y)),
    };
    let most = if a.precision.max(b.precision) >= COUNTRY { STAY } else { 0 };
    let near = !twice && days <= most;
    held(a) && held(b) && are_same_sides(a, b) && near && !are_elsewhere(a, b)
}

/// Help of one sort from one side to another, promised, asked for, told of or denied within weeks.
fn is_one_help(a: &Traits, b: &Traits) -> bool {
    !a.actors.is_empty() && are_same_sides(a, b) && a.help.meet(b.help) && are_said_within(a, b, HELP)
}

/// The border between two sides, whoever wants or refuses it to be drawn.
fn is_one_border(a: &Traits, b: &Traits) -> bool {
    a.actors.shared(&b.actors) >= 2 && are_said_within(a, b, BORDER)
}

/// A truce between the same sides from the same day.
fn is_one_truce(a: &Traits, b: &Traits) -> bool {
    let told = |t: &Traits| t.mode == Mode::Asserted && is_short(t);
    let one_day = a.begins().is_some() && a.begins() == b.begins();
    told(a) && told(b) && one_day && a.actors.shared(&b.actors) >= 2
}

/// A truce, and the service of a third party to its sides on that day.
fn is_brokered(truce: &Traits, mediation: &Traits) -> bool {
    let told = |t: &Traits| t.is_of_fact() && is_short(t);
    let days = truce.begins().zip(mediation.begins()).is_some_and(|(x, y)| (x - y).abs() <= BROKERED);
    told(truce) && told(mediation) && days && !truce.actors.is_empty() && truce.actors == mediation.targets
}

fn is_short(t: &Traits) -> bool {
    t.days.is_some_and(|(first, last)| last - first <= FEW)
}

fn begin_together(a: &Traits, b: &Traits, within: i64) -> bool {
    a.begins().zip(b.begins()).is_some_and(|(x, y)| (x - y).abs() <= within)
}

fn are_same_sides(a: &Traits, b: &Traits) -> bool {
    a.actors == b.actors && a.targets == b.targets
}

fn are_said_within(a: &Traits, b: &Traits, days: i64) -> bool {
    a.document == b.document || a.said.zip(b.said).is_some_and(|(x, y)| gap(x, y) <= days)
}

fn are_elsewhere(a: &Traits, b: &Traits) -> bool {
    matches!(place::between(a, b), Placed::Other)
}

#[cfg(test)]
mod tests {
    use super::super::sample::{Tale, Told};
    use super::super::traits;
    use super::*;
    use crate::figure::Counted;

    fn of(first: Told, second: Told) -> Option<&'static str> {
        let mut tale = Tale::new();
        tale.tell(first);
        tale.tell(second);
        let traits = traits::of(&tale.record());
        assert_eq!(why(&traits[0], &traits[1]), why(&traits[1], &traits[0]));
        why(&traits[0], &traits[1])
    }

    fn fight(document: &str, days: &str) -> Told {
        Told::new(document, "2031-03-20", "they fight").clash(&["vesk", "orlava"], days)
    }

    fn crossing(document: &str, days: &str) -> Told {
        Told::new(document, "2031-03-20", "troops crossed").kind(Kind::Incursion, &["vesk"], &["orlava"]).on(days)
    }

    fn toll(document: &str, days: &str) -> Told {
        let told = Told::new(document, "2031-03-20", "so many").kind(Kind::Casualties, &[], &["orlava"]).on(days);
        told.figure(Counted::Killed, None, Some(7), Some(7))
    }

    fn help(document: &str, words: &str) -> Told {
        Told::new(document, "2031-03-20", words).kind(Kind::Assistance, &["norvia"], &["vesk"])
    }

    #[test]
    fn two_clashes_that_break_out_are_two() {
        let begun = |name: &str, day: &str| fight(name, day).aspect(Aspect::Begun).at("Hollin");
        assert_eq!(of(begun("a", "2031-03-05"), begun("b", "2031-03-07")), None);
        assert_eq!(of(fight("a", "2031-03-05"), fight("b", "2031-03-05/..")), None, "fighting of the first day");
        assert_eq!(of(fight("a", "2031-03-05/.."), fight("b", "2031-03-12/..")), None, "two wars");
    }

    #[test]
    fn a_war_meets_its_outbreak() {
        let outbreak = fight("a", "2031-02-20").aspect(Aspect::Begun);
        assert_eq!(of(outbreak, fight("b", "2031-02-21/..")), Some("fighting of one beginning"));
    }

    #[test]
    fn counts_of_other_windows_or_people_are_two() {
        assert_eq!(of(toll("a", "2031-03-01/2031-03-03"), toll("b", "2031-03-02/2031-03-09")), None);
        assert_eq!(of(toll("a", "2031-03-01"), toll("b", "2031-03-01/2031-03-20")), None);
        assert_eq!(of(toll("a", "2031-03-01/2031-03-19"), toll("a", "2031-03-01/2031-03-20")), None);
    }

    #[test]
    fn a_count_that_grows_is_one() {
        let (early, late) = (toll("a", "2031-03-01/2031-03-03"), toll("b", "2031-03-01/2031-03-20"));
        assert_eq!(of(early, late), Some("one count from the same day on"));
    }

    #[test]
    fn crossings_in_particular_are_two() {
        let at = |told: Told| told.at_point("Hollin", -45.0, -125.0, 1);
        assert_eq!(of(at(crossing("a", "2031-03-05")), at(crossing("b", "2031-03-09"))), None);
        let border = |told: Told| told.at_point("the border", -45.0, -125.0, 5);
        assert_eq!(of(border(crossing("a", "2031-03-05")), border(crossing("b", "2031-03-09"))), None);
        assert_eq!(of(crossing("a", "2031-03-05"), crossing("a", "2031-03-09")), None, "one voice, two times");
        let undated =
            |name: &str, out: &str| Told::new(name, out, "they are there").kind(Kind::Incursion, &["vesk"], &[]);
        assert_eq!(of(undated("a", "2031-03-05"), undated("b", "2032-03-05")), None, "reports of two years");
    }

    #[test]
    fn troops_in_a_country_stay() {
        let there = |told: Told| told.at_point("Orlava", -45.0, -125.0, 6);
        let denied = there(crossing("b", "2031-03-15")).by("vesk").denied();
        assert_eq!(of(there(crossing("a", "2031-03-05")), denied), Some("one side's presence in one area"));
    }

    #[test]
    fn fire_of_one_minute_at_one_place_is_one() {
        let at = |name: &str, time: &str| {
            let told =
                Told::new(name, "2031-03-20", "guns fired").by("orlava").kind(Kind::Gunfire, &["vesk"], &["orlava"]);
            told.on(time).at_point("Hollin", -45.0, -125.0, 1)
        };
        let hurt = at("b", "2031-03-05T12:10").kind(Kind::Casualties, &[], &["orlava"]);
        assert_eq!(of(at("a", "2031-03-05T12:07"), at("b", "2031-03-05T12:06")), Some("one place and hour"));
        assert_eq!(of(at("a", "2031-03-05T12:07"), hurt), Some("one place and hour"));
        assert_eq!(of(at("a", "2031-03-05T12:07"), at("b", "2031-03-05T18:00")), None);
        assert_eq!(of(at("a", "2031-03-05T12:07"), at("b", "2031-03-05")), None, "a day is no minute");
    }

    #[test]
    fn what_the_accused_says_to_it_in_the_same_report_answers_an_accusation() {
        let holds = |by: &str| {
            Told::new("a", "2031-03-20", "it holds men").by(by).kind(Kind::Detention, &["vesk"], &["orlava"])
        };
        let charge = || holds("orlava").on("2031-03-19/2031-03-20");
        let denial = || holds("vesk").on("2031-03-20").denied();
        assert_eq!(of(charge(), denial()), Some("an accusation and its denial in one report"));
        assert_eq!(of(charge(), denial().on("2031-03-12")), None, "another day");
        assert_eq!(of(charge(), holds("ilmeria").denied()), None, "no answer by the accused");
    }

    #[test]
    fn damage_that_a_mission_finds_is_that_of_the_shelling_before() {
        let fell = |day: &str| Told::new("a", "2031-03-20", "shells fell").by("orlava").shelling("vesk", "orlava", day);
        let at = |told: Told| told.at_point("Hollin", -45.0, -125.0, 1);
        let found =
            |day: &str| at(Told::new("b", "2031-03-20", "craters").by("ilmeria").kind(Kind::Damage, &[], &[]).on(day));
        let one = Some("fire and what a mission found where it fell");
        assert_eq!(of(at(fell("2031-03-13")), found("2031-03-14T11:00")), one);
        assert_eq!(of(at(fell("2031-03-13")), found("2031-03-18")), None, "days later");
        assert_eq!(of(at(fell("2031-03-15")), found("2031-03-14")), None, "before it");
        assert_eq!(of(fell("2031-03-13").at_point("Rostva", -44.0, -124.0, 1), found("2031-03-14")), None, "elsewhere");
    }

    #[test]
    fn fire_whose_toll_grows_is_the_fire_that_was_told_of() {
        let fell = |told: Told| told.kind(Kind::Shelling, &[], &[]).at_point("Hollin", -45.0, -125.0, 1);
        let first = fell(Told::new("a", "2031-03-14", "shells fell").by("orlava").on("2031-03-13"));
        let again = |out: &str| fell(Told::new("b", out, "the toll of the shelling rose"));
        assert_eq!(of(first.clone(), again("2031-03-16")), Some("fire of which a later count tells"));
        assert_eq!(of(first.clone(), again("2031-04-16")), None, "weeks later");
        assert_eq!(of(first, again("2031-03-12")), None, "before it");
    }

    #[test]
    fn help_of_two_sorts_is_two() {
        assert_eq!(of(help("a", "Norvia sells missiles"), help("b", "Norvia sends mercenaries")), None);
        assert_eq!(of(help("a", "Norvia stands by Vesk"), help("b", "Norvia supports Vesk")), None);
    }

    #[test]
    fn help_of_one_sort_meets_its_denial() {
        let denied = help("b", "it has sent no mercenaries").by("norvia").denied();
        assert!(of(help("a", "fighters came with money from Norvia"), denied).is_some());
    }

    #[test]
    fn a_truce_of_another_day_is_another() {
        let truce = |name: &str, day: &str| Told::new(name, "2031-03-20", "a truce").on(day);
        let between = |told: Told| told.kind(Kind::Truce, &["vesk", "orlava"], &[]);
        let brokered = |told: Told| told.kind(Kind::Mediation, &["norvia"], &["vesk", "orlava"]);
        assert_eq!(of(between(truce("a", "2031-03-04")), between(truce("b", "2031-03-09"))), None);
        assert_eq!(of(between(truce("a", "2031-03-04")), brokered(truce("b", "2031-03-09"))), None);
        assert!(of(between(truce("a", "2031-03-04")), between(truce("b", "2031-03-04"))).is_some());
        assert!(of(between(truce("a", "2031-03-04")), brokered(truce("b", "2031-03-04"))).is_some());
    }
}
