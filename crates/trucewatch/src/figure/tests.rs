//! Constructed sentences with the quantities that they tell; they need the English model and skip without it.

mod forms;
mod gaps;

use super::{Amount, Counted, Quantity, Who, quantities};
use crate::document::testing::on;

type Short = (Option<Counted>, Who, Option<Amount>, Option<Amount>);

fn all(text: &str, check: impl FnOnce(Vec<Quantity>)) {
    on(text, |_, parsed| check(parsed.paragraphs.iter().flat_map(quantities).collect()));
}

/// Checks what, who, floor and ceiling of every quantity of a sentence.
fn reads(text: &str, expected: &[(Counted, Who, Option<u64>, Option<u64>)]) {
    all(text, |found| {
        let found: Vec<Short> = found.iter().map(|q| (q.what, q.who, q.min, q.max)).collect();
        let expected: Vec<Short> = expected
            .iter()
            .map(|&(what, who, min, max)| (Some(what), who, min.map(Amount::from), max.map(Amount::from)))
            .collect();
        assert_eq!(found, expected, "{text}");
    });
}

#[test]
fn what_is_no_figure() {
    for text in [
        "The truce of 9 November 2030 held for 20 days.",
        "Resolution 1701 and paragraph 4 were read out at 12:00.",
        "The driver, 64, paid $200 and 30 percent of the fine.",
        "Several shells fell in the third week.",
        "The soldier was 22 years old.",
        "A soldier spoke to the reporters.",
    ] {
        reads(text, &[]);
    }
}

#[test]
fn bounds() {
    use Counted::Killed;
    use Who::{Any, Military};
    reads("More than 1,250 people were killed.", &[(Killed, Any, Some(1250), None)]);
    reads("Up to 50 soldiers were killed.", &[(Killed, Military, None, Some(50))]);
    reads("No fewer than 12 people died.", &[(Killed, Any, Some(12), None)]);
    reads("Dozens of people were killed.", &[(Killed, Any, Some(24), None)]);
    reads("The shelling killed 10 to 15 soldiers.", &[(Killed, Military, Some(10), Some(15))]);
    reads("Tens of thousands of people were killed.", &[(Killed, Any, Some(20_000), None)]);
    reads("Half a million people have died.", &[(Killed, Any, Some(500_000), Some(500_000))]);
    reads("Twenty-five people were killed.", &[(Killed, Any, Some(25), Some(25))]);
}

#[test]
fn about_is_marked() {
    all("About 2,000 troops were sent.", |found| {
        let [one] = found.as_slice() else { panic!("one quantity: {found:?}") };
        let about = Some(2000.into());
        assert_eq!((one.min, one.max, one.approx, one.what), (about, about, true, Some(Counted::Personnel)));
    });
}

#[test]
fn what_befell_whom() {
    use Counted::{Captured, Casualties, Displaced, Killed, Wounded};
    use Who::{Any, Civilian, Military};
    let one = Some(1);
    reads("A soldier was killed.", &[(Killed, Military, one, one)]);
    reads("The attack left three dead.", &[(Killed, Any, Some(3), Some(3))]);
    reads("The death toll rose to 45.", &[(Killed, Any, Some(45), Some(45))]);
    reads(
        "The blast killed two soldiers and a civilian.",
        &[(Killed, Military, Some(2), Some(2)), (Killed, Civilian, one, one)],
    );
    reads(
        "Shelling struck the village, killing three people and wounding five.",
        &[(Killed, Any, Some(3), Some(3)), (Wounded, Any, Some(5), Some(5))],
    );
    reads("They detained at least seven villagers.", &[(Captured, Civilian, Some(7), None)]);
    reads("Thousands of villagers fled.", &[(Displaced, Civilian, Some(2000), None)]);
    reads("Some 40 soldiers were killed or wounded.", &[(Casualties, Military, Some(40), Some(40))]);
}

#[test]
fn elliptic_numbers_take_over() {
    use Counted::{Killed, Wounded};
    reads(
        "Two pilots were killed and another injured.",
        &[(Killed, Who::Military, Some(2), Some(2)), (Wounded, Who::Military, Some(1), Some(1))],
    );
}

#[test]
fn parts_of_a_whole() {
    all("The raid killed 56 people, including 19 children.", |found| {
        let parts: Vec<_> = found.iter().map(|q| (q.min, q.part_of, q.who, q.what)).collect();
        let killed = Some(Counted::Killed);
        assert_eq!(
            parts,
            [(Some(56.into()), None, Who::Any, killed), (Some(19.into()), Some(0), Who::Civilian, killed),]
        );
    });
}

