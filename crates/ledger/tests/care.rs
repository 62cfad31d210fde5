//! Care of the file: backup, export, removal, building again, and the committed files of earlier formats.

#![expect(clippy::unwrap_used, reason = "a test")]

mod common;

use std::fs;
use std::path::Path;

use common::{Shelf, at, report};
use ledger::decision::{Act, Anchor, Decision};
use ledger::{Ledger, LedgerError, key_path};

/// A ledger with documents, a second reading, decisions of which one is undone, a checkpoint and a removal.
fn eventful() -> Shelf {
    let mut shelf = Shelf::with(7);
    let (draft, mut reading) = report(2);
    reading.reader.version = "9.9.9".into();
    reading.claims[0].confidence = 0.25;
    shelf.ledger.add_readings(at(20), &[(draft.record.id, reading)]).unwrap();
    for number in [3, 4, 5] {
        let claim = report(number).1.claims.remove(0).id;
        let anchor = Anchor::of(&shelf.ledger.claim_as_read(&claim).unwrap());
        let act = Act::Reject { claim: anchor };
        let entry = shelf.ledger.decide(at(21), &Decision { by: "Orn".into(), why: "a drill".into(), act }).unwrap();
        if number == 4 {
            let undo = Act::Undo { entry };
            shelf.ledger.decide(at(22), &Decision { by: "Orn".into(), why: "not so".into(), act: undo }).unwrap();
        }
    }
    shelf.ledger.add_checkpoint(at(23)).unwrap();
    shelf.ledger.remove(at(24), "report-00005.txt", "names a child", "Orn").unwrap();
    shelf
}

fn is_in_order(ledger: &Ledger) {
    assert_eq!(ledger.verify(None, None, |_| {}).unwrap().fault, None);
}

fn exported(ledger: &Ledger) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    let keep = |line: &str| {
        lines.push(line.to_owned());
        Ok::<(), ()>(())
    };
    ledger.export(keep).unwrap().unwrap();
    lines
}

#[test]
fn what_is_derived_is_built_again_the_same() {
    let mut shelf = eventful();
    let (before, after) = shelf.ledger.rebuild().unwrap();
    assert_eq!(before, after);
    is_in_order(&shelf.ledger);
}

#[test]
fn what_was_removed_is_gone_and_its_hash_stays() {
    let mut shelf = eventful();
    is_in_order(&shelf.ledger);
    let bytes = fs::read(shelf.path()).unwrap();
    let gone = b"shelled Hollin 5 times";
    assert!(!bytes.windows(gone.len()).any(|w| w == gone));
    assert!(shelf.ledger.remove(at(25), "report-00005.txt", "again", "Orn").is_err());
    let again = shelf.ledger.add(at(26), vec![report(5)]).unwrap();
    assert!(matches!(again[0], ledger::Added::Known(_)));
    assert!(shelf.ledger.remove(at(27), "report-00004.txt", " ", "Orn").is_err());
}

#[test]
fn an_export_makes_a_ledger_with_the_same_root() {
    let shelf = eventful();
    let lines = exported(&shelf.ledger);
    let other = tempfile::tempdir().unwrap();
    let path = other.path().join("books.ledger");
    let root = Ledger::import(&path, lines.iter().cloned().map(Ok)).unwrap();
    assert_eq!(root, shelf.ledger.verify(None, None, |_| {}).unwrap().root);
    let imported = Ledger::open(&path).unwrap();
    is_in_order(&imported);
    assert_eq!(imported.digest().unwrap(), shelf.ledger.digest().unwrap());
    assert!(Ledger::import(&path, lines.iter().cloned().map(Ok)).is_err());
}

#[test]
fn a_changed_export_is_refused_and_leaves_no_entry() {
    let shelf = eventful();
    let lines = exported(&shelf.ledger);
    for line in [0, 1, 9, lines.len() - 1] {
        let mut changed = lines.clone();
        changed[line] = changed[line].replacen('1', "2", 1);
        let other = tempfile::tempdir().unwrap();
        let path = other.path().join("books.ledger");
        assert!(Ledger::import(&path, changed.into_iter().map(Ok)).is_err(), "line {line}");
        let left = || Ledger::open(&path).unwrap().size().unwrap();
        assert!(!path.exists() || left() == 0, "line {line} left entries behind");
    }
}

#[test]
fn a_backup_is_a_ledger_and_is_restored() {
    let mut shelf = eventful();
    let backup = shelf.folder.path().join("backup.ledger");
    shelf.ledger.backup(&backup).unwrap();
    assert!(shelf.ledger.backup(&backup).is_err(), "a file that is there is not written over");
    shelf.ledger.add(at(30), vec![report(60)]).unwrap();
    let other = shelf.folder.path().join("restored").join("books.ledger");
    let restored = Ledger::restore(&backup, &other).unwrap();
    is_in_order(&restored);
    assert_eq!(restored.digest().unwrap(), Ledger::open(&backup).unwrap().digest().unwrap());
    assert!(!key_path(&backup).exists(), "the key is no part of a backup");
    drop(restored);
    assert!(Ledger::open_or_make(&other).unwrap().add(at(31), vec![report(61)]).is_err(), "without the key");
    fs::copy(key_path(&shelf.path()), key_path(&other)).unwrap();
    Ledger::open_or_make(&other).unwrap().add(at(31), vec![report(61)]).unwrap();
}

/// The committed ledger of a format; `TRUCEWATCH_BLESS` makes that of the format of now, where there is none.
#[test]
fn ledgers_of_every_format_are_opened() {
    let data = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data");
    let newest = data.join("format-1.ledger");
    if std::env::var_os("TRUCEWATCH_BLESS").is_some() && !newest.exists() {
        fs::create_dir_all(&data).unwrap();
        eventful().ledger.backup(&newest).unwrap();
        let db = rusqlite::Connection::open(&newest).unwrap();
        db.pragma_update_and_check(None, "journal_mode", "delete", |_| Ok(())).unwrap();
    }
    for format in 1..=1 {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("books.ledger");
        fs::copy(data.join(format!("format-{format}.ledger")), &path).unwrap();
        let mut ledger = Ledger::open_or_make(&path).unwrap();
        is_in_order(&ledger);
        assert_eq!(ledger.size().unwrap(), 22, "format {format}");
        ledger.rebuild().unwrap();
        let day = "2031-03-04".parse().unwrap();
        let table = ledger.table(day, day, ledger.moment(None).unwrap()).unwrap();
        assert!(!table.claims().is_empty());
    }
}

/// Formats of a later version, and files of other programs, are refused by name and left as they are.
#[test]
fn a_later_format_and_a_strangers_file_are_refused_and_left_alone() {
    let folder = tempfile::tempdir().unwrap();
    for (name, pragma, value) in [("later.ledger", "user_version", 999), ("other.db", "application_id", 7)] {
        let path = folder.path().join(name);
        eventful().ledger.backup(&path).unwrap();
        let db = rusqlite::Connection::open(&path).unwrap();
        db.pragma_update_and_check(None, "journal_mode", "delete", |_| Ok(())).unwrap();
        db.pragma_update(None, pragma, value).unwrap();
        drop(db);
        let before = fs::read(&path).unwrap();
        for opened in [Ledger::open(&path), Ledger::open_or_make(&path)] {
            match opened.err() {
                Some(LedgerError::Newer { found, .. }) => assert_eq!((name, found), ("later.ledger", 999)),
                Some(LedgerError::Foreign(_)) => assert_eq!(name, "other.db"),
                other => panic!("{name}: {other:?}"),
            }
        }
        assert_eq!(fs::read(&path).unwrap(), before, "{name} is as it was");
    }
}
