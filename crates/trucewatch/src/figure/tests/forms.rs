//! Forms in which agencies and monitors put numbers.

use super::reads;
use crate::figure::Counted::{self, Aircraft, Captured, Killed, Munitions, Vehicles, Weapons, Wounded};
use crate::figure::Who::{self, Any, Civilian, Military};

type Exactly = (Counted, Who, Option<u64>, Option<u64>);

fn exactly(what: Counted, who: Who, n: u64) -> Exactly {
    (what, who, Some(n), Some(n))
}

#[test]
fn people_of_one_kind_in_one_list_are_one_figure() {
    for (text, who, n) in [
        ("A man and two women were killed.", Civilian, 3),
        ("Two drivers and a nurse were killed.", Civilian, 3),
        ("A nurse, a driver and two passengers were killed.", Civilian, 4),
        ("The mine killed the driver and three passengers.", Civilian, 4),
        ("A couple and their three children were killed.", Civilian, 5),
        ("An officer and two soldiers were killed.", Military, 3),
        ("The raid killed a commander and six of his men.", Any, 7),
    ] {
        reads(text, &[exactly(Killed, who, n)]);
    }
    reads(
        "One soldier and three policemen were killed.",
        &[exactly(Killed, Military, 1), exactly(Killed, Military, 3)],
    );
    reads("A soldier and two women were killed.", &[exactly(Killed, Military, 1), exactly(Killed, Civilian, 2)]);
    reads(
        "A Veskan soldier and two Orlavan soldiers were killed.",
        &[exactly(Killed, Military, 1), exactly(Killed, Military, 2)],
    );
}

#[test]
fn somebody_and_his_own_are_two() {
    reads("A mother and her son were wounded.", &[exactly(Wounded, Civilian, 2)]);
    reads("The shelling killed Jarn Torvik and his wife.", &[exactly(Killed, Any, 2)]);
    reads("Jarn Torvik and five aides were killed.", &[exactly(Killed, Any, 6)]);
    reads("Both of them were killed.", &[exactly(Killed, Any, 2)]);
    reads("A pair of soldiers were wounded.", &[exactly(Wounded, Military, 2)]);
    reads("A family of five was killed.", &[exactly(Killed, Civilian, 5)]);
}

#[test]
fn ranges() {
    let killed = |min, max| [(Killed, Military, Some(min), Some(max))];
    reads("From 10 to 15 soldiers were killed.", &killed(10, 15));
    reads("Orlavan forces lost 10–15 soldiers.", &killed(10, 15));
    reads("40–50 soldiers were killed at Kolvar.", &killed(40, 50));
    reads("The death toll has risen from 9 to 14.", &[exactly(Killed, Any, 14)]);
}

#[test]
fn thousands_told_apart_by_spaces() {
    reads("More than 12 000 people have been killed.", &[(Killed, Any, Some(12_000), None)]);
    reads("They fired 15 120 mm shells.", &[exactly(Munitions, Any, 15)]);
}

#[test]
fn bounds_by_verbs_and_signs() {
    reads("Fifty-plus soldiers were wounded.", &[(Wounded, Military, Some(50), None)]);
    reads("The death toll has passed 1,340.", &[(Killed, Any, Some(1340), None)]);
    reads("Vesk handed over 12 prisoners to Orlava.", &[exactly(Captured, Any, 12)]);
}

#[test]
fn who_a_part_is_said_to_be() {
    reads(
        "It killed nine people, of whom three were children.",
        &[exactly(Killed, Any, 9), exactly(Killed, Civilian, 3)],
    );
    reads("Of the 14 wounded, three are children.", &[exactly(Wounded, Any, 14), exactly(Wounded, Civilian, 3)]);
    reads(
        "Seven people were hurt, one of them a policeman.",
        &[exactly(Wounded, Any, 7), exactly(Wounded, Military, 1)],
    );
    reads("Three of the dead were children.", &[exactly(Killed, Civilian, 3)]);
    reads("Three of those killed in Kolvar were children.", &[exactly(Killed, Civilian, 3)]);
    reads("Sixty people, most of them women, were killed.", &[exactly(Killed, Any, 60)]);
    reads("17 others, mostly children, were hurt.", &[exactly(Wounded, Civilian, 17)]);
    reads("Two of the dead were former soldiers.", &[exactly(Killed, Any, 2)]);
}

#[test]
fn what_befell_the_wounded_later() {
    reads(
        "Three servicemen were wounded, one of them fatally.",
        &[exactly(Wounded, Military, 3), exactly(Killed, Military, 1)],
    );
    reads(
        "Six people were killed and dozens of others injured.",
        &[exactly(Killed, Any, 6), (Wounded, Any, Some(24), None)],
    );
    reads("Two wounded soldiers died on Tuesday.", &[exactly(Killed, Military, 2)]);
    reads(
        "Six soldiers died and eight others were taken to hospital.",
        &[exactly(Killed, Military, 6), exactly(Wounded, Military, 8)],
    );
}

#[test]
fn headlines_and_totals() {
    reads("A total of 60 people were killed.", &[exactly(Killed, Any, 60)]);
    reads("Strike on Kolvar kills six, wounds 14", &[exactly(Killed, Any, 6), exactly(Wounded, Any, 14)]);
    reads(
        "Two more soldiers died of their wounds, bringing the total to 16.",
        &[exactly(Killed, Military, 2), exactly(Killed, Military, 16)],
    );
}

#[test]
fn things_in_a_list() {
    reads(
        "They downed two helicopters and a drone.",
        &[exactly(Aircraft, Military, 2), exactly(Aircraft, Military, 1)],
    );
    reads(
        "Its troops destroyed two tanks, an armoured vehicle and three mortars.",
        &[exactly(Vehicles, Military, 2), exactly(Vehicles, Military, 1), exactly(Weapons, Any, 3)],
    );
}

#[test]
fn numbers_that_measure_or_name() {
    for text in [
        "Orlavan forces fired 120mm mortars.",
        "Orlavan troops massed at Hollin, about 40 kilometres west of Kolvar.",
        "The attack on Height 204 went on.",
        "Not a single soldier was killed.",
    ] {
        reads(text, &[]);
    }
}
