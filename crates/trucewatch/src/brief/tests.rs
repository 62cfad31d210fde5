//! A whole small brief of an invented conflict, and what swapping its two sides must not change.

use jiff::civil::date;

use super::{Brief, Line, Period, Piece, brief};
use crate::claim::{Aspect, Kind, Mode};
use crate::figure::{Counted, Who};
use crate::finding::check;
use crate::incident::gather;
use crate::incident::sample::{Tale, Told};

/// Some days of the invented conflict; `a` and `b` are its two sides.
fn tale(a: &str, b: &str) -> Tale {
    let mut tale = Tale::new();
    let told = |document: &str, day: &str, words: &str| Told::new(document, day, words);
    tale.tell(
        told("agency", "2031-03-07", "the two sides signed the Halmora Protocol")
            .by("ilmeria")
            .kind(Kind::Truce, &[a, b], &[])
            .on("2031-03-05")
            .aspect(Aspect::Begun)
            .of_agreement("Halmora Protocol"),
    );
    tale.tell(
        told("agency", "2031-03-07", "guns opened up on Hollin before dawn")
            .by(b)
            .shelling(a, b, "2031-03-07")
            .at("Hollin"),
    );
    tale.tell(
        told("agency", "2031-03-07", "its guns were silent that night")
            .by(a)
            .shelling(a, b, "2031-03-07")
            .at("Hollin")
            .denied(),
    );
    tale.tell(
        told("agency", "2031-03-07", "two of its men were hurt at Hollin")
            .by(b)
            .kind(Kind::Casualties, &[], &[b])
            .on("2031-03-07")
            .at("Hollin")
            .figure(Counted::Wounded, Some(b), Some(2), Some(2)),
    );
    tale.tell(
        told("daily", "2031-03-09", "all prisoners will be handed over")
            .by(a)
            .kind(Kind::Exchange, &[a, b], &[])
            .mode(Mode::Planned),
    );
    tale.tell(
        told("daily", "2031-03-09", "more than 1,250 people have died since February")
            .by("media")
            .kind(Kind::Casualties, &[], &[])
            .on("2031-02-20/2031-03-09")
            .figure(Counted::Killed, None, Some(1250), None),
    );
    tale.tell(
        told("daily", "2031-03-09", "the line will not be redrawn")
            .by(b)
            .kind(Kind::Position, &[b], &[])
            .on("2031-03-08"),
    );
    tale
}

fn write(tale: &Tale) -> Brief {
    let record = tale.record();
    let incidents = gather(&record);
    let period = Period { from: date(2031, 3, 5), to: date(2031, 3, 10) };
    let findings = check(&record, &incidents, Some(period.to));
    brief(&record, &incidents, &findings, Some(period))
}

fn plain(brief: &Brief) -> String {
    let mut out = vec![brief.title.clone()];
    out.extend(brief.lead.iter().map(words));
    for section in &brief.sections {
        out.push(format!("== {}", section.title));
        for entry in &section.entries {
            out.extend(entry.heading.iter().map(|h| format!("-- {h}")));
            out.extend(entry.told.iter().map(words));
            out.extend(entry.weighed.iter().map(|l| format!("   {}", words(l))));
        }
    }
    out.extend(brief.footnotes.iter().map(|n| format!("[{}] {}, {}: {}", n.number, n.name, n.sentence, n.words)));
    out.join("\n")
}

fn words(line: &Line) -> String {
    let piece = |p: &Piece| match p {
        Piece::Text(words) => words.clone(),
        Piece::Quote(words) => format!("“{words}”"),
        Piece::Note(n) => format!("[{n}]"),
    };
    line.pieces.iter().map(piece).collect()
}

#[test]
fn nothing_on_record_makes_a_brief_that_says_so() {
    let brief = write(&Tale::new());
    assert_eq!(brief.lead.len(), 0);
    assert!(plain(&brief).contains("No report published on these days was read"));
}

#[test]
fn a_small_brief() {
    insta::assert_snapshot!(plain(&write(&tale("vesk", "orlava"))));
}

#[test]
fn swapping_the_two_sides_swaps_them_and_changes_nothing_else() {
    let swapped = plain(&write(&tale("orlava", "vesk")));
    let back: String = swapped.replace("Orlava", "\u{1}").replace("Vesk", "Orlava").replace('\u{1}', "Vesk");
    // The pack's own record of who signed and who owes keeps its order.
    let back = back.replace("Signed by Orlava and Vesk", "Signed by Vesk and Orlava");
    let back = back.replace("Owed by Orlava and Vesk", "Owed by Vesk and Orlava");
    assert_eq!(back, plain(&write(&tale("vesk", "orlava"))));
}

#[test]
fn a_denial_alone_is_told_as_such() {
    let denial = Told::new("a", "2031-03-09", "its guns did not shell it").by("vesk").at("HOLLIN HEIGHTS").denied();
    let told = plain(&write(&Tale::of([denial.shelling("vesk", "orlava", "2031-03-08")])));
    assert!(told.contains("-- Shelling, Hollin Heights, 8 March 2031"), "{told}");
    assert!(told.contains("One-sided: only a denial is on record"), "{told}");
    assert!(told.contains("in scope, had it happened; only a denial is on record"), "{told}");
}