#[test]
fn things() {
    use Counted::{Aircraft, AreaKm2, Munitions, Posts, Settlements, Vehicles, Violations};
    use Who::{Any, Military};
    reads("They shot down two drones.", &[(Aircraft, Military, Some(2), Some(2))]);
    reads("Three tanks were destroyed.", &[(Vehicles, Military, Some(3), Some(3))]);
    reads("Four barrel bombs fell on the town.", &[(Munitions, Any, Some(4), Some(4))]);
    reads("The mission set up two temporary observation posts.", &[(Posts, Any, Some(2), Some(2))]);
    reads("The army took 18 villages.", &[(Settlements, Any, Some(18), Some(18))]);
    reads("There were 714 violations of the zone.", &[(Violations, Any, Some(714), Some(714))]);
    reads("They hold 15 square kilometres.", &[(AreaKm2, Any, Some(15), Some(15))]);
}

#[test]
fn lengths_in_kilometres() {
    for (text, km) in [
        ("It lies 10 miles from the line.", "16.1"),
        ("They dug in 300 metres from the line.", "0.3"),
        ("The post stands 75 metres from the bridge.", "0.075"),
        ("They advanced 1.5 kilometres.", "1.5"),
        ("A six-mile-wide strip is closed.", "9.7"),
        ("Boats may sail six nautical miles out.", "11.1"),
    ] {
        all(text, |found| {
            let told: Vec<_> = found.iter().map(|q| (q.what, q.min, q.max)).collect();
            let km = km.parse().ok();
            assert_eq!(told, [(Some(Counted::DistanceKm), km, km)], "{text}");
        });
    }
}

#[test]
fn tolls_as_reports_word_them() {
    use Counted::{Casualties, Displaced, Killed, Personnel, Wounded};
    use Who::{Any, Civilian, Military};
    let n = |n: u64| (Some(n), Some(n));
    let is = |what: Counted, who: Who, (min, max): (Option<u64>, Option<u64>)| (what, who, min, max);
    for (text, expected) in [
        (
            "At least 87 Veskans have been killed, 18 of them children, and more than 530 hurt.",
            vec![is(Killed, Any, (Some(87), None)), is(Killed, Civilian, n(18)), is(Wounded, Any, (Some(530), None))],
        ),
        (
            "Two men and a child died and 11 were injured.",
            vec![is(Killed, Any, n(2)), is(Killed, Civilian, n(1)), is(Wounded, Any, n(11))],
        ),
        ("He put the losses at two dead and five hurt.", vec![is(Killed, Any, n(2)), is(Wounded, Any, n(5))]),
        (
            "Four soldiers died and eleven were wounded, two of them critically.",
            vec![is(Killed, Military, n(4)), is(Wounded, Military, n(11)), is(Wounded, Military, n(2))],
        ),
        (
            "Six persons perished and 14 got wounds of various degree.",
            vec![is(Killed, Any, n(6)), is(Wounded, Any, n(14))],
        ),
        ("Ten Veskan servicemen were killed today.", vec![is(Killed, Military, n(10))]),
        ("Two peaceful residents received wounds.", vec![is(Wounded, Civilian, n(2))]),
        (
            "More than 400 Veskans, most of them militants, and seven Orlavans have been killed in the fighting.",
            vec![is(Killed, Any, (Some(400), None)), is(Killed, Any, n(7))],
        ),
        ("At least 14 civilians lost their lives in the shelling.", vec![is(Killed, Civilian, (Some(14), None))]),
        (
            "More than 13,300 Veskans have died in the offensive since then.",
            vec![is(Killed, Any, (Some(13_300), None))],
        ),
        ("One defender of ours received a shrapnel wound.", vec![is(Wounded, Military, n(1))]),
        ("Three of the peacekeepers were taken to hospital with minor injuries.", vec![is(Wounded, Military, n(3))]),
        ("A barrage killed 17 at the market.", vec![is(Killed, Any, n(17))]),
        ("Enemy losses amounted to more than 410 servicemen.", vec![is(Casualties, Military, (Some(410), None))]),
        (
            "Shelling left 4 people dead and wounded 9 others, three of them children.",
            vec![is(Killed, Any, n(4)), is(Wounded, Any, n(9)), is(Wounded, Civilian, n(3))],
        ),
        ("The toll rose to 58.", vec![is(Killed, Any, n(58))]),
        (
            "Four people were killed in the capital, three of them firefighters.",
            vec![is(Killed, Any, n(4)), is(Killed, Civilian, n(3))],
        ),
        (
            "Eighteen casualties, seven of them fatal, were recorded in April.",
            vec![is(Casualties, Any, n(18)), is(Killed, Any, n(7))],
        ),
        ("The attack killed a family of four.", vec![is(Killed, Civilian, n(4))]),
        ("The raid has claimed the lives of fourteen villagers.", vec![is(Killed, Civilian, n(14))]),
        ("Five thousand people had left their homes.", vec![is(Displaced, Civilian, n(5000))]),
        ("Twelve fighters were sent to the post.", vec![is(Personnel, Military, n(12))]),
    ] {
        reads(text, &expected);
    }
}

