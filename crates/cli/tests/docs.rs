//! The documents show what the program does: examples of the README are run, `docs/usage.md` is the program's own help
//! (`make bless` writes it anew).

#![expect(clippy::unwrap_used, reason = "a test")]

mod common;

use std::fs;
use std::path::Path;

use common::{Place, root};

/// Commands with help of their own, in the order of `docs/usage.md`.
const COMMANDS: &[&[&str]] = &[
    &[],
    &["read"],
    &["brief"],
    &["explain"],
    &["incidents"],
    &["incident"],
    &["findings"],
    &["agreements"],
    &["coverage"],
    &["timeline"],
    &["tolls"],
    &["promises"],
    &["border"],
    &["border", "compare"],
    &["border", "status"],
    &["border", "annex"],
    &["border", "import"],
    &["border", "export"],
    &["border", "open"],
    &["border", "propose"],
    &["border", "confirm"],
    &["border", "retract"],
    &["border", "delimit"],
    &["border", "pillar"],
    &["border", "demarcate"],
    &["line"],
    &["line", "coverage"],
    &["line", "sight"],
    &["line", "plan"],
    &["publish"],
    &["serve"],
    &["add"],
    &["watch"],
    &["reread"],
    &["search"],
    &["review"],
    &["decide"],
    &["decide", "add"],
    &["decide", "correct"],
    &["decide", "sign-off"],
    &["history"],
    &["diff"],
    &["issued"],
    &["verify"],
    &["prove"],
    &["verify-proof"],
    &["checkpoint"],
    &["key"],
    &["rebuild"],
    &["backup"],
    &["restore"],
    &["export"],
    &["import"],
    &["remove"],
    &["mission"],
    &["mission", "mandate"],
    &["mission", "propose"],
    &["mission", "answer"],
    &["mission", "execute"],
    &["mission", "publish"],
    &["mission", "status"],
    &["field"],
    &["field", "add"],
    &["field", "import"],
    &["field", "form"],
    &["field", "list"],
    &["verification"],
    &["verification", "allege"],
    &["verification", "assign"],
    &["verification", "find"],
    &["verification", "report"],
    &["exchange"],
    &["exchange", "give"],
    &["exchange", "match"],
    &["exchange", "hand-over"],
    &["keys"],
    &["keys", "new"],
    &["keys", "register"],
    &["sign"],
    &["submit"],
    &["packs"],
    &["packs", "check"],
    &["completions"],
    &["man"],
];

/// What an example of the README begins with.
const PROMPT: &str = "```\n$ target/release/trucewatch ";

#[test]
fn examples_of_the_readme_print_what_it_shows() {
    needs_model!();
    let readme = fs::read_to_string(root().join("README.md")).unwrap();
    let place = Place::new();
    place.copy("samples/reports", "samples/reports");
    let examples: Vec<&str> = readme.split(PROMPT).skip(1).filter_map(|e| e.split("\n```").next()).collect();
    assert!(!examples.is_empty(), "the README shows the program at work");
    for example in examples {
        let (command, shown) = example.split_once('\n').expect("an example shows what is printed");
        let ran = place.run(&command.split_whitespace().collect::<Vec<_>>());
        assert_eq!(ran.code, 0, "{command}: {}", ran.stderr);
        let mut printed = ran.stdout.lines();
        for line in shown.lines().filter(|l| !matches!(l.trim(), "" | "…")) {
            let found = printed.any(|p| p == line);
            assert!(found, "README.md: `{command}` no longer prints, in this order: {line}\n{}", ran.stdout);
        }
    }
}

#[test]
fn the_page_of_usage_is_the_help() {
    let path = root().join("docs/usage.md");
    let mut page = String::from("# Usage\n\nMade from the program's own help; `make bless` writes it anew.\n");
    for command in COMMANDS {
        let args: Vec<&str> = command.iter().copied().chain(["--help"]).collect();
        let name = ["trucewatch"].iter().chain(*command).copied().collect::<Vec<_>>().join(" ");
        let help = Place::new().run(&args).stdout;
        page.push_str(&format!("\n## {name}\n\n```text\n{}\n```\n", help.trim_end()));
    }
    agree(&path, &fs::read_to_string(&path).unwrap_or_default(), &page);
}

/// Compares a document with what it is to be, or writes it anew.
fn agree(path: &Path, is: &str, to_be: &str) {
    if std::env::var_os("TRUCEWATCH_BLESS").is_some() {
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        return fs::write(path, to_be).unwrap();
    }
    let differs = is.lines().zip(to_be.lines()).position(|(a, b)| a != b);
    let at = differs.unwrap_or_else(|| is.lines().count().min(to_be.lines().count()));
    let line = |text: &str| text.lines().nth(at).unwrap_or("nothing").to_owned();
    assert!(is == to_be, "{}:{}: says `{}`, is `{}` (make bless)", path.display(), at + 1, line(is), line(to_be));
}
