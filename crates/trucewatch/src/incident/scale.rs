//! Growth of gathering with the number of claims; run by hand, since clocks make poor tests.

use std::time::Instant;

use super::sample::{Tale, Told};
use crate::claim::Kind;

/// Claims over a long campaign: some villages, three kinds of acts, two sides, four reports a day.
fn campaign(claims: u32) -> Tale {
    let mut tale = Tale::new();
    for n in 0..claims {
        let day = n / 40;
        let date =
            jiff::civil::date(2025, 1, 1).checked_add(jiff::Span::new().days(i64::from(day))).unwrap().to_string();
        let kind = [Kind::Shelling, Kind::Gunfire, Kind::Airstrike][n as usize % 3];
        let (actor, target) = if n % 2 == 0 { ("vesk", "orlava") } else { ("orlava", "vesk") };
        let words = format!("{actor} fired on village {} and hit house {}", n % 17, n % 23);
        let told = Told::new(&format!("d{}", n / 10), &date, &words).by(target).kind(kind, &[actor], &[target]);
        tale.tell(told.on(&date).at(&format!("Village{}", n % 17)));
    }
    tale
}

#[test]
#[ignore = "a measurement: cargo test --release -- --ignored --nocapture gathering_grows"]
#[expect(clippy::print_stderr, reason = "a measurement prints")]
fn gathering_grows_nearly_in_line_with_the_claims() {
    for claims in [5_000, 10_000, 20_000, 50_000] {
        let tale = campaign(claims);
        let start = Instant::now();
        let incidents = tale.gather().len();
        eprintln!("{claims} claims: {incidents} incidents in {} ms", start.elapsed().as_millis());
    }
}
