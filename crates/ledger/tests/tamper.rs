//! Whoever changes the file behind the program's back is found out: byte by byte, entry by entry.

#![expect(clippy::unwrap_used, reason = "a test")]

mod common;

use std::fs;
use std::path::Path;

use common::{Random, Shelf, rounds};
use ledger::{Fault, Header, Ledger, leaf_hash, verify_proof};
use rusqlite::Connection;

/// What is done to an entry, and the entry that must be named for it.
type Tampering = fn(&Connection, u64, &mut Random) -> u64;

const TAMPERINGS: &[(&str, Tampering)] = &[
    ("flip a byte of a header", flip_header),
    ("flip a byte of a part", flip_part),
    ("flip a byte of a hash", flip_leaf),
    ("flip a byte of a header and keep its hash right", rewrite_header),
    ("swap two entries", swap),
    ("drop an entry", drop_one),
    ("drop an entry and close the gap", drop_and_close),
    ("cut the end off", truncate),
    ("take a part away", drop_part),
    ("set another time", retime),
];

#[test]
fn every_tampering_is_named() {
    let shelf = Shelf::with(40);
    let size = shelf.ledger.size().unwrap();
    let (path, key) = (shelf.path(), shelf.ledger.verifiers().unwrap().pop().unwrap());
    let kept = shelf.ledger.checkpoint().unwrap().unwrap();
    drop(shelf.ledger);
    let whole = flat(&path);
    let mut random = Random::new(4);
    for round in 0..rounds(60, 1000) {
        let (what, tamper) = TAMPERINGS[round % TAMPERINGS.len()];
        fs::write(&path, &whole).unwrap();
        let db = Connection::open(&path).unwrap();
        let triggers = "DROP TRIGGER entry_is_final; DROP TRIGGER entry_stays; DROP TRIGGER part_is_final;
             DROP TRIGGER part_stays; PRAGMA foreign_keys = OFF";
        db.execute_batch(triggers).unwrap();
        let number = tamper(&db, random.below(size), &mut random);
        drop(db);
        let ledger = Ledger::open(&path).unwrap();
        let fault = ledger.verify(None, None, |_| {}).unwrap().fault;
        let named = matches!(fault, Some(Fault::Entry { number: n, .. }) if n == number);
        assert!(named, "round {round}, {what}: entry {number}, and the check says {fault:?}");
        if !matches!(what, "flip a byte of a part" | "flip a byte of a hash" | "take a part away" | "set another time")
        {
            let proof = ledger.prove(number.min(size - 1), Some(&kept));
            assert!(proof.is_err() || verify_proof(&proof.unwrap(), &key).is_err(), "{what}");
        }
    }
}

/// The file without a log of writes beside it.
fn flat(path: &Path) -> Vec<u8> {
    let db = Connection::open(path).unwrap();
    db.pragma_update_and_check(None, "journal_mode", "delete", |_| Ok(())).unwrap();
    drop(db);
    fs::read(path).unwrap()
}

fn flipped(mut bytes: Vec<u8>, random: &mut Random) -> Vec<u8> {
    let at = usize::try_from(random.below(bytes.len() as u64)).unwrap();
    bytes[at] ^= 1 << random.below(8);
    bytes
}

fn header(db: &Connection, entry: u64) -> Vec<u8> {
    db.query_row("SELECT header FROM entry WHERE number = ?1", [entry], |row| row.get(0)).unwrap()
}

fn flip_header(db: &Connection, entry: u64, random: &mut Random) -> u64 {
    let changed = flipped(header(db, entry), random);
    db.execute("UPDATE entry SET header = ?1 WHERE number = ?2", (changed, entry)).unwrap();
    entry
}

fn flip_leaf(db: &Connection, entry: u64, random: &mut Random) -> u64 {
    let changed = flipped(leaf_hash(&header(db, entry)).to_vec(), random);
    db.execute("UPDATE entry SET leaf = ?1 WHERE number = ?2", (changed, entry)).unwrap();
    entry
}

fn flip_part(db: &Connection, entry: u64, random: &mut Random) -> u64 {
    let parts: Vec<(String, Vec<u8>)> = db
        .prepare("SELECT name, content FROM part WHERE entry = ?1 ORDER BY name")
        .unwrap()
        .query_map([entry], |row| Ok((row.get(0)?, row.get(1)?)))
        .unwrap()
        .map(Result::unwrap)
        .collect();
    let at = usize::try_from(random.below(parts.len() as u64)).unwrap();
    let (name, content) = parts[at].clone();
    let changed = flipped(content, random);
    db.execute("UPDATE part SET content = ?1 WHERE entry = ?2 AND name = ?3", (changed, entry, name)).unwrap();
    entry
}

