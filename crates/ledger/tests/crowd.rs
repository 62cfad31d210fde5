//! Several at once, and a disk that does not do as it should: clear errors, and nothing lost.

#![expect(clippy::unwrap_used, clippy::print_stderr, reason = "a test")]

mod common;

use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

use common::{Shelf, at, report};
use ledger::{Ledger, LedgerError};

fn is_in_order(ledger: &Ledger) {
    assert_eq!(ledger.verify(None, None, |_| {}).unwrap().fault, None);
}

/// The process that adds some documents, one at a time. Without a ledger named, there is nothing to do.
#[test]
fn child() {
    let Some(path) = std::env::var_os("TRUCEWATCH_SHARED") else { return };
    let from: usize = std::env::var("TRUCEWATCH_FROM").unwrap().parse().unwrap();
    let mut ledger = Ledger::open_or_make(Path::new(&path)).unwrap();
    for number in from..from + 40 {
        ledger.add(at(0), vec![report(number)]).unwrap();
    }
}

fn start(path: &Path, from: usize) -> std::process::Child {
    let mut command = Command::new(std::env::current_exe().unwrap());
    command.args(["child", "--exact"]).env("TRUCEWATCH_SHARED", path).env("TRUCEWATCH_FROM", from.to_string());
    command.stdout(std::process::Stdio::null()).spawn().unwrap()
}

#[test]
fn two_processes_that_begin_and_add_at_once_lose_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("books.ledger");
    let children = [0, 20].map(|from| start(&path, from));
    for mut child in children {
        assert!(child.wait().unwrap().success());
    }
    let ledger = Ledger::open(&path).unwrap();
    assert_eq!(ledger.document_ids().unwrap().len(), 60);
    assert_eq!(ledger.size().unwrap(), 120);
    is_in_order(&ledger);
}

#[test]
fn who_waits_in_vain_is_told_that_the_ledger_is_locked() {
    let mut shelf = Shelf::with(3);
    let other = rusqlite::Connection::open(shelf.path()).unwrap();
    other.execute_batch("BEGIN IMMEDIATE").unwrap();
    shelf.ledger.wait_at_most(Duration::from_millis(50)).unwrap();
    assert!(matches!(shelf.ledger.add(at(9), vec![report(9)]), Err(LedgerError::Locked)));
    is_in_order(&shelf.ledger);
    other.execute_batch("ROLLBACK").unwrap();
    shelf.ledger.add(at(9), vec![report(9)]).unwrap();
}

#[test]
fn a_reader_sees_what_was_there_while_a_long_write_goes_on() {
    let shelf = Shelf::with(5);
    let reader = Ledger::open(&shelf.path()).unwrap();
    let before = reader.size().unwrap();
    let Shelf { folder, mut ledger } = shelf;
    let writer = std::thread::spawn(move || {
        ledger.add(at(9), (100..700).map(report).collect()).unwrap();
    });
    let mut seen = Vec::new();
    while !writer.is_finished() {
        is_in_order(&reader);
        seen.push(reader.size().unwrap());
    }
    writer.join().unwrap();
    assert!(seen.iter().all(|size| [before, before + 1200].contains(size)), "a part of a step was seen");
    assert_eq!(reader.size().unwrap(), before + 1200);
    drop(folder);
}

/// A small disk of its own in memory; none, with a printed line, where it cannot be had.
struct Disk {
    path: PathBuf,
    _folder: tempfile::TempDir,
}

impl Disk {
    fn new(kilobytes: u32) -> Option<Disk> {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("disk");
        std::fs::create_dir(&path).unwrap();
        let size = format!("size={kilobytes}k");
        let done = Command::new("mount").args(["-t", "tmpfs", "-o", &size, "tmpfs"]).arg(&path).output();
        if done.is_ok_and(|d| d.status.success()) {
            return Some(Disk { path, _folder: folder });
        }
        eprintln!("skipped: a small disk cannot be mounted here (it takes root)");
        None
    }

    fn remount(&self, how: &str) {
        let option = format!("remount,{how}");
        assert!(Command::new("mount").args(["-o", &option]).arg(&self.path).status().unwrap().success());
    }
}

impl Drop for Disk {
    fn drop(&mut self) {
        Command::new("umount").arg("-l").arg(&self.path).status().ok();
    }
}

/// Adds until it fails; how many were acknowledged, and why it ended.
fn fill(ledger: &mut Ledger) -> (usize, LedgerError) {
    for number in 0..100_000 {
        if let Err(error) = ledger.add(at(1), vec![report(number)]) {
            return (number, error);
        }
    }
    panic!("the disk was never full");
}

#[test]
fn a_full_disk_is_told_and_what_was_acknowledged_stays() {
    let Some(disk) = Disk::new(1500) else { return };
    let path = disk.path.join("books.ledger");
    let (done, error) = fill(&mut Ledger::open_or_make(&path).unwrap());
    assert!(matches!(error, LedgerError::Full), "{error:?}");
    assert!(done > 0);
    disk.remount("size=8m");
    let mut ledger = Ledger::open_or_make(&path).unwrap();
    assert_eq!(ledger.document_ids().unwrap().len(), done);
    is_in_order(&ledger);
    ledger.add(at(2), vec![report(done)]).unwrap();
    is_in_order(&ledger);
}

#[test]
fn a_file_that_may_not_grow_is_told_as_full() {
    let mut shelf = Shelf::with(5);
    shelf.ledger.grow_at_most(120).unwrap();
    let (_, error) = fill(&mut shelf.ledger);
    assert!(matches!(error, LedgerError::Full), "{error:?}");
    is_in_order(&shelf.ledger);
}

#[test]
fn a_disk_that_cannot_be_written_to_is_read_and_told() {
    let Some(disk) = Disk::new(4000) else { return };
    let path = disk.path.join("books.ledger");
    Ledger::open_or_make(&path).unwrap().add(at(0), (0..9).map(report).collect()).unwrap();
    disk.remount("ro");
    let ledger = Ledger::open(&path).unwrap();
    assert_eq!(ledger.size().unwrap(), 18);
    is_in_order(&ledger);
    let written = Ledger::open_or_make(&path).and_then(|mut l| l.add(at(1), vec![report(9)]).map(drop));
    assert!(matches!(written, Err(LedgerError::ReadOnly(_))), "{written:?}");
    let made = Ledger::open_or_make(&disk.path.join("folder").join("other.ledger")).map(drop);
    assert!(matches!(made, Err(LedgerError::ReadOnly(_))), "{made:?}");
    drop(ledger);
    disk.remount("rw");
    Ledger::open_or_make(&path).unwrap().add(at(1), vec![report(9)]).unwrap();
}
