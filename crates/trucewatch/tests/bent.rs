//! Reading never fails: invented reports, torn and put together at random, are read to the end, every claim's words lie
//! in the text, and a second reading finds the same. Some hundred in `make test`; ten minutes of them in `make fuzz`,
//! with checks of arithmetic on (`FUZZ_MINUTES`, and `FUZZ_SEED` for others).

#![expect(clippy::unwrap_used, clippy::print_stdout, clippy::print_stderr, reason = "a test")]

#[path = "../../intake/tests/common/random.rs"]
mod random;
mod support;

use std::panic::{self, AssertUnwindSafe};
use std::time::{Duration, Instant};

use random::Random;
use support::{TestWorld, root};
use trucewatch::document::{Document, Meta};
use trucewatch::read;

/// How many are read where no minutes are given.
const ROUNDS: u64 = 300;

/// What tears a text where the rules look for something.
const SCRAPS: &[&str] = &[
    " said",
    "said ",
    " he said.",
    "“",
    "”",
    "\"",
    "'",
    "’s",
    ",",
    " , ",
    ".",
    "...",
    ":",
    ": ",
    ";",
    "—",
    " - ",
    "(",
    ")",
    "[",
    "]",
    "\n",
    "\n\n",
    "\r\n",
    "\t",
    "- ",
    "* ",
    "1. ",
    "of ",
    "the ",
    "and ",
    " and",
    "that ",
    " who ",
    " not",
    "to ",
    " by",
    "from ",
    "according to",
    " on Monday",
    "yesterday",
    "12",
    "1,",
    "1,000",
    "two, three",
    "31 February",
    "00:00",
    "2031",
    " km ",
    "%",
    "0",
    "99999999999999999999",
    "more than ",
    "at least",
    "north of ",
    "Minister of ",
    "Secretary of the Council ",
    "Mr. ",
    "U.S.",
    "https://",
    "@",
    "\u{200b}",
    "\u{feff}",
    "\u{301}",
    "Ü",
    "é",
    "الجيش",
    "армия",
    "😀",
    "\0",
];

#[test]
fn bent_reports_are_read_to_the_end() {
    let Some(world) = TestWorld::open(&["world", "vesk-orlava"]) else { return };
    let samples = samples();
    let seed = number("FUZZ_SEED").unwrap_or(1);
    let until = number("FUZZ_MINUTES").map(|minutes| Duration::from_secs(60 * minutes));
    let (start, mut round) = (Instant::now(), 0);
    while until.map_or(round < ROUNDS, |end| start.elapsed() < end) {
        let mut random = Random((seed << 32 | round).wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1);
        let text = random.bent(&samples);
        let done = panic::catch_unwind(AssertUnwindSafe(|| check(&text, &world)));
        assert!(done.is_ok(), "text {round} of seed {seed} fails:\n{text:?}");
        round += 1;
    }
    println!("{round} texts read in {} s", start.elapsed().as_secs());
}

fn check(text: &str, world: &TestWorld) {
    let document = Document::new("bent.txt", text, Meta::default());
    let once = read(&document, world).value;
    for claim in &once.claims {
        let words = text.get(claim.span.start..claim.span.end);
        assert!(words.is_some_and(|w| !w.trim().is_empty()), "a claim without words: {:?}", claim.span);
    }
    let again = read(&document, world).value;
    assert_eq!(format!("{:?}", once.claims), format!("{:?}", again.claims), "read in two ways");
}

fn number(variable: &str) -> Option<u64> {
    std::env::var(variable).ok().map(|value| value.parse().unwrap())
}

/// The invented reports, cut into words with what stands behind them.
fn samples() -> Vec<Vec<String>> {
    let folders = std::fs::read_dir(root().join("training")).unwrap().map(|e| e.unwrap().path());
    let files = folders.chain([root().join("samples/reports")]).filter_map(|f| std::fs::read_dir(f).ok()).flatten();
    let mut paths: Vec<_> = files.map(|e| e.unwrap().path()).collect();
    paths.retain(|p| p.extension().is_some_and(|e| e == "txt"));
    paths.sort();
    let words = |text: String| text.split_inclusive([' ', '\n']).map(str::to_owned).collect();
    paths.iter().map(|p| words(std::fs::read_to_string(p).unwrap())).collect()
}

impl Random {
    /// Forty words at most out of some report, torn in up to eight ways.
    fn bent(&mut self, samples: &[Vec<String>]) -> String {
        let mut words = self.piece(samples);
        for _ in 0..self.below(9) {
            let at = self.below(words.len() + 1);
            let end = (at + self.below(8)).min(words.len());
            match self.below(6) {
                0 => drop(words.drain(at..end)),
                1 => words.splice(at..at, self.piece(samples)).for_each(drop),
                2 => words.get_mut(at..end).unwrap().reverse(),
                3 => words.get_mut(at..end).unwrap().iter_mut().for_each(|w| *w = w.to_uppercase()),
                4 => words.get_mut(at..end).unwrap().iter_mut().for_each(|w| w.truncate(w.trim_end().len())),
                _ => words.insert(at, SCRAPS[self.below(SCRAPS.len())].to_owned()),
            }
        }
        words.concat()
    }

    fn piece(&mut self, samples: &[Vec<String>]) -> Vec<String> {
        let report = &samples[self.below(samples.len())];
        let at = self.below(report.len());
        report.iter().skip(at).take(self.below(40)).cloned().collect()
    }
}
