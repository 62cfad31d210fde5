//! Bent forms for some minutes: what others hand to the ledger (checkpoints, proofs, keys, exports, corrected values, whole
//! files) is taken, or refused by name; nothing panics.
//!
//! `cargo run --release -p ledger --example fuzz_forms -- [FORM|all] [MINUTES] [SEED]`

#![expect(clippy::print_stdout, reason = "figures are printed")]

mod bent;

use std::error::Error;
use std::fs;
use std::path::{Path, PathBuf};

use jiff::Timestamp;
use ledger::decision::Field;
use ledger::entry::{DocumentDraft, DocumentRecord, FieldReport, ReadingRecord};
use ledger::field::FieldDraft;
use ledger::search::Query;
use ledger::{Header, Ledger, Verifier, verify_proof};
use serde_json::{Value, json};
use trucewatch::document::{Document, Meta};

const FORMS: &[&str] = &["note", "proof", "key", "header", "export", "record", "value", "file"];

/// Scraps that forms are made of.
const SCRAPS: &[&str] =
    &["\n", "— ", "+", "=", "\"", "{", "[", "\\u0000", "index ", "-1", "18446744073709551616", "null", "/..", "@", "~"];

fn main() -> Result<(), Box<dyn Error>> {
    let folder = tempfile::tempdir()?;
    let good = Good::new(folder.path())?;
    bent::fuzz(FORMS, SCRAPS, |form| good.sample(form), |form, bytes| good.take(form, bytes))
}

/// A good ledger, from which samples are taken and against which bent ones are held.
struct Good {
    ledger: Ledger,
    key: Verifier,
    folder: PathBuf,
}

impl Good {
    fn new(folder: &Path) -> Result<Good, Box<dyn Error>> {
        let mut ledger = Ledger::open_or_make(&folder.join("books.ledger"))?;
        let now: Timestamp = "2031-03-08T06:00:00Z".parse()?;
        for number in 0..4 {
            ledger.add(now, vec![report(number)?])?;
        }
        let (by, seen, words) = ("Orn".to_owned(), "2031-03-07".to_owned(), "Smoke.".to_owned());
        let seen = FieldReport { by, seen, words, point: Some([40.25, 46.5]), ..FieldReport::default() };
        let (document, reading) = report(4)?;
        ledger.add_field_reports(now, vec![FieldDraft { report: seen, document, reading }])?;
        ledger.add_checkpoint(now)?;
        let key = ledger.verifiers()?.pop().ok_or("a ledger with entries has a key")?;
        Ok(Good { ledger, key, folder: folder.to_path_buf() })
    }

    fn sample(&self, form: &str) -> Result<Vec<u8>, Box<dyn Error>> {
        Ok(match form {
            "note" => self.ledger.checkpoint()?.unwrap_or_default().into_bytes(),
            "proof" => self.ledger.prove(3, None)?.into_bytes(),
            "key" => self.key.to_string().into_bytes(),
            "header" => self.ledger.header(2)?.to_bytes(),
            "record" => self.ledger.entry(1)?.content("record").unwrap_or_default().to_vec(),
            "value" => b"killed 2..2 civilian of vesk; wounded 7..".to_vec(),
            "file" => {
                let copy = self.folder.join("copy.ledger");
                self.ledger.backup(&copy)?;
                fs::read(copy)?
            }
            _ => {
                let mut lines = String::new();
                self.ledger.export(|line| {
                    lines.push_str(line);
                    lines.push('\n');
                    Ok::<(), std::io::Error>(())
                })??;
                lines.into_bytes()
            }
        })
    }

    /// Whether a bent sample is taken for a good one.
    fn take(&self, form: &str, bytes: &[u8]) -> bool {
        let text = String::from_utf8_lossy(bytes);
        match form {
            "note" => self.ledger.verify(Some(&text), None, |_| {}).is_ok_and(|v| v.fault.is_none()),
            "proof" => verify_proof(&text, &self.key).is_ok(),
            "key" => text.parse::<Verifier>().is_ok(),
            "header" => Header::from_bytes(bytes).is_some(),
            "record" => {
                let read: Result<ReadingRecord, _> = serde_json::from_slice(bytes);
                read.is_ok_and(|r| r.claims.into_iter().all(|c| c.give("d").is_some()))
            }
            "value" => Field::ALL.iter().any(|f| self.ledger.correction("c0", *f, &text).is_ok()),
            "file" => self.open(bytes).unwrap_or(false),
            _ => {
                let path = self.folder.join("imported.ledger");
                forget(&path);
                Ledger::import(&path, text.lines().map(|l| Ok(l.to_owned()))).is_ok()
            }
        }
    }

    /// Looks at a bent file in every way; whether it is in order.
    fn open(&self, bytes: &[u8]) -> Result<bool, Box<dyn Error>> {
        let path = self.folder.join("bent.ledger");
        forget(&path);
        fs::write(&path, bytes)?;
        let mut bent = Ledger::open_or_make(&path)?;
        let in_order = bent.verify(None, None, |_| {})?.fault.is_none();
        let moment = bent.moment(None)?;
        bent.search(&Query { phrases: vec!["shelled".into()], limit: 5, ..Query::default() }, moment)?;
        bent.whole_table(moment)?;
        bent.waiting(1.0, 5, moment)?;
        bent.rebuild()?;
        Ok(in_order)
    }
}

fn forget(path: &Path) {
    for ending in ["", "-wal", "-shm", ".key", ".checkpoint"] {
        let mut name = path.as_os_str().to_owned();
        name.push(ending);
        fs::remove_file(name).ok();
    }
}

/// An invented report with one claim.
fn report(number: usize) -> Result<(DocumentDraft, ReadingRecord), Box<dyn Error>> {
    let text = format!("Orlava said that Vesk shelled Hollin {number} times on 2031-03-07.");
    let name = format!("report-{number}.txt");
    let document = Document::new(&name, text.as_str(), Meta::default());
    let traced = |value: Value| json!({"value": value, "spans": [[0, 6]], "rule": "t"});
    let spot = json!({"id": "h", "lat": 40.25, "lon": 46.5, "country": "VE", "precision": 1, "why": "the only one"});
    let claim = json!({
        "id": format!("c{number}"), "span": [17, 40], "confidence": 0.5, "type": traced(json!("shelling")),
        "mode": traced(json!("asserted")), "speaker": traced(json!({"name": "Orlava", "party": "orlava"})),
        "actors": [traced(json!("vesk"))], "place": traced(json!({"name": "Hollin", "resolved": spot})),
        "date": traced(json!("2031-03-07")),
    });
    let record = DocumentRecord { id: document.id().to_owned(), name, readable: true, ..DocumentRecord::default() };
    let reading = json!({
        "reader": {"version": "0", "model": "", "packs": []}, "published": "2031-03-07", "dated_by": "given",
        "sentences": [[0, text.len()]], "notes": [], "claims": [claim],
    });
    Ok((DocumentDraft { record, text, original: None }, serde_json::from_value(reading)?))
}
