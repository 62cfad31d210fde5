//! Ledgers with invented reports, made without the English model.

#![allow(dead_code, clippy::allow_attributes, reason = "each test file uses its own part")]

use std::path::PathBuf;

use jiff::{Timestamp, ToSpan};
use ledger::entry::{DocumentDraft, DocumentRecord, ReadingRecord};
use ledger::{Ledger, stored};
use tempfile::TempDir;
use trucewatch::document::{Document, Meta};

/// A ledger in a folder of its own.
pub(crate) struct Shelf {
    pub(crate) folder: TempDir,
    pub(crate) ledger: Ledger,
}

/// The time of the so-many-th step.
pub(crate) fn at(step: i64) -> Timestamp {
    "2031-03-08T06:00:00Z".parse::<Timestamp>().unwrap() + step.minutes()
}

/// A report of a shelling, with the claim that is in it.
pub(crate) fn report(number: usize) -> (DocumentDraft, ReadingRecord) {
    let day = format!("2031-03-{:02}", 1 + number % 28);
    let text = format!("Orlava said that Vesk shelled Hollin {number} times on {day}.");
    let name = format!("report-{number:05}.txt");
    let document = Document::new(&name, text.as_str(), Meta::default());
    let start = text.find("Vesk").unwrap();
    let word =
        |value: &str| stored::Traced { value: value.to_owned(), spans: vec![[start, start + 4]], rule: "t".into() };
    let claim = stored::Claim {
        id: document.id().chars().take(16).collect(),
        span: [start, text.len() - 1],
        kind: word("shelling"),
        mode: word("asserted"),
        aspect: None,
        speaker: stored::Traced {
            value: stored::NamedSpeaker { name: "Orlava".into(), party: Some("orlava".into()) },
            spans: vec![[0, 6]],
            rule: "t".into(),
        },
        via: Vec::new(),
        actors: vec![word("vesk")],
        targets: vec![word("orlava")],
        place: Some(stored::Traced {
            value: stored::Place {
                name: "Hollin".into(),
                resolved: Some(stored::Spot {
                    id: "hollin".into(),
                    lat: 40.25,
                    lon: 46.5,
                    country: "VE".into(),
                    precision: 1,
                    why: "the only one".into(),
                }),
            },
            spans: Vec::new(),
            rule: "t".into(),
        }),
        date: Some(word(&day)),
        figures: Vec::new(),
        agreement: None,
        garbled: None,
        confidence: 0.75,
    };
    let record = DocumentRecord { id: document.id().to_owned(), name, readable: true, ..DocumentRecord::default() };
    let reading = ReadingRecord {
        published: Some(day),
        dated_by: Some("given".into()),
        sentences: vec![[0, text.len()]],
        claims: vec![claim],
        ..ReadingRecord::default()
    };
    (DocumentDraft { record, text, original: None }, reading)
}

impl Shelf {
    /// An empty ledger.
    pub(crate) fn new() -> Shelf {
        let folder = tempfile::tempdir().unwrap();
        let ledger = Ledger::open_or_make(&folder.path().join("books.ledger")).unwrap();
        Shelf { folder, ledger }
    }

    /// A ledger with so many reports, added in steps of five, and a checkpoint after each second step.
    pub(crate) fn with(reports: usize) -> Shelf {
        let mut shelf = Shelf::new();
        for (step, numbers) in (0..reports).collect::<Vec<_>>().chunks(5).enumerate() {
            let step = i64::try_from(step).unwrap();
            shelf.ledger.add(at(step), numbers.iter().map(|n| report(*n)).collect()).unwrap();
            if step % 2 == 1 {
                shelf.ledger.add_checkpoint(at(step)).unwrap();
            }
        }
        shelf
    }

    /// Where the ledger lies.
    pub(crate) fn path(&self) -> PathBuf {
        self.ledger.path().to_path_buf()
    }
}

/// Rounds of a test that is repeated: few, or all where `TRUCEWATCH_ALL_ROUNDS` is set (`make bench`).
pub(crate) fn rounds(few: usize, all: usize) -> usize {
    if std::env::var_os("TRUCEWATCH_ALL_ROUNDS").is_some() { all } else { few }
}

/// Numbers that look random and are the same in every run (xorshift).
pub(crate) struct Random(u64);

impl Random {
    /// Begins at a seed.
    pub(crate) fn new(seed: u64) -> Random {
        Random(seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1)
    }

    /// The next number below `end`.
    pub(crate) fn below(&mut self, end: u64) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0 % end.max(1)
    }
}
