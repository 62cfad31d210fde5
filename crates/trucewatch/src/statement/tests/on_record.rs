//! Who is on record where the sentence names somebody else as well, or says it of the sentence before.

use super::speaks;

#[test]
fn whom_an_outlet_cites_is_on_record() {
    speaks(
        "The Lantern reported that a post was lost, citing two Orlavan officials.",
        &[("two Orlavan officials", &["orlava"], &["The Lantern"]), ("The Lantern", &["media"], &[])],
    );
}

#[test]
fn a_paper_that_an_outlet_carries_is_the_writer_s() {
    speaks("The Lantern published an Orlavan statement saying that a post was lost.", &[("Orlavan", &["orlava"], &[])]);
}

#[test]
fn this_was_reported_by_somebody() {
    let expected: &[(&str, &[&str], &[&str])] =
        &[("the Orlavan army", &["orlava"], &[]), ("the Orlavan army", &["orlava"], &[])];
    speaks("A post was lost on Monday. This was reported by the Orlavan army.", expected);
    speaks("A post was lost on Monday.\n\nThis was reported by the Orlavan army.", expected);
}

#[test]
fn a_claim_named_by_its_nation_is_that_nation_s() {
    speaks("The visit follows Orlavan claims that a post was lost.", &[("Orlavan", &["orlava"], &[])]);
}

#[test]
fn whoever_says_adds_and_not_who_acts() {
    speaks(
        "Orlava's army said that Veskian troops had fired rockets, adding that the road was open.",
        &[("Orlava's army", &["orlava"], &[]), ("Orlava's army", &["orlava"], &[])],
    );
}

#[test]
fn a_person_is_called_again_by_a_noun() {
    speaks(
        "Vesk's envoy Ilan Torvald said that the road was open. On Monday the diplomat said that a post was lost.",
        &[("Ilan Torvald", &["vesk"], &[]), ("Ilan Torvald", &["vesk"], &[])],
    );
    speaks(
        "Vesk's envoy Ilan Torvald said that the road was open. A Karsund diplomat said that a post was lost.",
        &[("Ilan Torvald", &["vesk"], &[]), ("A Karsund diplomat", &["other"], &[])],
    );
}

#[test]
fn sentences_without_a_subject_go_on() {
    speaks(
        "The Orlavan army said that a post was lost.\n\n- Said that the road was open.",
        &[("The Orlavan army", &["orlava"], &[]), ("The Orlavan army", &["orlava"], &[])],
    );
}

#[test]
fn an_adviser_to_somebody_speaks_for_that_one() {
    speaks(
        "An adviser to the Orlavan president said that a post was lost.",
        &[("An adviser to the Orlavan president", &["orlava"], &[])],
    );
}

#[test]
fn a_verb_that_looks_like_a_noun_still_says() {
    speaks("The Orlavan military states that a post was lost.", &[("The Orlavan military", &["orlava"], &[])]);
}

#[test]
fn a_body_in_brackets_says_the_sentence_before_them() {
    let source = ("Orlavan General Staff", &["orlava"][..], &[][..]);
    speaks("Two posts were lost near the river (Orlavan General Staff).", &[source]);
    speaks("Two posts were lost near the river. (Orlavan General Staff)", &[source]);
    speaks("Two posts were lost near the river (The Lantern).", &[]);
}

#[test]
fn so_says_somebody_or_tells_this() {
    let twice: &[(&str, &[&str], &[&str])] =
        &[("the Orlavan army", &["orlava"], &[]), ("the Orlavan army", &["orlava"], &[])];
    speaks("A post was lost on Monday. So says the Orlavan army.", twice);
    speaks("A post was lost on Monday. The information was confirmed by the Orlavan army.", twice);
    let first: &[(&str, &[&str], &[&str])] =
        &[("The Orlavan army", &["orlava"], &[]), ("The Orlavan army", &["orlava"], &[])];
    speaks("A post was lost on Monday. The Orlavan army told reporters about this.", first);
}

#[test]
fn a_verb_of_saying_may_open_the_sentence_or_stand_between_commas() {
    speaks("Said the Orlavan army: “The road is open.”", &[("the Orlavan army", &["orlava"], &[])]);
    speaks("The convoy, said the Orlavan army, left the town.", &[("the Orlavan army", &["orlava"], &[])]);
}

#[test]
fn whom_an_outlet_quotes_before_a_colon_is_on_record() {
    speaks("The Lantern quoted the Orlavan army: “The road is open.”", &[("the Orlavan army", &["orlava"], &[])]);
}

#[test]
fn somebody_spoke_of_what_another_does() {
    speaks("The Orlavan army spoke of Vesk taking the town.", &[("The Orlavan army", &["orlava"], &[])]);
    speaks("The Orlavan army notified the mission of ten breaches.", &[("The Orlavan army", &["orlava"], &[])]);
}

#[test]
fn groups_speak_for_those_that_are_named_of_them() {
    speaks(
        "Countries including Orlava said that the road was open.",
        &[("Countries including Orlava", &["orlava"], &[])],
    );
}

#[test]
fn he_is_the_minister_whose_name_stands_between_commas() {
    let text =
        "The Orlavan minister, Ilan Torv, went to the town. “Veskian guns fired on this road,” he told soldiers.";
    speaks(text, &[("Ilan Torv", &["orlava"], &[])]);
}