#[test]
fn whoever_dies_is_people() {
    use Counted::{Captured, Killed, Returned, Wounded};
    use Who::{Any, Civilian, Military};
    reads("The air raid on a hospital killed many.", &[]);
    reads("An air raid killed three people.", &[(Killed, Any, Some(3), Some(3))]);
    reads("The fighting left 256 Vesks dead.", &[(Killed, Any, Some(256), Some(256))]);
    reads("Both guards were killed.", &[(Killed, Military, Some(2), Some(2))]);
    reads(
        "At least 23 displaced people were killed and 61 injured.",
        &[(Killed, Any, Some(23), None), (Wounded, Any, Some(61), Some(61))],
    );
    reads("Police held six farmers.", &[(Captured, Civilian, Some(6), Some(6))]);
    reads("About 60,000 people had gone home.", &[(Returned, Any, Some(60_000), Some(60_000))]);
}

#[test]
fn a_length_under_a_kilometre_is_a_fraction() {
    all("The troops crossed 300 metres into Vesk.", |found| {
        let told: Vec<_> = found.iter().map(|q| (q.what, q.min, q.max)).collect();
        let km = Amount::new(0.3);
        assert_eq!(told, [(Some(Counted::DistanceKm), km, km)]);
    });
}

#[test]
fn whose_people_they_are() {
    use Counted::{Bodies, Captured, Killed, Personnel, Wounded};
    use Who::{Any, Civilian, Military};
    let n = |n: u64| (Some(n), Some(n));
    let is = |what: Counted, who: Who, (min, max): (Option<u64>, Option<u64>)| (what, who, min, max);
    for (text, expected) in [
        ("Three members of the militia were killed.", vec![is(Killed, Military, n(3))]),
        ("Two people from the village were killed.", vec![is(Killed, Civilian, n(2))]),
        ("Two military engineers were wounded.", vec![is(Wounded, Military, n(2))]),
        ("Two engineers were wounded.", vec![is(Wounded, Civilian, n(2))]),
        ("A 58-year-old man was injured.", vec![is(Wounded, Civilian, n(1))]),
        ("Eleven bodies of Veskan soldiers were found.", vec![is(Bodies, Military, n(11))]),
        ("There were 12 civilian deaths.", vec![is(Killed, Civilian, n(12))]),
        ("They counted five deaths, all civilians.", vec![is(Killed, Civilian, n(5))]),
        ("They hold 40 prisoners of war.", vec![is(Captured, Military, n(40))]),
        ("Hundreds of soldiers and civilians were killed.", vec![is(Killed, Any, (Some(200), None))]),
        ("Twelve security officials were sent.", vec![is(Personnel, Military, n(12))]),
    ] {
        reads(text, &expected);
    }
}

#[test]
fn numbers_said_round_about() {
    use Counted::{Displaced, Killed, Posts, Wounded};
    use Who::{Any, Civilian, Military};
    let n = |n: u64| (Some(n), Some(n));
    let is = |what: Counted, who: Who, (min, max): (Option<u64>, Option<u64>)| (what, who, min, max);
    for (text, expected) in [
        ("A woman and a child were among the dead.", vec![is(Killed, Civilian, n(2))]),
        (
            "The raid killed 3 soldiers and injured over 14 villagers.",
            vec![is(Killed, Military, n(3)), is(Wounded, Civilian, (Some(14), None))],
        ),
        ("Hundreds of thousands have been forced to flee.", vec![is(Displaced, Any, (Some(200_000), None))]),
        ("The death toll exceeded 100.", vec![is(Killed, Any, (Some(100), None))]),
        ("The dead included three reporters.", vec![is(Killed, Civilian, n(3))]),
        ("The war has cost some 12,000 lives.", vec![is(Killed, Any, n(12_000))]),
        (
            "They reported 150 soldiers, 95 farmers and 20 fighters killed.",
            vec![is(Killed, Military, n(150)), is(Killed, Civilian, n(95)), is(Killed, Military, n(20))],
        ),
        ("They left eighteen out of nineteen positions.", vec![is(Posts, Any, n(18))]),
    ] {
        reads(text, &expected);
    }
}

