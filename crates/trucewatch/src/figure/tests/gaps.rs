//! What numbers leave unsaid, and what one clause says of several.

use super::reads;
use crate::figure::Counted::{self, Aircraft, Bodies, Displaced, Killed, Missing, Violations, Wounded};
use crate::figure::Who::{self, Any, Civilian, Military};

type Exactly = (Counted, Who, Option<u64>, Option<u64>);

fn exactly(what: Counted, who: Who, n: u64) -> Exactly {
    (what, who, Some(n), Some(n))
}

#[test]
fn the_same_in_another_place() {
    reads(
        "Five soldiers died in Kolvar and three in Rostan.",
        &[exactly(Killed, Military, 5), exactly(Killed, Military, 3)],
    );
    reads(
        "Five people were killed in Kolvar, three in Hollin and one in Dubrel.",
        &[exactly(Killed, Any, 5), exactly(Killed, Any, 3), exactly(Killed, Any, 1)],
    );
    reads(
        "At least 90 people from Hollin and 40 from Dubrel were evacuated.",
        &[(Displaced, Civilian, Some(90), None), exactly(Displaced, Civilian, 40)],
    );
    reads(
        "The mission logged 31 ceasefire violations in Hollin, 12 in Dubrel and nine near Kolvar.",
        &[exactly(Violations, Any, 31), exactly(Violations, Any, 12), exactly(Violations, Any, 9)],
    );
    reads(
        "Two drones were shot down over Kolvar and three more over Hollin.",
        &[exactly(Aircraft, Military, 2), exactly(Aircraft, Military, 3)],
    );
}

#[test]
fn the_same_of_another_name() {
    reads("Vesk reported four dead, Orlava nine.", &[exactly(Killed, Any, 4), exactly(Killed, Any, 9)]);
    reads("Vesk reported 4 soldiers dead, Orlava 9.", &[exactly(Killed, Military, 4), exactly(Killed, Military, 9)]);
}

#[test]
fn one_more_of_those_before() {
    reads(
        "One soldier was killed by a sniper, another by a tripwire.",
        &[exactly(Killed, Military, 1), exactly(Killed, Military, 1)],
    );
    reads("Two died instantly; a third on the way to hospital.", &[exactly(Killed, Any, 2), exactly(Killed, Any, 1)]);
    reads("They met in Kolvar, one in uniform.", &[]);
}

#[test]
fn a_floor_and_a_ceiling() {
    let killed = [(Killed, Any, Some(300), Some(400))];
    reads("It killed at least 300 and perhaps as many as 400 people.", &killed);
    reads("At least 300 but no more than 400 people were killed.", &killed);
    reads("As few as five fighters died.", &[(Killed, Military, Some(5), None)]);
    reads("The fighting has killed 1’250 people.", &[exactly(Killed, Any, 1250)]);
}

#[test]
fn parts_behind_parts() {
    reads(
        "The fighting has killed 13,000 people, among them 3,400 civilians and 210 children.",
        &[exactly(Killed, Any, 13_000), exactly(Killed, Civilian, 3400), exactly(Killed, Civilian, 210)],
    );
    reads("Of the nineteen killed, six were women.", &[exactly(Killed, Any, 19), exactly(Killed, Civilian, 6)]);
    reads("Of 40 wounded, 12 are in serious condition.", &[exactly(Wounded, Any, 40), exactly(Wounded, Any, 12)]);
    reads("Every one of the 14 crewmen was killed.", &[exactly(Killed, Military, 14)]);
}

#[test]
fn a_toll_counts_all() {
    reads(
        "The shells killed two civilians, bringing the toll for the week to 14.",
        &[exactly(Killed, Civilian, 2), exactly(Killed, Any, 14)],
    );
    reads(
        "Killed: 14; wounded: 31; missing: 2.",
        &[exactly(Killed, Any, 14), exactly(Wounded, Any, 31), exactly(Missing, Any, 2)],
    );
    reads("Those killed were a teacher and three of his pupils.", &[exactly(Killed, Civilian, 4)]);
}

#[test]
fn what_befell_others_too() {
    reads(
        "Twelve soldiers were wounded, as were four civilians.",
        &[exactly(Wounded, Military, 12), exactly(Wounded, Civilian, 4)],
    );
    reads(
        "Besides two soldiers, six farmers were killed.",
        &[exactly(Killed, Military, 2), exactly(Killed, Civilian, 6)],
    );
    reads("A sniper shot a soldier dead.", &[exactly(Killed, Military, 1)]);
    reads(
        "Fire left one villager dead and three with wounds.",
        &[exactly(Killed, Civilian, 1), exactly(Wounded, Civilian, 3)],
    );
    reads(
        "Two soldiers were killed instantly and three more later died of their injuries.",
        &[exactly(Killed, Military, 2), exactly(Killed, Military, 3)],
    );
}

#[test]
fn who_fell_and_who_went_missing() {
    reads("Eleven Veskan soldiers fell in the battle.", &[exactly(Killed, Military, 11)]);
    reads("Four soldiers went missing near the ridge.", &[exactly(Missing, Military, 4)]);
    reads(
        "Four of the shells hit the town, the other ten fell in the fields.",
        &[exactly(Counted::Munitions, Any, 4), exactly(Counted::Munitions, Any, 10)],
    );
}

#[test]
fn bodies_of_several() {
    reads("The bodies of a woman and two children were found.", &[exactly(Bodies, Civilian, 3)]);
    reads(
        "The hospital confirmed receiving four bodies and nine wounded.",
        &[exactly(Bodies, Any, 4), exactly(Wounded, Any, 9)],
    );
}

#[test]
fn who_they_are() {
    reads("An elderly couple was killed.", &[exactly(Killed, Civilian, 2)]);
    reads("Three service members were killed.", &[exactly(Killed, Military, 3)]);
    reads("The fighting has killed 142 soldiers and many rebels and villagers.", &[exactly(Killed, Military, 142)]);
    reads("Nine soldiers, the youngest 18, were wounded.", &[exactly(Wounded, Military, 9)]);
}
