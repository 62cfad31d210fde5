//! Runs `cases/*.txt`: small invented texts with the claims that are expected of them (`cases/README.md`).
//!
//! Cases that fail and are known to fail stand in `cases/known-failures.txt`. The test fails when another one fails,
//! and when a known one passes. `make bless` writes the list anew. Needs the English model.

#![expect(clippy::unwrap_used, clippy::print_stderr, reason = "a test")]

mod support;

use std::collections::{BTreeMap, BTreeSet};
use std::fs;

use support::{TestWorld, root};
use trucewatch::claim::{Claim, Traced};
use trucewatch::document::{Document, Meta};
use trucewatch::figure::Figure;
use trucewatch::pack::PartyId;

const KNOWN: &str = "cases/known-failures.txt";

/// One case: its name, its file, and what it says.
struct Case {
    file: String,
    name: String,
    date: Option<String>,
    text: String,
    expected: Vec<Expected>,
}

/// One claim that is expected.
struct Expected {
    line: String,
    kind: String,
    mode: String,
    fields: Vec<(String, String)>,
}

#[test]
fn cases_give_the_claims_that_they_state() {
    let Some(world) = TestWorld::open(&["world", "vesk-orlava"]) else { return };
    let cases = all();
    let failures: BTreeMap<&str, String> =
        cases.iter().filter_map(|c| Some((c.name.as_str(), failure(c, &world)?))).collect();
    eprintln!("{}", table(&cases, &failures));
    if std::env::var_os("TRUCEWATCH_BLESS").is_some() {
        let names: String = failures.keys().map(|name| format!("{name}\n")).collect();
        return fs::write(root().join(KNOWN), names).unwrap();
    }
    let known = fs::read_to_string(root().join(KNOWN)).unwrap_or_default();
    let known: BTreeSet<&str> = known.lines().collect();
    let new: Vec<String> =
        failures.iter().filter(|(n, _)| !known.contains(*n)).map(|(n, why)| format!("{n}: {why}")).collect();
    let mended: Vec<&str> = known.iter().copied().filter(|n| !failures.contains_key(n)).collect();
    assert!(new.is_empty(), "cases fail that are not known to:\n{}", new.join("\n"));
    assert!(mended.is_empty(), "known failures pass; take them out of {KNOWN} (make bless): {mended:?}");
}

#[test]
fn names_of_cases_are_unique() {
    let mut seen = BTreeSet::new();
    let cases = all();
    assert!(cases.len() > 50, "only {} cases are read", cases.len());
    let twice: Vec<&str> = cases.iter().map(|c| c.name.as_str()).filter(|n| !seen.insert(*n)).collect();
    assert!(twice.is_empty(), "named twice: {twice:?}");
}

/// Passed and all, by file.
fn table(cases: &[Case], failures: &BTreeMap<&str, String>) -> String {
    let mut by_file: BTreeMap<&str, (usize, usize)> = BTreeMap::new();
    for case in cases {
        let (passed, all) = by_file.entry(&case.file).or_default();
        *passed += usize::from(!failures.contains_key(case.name.as_str()));
        *all += 1;
    }
    let rows: Vec<String> =
        by_file.iter().map(|(file, (passed, all))| format!("{file:<20} {passed:>4} of {all}")).collect();
    format!("{}\n{:<20} {:>4} of {}", rows.join("\n"), "all", cases.len() - failures.len(), cases.len())
}

fn all() -> Vec<Case> {
    let mut files: Vec<_> = fs::read_dir(root().join("cases")).unwrap().map(|e| e.unwrap().path()).collect();
    files.retain(|p| p.extension().is_some_and(|e| e == "txt") && !p.ends_with("known-failures.txt"));
    files.sort();
    files
        .iter()
        .flat_map(|path| {
            let file = path.file_stem().unwrap().to_string_lossy().into_owned();
            let content = fs::read_to_string(path).unwrap();
            cases(&content).map(|(name, body)| case(&file, name, body)).collect::<Vec<_>>()
        })
        .collect()
}

/// Names and bodies of the cases of one file.
fn cases(content: &str) -> impl Iterator<Item = (&str, &str)> {
    let blocks = content.split("\n---\n").map(|block| block.trim_start_matches("---\n").trim_start());
    blocks.filter(|b| !b.is_empty()).map(|block| {
        let (head, body) = block.split_once('\n').expect("a case has a body");
        (head.strip_prefix("--- ").unwrap_or_else(|| panic!("a case begins with `--- name`, not `{head}`")), body)
    })
}

fn case(file: &str, name: &str, body: &str) -> Case {
    let (head, rest) = body.split_once("text:\n").unwrap_or_else(|| panic!("{name}: no `text:`"));
    let (text, claims) = rest.rsplit_once("\nclaims:\n").unwrap_or_else(|| panic!("{name}: no `claims:`"));
    Case {
        file: file.to_owned(),
        name: name.to_owned(),
        date: head.lines().find_map(|l| l.strip_prefix("date: ")).map(|d| d.trim().to_owned()),
        text: text.to_owned(),
        expected: claims
            .lines()
            .filter(|l| !matches!(l.trim(), "" | "none" | "---"))
            .map(|l| expected(name, l))
            .collect(),
    }
}

