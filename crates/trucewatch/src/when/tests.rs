//! Constructed sentences with the times that they name; they need the English model and skip without it.

use jiff::civil::{Date, date};

use super::{Attachment, date_document, expressions, of_clause};
use crate::document::testing::on;

/// A Thursday.
const ANCHOR: Date = date(2031, 5, 22);

/// Checks words, TIMEX values and intervals of all expressions of a text.
fn reads(text: &str, expected: &[(&str, &str, &str)]) {
    on(text, |document, parsed| {
        let found = expressions(parsed, Some(ANCHOR));
        let found: Vec<(&str, String, String)> = found
            .iter()
            .map(|e| (document.slice(e.span), e.timex.clone(), e.interval.map(|i| i.to_string()).unwrap_or_default()))
            .collect();
        let found: Vec<(&str, &str, &str)> = found.iter().map(|(w, t, i)| (*w, t.as_str(), i.as_str())).collect();
        assert_eq!(found, expected, "{text}");
    });
}

#[test]
fn what_names_no_time() {
    reads("He may march to the village, and a second man sat in the sun.", &[]);
    reads("The shepherd, 64 years old, counted 2000 goats under Resolution 2046.", &[]);
    reads("A 22-year-old driver took the second turning.", &[]);
}

#[test]
fn dates() {
    reads("It began on 12 May 2031.", &[("12 May 2031", "2031-05-12", "2031-05-12")]);
    reads("It began on March 3, 2030.", &[("March 3, 2030", "2030-03-03", "2030-03-03")]);
    reads("They met on 10-12 May.", &[("10-12 May", "2031-05-10", "2031-05-10/2031-05-12")]);
    reads("The post was empty in mid-May.", &[("mid-May", "2031-05", "2031-05-11/2031-05-20")]);
    reads("The road closed in late February.", &[("late February", "2031-02", "2031-02-19~/2031-02-28~")]);
    reads("It was built in the 1990s.", &[("the 1990s", "199", "1990/1999")]);
    reads("It was built in the summer of 2019.", &[("the summer of 2019", "2019-SU", "2019-06/2019-08")]);
}

#[test]
fn weekdays_go_by_the_tense() {
    reads("The envoys met on Friday.", &[("Friday", "2031-05-16", "2031-05-16")]);
    reads("The envoys met on Thursday.", &[("Thursday", "2031-05-22", "2031-05-22")]);
    reads("The envoys will meet on Friday.", &[("Friday", "2031-05-23", "2031-05-23")]);
    reads("The talks are due to resume on Monday.", &[("Monday", "2031-05-26", "2031-05-26")]);
}

#[test]
fn what_befell_somebody_lies_back() {
    reads("The force will stay despite an attack on a post on Friday.", &[("Friday", "2031-05-16", "2031-05-16")]);
    reads("They were able to sign it on 23 November.", &[("23 November", "2030-11-23", "2030-11-23")]);
    reads("They are ready to attack on Friday.", &[("Friday", "2031-05-23", "2031-05-23")]);
}

#[test]
fn years_told_from_another() {
    reads("They left in May last year.", &[("May last year", "2030-05", "2030-05")]);
    reads(
        "It began in 2024 and ended in April of that year.",
        &[("2024", "2024", "2024"), ("April of that year", "2024-04", "2024-04")],
    );
}

#[test]
fn under_a_line_that_is_a_day_its_day_is_today() {
    let days = "12 January 2031\n\nThe post was shelled yesterday.\n\n3 February 2031\n\nIt was empty.";
    let yesterday = ("yesterday", "2031-01-11", "2031-01-11");
    let first = ("12 January 2031", "2031-01-12", "2031-01-12");
    reads(days, &[first, yesterday, ("3 February 2031", "2031-02-03", "2031-02-03")]);
    // one such line is the day of a report
    reads("12 January 2031\n\nThe post was shelled yesterday.", &[first, ("yesterday", "2031-05-21", "2031-05-21")]);
}

#[test]
fn times_seen_from_today() {
    reads("Shots were heard last week.", &[("last week", "2031-W20", "2031-05-12/2031-05-18")]);
    reads("Shots were heard this week.", &[("this week", "2031-W21", "2031-05-19/2031-05-22")]);
    reads("Shots were heard two days ago.", &[("two days ago", "2031-05-20", "2031-05-20")]);
    reads("Shots were heard in recent days.", &[("recent days", "PXD", "2031-05-15/2031-05-22")]);
    reads("Shots were heard last month.", &[("last month", "2031-04", "2031-04")]);
}