#[test]
fn numbers_told_together() {
    use Counted::{Bodies, Captured, Casualties, Displaced, Killed, Missing, Personnel, Violations, Wounded};
    use Who::{Any, Civilian, Military};
    let n = |n: u64| (Some(n), Some(n));
    let is = |what: Counted, who: Who, (min, max): (Option<u64>, Option<u64>)| (what, who, min, max);
    for (text, expected) in [
        ("A guard has been shot and killed near Torv.", vec![is(Killed, Military, n(1))]),
        ("They freed a guard whom they had kidnapped.", vec![is(Captured, Military, n(1))]),
        ("Two male hostages were executed.", vec![is(Killed, Any, n(2))]),
        ("The mayor and two other officials were wounded.", vec![is(Wounded, Civilian, n(3))]),
        ("A father and his two sons were killed.", vec![is(Killed, Civilian, n(3))]),
        (
            "Ten rebels were killed, along with three soldiers.",
            vec![is(Killed, Military, n(10)), is(Killed, Military, n(3))],
        ),
        ("They killed 40 and wounded 27 guards.", vec![is(Killed, Military, n(40)), is(Wounded, Military, n(27))]),
        ("The attack killed twelve and injured ten more.", vec![is(Killed, Any, n(12)), is(Wounded, Any, n(10))]),
        ("The raids killed and wounded dozens.", vec![is(Casualties, Any, (Some(24), None))]),
        ("Nine people, mostly children, were killed.", vec![is(Killed, Civilian, n(9))]),
        ("All 40 people aboard were killed.", vec![is(Killed, Civilian, n(40))]),
        ("The number of guards killed has risen to 26.", vec![is(Killed, Military, n(26))]),
        ("They dragged the bodies of two soldiers away.", vec![is(Bodies, Military, n(2))]),
        ("Twelve people are missing.", vec![is(Missing, Any, n(12))]),
        ("Gunmen shot two farmers to death.", vec![is(Killed, Civilian, n(2))]),
        ("Rebels evacuated 50 farmers caught in the fighting.", vec![is(Displaced, Civilian, n(50))]),
        ("Vesk sent a 3,000-strong brigade.", vec![is(Personnel, Military, n(3000))]),
        (
            "The mission recorded 27 violations, compared with 11 in May.",
            vec![is(Violations, Any, n(27)), is(Violations, Any, n(11))],
        ),
        ("Of the air violations, 18 were seen from the hill.", vec![is(Violations, Any, n(18))]),
        ("The number of observers has reached 164.", vec![is(Personnel, Any, n(164))]),
        (
            "There were 30 violations. Twelve involved the northern side.",
            vec![is(Violations, Any, n(30)), is(Violations, Any, n(12))],
        ),
    ] {
        reads(text, &expected);
    }
}

#[test]
fn bounds_that_are_none_and_others() {
    use Counted::{Captured, Displaced, Killed, Wounded};
    use Who::{Any, Civilian};
    reads("They handed over 390 prisoners.", &[(Captured, Any, Some(390), Some(390))]);
    reads("Almost 800 people were killed.", &[(Killed, Any, None, Some(800))]);
    reads("There are 4m refugees in Vesk.", &[(Displaced, Civilian, Some(4_000_000), Some(4_000_000))]);
    reads("All 120k residents fled.", &[(Displaced, Civilian, Some(120_000), Some(120_000))]);
    reads("More  than 60 people were killed.", &[(Killed, Any, Some(60), None)]);
    reads("The blast injured 144 people, including 82 in hospital.", &[(Wounded, Any, Some(144), Some(144))]);
}

#[test]
fn numbers_that_are_set_aside() {
    use Counted::{DistanceKm, Personnel, Posts};
    use Who::{Any, Military};
    let n = |n: u64| (Some(n), Some(n));
    let is = |what: Counted, who: Who, (min, max): (Option<u64>, Option<u64>)| (what, who, min, max);
    for (text, expected) in [
        ("Boats may sail six kilometres out, rather than three kilometres.", vec![is(DistanceKm, Any, n(6))]),
        ("The force has 90 soldiers, down from 120 soldiers.", vec![is(Personnel, Military, n(90))]),
        ("They vacated 14 of the 19 posts.", vec![is(Posts, Any, n(14))]),
        ("Not one soldier has left.", vec![]),
        ("The guns stand near Hollin (12 km south of Kolvar).", vec![]),
        ("They saw the column at 0355.", vec![]),
    ] {
        reads(text, &expected);
    }
}