fn expected(name: &str, line: &str) -> Expected {
    let mut words = words(line).into_iter();
    let (Some(kind), Some(mode)) = (words.next(), words.next()) else { panic!("{name}: no type and mode in `{line}`") };
    let field = |word: String| {
        let (key, value) = word.split_once('=').unwrap_or_else(|| panic!("{name}: `{word}` is no key=value"));
        (key.to_owned(), value.to_owned())
    };
    Expected { line: line.to_owned(), kind, mode, fields: words.map(field).collect() }
}

/// Words of a line; quotation marks hold words together and are left out.
fn words(line: &str) -> Vec<String> {
    let mut words = vec![String::new()];
    let mut quoted = false;
    for c in line.chars() {
        match c {
            '"' => quoted = !quoted,
            ' ' if !quoted => words.push(String::new()),
            c => words.last_mut().unwrap().push(c),
        }
    }
    words.retain(|w| !w.is_empty());
    words
}

/// Why a case fails; none if it passes.
fn failure(case: &Case, world: &TestWorld) -> Option<String> {
    let published = case.date.as_deref().map(|d| d.parse().unwrap());
    let document = Document::new(case.name.as_str(), case.text.as_str(), Meta { published, ..Meta::default() });
    let claims = trucewatch::read(&document, world).value.claims;
    let mut free: Vec<&Claim> = claims.iter().collect();
    // The more a line says, the less it can be mistaken for another.
    let mut expected: Vec<&Expected> = case.expected.iter().collect();
    expected.sort_by_key(|e| std::cmp::Reverse(e.fields.len()));
    let mut missing = Vec::new();
    for line in expected {
        match free.iter().position(|c| fits(c, line, &document)) {
            Some(at) => drop(free.remove(at)),
            None => missing.push(line.line.as_str()),
        }
    }
    let spare: Vec<String> = free.iter().map(|c| shown(c, &document)).collect();
    let fails = !missing.is_empty() || !spare.is_empty();
    fails.then(|| format!("missing [{}], got besides [{}]", missing.join("; "), spare.join("; ")))
}

fn fits(claim: &Claim, expected: &Expected, document: &Document) -> bool {
    if claim.kind.value.as_str() != expected.kind || claim.mode.value.as_str() != expected.mode {
        return false;
    }
    let figures: Vec<&str> = expected.fields.iter().filter(|(k, _)| k == "figure").map(|(_, v)| v.as_str()).collect();
    let others = expected.fields.iter().filter(|(k, _)| k != "figure");
    others.clone().all(|(key, value)| field_fits(claim, key, value, document))
        && (figures.is_empty() || figures_fit(&claim.figures, &figures))
}

fn field_fits(claim: &Claim, key: &str, value: &str, document: &Document) -> bool {
    let same = |parties: &[Traced<PartyId>]| {
        let ids: BTreeSet<&str> = parties.iter().map(|p| p.value.as_str()).collect();
        ids == value.split(',').filter(|v| !v.is_empty()).collect()
    };
    match key {
        "speaker" => claim.speaker.value.party.as_ref().map_or("", PartyId::as_str) == value,
        "actor" => same(&claim.actors),
        "target" => same(&claim.targets),
        "place" => claim.place.as_ref().map_or("", |p| p.value.name.as_str()) == value,
        "date" => claim.date.as_ref().map(|d| d.value.to_string()).unwrap_or_default() == value,
        "aspect" => claim.aspect.as_ref().map_or("", |a| a.value.as_str()) == value,
        "quote" => document.slice(claim.span).contains(value),
        "garbled" => claim.garbled.is_some() == (value == "true"),
        other => panic!("`{other}` is no key"),
    }
}

fn figures_fit(figures: &[Figure], expected: &[&str]) -> bool {
    let bound = |b: Option<trucewatch::figure::Amount>| b.map(|n| n.to_string()).unwrap_or_default();
    let shown = |f: &Figure| format!("{}:{}:{}:{}", f.what.as_str(), f.who.as_str(), bound(f.min), bound(f.max));
    let mut got: Vec<String> = figures.iter().map(shown).collect();
    let mut wanted: Vec<String> = expected.iter().filter(|e| !e.is_empty()).map(|e| (*e).to_owned()).collect();
    got.sort();
    wanted.sort();
    got == wanted
}

/// A claim in the form of a case's line.
fn shown(claim: &Claim, document: &Document) -> String {
    let list = |l: &[Traced<PartyId>]| l.iter().map(|p| p.value.to_string()).collect::<Vec<_>>().join(",");
    format!(
        "{} {} speaker={} actor={} target={} place={:?} date={} quote={:?}",
        claim.kind.value,
        claim.mode.value,
        claim.speaker.value.party.as_ref().map_or("", PartyId::as_str),
        list(&claim.actors),
        list(&claim.targets),
        claim.place.as_ref().map_or("", |p| p.value.name.as_str()),
        claim.date.as_ref().map(|d| d.value.to_string()).unwrap_or_default(),
        document.slice(claim.span),
    )
}