#[test]
fn hours() {
    reads("The truce starts at 12:00 pm today.", &[("12:00 pm today", "2031-05-22T12:00", "2031-05-22T12:00")]);
    reads("They left at 3 am local time.", &[("3 am local time", "2031-05-22T03", "2031-05-22T03:00")]);
    reads("The truce will begin at midnight.", &[("midnight", "2031-05-22T24:00", "2031-05-23T00:00")]);
    reads("They left on Friday morning.", &[("Friday morning", "2031-05-16TMO", "2031-05-16")]);
}

#[test]
fn stretches() {
    reads("It has gone on since 27 April.", &[("27 April", "2031-04-27", "2031-04-27/..")]);
    reads("It was calm until 24 March 2030.", &[("24 March 2030", "2030-03-24", "../2030-03-24")]);
    let both = "2031-05-03/2031-05-05";
    reads("It was calm between 3 May and 5 May.", &[("3 May", "2031-05-03", both), ("5 May", "2031-05-05", both)]);
}

#[test]
fn lengths_and_rounds_are_no_dates() {
    reads("They talked for ten hours.", &[("ten hours", "PT10H", "")]);
    reads("They meet twice a month.", &[("twice a month", "P1M", "")]);
    reads("They meet every Friday.", &[("every Friday", "XXXX-WXX-5", "")]);
}

#[test]
fn times_told_from_the_last_named() {
    reads(
        "The road closed on March 3, 2030, and opened on the 5th. Three days later it closed again.",
        &[
            ("March 3, 2030", "2030-03-03", "2030-03-03"),
            ("the 5th", "2030-03-05", "2030-03-05"),
            ("Three days later", "2030-03-08", "2030-03-08"),
        ],
    );
}

/// Dates a text that comes without a day.
fn dated(text: &str, interval: Option<&str>, code: Option<&str>) {
    on(text, |_, parsed| {
        let found = date_document(parsed, date(2032, 1, 1));
        assert_eq!(found.value.map(|d| d.interval.to_string()).as_deref(), interval, "{text}");
        assert_eq!(found.notes.first().map(|n| n.code), code, "{text}");
    });
}

#[test]
fn texts_that_nothing_dates() {
    dated("The ministry denied that anything had happened along the line.", None, Some("undated"));
    dated("The quarrel goes back to a war that ended in 1994, the ministry said.", None, Some("undated"));
}

#[test]
fn datelines() {
    dated("3 March 2031\n\nThe ministry denied the report.", Some("2031-03-03"), None);
    dated("Published on 3 March 2031 by the press office.", Some("2031-03-03"), None);
    dated("VESK, March 3 (Agency) - The ministry denied the report about the bridge.", Some("2031-03-03"), None);
}

#[test]
fn a_page_header_that_the_body_contradicts() {
    let text = "Tuesday, December 2\n\nThe truce of May 9, 2031 was broken in mid-June, the ministry said.";
    dated(text, Some("2031-06-20~/2031-07-21~"), Some("date-header"));
}

#[test]
fn a_tale_that_goes_on_from_its_last_full_date() {
    let text = "The truce of May 9, 2030 ended the war. The ministers met in January, and things got worse in mid-March. \
                The envoy was in Vesk at the beginning of July and, on the 20th, the premier was there too.";
    dated(text, Some("2030-07-20~/2030-08-20~"), None);
}

#[test]
fn a_day_told_as_yesterday() {
    dated("The road was closed yesterday, 14 October 2031, the ministry said.", Some("2031-10-15"), None);
}

/// Which expression dates the event of the token `word`.
fn chooses(text: &str, word: &str, expected: Option<(&str, Attachment)>) {
    on(text, |document, parsed| {
        let times = expressions(parsed, Some(ANCHOR));
        let paragraph = &parsed.paragraphs[0];
        let head = (0..paragraph.parse.len()).find(|&i| paragraph.parse.word(i) == word).expect("the word is there");
        let run = paragraph.parse.subtree_run(paragraph.parse.clause_head(head));
        let found = of_clause(paragraph, 0, run, head, &times, &[]);
        assert_eq!(found.map(|a| (document.slice(a.expression.span), a.how)), expected, "{text}");
    });
}

#[test]
fn the_time_of_an_event() {
    chooses("The ministry said that shells fell.", "fell", None);
    let text = "The ministry said on Friday that shells fell on Tuesday.";
    chooses(text, "fell", Some(("Tuesday", Attachment::Head)));
    chooses(text, "said", Some(("Friday", Attachment::Head)));
    chooses("The shelling began on Monday.", "shelling", Some(("Monday", Attachment::Verb)));
}
