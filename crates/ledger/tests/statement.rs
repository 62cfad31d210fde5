//! Keys, statements and field reports: what is taken in, refused, proven, and found again elsewhere.

#![expect(clippy::unwrap_used, reason = "a test")]

mod common;

use std::path::PathBuf;

use common::{Shelf, at, report};
use ledger::entry::FieldReport;
use ledger::field::FieldDraft;
use ledger::signing::{make_key, sign};
use ledger::statement::{Handed, KeyRecord, Stated, Taken};
use ledger::{Added, Ledger, LedgerError, verify_proof};

fn yes(_: &[Stated], _: &Stated) -> Result<(), String> {
    Ok(())
}

fn record(key: &str, holds: bool) -> KeyRecord {
    let (role, why) = ("liaison".to_owned(), String::new());
    KeyRecord { key: key.to_owned(), role, party: Some("vesk".to_owned()), holds, by: "Orn".to_owned(), why }
}

fn handed(note: &str) -> Handed<'_> {
    Handed { note, sealed: None, by: "" }
}

/// A ledger in which the key of a party is registered; the key's file and its public half.
fn with_key() -> (Shelf, PathBuf, String) {
    let mut shelf = Shelf::new();
    let path = shelf.folder.path().join("vesk.key");
    let key = make_key(&path, "vesk").unwrap().to_string();
    shelf.ledger.record_key(at(0), &record(&key, true)).unwrap();
    (shelf, path, key)
}

#[test]
fn a_strangers_signature_is_refused() {
    let (mut shelf, _, _) = with_key();
    let other = shelf.folder.path().join("other.key");
    make_key(&other, "vesk").unwrap();
    let note = sign(&other, "We consent.").unwrap();
    let told = shelf.ledger.take_statement(at(1), handed(&note), yes).unwrap_err().to_string();
    assert_eq!(told, "the statement is signed by no key that is registered and good");
    assert_eq!(shelf.ledger.size().unwrap(), 1);
}

#[test]
fn a_key_that_is_no_longer_good_signs_nothing_and_what_it_signed_stays() {
    let (mut shelf, path, key) = with_key();
    let note = sign(&path, "We consent.").unwrap();
    assert_eq!(shelf.ledger.take_statement(at(1), handed(&note), yes).unwrap(), Taken::New(1));
    shelf.ledger.record_key(at(2), &record(&key, false)).unwrap();
    let later = sign(&path, "We withdraw.").unwrap();
    assert!(shelf.ledger.take_statement(at(3), handed(&later), yes).is_err());
    let moment = shelf.ledger.moment(None).unwrap();
    let all = shelf.ledger.statements(moment).unwrap();
    assert_eq!(all.len(), 1);
    assert_eq!(all[0].key.as_ref().map(|k| (k.entry, k.until)), Some((0, Some(2))));
    assert!(shelf.ledger.verify(None, None, |_| {}).unwrap().fault.is_none());
}

#[test]
fn a_key_is_registered_once_and_withdrawn_where_it_is_good() {
    let (mut shelf, _, key) = with_key();
    assert!(matches!(shelf.ledger.record_key(at(1), &record(&key, true)), Err(LedgerError::Refused(_))));
    shelf.ledger.record_key(at(1), &record(&key, false)).unwrap();
    assert!(matches!(shelf.ledger.record_key(at(1), &record(&key, false)), Err(LedgerError::Unknown(_))));
    assert!(shelf.ledger.record_key(at(1), &record("vesk+00+AAAA", true)).is_err());
}

#[test]
fn the_same_said_twice_is_one_entry() {
    let (mut shelf, path, _) = with_key();
    let note = sign(&path, "We consent.").unwrap();
    assert_eq!(shelf.ledger.take_statement(at(1), handed(&note), yes).unwrap(), Taken::New(1));
    assert_eq!(shelf.ledger.take_statement(at(2), handed(&note), yes).unwrap(), Taken::Known(1));
    assert_eq!(shelf.ledger.size().unwrap(), 2);
}

