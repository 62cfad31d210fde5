//! Constructed sentences with the statements that they hold; they need the English model and skip without it.
#![cfg(test)]

mod on_record;
mod wires;

use super::{Manner, Statement, Statements, Verdict, speaker, statements};
use crate::document::{Document, Meta, ParsedDocument, Span, testing};
use crate::pack::{Knowledge, Pack, PackFile};
use crate::party::{Mentions, Names};

/// Runs a check on the statements of a text.
fn on(text: &str, check: impl FnOnce(&Document, &Statements)) {
    testing::on(text, |document, parsed| check(document, &statements(parsed)));
}

fn words(document: &Document, spans: &[Span]) -> String {
    spans.iter().map(|s| document.slice(*s)).collect::<Vec<_>>().join(" | ")
}

fn parts(document: &Document, s: &Statement) -> (String, String, String) {
    (words(document, &s.source), words(document, &s.cue), words(document, &s.content))
}

/// Asserts that the text holds exactly these statements: source, cue, content, verdict.
fn holds(text: &str, expected: &[(&str, &str, &str, Verdict)]) {
    on(text, |document, found| {
        let found: Vec<_> = found.all().iter().map(|s| (parts(document, s), s.verdict)).collect();
        let found: Vec<_> = found.iter().map(|((a, b, c), v)| (a.as_str(), b.as_str(), c.as_str(), *v)).collect();
        assert_eq!(found, expected, "{text}");
    });
}

#[test]
fn according_to_somebody_in_the_middle_of_a_clause() {
    let killed = "Two soldiers, according to the Orlavan ministry, were killed near Tarn.";
    holds(killed, &[("the Orlavan ministry", "according to", "Two soldiers | were killed near Tarn", Assert)]);
    let other = "Two soldiers were killed, according to the ministry, but the road stayed open.";
    holds(other, &[("the ministry", "according to", "Two soldiers were killed", Assert)]);
    let whose = "The premier spoke to his ministers. In his words, the guards would make the line safe.";
    on(whose, |document, found| {
        let last = found.all().last().map(|s| parts(document, s));
        let expected = ("his", "In his words", "the guards would make the line safe");
        assert_eq!(last, Some((expected.0.into(), expected.1.into(), expected.2.into())));
    });
}

use Verdict::{Accuse, Assert, CallFor, Conditional, Deny, Plan, Reject};

#[test]
fn plain_narration_holds_none() {
    for text in ["The line was quiet on Monday.", "Shells fell near the old bridge and two houses burned.", "", "“”"]
    {
        holds(text, &[]);
    }
}

#[test]
fn a_company_that_says_in_the_dative_is_no_source_of_weather() {
    holds("It rained in Orlava, and the river rose by 2 metres per day.", &[]);
}

#[test]
fn reported_clauses() {
    holds(
        "The ministry said that two posts were lost.",
        &[("The ministry", "said", "that two posts were lost", Assert)],
    );
    holds(
        "Vesk denies that its troops crossed the river.",
        &[("Vesk", "denies", "that its troops crossed the river", Deny)],
    );
    holds(
        "The mayor warned that the truce could collapse.",
        &[("The mayor", "warned", "that the truce could collapse", Conditional)],
    );
}

#[test]
fn accusations_and_demands() {
    holds(
        "Orlava accused Vesk of shelling the bridge.",
        &[("Orlava", "accused", "Vesk of shelling the bridge", Accuse)],
    );
    holds(
        "The envoy urged both sides to return to talks.",
        &[("The envoy", "urged", "both sides to return to talks", CallFor)],
    );
    holds("Vesk refused to withdraw its troops.", &[("Vesk", "refused", "to withdraw its troops", Reject)]);
    holds("Orlava promised to open the road.", &[("Orlava", "promised", "to open the road", Plan)]);
}

#[test]
fn quotations_before_within_and_after() {
    holds("“We hold the bridge,” the colonel said.", &[("the colonel", "said", "“We hold the bridge,”", Assert)]);
    holds("\"We hold the bridge,\" said Colonel Orr.", &[("Colonel Orr", "said", "\"We hold the bridge,\"", Assert)]);
    holds(
        "“We hold the bridge,” the colonel said, “and we will stay.”",
        &[("the colonel", "said", "“We hold the bridge,” | “and we will stay.”", Assert)],
    );
    holds("The colonel said: “We hold the bridge.”", &[("The colonel", "said:", "“We hold the bridge.”", Assert)]);
}