#[test]
fn calm_is_told_as_calm() {
    let calm = Told::new("a", "2031-03-09", "by nightfall the line was quiet").clash(&["vesk", "orlava"], "2031-03-08");
    let told = plain(&write(&Tale::of([calm.denied()])));
    assert!(told.contains("-- Calm, 8 March 2031"), "{told}");
    assert!(told.contains("One incident of fighting or harm is on record, said only not to have happened."), "{told}");
    assert!(
        told.contains("Uncontested: outlets or observers alone speak of it, and say that it did not happen"),
        "{told}"
    );
}

#[test]
fn a_mission_has_no_civilians_of_its_own_and_nobody_asks_for_the_dead() {
    let toll = Told::new("a", "2031-03-09", "the civilians who died").on("2031-03-08").kind(Kind::Casualties, &[], &[]);
    let toll = toll.figure_of(Counted::Killed, Who::Civilian, Some("jlm"), Some(22), Some(22));
    let told = plain(&write(&Tale::of([toll.clone().by("jlm"), toll.by("vesk").mode(Mode::CalledFor)])));
    assert!(told.contains("22 civilians killed"), "{told}");
    assert!(!told.contains("called for dead") && told.contains("spoke of dead or wounded"), "{told}");
}

#[test]
fn what_is_reprinted_is_quoted_once() {
    let told = |document: &str, kind: Kind| {
        let told = Told::new(document, "2031-03-09", "fire came from the ridge").by("orlava").at("Hollin");
        told.kind(kind, &["vesk"], &["orlava"]).on("2031-03-08")
    };
    let told = plain(&write(&Tale::of([told("a", Kind::Shelling), told("b", Kind::Gunfire)])));
    let body = told.split("[1] ").next().unwrap_or_default();
    assert_eq!(body.matches("“fire came from the ridge”").count(), 1, "{told}");
}

#[test]
fn a_reprint_is_no_second_outlet() {
    let told = |document: &str| {
        Told::new(document, "2031-03-09", "houses burned in Hollin").by("media").at("Hollin").kind(
            Kind::Damage,
            &[],
            &[],
        )
    };
    let mut tale = Tale::of([told("agency").on("2031-03-08"), told("paper").on("2031-03-08")]);
    tale.copied("paper", "agency");
    let told = plain(&write(&tale));
    let body = told.split("[1] ").next().unwrap_or_default();
    assert_eq!(body.matches("“houses burned in Hollin”").count(), 1, "{told}");
}

#[test]
fn a_mission_reports_and_accuses_nobody() {
    let told = Told::new("a", "2031-03-09", "Vesk's guns fired on Hollin").by("jlm").at("Hollin");
    let told = plain(&write(&Tale::of([told.shelling("vesk", "orlava", "2031-03-08")])));
    assert!(told.contains("reported shelling by Vesk") && !told.contains("accused"), "{told}");
}

#[test]
fn what_another_is_to_do_is_not_the_speakers_to_announce() {
    let told = Told::new("a", "2031-03-09", "Orlava is bound to open the road").by("vesk");
    let told = plain(&write(&Tale::of([told.kind(Kind::Access, &["orlava"], &[]).mode(Mode::Planned)])));
    assert!(told.contains("spoke of the opening of roads by Orlava to come"), "{told}");
}

#[test]
fn a_truce_that_was_sought_and_then_agreed_is_not_still_sought() {
    let asked = |day: &str| Told::new("a", day, "it asked both to stop").by("ilmeria").on(day);
    let later =
        Told::new("b", "2031-03-09", "guns fired on Hollin").by("orlava").shelling("vesk", "orlava", "2031-03-08");
    let sought = |day: &str| asked(day).kind(Kind::Truce, &["vesk", "orlava"], &[]).mode(Mode::CalledFor);
    let told = plain(&write(&Tale::of([sought("2031-03-05"), later.clone()])));
    assert!(told.contains("Agreed since, by its record: the Halmora Protocol"), "{told}");
    assert!(!told.contains("sought; no report says that it was agreed"), "{told}");
    let told = plain(&write(&Tale::of([sought("2031-03-08"), later])));
    assert!(told.contains("sought; no report says that it was agreed"), "another one than was agreed before: {told}");
}

#[test]
fn a_step_done_after_its_day_is_said_to_be() {
    let swapped = |day: &str| {
        let told = Told::new("a", day, "all prisoners were handed over").by("vesk").on(day);
        plain(&write(&Tale::of([told.kind(Kind::Exchange, &["vesk", "orlava"], &[])])))
    };
    let (late, soon) = (swapped("2031-03-10"), swapped("2031-03-08"));
    assert!(late.contains("first after its day, due by 9 March 2031"), "{late}");
    assert!(soon.contains("due by 9 March 2031") && !soon.contains("after its day"), "{soon}");
}

#[test]
fn every_order_of_documents_gives_the_same_brief() {
    let mut turned = tale("vesk", "orlava");
    turned.reverse();
    assert_eq!(write(&turned), write(&tale("vesk", "orlava")));
}

#[test]
fn every_figure_in_the_brief_is_in_a_claim_or_a_date() {
    let brief = write(&tale("vesk", "orlava"));
    assert!(
        plain(&brief).contains("more than 1,250 people killed")
            || plain(&brief).contains("1,250 or more people killed")
    );
    assert!(!plain(&brief).contains("1,252"));
}
