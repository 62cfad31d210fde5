//! Forms in which agencies put a source behind, between or beside what is reported.

use super::speaks;

const ARMY: (&str, &[&str], &[&str]) = ("the Orlavan army", &["orlava"], &[]);

#[test]
fn a_name_with_appositions_behind_a_comma() {
    let tesk: &[(&str, &[&str], &[&str])] = &[("Ilan Tesk", &["orlava"], &[])];
    speaks("Shells hit the town, Ilan Tesk, a spokesman for the Orlavan army, said Monday.", tesk);
    speaks("Shells hit the town, Ilan Tesk, a spokesman for the Orlavan army, told reporters.", tesk);
    speaks("“Shells hit the town,” Ilan Tesk, a spokesman for the Orlavan army, told reporters.", tesk);
    let press: &[(&str, &[&str], &[&str])] = &[("the press service of the Orlavan army", &["orlava"], &[])];
    speaks("Shells hit the town, the press service of the Orlavan army reported.", press);
}

#[test]
fn who_asks_not_to_be_named_speaks() {
    let official = ("a senior Orlavan official", &["orlava"] as &[&str], &[] as &[&str]);
    let text = "Shells hit the town, a senior Orlavan official who asked not to be named told reporters.";
    // who asks and who tells
    speaks(text, &[official, official]);
}

#[test]
fn the_occasion_of_what_is_said_ends_the_sentence() {
    for occasion in ["after talks with envoys", "following the meeting", "when asked about the truce"] {
        let text = format!("Shells hit the town, the Orlavan army said {occasion}.");
        super::on(&text, |_, found| {
            let army = |s: &crate::statement::Statement| s.cue_head.is_some() && s.content[0].start == 0;
            assert!(found.all().iter().any(army), "{text}");
        });
    }
}

#[test]
fn no_clause_about_the_time_is_what_is_said() {
    super::holds("After the troops left the town, the road stayed open.", &[]);
}

#[test]
fn as_reported_by_somebody() {
    speaks("As reported by the Orlavan army, shells hit the town.", &[ARMY]);
    speaks("As the Orlavan army told reporters, shells hit the town.", &[ARMY]);
}

#[test]
fn data_and_information_are_whose_they_are() {
    speaks("According to information from the Orlavan army, shells hit the town.", &[ARMY]);
    speaks("According to data from the Orlavan army, shells hit the town.", &[ARMY]);
}

#[test]
fn this_and_so_point_to_the_sentence_before() {
    let army = ("The Orlavan army", &["orlava"] as &[&str], &[] as &[&str]);
    speaks("Shells hit the town. The Orlavan army said so on Monday.", &[army, army]);
    speaks("Shells hit the town. The Orlavan army reported this on Monday.", &[army, army]);
}

#[test]
fn quotations_run_over_paragraphs_without_marks() {
    let army = ("The Orlavan army", &["orlava"] as &[&str], &[] as &[&str]);
    speaks(
        "The Orlavan army said: “The truce is dead.\n\nShells hit the town.\n\nWe want peace.”",
        &[army, army, army],
    );
    speaks("“The truce is dead.\n\nShells hit the town,” the Orlavan army said.", &[ARMY, ARMY]);
}

#[test]
fn a_mark_that_nothing_closes_holds_no_paragraph() {
    super::on("The Orlavan army said: “The truce is dead.\n\nShells hit the town.", |document, found| {
        let town = |s: &crate::statement::Statement| s.content.iter().any(|c| document.slice(*c).contains("town"));
        assert!(!found.all().iter().any(town));
    });
}

#[test]
fn a_counterpart_is_of_the_nation_before_it() {
    speaks(
        "The Veskian premier said that a post was lost. His Orlavan counterpart said that the road was open.",
        &[("The Veskian premier", &["vesk"], &[]), ("His Orlavan counterpart", &["orlava"], &[])],
    );
}

#[test]
fn it_behind_a_quotation_is_who_acts_before() {
    speaks("Orlava's army met the envoy. “Veskian troops hit the town,” it said.", &[("Orlava", &["orlava"], &[])]);
}

#[test]
fn who_makes_clear_says() {
    let officials: &[(&str, &[&str], &[&str])] = &[("Orlavan officials", &["orlava"], &[])];
    speaks("Orlavan officials made clear that a post was lost.", officials);
    speaks("Orlavan officials made it clear that a post was lost.", officials);
}

#[test]
fn who_is_unable_to_say_has_not_said() {
    speaks("Orlavan officials were quick to say that a post was lost.", &[("Orlavan officials", &["orlava"], &[])]);
    speaks("Orlavan officials were unable to say that a post was lost.", &[("narrator", &["media"], &[])]);
}