#[test]
fn a_quotation_that_goes_on_stays_with_its_speaker() {
    holds(
        "“We hold the bridge,” the colonel said. “Nobody will take it from us.”",
        &[("the colonel", "said", "“We hold the bridge,” | “Nobody will take it from us.”", Assert)],
    );
    let text = "“We hold the bridge,” the colonel said.\n\n“Nobody will take it from us. We have time.”";
    on(text, |document, found| {
        let last = found.all().last().map(|s| (words(document, &s.content), s.manner, s.continues));
        let content = "“Nobody will take it from us. We have time.”".to_owned();
        assert_eq!(last, Some((content, Manner::Continued, Some(0))));
    });
}

#[test]
fn a_quotation_after_narration_is_given_to_nobody() {
    on("The bridge was quiet.\n\n“Nobody will take it from us,” a poster read.", |_, found| {
        assert!(found.all().iter().all(|s| s.manner != Manner::Continued));
    });
}

#[test]
fn set_off_by_commas() {
    holds(
        "According to the mission, two houses burned.",
        &[("the mission", "According to", "two houses burned", Assert)],
    );
    holds("Two houses burned, the mission said on Monday.", &[("the mission", "said", "Two houses burned", Assert)]);
    holds(
        "Two houses, the mission said, burned down at night.",
        &[("the mission", "said", "Two houses | burned down at night", Assert)],
    );
}

#[test]
fn nested_chains_know_what_they_stand_in() {
    let text = "The agency reported that the minister said that the road was open.";
    on(text, |document, found| {
        let inner = found.all().iter().position(|s| words(document, &s.source) == "the minister");
        let inner = inner.unwrap_or(usize::MAX);
        assert_eq!(found.chain(inner).collect::<Vec<_>>(), [0]);
        assert_eq!(found.outermost().count(), 1);
        let open = document.text().split_whitespace().count() - 1;
        assert_eq!(found.governing(0, open), Some(inner));
        assert_eq!(found.governing(0, 0), None);
    });
}

#[test]
fn claims_turned_down_are_denied_and_offers_are_refused() {
    holds("Vesk rejected the allegations.", &[("Vesk", "rejected", "the allegations", Deny)]);
    holds("Vesk rejected the offer.", &[("Vesk", "rejected", "the offer", Reject)]);
}

#[test]
fn deeds_that_need_no_words() {
    on("The army attacked the bridge and released two prisoners.", |_, found| assert!(found.all().is_empty()));
    on("Vesk supports the mission.", |_, found| assert!(found.all().iter().all(|s| !s.spoken)));
}

#[test]
fn the_one_told_stands_between_speaker_and_adverbial() {
    holds(
        "Two houses burned, the mayor told reporters on Monday.",
        &[("the mayor", "told", "Two houses burned", Assert)],
    );
}

#[test]
fn passives_and_hearsay_name_nobody() {
    for text in ["It was reported that the road was open.", "The posts were reportedly lost at night."] {
        on(text, |_, found| {
            assert_eq!(found.all().len(), 1, "{text}");
            assert!(found.all().iter().all(|s| s.source.is_empty()), "{text}");
        });
    }
}

#[test]
fn both_sides_are_one_statement_on_each_other() {
    on("Both sides accuse each other of breaking the truce.", |document, found| {
        let only = found.all().first().map(|s| (parts(document, s).0, s.verdict, s.addressee.is_some()));
        assert_eq!(only, Some(("Both sides".to_owned(), Accuse, true)));
    });
}

#[test]
fn transcripts_and_headlines() {
    let text = "Minister: the road stays open\n\nORR: Nobody fired on the bridge. We know that.\n\nVALE: They did.";
    on(text, |document, found| {
        let manners: Vec<_> = found.outermost().map(|s| (parts(document, s).0, s.manner)).collect();
        let named = |name: &str, manner| (name.to_owned(), manner);
        assert_eq!(
            manners,
            [named("Minister", Manner::Headline), named("ORR", Manner::Transcript), named("VALE", Manner::Transcript)]
        );
    });
}

#[test]
fn hyphens_in_headlines_are_no_dashes() {
    on("New shots on the Vesk-Orlava border", |_, found| assert!(found.all().is_empty()));
}

/// A source's name, its parties and its chain.
type Spoken = (String, Vec<String>, Vec<String>);

