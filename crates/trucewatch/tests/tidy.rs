//! The modules' order: each uses only what stands before it. Reads the sources for `crate::` paths.

#![expect(clippy::unwrap_used, reason = "a test")]

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

/// The modules in reading order.
const ORDER: &[&str] = &[
    "document",
    "party",
    "place",
    "when",
    "figure",
    "statement",
    "claim",
    "incident",
    "agreement",
    "finding",
    "toll",
    "process",
    "mission",
    "line",
    "brief",
];

/// What stands beside the order: anybody may use it.
const BESIDE: &[&str] = &["pack", "note", "trees", "world", "World"];

/// The front doors, which use everything and which only tests and other crates use.
const FRONT: &[&str] = &["lib", "reading"];

/// Arrows against the order that are known, each with its reason.
const KNOWN: &[(&str, &str, &str)] = &[("document", "when", "a document's day is an interval; only the type is used")];

#[test]
fn modules_use_only_what_stands_before_them() {
    let wrong: Vec<String> = arrows()
        .into_iter()
        .filter(|(from, to)| !allowed(from, to))
        .map(|(from, to)| format!("`{from}` uses `{to}`, which does not stand before it"))
        .collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

fn allowed(from: &str, to: &str) -> bool {
    let known = KNOWN.iter().any(|(a, b, _)| (*a, *b) == (from, to));
    let rank = |name: &str| ORDER.iter().position(|module| *module == name);
    let before = rank(to).zip(rank(from)).is_some_and(|(to, from)| to < from);
    let beside = BESIDE.contains(&to) || BESIDE.contains(&from);
    from == to || FRONT.contains(&from) || known || beside || before
}

/// Files that hold tests only.
fn is_of_tests(path: &Path) -> bool {
    path.file_stem().is_some_and(|name| name == "tests" || name == "properties" || name == "scale")
}

/// Which module names which, tests left out.
fn arrows() -> BTreeSet<(String, String)> {
    let src = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut arrows = BTreeSet::new();
    for path in sources(&src).into_iter().filter(|p| !is_of_tests(p)) {
        let relative = path.strip_prefix(&src).unwrap().to_string_lossy().into_owned();
        let module = relative.split(['/', '\\', '.']).next().unwrap().to_owned();
        let text = fs::read_to_string(&path).unwrap();
        let code = text.split("#[cfg(test)]").next().unwrap_or("");
        arrows.extend(named(code).into_iter().map(|to| (module.clone(), to)));
    }
    arrows
}

/// Modules that some code names by `crate::…`, comments left out.
fn named(code: &str) -> BTreeSet<String> {
    let lines = code.lines().filter(|l| !l.trim_start().starts_with("//"));
    let paths = lines.flat_map(|l| l.split("crate::").skip(1).map(str::to_owned).collect::<Vec<_>>());
    let word = |p: String| p.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect::<String>();
    paths.map(word).filter(|w| !w.is_empty()).collect()
}

fn sources(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).unwrap().map(|e| e.unwrap().path());
    entries
        .flat_map(|path| match path.is_dir() {
            true => sources(&path),
            false if path.extension().is_some_and(|e| e == "rs") => vec![path],
            false => Vec::new(),
        })
        .filter(|path| !path.ends_with("sample.rs"))
        .collect()
}

#[test]
fn a_wrong_arrow_is_seen() {
    assert_eq!(named("use crate::brief::Brief;\n// use crate::claim\n"), BTreeSet::from(["brief".to_owned()]));
    assert!(!allowed("claim", "incident") && !allowed("party", "place") && !allowed("incident", "brief"));
    assert!(allowed("brief", "claim") && allowed("claim", "pack"));
}