#[test]
fn whoever_says_it_is_not_whom_it_befell() {
    use Counted::{Killed, Wounded};
    use Who::{Any, Civilian, Military};
    for (text, expected) in [
        ("Air strikes killed 19 civilians on Sunday a monitor said.", vec![(Killed, Civilian, Some(19), Some(19))]),
        (
            "A rebel commander told the paper that shelling killed at least 29 fighters.",
            vec![(Killed, Military, Some(29), None)],
        ),
        (
            "An ambush killed five and wounded 110, another attack claimed by the group.",
            vec![(Killed, Any, Some(5), Some(5)), (Wounded, Any, Some(110), Some(110))],
        ),
    ] {
        reads(text, &expected);
    }
}

#[test]
fn parts_told_apart() {
    use Counted::Killed;
    use Who::{Any, Military};
    let n = |n: u64| (Some(n), Some(n));
    let killed = |who: Who, (min, max): (Option<u64>, Option<u64>)| (Killed, who, min, max);
    for (text, expected) in [
        (
            "At least five people were killed in the fighting, including a soldier.",
            vec![killed(Any, (Some(5), None)), killed(Military, n(1))],
        ),
        ("Ten militants, including a leader, were killed.", vec![killed(Military, n(10))]),
        (
            "Thirteen soldiers were killed, including nine from Orlava.",
            vec![killed(Military, n(13)), killed(Military, n(9))],
        ),
        ("They spoke of support, including a soldier.", vec![]),
    ] {
        reads(text, &expected);
    }
}

#[test]
fn the_dead_and_the_wounded_at_once() {
    use Counted::{Bodies, Casualties, Killed, Wounded};
    use Who::{Any, Military};
    reads(
        "Some 300 troops were killed or wounded since Orlava began its war in 2031.",
        &[(Casualties, Military, Some(300), Some(300))],
    );
    reads(
        "They have lost over 40 dead and 80 wounded soldiers.",
        &[(Killed, Military, Some(40), None), (Wounded, Military, Some(80), Some(80))],
    );
    reads("Vesk returned the bodies of 20 killed soldiers.", &[(Bodies, Military, Some(20), Some(20))]);
    reads(
        "The strike left two dead and three others hospitalized.",
        &[(Killed, Any, Some(2), Some(2)), (Wounded, Any, Some(3), Some(3))],
    );
    reads("Seven people were fatally shot.", &[(Killed, Any, Some(7), Some(7))]);
}

#[test]
fn numbers_that_others_stand_for() {
    use Counted::{Displaced, Personnel, Settlements};
    use Who::{Any, Civilian, Military};
    let n = |n: u64| (Some(n), Some(n));
    let is = |what: Counted, who: Who, (min, max): (Option<u64>, Option<u64>)| (what, who, min, max);
    for (text, expected) in [
        ("They captured the towns of Vesk and Marn.", vec![is(Settlements, Any, n(2))]),
        ("The number of displaced persons fell from 900 to 175.", vec![is(Displaced, Any, n(175))]),
        ("Some 8,100 families or 41,700 people were displaced.", vec![is(Displaced, Civilian, n(41_700))]),
        (
            "France will send 4,500 troops, followed by Spain with 2,500.",
            vec![is(Personnel, Military, n(4500)), is(Personnel, Military, n(2500))],
        ),
        ("They sent medical personnel, numbering 40.", vec![is(Personnel, Civilian, n(40))]),
    ] {
        reads(text, &expected);
    }
}

#[test]
fn one_person_without_a_number() {
    let alone = |text: &str| {
        let mut found = Vec::new();
        on(text, |_, parsed| {
            let parse = &parsed.paragraphs[0].parse;
            found.extend((0..parse.len()).find_map(|i| super::befallen(parse, i)));
        });
        found.pop()
    };
    if alone("The corporal who died was buried.").is_none() {
        return; // No model here.
    }
    assert_eq!(alone("The corporals were on leave."), None);
    assert_eq!(alone("The corporal left."), None);
    assert_eq!(alone("No one was wounded."), None);
    assert_eq!(alone("They regret the loss of life."), None);
    assert_eq!(alone("The corporal died."), Some((Counted::Killed, Who::Military)));
    assert_eq!(alone("His men had killed him."), Some((Counted::Killed, Who::Any)));
    assert_eq!(alone("They regret her death."), Some((Counted::Killed, Who::Any)));
    assert_eq!(alone("Ivan Petrov, a military leader, was killed."), Some((Counted::Killed, Who::Military)));
}