/// Names of the invented pack, and the sources that a text's statements have.
fn spoken(text: &str) -> Option<Vec<Spoken>> {
    let file = |path: &str, content: &str| PackFile { path: path.to_owned(), content: content.to_owned() };
    let files = [
        file("pack.toml", "schema = 1\nid = 't'\ntitle = 't'\nversion = '1'\nlicence = 'MIT'\nsources = []"),
        file("parties.toml", include_str!("tests/parties.toml")),
        file("outlets.toml", include_str!("tests/outlets.toml")),
        file("conflicts.toml", "[[conflict]]\nid = 'vo'\nsides = ['vesk', 'orlava']"),
    ];
    let knowledge = Knowledge::new(vec![Pack::read(&files).ok()?]);
    let names = Names::new(&knowledge);
    let document = Document::new("test", text, Meta::default());
    let parsed = ParsedDocument::new(&document, testing::model()?);
    let mentions = Mentions::new(&parsed, &names, &knowledge, None, &[]);
    let sources = speaker::sources(&parsed, &mentions, &statements(&parsed), &[]);
    let ids = |s: &speaker::Source| s.parties.iter().map(ToString::to_string).collect();
    Some(sources.iter().map(|s| (s.name.clone(), ids(s), s.via.clone())).collect())
}

/// Asserts the sources of a text's statements: name, parties, chain.
fn speaks(text: &str, expected: &[(&str, &[&str], &[&str])]) {
    if testing::model().is_none() {
        return;
    }
    let found = spoken(text).unwrap_or_default();
    let owned = |list: &[&str]| list.iter().map(ToString::to_string).collect::<Vec<_>>();
    let expected: Vec<_> = expected.iter().map(|(n, p, v)| ((*n).to_owned(), owned(p), owned(v))).collect();
    assert_eq!(found, expected, "{text}");
}

#[test]
fn pronouns_and_surnames_get_the_full_name() {
    speaks(
        "Vesk's defence minister Ilan Torvald said that the posts were lost. He added that the road was open.",
        &[("Ilan Torvald", &["vesk"], &[]), ("Ilan Torvald", &["vesk"], &[])],
    );
    speaks(
        "Vesk's defence minister Ilan Torvald left on Monday. Torvald said that the posts were lost.",
        &[("Ilan Torvald", &["vesk"], &[])],
    );
}

#[test]
fn titles_and_bodies_stand_for_the_last_so_called() {
    speaks(
        "Vesk's foreign minister Ilan Torvald came on Monday. The minister said that the road was open.",
        &[("Ilan Torvald", &["vesk"], &[])],
    );
}

#[test]
fn both_sides_are_the_sides_of_the_conflict() {
    speaks(
        "Vesk and Orlava met on Monday. Both sides accuse each other of breaking the truce.",
        &[("Both sides", &["vesk", "orlava"], &[])],
    );
}

#[test]
fn outlets_between_are_the_chain() {
    speaks(
        "The Lantern reported that the Orlava army said that the road was open.",
        &[("The Lantern", &["media"], &[]), ("the Orlava army", &["orlava"], &["The Lantern"])],
    );
}

#[test]
fn who_is_quoted_speaks_through_who_quotes() {
    speaks(
        "The Lantern quoted an Orlava army spokesman as saying that the road was open.",
        &[("an Orlava army spokesman", &["orlava"], &["The Lantern"])],
    );
}

#[test]
fn papers_speak_for_who_wrote_them() {
    speaks(
        "A statement from the Orlava army said that the road was open. The statement added that Vesk had left.",
        &[("the Orlava army", &["orlava"], &[]), ("the Orlava army", &["orlava"], &[])],
    );
    speaks("Vesk released a text saying that the road was closed.", &[("Vesk", &["vesk"], &[])]);
}

#[test]
fn a_country_written_like_a_pronoun_is_no_pronoun() {
    speaks("The US said that the road was open.", &[("The US", &["other"], &[])]);
}

#[test]
fn possessed_bodies_speak_for_their_owner() {
    speaks(
        "Vesk's foreign minister Ilan Torvald said that his country is ready to open the road.",
        &[("Ilan Torvald", &["vesk"], &[]), ("Vesk", &["vesk"], &["Ilan Torvald"])],
    );
}

#[test]
fn things_that_say_nothing_themselves_are_the_narrator_s() {
    speaks("Partial figures indicated that the posts were lost.", &[("narrator", &["media"], &[])]);
}

#[test]
fn nobody_named_is_the_narrator() {
    speaks("In Vesk it was reported that the road was open.", &[("narrator", &["media"], &[])]);
}

#[test]
fn we_is_who_speaks() {
    speaks(
        "“We demand that the road is opened,” the Orlava army said.",
        &[("the Orlava army", &["orlava"], &[]), ("the Orlava army", &["orlava"], &[])],
    );
}

