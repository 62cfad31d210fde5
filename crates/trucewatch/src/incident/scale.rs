//! Growth of gathering and checking with the number of claims; run by hand, since clocks make poor tests.

use std::collections::BTreeSet;
use std::time::Instant;

use super::sample::{Tale, Told};
use super::{Gathered, Incident, Record};
use crate::claim::{Kind, Mode};
use crate::figure::Counted;
use crate::finding::check;

/// Claims in a day's documents, and claims in a document.
const A_DAY: u64 = 500;
const A_DOCUMENT: u64 = 10;

/// Numbers that look like chance and are the same each time.
struct Chance(u64);

impl Chance {
    fn below(&mut self, most: u64) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % most
    }

    fn one_of<T: Copy>(&mut self, all: &[T]) -> T {
        all[usize::try_from(self.below(all.len() as u64)).unwrap()]
    }
}

const ACTS: [Kind; 6] = [Kind::Shelling, Kind::Gunfire, Kind::Airstrike, Kind::Clash, Kind::Assault, Kind::Violation];
const STEPS: [Kind; 8] = [
    Kind::Truce,
    Kind::Talks,
    Kind::Position,
    Kind::Mediation,
    Kind::Withdrawal,
    Kind::Deployment,
    Kind::Access,
    Kind::Implementation,
];
const WORDS: [&str; 8] = [
    "houses burnt in the upper street",
    "the school was hit before dawn",
    "guns were heard all night near the bridge",
    "nobody was hurt",
    "a farmer lost his cattle",
    "the road to the pass is closed",
    "the commission was told at once",
    "both sides keep to the agreement of March elsewhere",
];

/// Documents of one day of a long campaign: happenings in sixty villages told by one to six voices each, the target's side
/// accusing, the accused now and then denying, outlets and the mission telling; tolls; steps, calls and stands; the war as a
/// whole.
fn day(tale: &mut Tale, number: u64, claims: u64) {
    let mut chance = Chance(number + 1);
    let date = |n: u64| {
        let days = jiff::Span::new().days(i64::try_from(n).unwrap());
        jiff::civil::date(2030, 12, 1).checked_add(days).unwrap().to_string()
    };
    let mut told = 0;
    while told < claims {
        let (doer, target) = chance.one_of(&[("vesk", "orlava"), ("orlava", "vesk")]);
        let when = date(number + 1 - chance.below(3).min(1).min(number));
        let village = chance.below(60);
        let kind = chance.one_of(&ACTS);
        let words = chance.one_of(&WORDS);
        for _ in 0..(1 + chance.below(6)).min(claims - told) {
            let document = format!("d{number:03}-{:02}", chance.below(claims / A_DOCUMENT));
            let by = chance.one_of(&[target, target, "media", "media", doer, "jlm"]);
            let words = format!("{doer} fired on village {village}, {words}, {}", chance.one_of(&WORDS));
            let claim = Told::new(&document, &date(number + 1), &words).by(by);
            tale.tell(match chance.below(10) {
                0 | 1 => claim.kind(chance.one_of(&STEPS), &[doer, target], &[]).mode(chance.one_of(Mode::ALL)),
                2 => claim.clash(&["vesk", "orlava"], "2030-11-20/.."),
                3 => {
                    let killed = Some(chance.below(5));
                    let claim = claim.kind(Kind::Casualties, &[], &[target]).on(&when);
                    claim.figure(Counted::Killed, Some(target), killed, killed)
                }
                _ => {
                    let (lat, lon) = (-44.5 - village as f64 / 40.0, -125.0 - village as f64 / 60.0);
                    let claim = claim.kind(kind, &[doer], &[target]).on(&when);
                    let claim = if chance.below(5) == 0 {
                        claim
                    } else {
                        claim.at_point(&format!("Village {village}"), lat, lon, 1)
                    };
                    if by == doer { claim.denied() } else { claim }
                }
            });
            told += 1;
        }
    }
}

fn documents_of(tale: &Tale, number: u64) -> BTreeSet<String> {
    let head = format!("d{number:03}-");
    tale.claims().iter().map(|c| c.document.clone()).filter(|d| d.starts_with(&head)).collect()
}

/// Adds a day to what is gathered, checks what changed; the number of incidents that did.
fn add(gathered: &mut Gathered, record: &Record<'_>, documents: &BTreeSet<String>) -> usize {
    let changes = gathered.update(record, &documents.iter().map(String::as_str).collect());
    let made: Vec<Incident> =
        gathered.incidents().into_iter().filter(|i| changes.made.contains(&i.id)).cloned().collect();
    drop(check(record, &made, None));
    made.len()
}

#[test]
fn a_day_more_is_the_same_as_all_at_once() {
    let mut tale = Tale::new();
    (0..3).for_each(|n| day(&mut tale, n, 60));
    let mut gathered = Gathered::of(&tale.record());
    day(&mut tale, 3, 60);
    add(&mut gathered, &tale.record(), &documents_of(&tale, 3));
    assert!(gathered.incidents().into_iter().eq(&tale.gather()));
}

#[test]
#[ignore = "a measurement: cargo test --release -- --ignored --nocapture gathering_grows"]
#[expect(clippy::print_stderr, reason = "a measurement prints")]
fn gathering_grows_nearly_in_line_with_the_claims() {
    for days in [25, 50, 100] {
        let mut tale = Tale::new();
        (0..days).for_each(|n| day(&mut tale, n, A_DAY));
        let start = Instant::now();
        let record = tale.record();
        let mut gathered = Gathered::of(&record);
        let incidents: Vec<Incident> = gathered.incidents().into_iter().cloned().collect();
        let gathering = start.elapsed().as_millis();
        let findings = check(&record, &incidents, None).len();
        let whole = start.elapsed().as_millis();
        let (claims, size) = (tale.claims().len(), incidents.iter().map(|i| i.members.len()).max().unwrap_or(0));
        eprintln!(
            "{claims} claims: {} incidents, the largest of {size}, in {gathering} ms; {findings} findings in {} ms",
            incidents.len(),
            whole - gathering
        );
        day(&mut tale, days, A_DAY);
        let documents = documents_of(&tale, days);
        let start = Instant::now();
        let changed = add(&mut gathered, &tale.record(), &documents);
        eprintln!(
            "  a day of {} more: {changed} incidents made or changed, in {} ms",
            tale.claims().len() - claims,
            start.elapsed().as_millis()
        );
    }
}
