//! Runs the program as a user would: in a folder of its own, with a clean environment, and with what differs between
//! machines and runs taken out of what it prints.

#![allow(dead_code, clippy::allow_attributes, reason = "each test file uses its own part of the harness")]

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use tempfile::TempDir;

/// The day on which tests run, unless they say otherwise.
const TODAY: &str = "2031-03-13";

/// A report by a side, with the other's denial.
pub(crate) const REPORT: &str = "\
Shells hit Hollin, Vesk says

The Veskan Defence Ministry said on Tuesday that Orlavan artillery had shelled the village of Hollin on Monday, killing
two farmers.

Orlava denied that its guns had fired.
";
/// What goes with it.
pub(crate) const META: &str = "published = \"2031-03-04\"\noutlet = \"Ternwire\"\n";

/// A folder of its own, in which the program is run.
pub(crate) struct Place {
    folder: TempDir,
}

/// What a run printed, and its exit code.
pub(crate) struct Ran {
    pub(crate) stdout: String,
    pub(crate) stderr: String,
    pub(crate) code: i32,
}

/// The repository.
pub(crate) fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..").canonicalize().expect("the repository is there")
}

/// The folder of the model. None, with a printed line, where there is none, unless `TRUCEWATCH_REQUIRE_MODEL` is set.
pub(crate) fn model() -> Option<PathBuf> {
    let named = std::env::var_os("TRUCEWATCH_MODEL").map(PathBuf::from);
    let kept = fs::read_dir(root().join("models")).into_iter().flatten().flatten().map(|e| e.path());
    let found = named.into_iter().chain(kept).filter(|p| p.join("meta.json").is_file()).max();
    let required = std::env::var_os("TRUCEWATCH_REQUIRE_MODEL").is_some_and(|v| v == "1");
    assert!(found.is_some() || !required, "no English model; `make model` fetches it");
    found
}

/// Returns from a test, with a printed line, where there is no model.
#[macro_export]
macro_rules! needs_model {
    () => {
        if common::model().is_none() {
            eprintln!("skipped: no English model (`make model` fetches it)");
            return;
        }
    };
}

impl Place {
    /// An empty folder.
    pub(crate) fn new() -> Place {
        Place { folder: tempfile::tempdir().expect("a temporary folder can be made") }
    }

    /// The folder.
    pub(crate) fn path(&self) -> &Path {
        self.folder.path()
    }

    /// A folder `coded` with one document of ready claims in it.
    pub(crate) fn coded(text: &str, claims: &str) -> Place {
        let place = Place::new();
        fs::create_dir_all(place.path().join("coded")).expect("a folder is made");
        place.file("coded/a.txt", text).file("coded/a.json", claims);
        place
    }

    /// Writes a file.
    pub(crate) fn file(&self, name: &str, content: impl AsRef<[u8]>) -> &Place {
        let path = self.path().join(name);
        fs::create_dir_all(path.parent().expect("a file has a folder")).expect("the folder can be made");
        fs::write(path, content).expect("the file can be written");
        self
    }

    /// Copies a folder of the repository.
    pub(crate) fn copy(&self, from: &str, to: &str) -> &Place {
        let source = root().join(from);
        for entry in fs::read_dir(source).expect("the folder is there").flatten() {
            let name = entry.file_name().into_string().expect("names in the repository are UTF-8");
            if entry.path().is_dir() {
                self.copy(&format!("{from}/{name}"), &format!("{to}/{name}"));
            } else {
                self.file(&format!("{to}/{name}"), fs::read(entry.path()).expect("the file can be read"));
            }
        }
        self
    }

    /// The program with a clean environment, the repository's packs, its model, and a fixed day.
    pub(crate) fn command(&self, args: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_trucewatch"));
        command.current_dir(self.path()).env_clear().args(args);
        command.env("HOME", self.path().join("home")).env("COLUMNS", "100");
        command.env("TRUCEWATCH_PACKS", root().join("packs")).env("TRUCEWATCH_GAZETTEER", "none");
        if let Some(model) = model() {
            command.env("TRUCEWATCH_MODEL", model);
        }
        let takes_today = matches!(args.first(), Some(&("read" | "brief" | "explain")));
        if takes_today && !args.contains(&"--help") && !args.contains(&"--today") {
            command.args(["--today", TODAY]);
        }
        command
    }

    /// Runs the program.
    pub(crate) fn run(&self, args: &[&str]) -> Ran {
        self.finish(self.command(args).output().expect("the program starts"))
    }

    /// Runs the program with something on standard input.
    pub(crate) fn pipe(&self, args: &[&str], input: &[u8]) -> Ran {
        let mut command = self.command(args);
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = command.spawn().expect("the program starts");
        let mut stdin = child.stdin.take().expect("it has a standard input");
        stdin.write_all(input).expect("it reads its input");
        drop(stdin);
        self.finish(child.wait_with_output().expect("the program ends"))
    }

    fn finish(&self, output: Output) -> Ran {
        Ran {
            stdout: self.scrub(&String::from_utf8(output.stdout).expect("what it prints is UTF-8")),
            stderr: self.scrub(&String::from_utf8(output.stderr).expect("what it tells is UTF-8")),
            code: output.status.code().expect("it ends by itself"),
        }
    }

    /// Takes out paths that differ between machines.
    fn scrub(&self, words: &str) -> String {
        let here = self.path().display().to_string();
        let resolved = self.path().canonicalize().map(|p| p.display().to_string()).unwrap_or_else(|_| here.clone());
        let words = words.replace(&resolved, "[HERE]").replace(&here, "[HERE]");
        words.replace(&root().display().to_string(), "[ROOT]").replace(env!("CARGO_PKG_VERSION"), "[VERSION]")
    }
}

/// What a command prints that must be done.
pub(crate) fn run(place: &Place, args: &[&str]) -> String {
    let ran = place.run(&with_ledger(args));
    assert_eq!(ran.code, 0, "{args:?}: {}", ran.stderr);
    ran.stdout
}

/// What a command tells that must be refused.
pub(crate) fn refused(place: &Place, args: &[&str]) -> String {
    let ran = place.run(&with_ledger(args));
    assert_eq!(ran.code, 1, "{args:?}: {}", ran.stdout);
    ran.stderr
}

/// Arguments for a ledger in the place.
pub(crate) fn with_ledger<'a>(args: &[&'a str]) -> Vec<&'a str> {
    args.iter().copied().chain(["--ledger", "books.ledger"]).collect()
}

/// The id in a line such as `propose  3f2a9c81d0b4  entry 3`.
pub(crate) fn id(line: &str) -> String {
    line.split_whitespace().nth(1).expect("an id stands there").to_owned()
}

impl Ran {
    /// What a user sees: standard output, then standard error, then the exit code where it is not 0.
    pub(crate) fn seen(&self) -> String {
        let mut seen = self.stdout.clone();
        if !self.stderr.is_empty() {
            seen.push_str("--- standard error\n");
            seen.push_str(&self.stderr);
        }
        if self.code != 0 {
            seen.push_str(&format!("--- exit code {}\n", self.code));
        }
        seen
    }

    /// The documents that were printed as lines of JSON.
    pub(crate) fn documents(&self) -> Vec<serde_json::Value> {
        self.stdout.lines().map(|l| serde_json::from_str(l).expect("each line is JSON")).collect()
    }
}