/// A header whose subject is another, with the hash that belongs to it, as by one who knows the form.
fn rewrite_header(db: &Connection, entry: u64, _: &mut Random) -> u64 {
    let mut changed = Header::from_bytes(&header(db, entry)).unwrap();
    changed.subject = format!("{}0", changed.subject.get(1..).unwrap_or(""));
    let bytes = changed.to_bytes();
    let all = "UPDATE entry SET header = ?1, leaf = ?2, subject = ?3 WHERE number = ?4";
    db.execute(all, (&bytes, leaf_hash(&bytes), &changed.subject, entry)).unwrap();
    entry
}

fn swap(db: &Connection, entry: u64, random: &mut Random) -> u64 {
    let last: u64 = db.query_row("SELECT max(number) FROM entry", [], |row| row.get(0)).unwrap();
    let other = (entry + 1 + random.below(last)) % (last + 1);
    let renumber = |from: u64, to: i64| {
        db.execute("UPDATE entry SET number = ?1 WHERE number = ?2", (to, from)).unwrap();
        db.execute("UPDATE part SET entry = ?1 WHERE entry = ?2", (to, from)).unwrap();
    };
    renumber(entry, 99_999);
    renumber(other, i64::try_from(entry).unwrap());
    renumber(99_999, i64::try_from(other).unwrap());
    entry.min(other)
}

fn drop_one(db: &Connection, entry: u64, _: &mut Random) -> u64 {
    db.execute("DELETE FROM part WHERE entry = ?1", [entry]).unwrap();
    db.execute("DELETE FROM entry WHERE number = ?1", [entry]).unwrap();
    entry
}

fn drop_and_close(db: &Connection, entry: u64, random: &mut Random) -> u64 {
    drop_one(db, entry, random);
    let last: u64 = db.query_row("SELECT max(number) FROM entry", [], |row| row.get(0)).unwrap();
    for number in entry + 1..=last {
        db.execute("UPDATE entry SET number = number - 1 WHERE number = ?1", [number]).unwrap();
        db.execute("UPDATE part SET entry = entry - 1 WHERE entry = ?1", [number]).unwrap();
    }
    entry
}

fn truncate(db: &Connection, entry: u64, _: &mut Random) -> u64 {
    db.execute("DELETE FROM part WHERE entry >= ?1", [entry]).unwrap();
    db.execute("DELETE FROM entry WHERE number >= ?1", [entry]).unwrap();
    entry
}

fn drop_part(db: &Connection, entry: u64, _: &mut Random) -> u64 {
    let some = "DELETE FROM part WHERE rowid = (SELECT rowid FROM part WHERE entry = ?1 ORDER BY name LIMIT 1)";
    db.execute(some, [entry]).unwrap();
    entry
}

fn retime(db: &Connection, entry: u64, _: &mut Random) -> u64 {
    db.execute("UPDATE entry SET at = '2030-01-01T00:00:00.000000Z' WHERE number = ?1", [entry]).unwrap();
    entry
}

#[test]
fn a_log_that_was_cut_and_signed_by_an_old_head_is_told_by_the_checkpoint_beside_it() {
    let mut shelf = Shelf::with(6);
    let db = Connection::open(shelf.path()).unwrap();
    let old: (u64, Vec<u8>, String) =
        db.query_row("SELECT size, edge, note FROM head", [], |r| Ok((r.get(0)?, r.get(1)?, r.get(2)?))).unwrap();
    shelf.ledger.add(common::at(9), vec![common::report(9)]).unwrap();
    db.execute_batch("DROP TRIGGER entry_stays; DROP TRIGGER part_stays; PRAGMA foreign_keys = OFF").unwrap();
    truncate(&db, old.0, &mut Random::new(1));
    db.execute("UPDATE head SET size = ?1, edge = ?2, note = ?3", old.clone()).unwrap();
    let fault = shelf.ledger.verify(None, None, |_| {}).unwrap().fault;
    assert!(matches!(fault, Some(Fault::Entry { number, .. }) if number == old.0), "{fault:?}");
}
