//! A fuzzer that needs no other tool: seeded random texts into `parse` for some minutes, the result's shape checked.
//!
//! `cargo run --release -p syntax --example fuzz_bytes -- MODEL_FOLDER [MINUTES] [SEED]`
//!
//! Texts are random bytes, random characters, and scraps that the tokenizer's rules look for, put together, cut and
//! repeated. A failure prints the text. Every hundredth text is parsed again in other company, and must come out the same.

#![expect(clippy::print_stdout, reason = "printing is what the program does")]

use std::path::Path;
use std::time::{Duration, Instant};

use syntax::{Model, Parse};

const SCRAPS: &[&str] = &[
    "http://",
    "www.",
    ".com",
    "@",
    "U.S.",
    "Mr.",
    "don't",
    "n't",
    "'s",
    "’s",
    "...",
    "…",
    "--",
    "—",
    "(",
    ")",
    "[",
    "]",
    "{",
    "}",
    "<",
    ">",
    "\"",
    "“",
    "”",
    "«",
    "»",
    "$",
    "US$",
    "€",
    "%",
    "5",
    "1,000",
    "km",
    "a.m.",
    ":-)",
    ":)",
    "\n",
    "\n\n",
    "\t",
    " ",
    "  ",
    "\u{a0}",
    "\u{200b}",
    "\u{feff}",
    "\r\n",
    "The",
    "army",
    "said",
    "Orsa",
    "killed",
    "that",
    "الرئيس",
    "Москва",
    "北京",
    "é",
    "\u{301}",
    "😀",
    "👩‍👩‍👧",
    "\0",
    "\u{1c}",
    "ß",
    "İ",
    "²",
    "½",
    "_",
    "^",
    "~",
    "|",
    "\\",
    "/",
];

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let args: Vec<String> = std::env::args().collect();
    let folder = args.get(1).ok_or("usage: fuzz_bytes MODEL_FOLDER [MINUTES] [SEED]")?;
    let minutes: u64 = args.get(2).map_or(Ok(10), |m| m.parse())?;
    let mut random = Random(args.get(3).map_or(Ok(1), |s| s.parse())?);
    let model = Model::load(Path::new(folder))?;
    let (start, mut texts, mut bytes, mut slowest) = (Instant::now(), 0u64, 0usize, Duration::ZERO);
    while start.elapsed() < Duration::from_secs(60 * minutes) {
        let text = random.text();
        let begun = Instant::now();
        let parse = model.parse(&[&text]).remove(0);
        slowest = slowest.max(begun.elapsed());
        check(&parse, &text);
        if texts % 100 == 0 {
            let again = model.parse(&["Company.", &text, "More company."]).remove(1);
            assert_eq!(format!("{again:?}"), format!("{parse:?}"), "differs in other company: {text:?}");
        }
        (texts, bytes) = (texts + 1, bytes + text.len());
    }
    println!("{texts} texts, {bytes} bytes, {} s, no failure; slowest {slowest:?}", start.elapsed().as_secs());
    Ok(())
}

fn check(parse: &Parse, text: &str) {
    let mut at = 0;
    for (i, token) in parse.tokens().iter().enumerate() {
        assert_eq!(token.span.start, at, "tokens do not follow each other: {text:?}");
        at = token.span.end + usize::from(token.space_after);
        assert!(!parse.word(i).is_empty(), "a token without a word: {text:?}");
        assert!(parse.sentence_of(i).contains(&token.head), "a head outside its sentence: {text:?}");
    }
    assert!(at == text.len() || parse.is_truncated(), "tokens do not cover the text: {text:?}");
}

/// A small generator (xorshift64*), so that a seed gives the same texts everywhere.
struct Random(u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        self.0.wrapping_mul(0x2545_f491_4f6c_dd1d)
    }

    fn below(&mut self, n: usize) -> usize {
        (self.next() >> 33) as usize % n
    }

    fn text(&mut self) -> String {
        let mut text = String::new();
        let most = 1 << self.below(8);
        for _ in 0..=self.below(most) {
            let part = self.part();
            let times = if self.below(20) == 0 { 1 + self.below(300) } else { 1 };
            text.push_str(&part.repeat(times));
            if self.below(2) == 0 {
                text.push(' ');
            }
        }
        text
    }

    fn part(&mut self) -> String {
        match self.below(4) {
            0 => String::from_utf8_lossy(&self.next().to_le_bytes()).into_owned(),
            1 => (0..=self.below(6)).filter_map(|_| char::from_u32(self.below(0x11_0000) as u32)).collect(),
            2 => (0..=self.below(9)).map(|_| char::from(b' ' + self.below(95) as u8)).collect(),
            _ => (0..=self.below(4)).map(|_| SCRAPS[self.below(SCRAPS.len())]).collect(),
        }
    }
}
