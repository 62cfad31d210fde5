//! The log: what is appended can be checked, proven and read back; nothing is there twice.

#![expect(clippy::unwrap_used, reason = "a test")]

mod common;

use common::{Shelf, at, report};
use ledger::decision::{Act, Anchor, Decision, Field};
use ledger::{Added, Fault, Kind, Ledger, LedgerError, verify_proof};

#[test]
fn what_is_no_ledger_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a");
    assert!(matches!(Ledger::open(&path), Err(LedgerError::Missing(_))));
    assert!(matches!(Ledger::open_to_write(&path), Err(LedgerError::Missing(_))));
    std::fs::write(&path, "These are no books at all, just words in a file, and they are left as they are.").unwrap();
    assert!(matches!(Ledger::open(&path), Err(LedgerError::Foreign(_))));
    assert!(matches!(Ledger::open_or_make(&path), Err(LedgerError::Foreign(_))));
    rusqlite::Connection::open(folder.path().join("b")).unwrap().execute_batch("CREATE TABLE x (y)").unwrap();
    assert!(matches!(Ledger::open_or_make(&folder.path().join("b")), Err(LedgerError::Foreign(_))));
}

#[test]
fn a_newer_format_is_refused_by_number() {
    let shelf = Shelf::with(1);
    let path = shelf.path();
    drop(shelf.ledger);
    rusqlite::Connection::open(&path).unwrap().pragma_update(None, "user_version", 7).unwrap();
    let told = Ledger::open(&path).unwrap_err().to_string();
    assert!(told.ends_with("has format 7, this version knows formats up to 1"), "{told}");
    assert!(Ledger::open_or_make(&path).is_err());
}

#[test]
fn a_copy_is_not_added_again() {
    let mut shelf = Shelf::new();
    let done = shelf.ledger.add(at(0), vec![report(1), report(1), report(2)]).unwrap();
    assert_eq!(done, [Added::New(0), Added::Known(0), Added::New(2)]);
    assert_eq!(shelf.ledger.add(at(1), vec![report(2)]).unwrap(), [Added::Known(2)]);
    assert_eq!(shelf.ledger.size().unwrap(), 4);
}

#[test]
fn entries_are_not_changed_by_way_of_the_database() {
    let shelf = Shelf::with(1);
    let db = rusqlite::Connection::open(shelf.path()).unwrap();
    for tampering in
        ["UPDATE entry SET kind = 'x'", "DELETE FROM entry", "UPDATE part SET name = 'x'", "DELETE FROM part"]
    {
        assert!(db.execute(tampering, []).is_err(), "{tampering}");
    }
}

#[test]
fn a_fresh_log_is_in_order() {
    let shelf = Shelf::with(23);
    let verdict = shelf.ledger.verify(None, None, |_| {}).unwrap();
    assert_eq!((verdict.fault, verdict.sound, verdict.checkpoints), (None, 48, 2));
    assert_eq!(shelf.ledger.header(3).unwrap().kind, Kind::Reading);
    let empty = Shelf::new();
    assert_eq!(empty.ledger.verify(None, None, |_| {}).unwrap().fault, None);
}

#[test]
fn time_does_not_run_backwards() {
    let mut shelf = Shelf::new();
    shelf.ledger.add(at(9), vec![report(1)]).unwrap();
    shelf.ledger.add(at(2), vec![report(2)]).unwrap();
    assert_eq!(shelf.ledger.header(2).unwrap().at, at(9));
    assert_eq!(shelf.ledger.verify(None, None, |_| {}).unwrap().fault, None);
}

#[test]
fn proofs_of_every_entry_hold_under_every_checkpoint_after_it() {
    let mut shelf = Shelf::with(12);
    let (_, old) = shelf.ledger.add_checkpoint(at(50)).unwrap();
    shelf.ledger.add(at(60), vec![report(99)]).unwrap();
    let key = shelf.ledger.verifiers().unwrap().pop().unwrap();
    for entry in 0..24 {
        for note in [None, Some(old.as_str())] {
            let proof = shelf.ledger.prove(entry, note).unwrap();
            let proven = verify_proof(&proof, &key).unwrap();
            assert_eq!(proven.header, shelf.ledger.header(entry).unwrap());
            let other = proof.replacen("index ", "index 1", 1);
            assert!(verify_proof(&other, &key).is_err());
        }
    }
    assert!(shelf.ledger.prove(26, Some(&old)).is_err());
    assert!(verify_proof("", &key).is_err());
    let stranger = Shelf::with(1).ledger.verifiers().unwrap().pop().unwrap();
    assert!(verify_proof(&shelf.ledger.prove(0, None).unwrap(), &stranger).is_err());
}