#[test]
fn closing_attributions_without_a_comma() {
    on("The envoy left after the ministry said so.", |_, found| {
        assert!(found.all().iter().all(|s| s.manner != Manner::Parenthetical));
    });
    holds(
        "Two shells hit a house near the old bridge on Sunday residents and a monitor said.",
        &[("residents and a monitor", "said", "Two shells hit a house near the old bridge on Sunday", Assert)],
    );
    holds(
        "Shells hit the town killing two people a source at the Orlavan police told reporters late on Monday.",
        &[("a source at the Orlavan police", "told", "Shells hit the town killing two people", Assert)],
    );
    holds(
        "Two shells hit a house near Zarnik, Secretary of the Harbour Council Ana Torv said on Monday.",
        &[("Secretary of the Harbour Council Ana Torv", "said", "Two shells hit a house near Zarnik", Assert)],
    );
    holds(
        "“The road was never closed”, Torvald was quoted as saying.",
        &[("Torvald", "quoted as saying", "“The road was never closed”", Assert)],
    );
}

#[test]
fn a_while_clause_with_shifted_tense_is_still_reported() {
    holds(
        "Vesk said it had lost two posts, while Orlava denied the claim.",
        &[("Vesk", "said", "it had lost two posts", Assert), ("Orlava", "denied", "the claim", Deny)],
    );
    holds(
        "Vesk said it had lost two posts, while shells had wounded a guard.",
        &[("Vesk", "said", "it had lost two posts, while shells had wounded a guard", Assert)],
    );
}

#[test]
fn private_persons_speak_for_no_side() {
    speaks("A Veskian officer said the road was open.", &[("A Veskian officer", &["vesk"], &[])]);
    speaks("A Veskian analyst said the road was open.", &[("A Veskian analyst", &["other"], &[])]);
    speaks("A retired Orlavan general said the road was open.", &[("A retired Orlavan general", &["other"], &[])]);
}

#[test]
fn a_body_without_a_name_belongs_to_who_spoke_last() {
    speaks(
        "Orlava said it had lost a post. The army said two soldiers were missing.",
        &[("Orlava", &["orlava"], &[]), ("The army", &["orlava"], &[])],
    );
}

#[test]
fn an_army_belongs_to_no_body_of_states() {
    speaks(
        "The Joint Line Mission said it had left a post. The army said two soldiers were missing.",
        &[("The Joint Line Mission", &["jlm"], &[]), ("The army", &["other"], &[])],
    );
}

#[test]
fn the_name_behind_a_group_says_which() {
    speaks(
        "The Veskian armed group Dovrel Brigade said that the road was open.",
        &[("Dovrel Brigade", &["dovrel_brigade"], &[])],
    );
}

#[test]
fn whoever_was_reported_is_quoted_in_the_next_paragraph() {
    speaks(
        "Ilan Torvald, an Orlavan officer, said that the road was open.\n\n“Two posts were lost.”",
        &[("Ilan Torvald", &["orlava"], &[]), ("Ilan Torvald", &["orlava"], &[])],
    );
}

#[test]
fn what_should_be_said_is_not_said() {
    on("Vesk should say that the posts are lost.", |_, found| assert!(found.all().iter().all(|s| !s.spoken)));
}

#[test]
fn offices_without_a_name_are_of_the_place_they_are_in() {
    speaks("In neighbouring Orlava, officials said that two posts were lost.", &[("officials", &["orlava"], &[])]);
    speaks(
        "Gunmen took a post in northern Vesk on Monday. Police said that two guards were hurt.",
        &[("Police", &["vesk"], &[])],
    );
    speaks(
        "Gunmen took a post in northern Vesk on Monday. Aid workers said that two guards were hurt.",
        &[("Aid workers", &["other"], &[])],
    );
    speaks(
        "Shells fell in northern Vesk on Monday. The energy ministry said that two houses were lost.",
        &[("The energy ministry", &["vesk"], &[])],
    );
    speaks("Officials said on Monday that the road was open.", &[("Officials", &["other"], &[])]);
}

#[test]
fn offices_without_a_name_are_theirs_who_were_called_so_before() {
    speaks(
        "Orlavan officials said that two posts were lost. Officials added that the road in Vesk was open.",
        &[("Orlavan officials", &["orlava"], &[]), ("Officials", &["orlava"], &[])],
    );
    speaks(
        "The Orlavan army left on Monday. An army spokesman said that the road in Vesk was open.",
        &[("An army spokesman", &["orlava"], &[])],
    );
}

#[test]
fn persons_in_an_office_without_a_state_are_of_the_place_they_are_in() {
    speaks(
        "Shells fell in northern Vesk on Monday. The regional governor, Ilan Torvald, said that two posts were lost.",
        &[("Ilan Torvald", &["vesk"], &[])],
    );
}

