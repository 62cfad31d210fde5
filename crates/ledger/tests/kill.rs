//! Kill -9 at random moments while documents are added and decisions made: what was acknowledged is there, once, and
//! the log is in order. The test runs itself as the process that is killed.

#![cfg(unix)]
#![expect(clippy::unwrap_used, clippy::print_stdout, reason = "a test")]

mod common;

use std::collections::BTreeSet;
use std::io::{BufRead, BufReader, Write};
use std::path::Path;
use std::process::{Child, ChildStdout, Command, Stdio};
use std::time::Duration;

use common::{Random, report, rounds};
use jiff::Timestamp;
use ledger::decision::{Act, Anchor, Decision};
use ledger::{Added, Kind, Ledger};

/// Documents that there are to add.
fn documents() -> usize {
    rounds(200, 2000)
}

/// The process that adds and decides until it is killed. Without a ledger named, there is nothing to do.
#[test]
fn child() {
    let Some(path) = std::env::var_os("TRUCEWATCH_KILLED") else { return };
    let mut ledger = Ledger::open_or_make(Path::new(&path)).unwrap();
    let known = ledger.document_ids().unwrap();
    let open: Vec<usize> = (0..documents()).filter(|n| !known.contains(&report(*n).0.record.id)).collect();
    for step in open.chunks(3) {
        let done = ledger.add(Timestamp::now(), step.iter().map(|n| report(*n)).collect()).unwrap();
        for (number, added) in step.iter().zip(done) {
            if let Added::New(entry) = added {
                println!("document {entry} {}", report(*number).0.record.id);
            }
        }
        let claim = report(step[0]).1.claims.remove(0).id;
        let anchor = Anchor::of(&ledger.claim_as_read(&claim).unwrap());
        let act = Act::Accept { claim: anchor };
        let entry = ledger.decide(Timestamp::now(), &Decision { by: "Orn".into(), why: String::new(), act }).unwrap();
        println!("decision {entry} {claim}");
        std::io::stdout().flush().unwrap();
    }
    println!("finished");
}

fn start(path: &Path) -> (Child, BufReader<ChildStdout>) {
    let mut command = Command::new(std::env::current_exe().unwrap());
    command.args(["child", "--exact", "--nocapture"]).env("TRUCEWATCH_KILLED", path);
    let mut child = command.stdout(Stdio::piped()).stderr(Stdio::null()).spawn().unwrap();
    let told = BufReader::new(child.stdout.take().unwrap());
    (child, told)
}

#[test]
fn what_was_acknowledged_survives() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("books.ledger");
    let mut random = Random::new(9);
    let mut acknowledged: BTreeSet<(Kind, u64)> = BTreeSet::new();
    let rounds = rounds(12, 200);
    for round in 0..rounds {
        let (mut child, told) = start(&path);
        std::thread::sleep(Duration::from_micros(random.below(300_000)));
        child.kill().unwrap();
        child.wait().unwrap();
        acknowledged.extend(told.lines().map_while(Result::ok).filter_map(|line| acknowledgement(&line)));
        if path.is_file() {
            in_order(&path, &acknowledged, round);
        }
    }
    let (mut child, told) = start(&path);
    acknowledged.extend(told.lines().map_while(Result::ok).filter_map(|line| acknowledgement(&line)));
    assert!(child.wait().unwrap().success());
    in_order(&path, &acknowledged, rounds);
    assert_eq!(Ledger::open(&path).unwrap().document_ids().unwrap().len(), documents());
    assert!(!acknowledged.is_empty(), "the process was never let to acknowledge anything");
    println!("{rounds} kills, {} acknowledged entries, all there", acknowledged.len());
}

/// The entry of a line that is whole: the last one may be cut.
fn acknowledgement(line: &str) -> Option<(Kind, u64)> {
    // The first line stands behind the name of the test.
    let parts: Vec<&str> = line.rsplit(" ... ").next()?.split(' ').collect();
    match parts.as_slice() {
        ["document", entry, id] if id.len() == 64 => Some((Kind::Document, entry.parse().ok()?)),
        ["decision", entry, id] if id.len() == 16 => Some((Kind::Decision, entry.parse().ok()?)),
        _ => None,
    }
}

fn in_order(path: &Path, acknowledged: &BTreeSet<(Kind, u64)>, round: usize) {
    let ledger = Ledger::open_or_make(path).unwrap();
    let verdict = ledger.verify(None, None, |_| {}).unwrap();
    assert_eq!(verdict.fault, None, "round {round}");
    for (kind, entry) in acknowledged {
        assert_eq!(ledger.header(*entry).unwrap().kind, *kind, "round {round}, entry {entry}");
    }
    let subjects: Vec<String> = (0..verdict.sound)
        .map(|n| ledger.header(n).unwrap())
        .filter(|h| h.kind == Kind::Document)
        .map(|h| h.subject)
        .collect();
    assert_eq!(
        subjects.iter().collect::<BTreeSet<_>>().len(),
        subjects.len(),
        "round {round}: a document is there twice"
    );
}