#[test]
fn a_log_that_ends_early_is_told_by_a_checkpoint_kept_elsewhere() {
    let mut shelf = Shelf::with(4);
    let backup = shelf.folder.path().join("earlier");
    shelf.ledger.backup(&backup).unwrap();
    shelf.ledger.add(at(9), vec![report(9)]).unwrap();
    let kept = shelf.ledger.checkpoint().unwrap().unwrap();
    let earlier = Ledger::open(&backup).unwrap();
    assert_eq!(earlier.verify(None, None, |_| {}).unwrap().fault, None);
    let fault = earlier.verify(Some(&kept), None, |_| {}).unwrap().fault;
    assert!(matches!(fault, Some(Fault::Entry { number: 8, .. })), "{fault:?}");
}

#[test]
fn an_undoing_can_be_undone_and_the_past_knows_both() {
    let mut shelf = Shelf::with(3);
    let claim = Anchor::of(&shelf.ledger.claim_as_read(&report(1).1.claims[0].id).unwrap());
    let decide = |shelf: &mut Shelf, minute: i64, act: Act| {
        let decision = Decision { by: "Orn".into(), why: "a drill".into(), act };
        shelf.ledger.decide(at(minute), &decision).unwrap()
    };
    let reject = decide(&mut shelf, 9, Act::Reject { claim });
    let undo = decide(&mut shelf, 10, Act::Undo { entry: reject });
    let again = decide(&mut shelf, 11, Act::Undo { entry: undo });
    let last = decide(&mut shelf, 12, Act::Undo { entry: reject });
    let undone = |minute: i64| {
        let moment = shelf.ledger.moment(Some(at(minute))).unwrap();
        let all = shelf.ledger.decisions(moment).unwrap();
        all.iter().find(|d| d.entry == reject).unwrap().undone
    };
    assert_eq!([9, 10, 11, 12].map(undone), [None, Some(undo), None, Some(last)]);
    let refused = Decision { by: "Orn".into(), why: "a drill".into(), act: Act::Undo { entry: undo } };
    let told = shelf.ledger.decide(at(13), &refused).unwrap_err().to_string();
    assert_eq!(told, format!("decision {undo} was undone by entry {again}"));
    let before = shelf.ledger.digest().unwrap();
    assert_eq!(shelf.ledger.rebuild().unwrap(), (before.clone(), before));
}

#[test]
fn decisions_are_kept_undone_and_undone_once() {
    let mut shelf = Shelf::with(3);
    let claim = report(1).1.claims.remove(0);
    let act = shelf.ledger.correction(&claim.id, Field::Date, "2031-03-05").unwrap();
    let decide = |act| Decision { by: "Orn".into(), why: "the ministry said so".into(), act };
    let entry = shelf.ledger.decide(at(9), &decide(act)).unwrap();
    let day = |d: &str| d.parse().unwrap();
    let table = |shelf: &Shelf| {
        let now = shelf.ledger.moment(None).unwrap();
        shelf.ledger.table(day("2031-03-01"), day("2031-03-05"), now).unwrap()
    };
    let date = |shelf: &Shelf| {
        let table = table(shelf);
        let found = table.claims().iter().find(|c| c.id == claim.id).unwrap();
        found.date.as_ref().unwrap().value.to_string()
    };
    assert_eq!(date(&shelf), "2031-03-05");
    assert!(shelf.ledger.decide(at(10), &decide(Act::Undo { entry: 0 })).is_err());
    shelf.ledger.decide(at(10), &decide(Act::Undo { entry })).unwrap();
    assert_eq!(date(&shelf), "2031-03-02");
    assert!(shelf.ledger.decide(at(11), &decide(Act::Undo { entry })).is_err());
    let read = shelf.ledger.claim_as_read(&claim.id).unwrap();
    shelf.ledger.decide(at(12), &decide(Act::Reject { claim: Anchor::of(&read) })).unwrap();
    assert!(table(&shelf).claims().iter().all(|c| c.id != claim.id));
    let then = shelf.ledger.moment(Some(at(9))).unwrap();
    let before = shelf.ledger.table(day("2031-03-01"), day("2031-03-05"), then).unwrap();
    assert!(before.claims().iter().any(|c| c.id == claim.id));
    assert_eq!(shelf.ledger.verify(None, None, |_| {}).unwrap().fault, None);
}