#[test]
fn a_dateline_elsewhere_leaves_officials_to_nobody() {
    speaks("ORLAVA — The truce in Vesk began on Monday, officials said.", &[("officials", &["other"], &[])]);
}

#[test]
fn to_make_clear_is_to_say() {
    on("At the same time the minister made it very clear that the envoy had opened the road.", |document, found| {
        let last = found.all().last().map(|s| (parts(document, s), s.rule));
        let rule = last.as_ref().map(|l| l.1);
        assert_eq!(rule, Some("cue/verb/clause/assert"), "{last:?}");
    });
}

#[test]
fn papers_and_people_in_the_street_speak_for_nobody_s_side() {
    speaks("According to a memo, two posts were lost.", &[("a memo", &["other"], &[])]);
    speaks("Several inhabitants accused Vesk of looting.", &[("Several inhabitants", &["other"], &[])]);
}

#[test]
fn who_stands_before_a_verb_of_saying_says_it() {
    holds(
        "The Ninth March Movement states that it has captured two posts.",
        &[("The Ninth March Movement", "states", "that it has captured two posts", Assert)],
    );
}

#[test]
fn a_person_speaks_for_one_party_throughout() {
    speaks(
        "Orlavan army spokesman Ilan Torvald said that a post was lost. Torvald added that two guards were hurt.",
        &[("Ilan Torvald", &["orlava"], &[]), ("Ilan Torvald", &["orlava"], &[])],
    );
    speaks(
        "Ilan Torvald of the Dovrel Brigade met reporters on Monday. Torvald said that a post was lost.",
        &[("Ilan Torvald", &["dovrel_brigade"], &[])],
    );
}

#[test]
fn reports_and_journalists_speak_as_media() {
    speaks("News reports said that two posts were lost.", &[("News reports", &["media"], &[])]);
    speaks("Reports from Vesk say that two posts were lost.", &[("Reports from Vesk", &["media"], &[])]);
    speaks("Orlavan journalists said that two posts were lost.", &[("Orlavan journalists", &["media"], &[])]);
}

#[test]
fn where_mediators_are_is_not_for_whom_they_speak() {
    speaks("Mediators in Vesk said that the road was open.", &[("Mediators in Vesk", &["other"], &[])]);
    speaks(
        "The mountain nation of Vesk said that the road was open.",
        &[("The mountain nation of Vesk", &["vesk"], &[])],
    );
}

#[test]
fn whoever_is_quoted_as_saying_goes_on() {
    speaks(
        "“The road is open,” the Harvoi news agency quoted the Orlavan army as saying, adding that a post was lost.",
        &[("the Orlavan army", &["orlava"], &[]), ("the Orlavan army", &["orlava"], &[])],
    );
}

#[test]
fn all_charges_and_a_claim_that_is_are_content() {
    holds(
        "Orlava accused Vesk of burning houses, looting and theft in its letter on Monday.",
        &[("Orlava", "accused", "Vesk of burning houses, looting and theft in its letter on Monday", Accuse)],
    );
    holds(
        "Torv's claim was that Vesk had shelled two villages.",
        &[("Torv's", "claim was", "that Vesk had shelled two villages", Assert)],
    );
}

#[test]
fn a_call_of_another_stays_that_one_s() {
    speaks(
        "Vesk has rejected Orlava's call to open the road.",
        &[("Vesk", &["vesk"], &[]), ("Orlava", &["orlava"], &[])],
    );
}

#[test]
fn what_stands_between_two_sentences_of_one_speaker_is_that_one_s() {
    speaks(
        "Shells fell on the town, Ilan Torvald said. Two houses burned down. Nobody was hurt in the attack, he said.",
        &[("Ilan Torvald", &["other"], &[]), ("Ilan Torvald", &["other"], &[]), ("Ilan Torvald", &["other"], &[])],
    );
}

#[test]
fn odd_texts_do_no_harm() {
    let odd = [
        "“““ said “ said, ” he ”” said: “",
        "He said, she said, they said, it said.",
        ": : :",
        "A: \"\n\nB: ”",
        "said said said said that that that",
        "«Нет», сказал он. «Да",
    ];
    for text in odd {
        on(text, |_, found| assert!(found.all().iter().all(|s| !s.content.is_empty())));
        let _ = spoken(text);
    }
    let long = "he said that ".repeat(3000);
    on(&long, |_, found| assert!(found.chain(found.all().len().saturating_sub(1)).count() <= found.all().len()));
}
