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