#[test]
fn what_the_check_refuses_is_not_kept() {
    let mut shelf = Shelf::new();
    let no =
        |before: &[Stated], one: &Stated| Err(format!("{} before `{}`", before.len(), one.text.as_deref().unwrap()));
    let told = shelf.ledger.take_statement(at(0), handed("Words.\n"), no).unwrap_err().to_string();
    assert_eq!(told, "0 before `Words.\n`");
    assert_eq!(shelf.ledger.size().unwrap(), 0);
}

#[test]
fn whoever_signed_proves_the_own_entry_without_the_ledger() {
    let (mut shelf, path, _) = with_key();
    let note = sign(&path, "We consent.").unwrap();
    shelf.ledger.take_statement(at(1), handed(&note), yes).unwrap();
    shelf.ledger.add(at(2), vec![report(1)]).unwrap();
    let log = shelf.ledger.verifiers().unwrap().pop().unwrap();
    let proven = verify_proof(&shelf.ledger.prove(1, None).unwrap(), &log).unwrap();
    let entry = shelf.ledger.entry(1).unwrap();
    assert_eq!(entry.content("note"), Some(note.as_bytes()));
    assert_eq!(proven.header, entry.header);
}

#[test]
fn keys_statements_and_field_reports_are_found_again_in_an_import_and_after_a_rebuild() {
    let (mut shelf, path, _) = with_key();
    let note = sign(&path, "We consent.").unwrap();
    let with_sealed = Handed { sealed: Some(&[0, 159, 7]), ..handed(&note) };
    shelf.ledger.take_statement(at(1), with_sealed, yes).unwrap();
    let (document, reading) = report(1);
    let seen = FieldReport { by: "Orn".into(), seen: "2031-03-07".into(), ..FieldReport::default() };
    let draft = FieldDraft { report: seen, document, reading };
    assert_eq!(shelf.ledger.add_field_reports(at(2), vec![draft.clone()]).unwrap(), [Added::New(2)]);
    assert_eq!(shelf.ledger.add_field_reports(at(3), vec![draft]).unwrap(), [Added::Known(2)]);
    let (before, after) = shelf.ledger.rebuild().unwrap();
    assert_eq!(before, after);
    let mut lines = Vec::new();
    let keep = |line: &str| {
        lines.push(line.to_owned());
        Ok::<(), ()>(())
    };
    shelf.ledger.export(keep).unwrap().unwrap();
    let copy = shelf.folder.path().join("copy.ledger");
    Ledger::import(&copy, lines.into_iter().map(Ok)).unwrap();
    let copy = Ledger::open(&copy).unwrap();
    assert_eq!(copy.digest().unwrap(), after);
    let moment = copy.moment(None).unwrap();
    assert_eq!(copy.statements(moment).unwrap(), shelf.ledger.statements(moment).unwrap());
    assert_eq!(copy.sealed(1).unwrap().as_deref(), Some(&[0, 159, 7][..]));
    assert_eq!(copy.field_reports(moment).unwrap().len(), 1);
    assert!(copy.verify(None, None, |_| {}).unwrap().fault.is_none());
}

#[test]
fn a_field_report_is_not_read_again_and_goes_with_its_document() {
    let mut shelf = Shelf::new();
    let (document, reading) = report(1);
    let id = document.record.id.clone();
    let report = FieldReport { by: "Orn".into(), words: "Smoke over the bridge.".into(), ..FieldReport::default() };
    shelf.ledger.add_field_reports(at(0), vec![FieldDraft { report, document, reading: reading.clone() }]).unwrap();
    assert!(shelf.ledger.last_read().unwrap().is_empty());
    assert!(shelf.ledger.add_readings(at(1), &[(id.clone(), reading)]).is_err());
    shelf.ledger.remove(at(2), &id, "kept for 30 days", "Orn").unwrap();
    let moment = shelf.ledger.moment(None).unwrap();
    assert_eq!(shelf.ledger.field_reports(moment).unwrap()[0].report, None);
    let (before, after) = shelf.ledger.rebuild().unwrap();
    assert_eq!(before, after);
    assert!(shelf.ledger.verify(None, None, |_| {}).unwrap().fault.is_none());
}
