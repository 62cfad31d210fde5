//! Plays `docs/walkthrough.md`: what is shown there is what is printed.

#![expect(clippy::unwrap_used, reason = "a test")]

mod common;

use std::collections::BTreeMap;
use std::fs;
use std::process::Command;

use common::{Place, Ran, root, with_ledger};

const VESK: &str = "category,name,also,born,place\nmissing,Tarne Olvesk,,2009,Dubrel\nmissing,Ives Marren,,2004,Hollin\nheld,Orrin Selm,,2001,Rivna\n";
const ORLAVA: &str = "category,name,also,born,place\nheld,Olvesk Tarne,,2009,Dubrel\nremains,Ives Marrén,,2004,\n";

/// Words of a line as a shell takes them: quoted ones are one, `$(cat FILE)` is a file's content.
fn words(place: &Place, line: &str) -> Vec<String> {
    let mut words = Vec::new();
    let (mut word, mut quoted, mut begun) = (String::new(), false, false);
    for c in line.chars() {
        match c {
            '\'' => (quoted, begun) = (!quoted, true),
            ' ' if !quoted => {
                if begun {
                    words.push(std::mem::take(&mut word));
                }
                begun = false;
            }
            c => {
                word.push(c);
                begun = true;
            }
        }
    }
    if begun {
        words.push(word);
    }
    while let Some(at) = words.iter().position(|w| w == "$(cat") {
        let file = words[at + 1].trim_end_matches(')').to_owned();
        let content = fs::read_to_string(place.path().join(file)).unwrap().trim().to_owned();
        words.splice(at..at + 2, [content]);
    }
    words
}

/// A line with the ids put in that were noted.
fn filled(line: &str, ids: &BTreeMap<String, String>) -> String {
    ids.iter().fold(line.to_owned(), |line, (name, id)| line.replace(&format!("<{name}>"), id))
}

/// Whether a printed line is the one that is shown; notes an id where one is shown for the first time.
fn is_shown(shown: &str, printed: &str, ids: &mut BTreeMap<String, String>) -> bool {
    let shown = filled(shown, ids);
    if let Some(begin) = shown.strip_suffix('…') {
        return printed.starts_with(begin);
    }
    let Some((before, rest)) = shown.split_once('<') else { return printed == shown };
    let Some((name, after)) = rest.split_once('>') else { return printed == shown };
    let Some(id) = printed.strip_prefix(before).and_then(|p| p.strip_suffix(after)) else { return false };
    let is_id = id.len() == 12 && id.chars().all(|c| c.is_ascii_hexdigit());
    if is_id {
        ids.insert(name.to_owned(), id.to_owned());
    }
    is_id
}

/// Runs a line, by the program or by Python; its output goes to a file where it says so.
fn play(place: &Place, line: &str) -> Ran {
    let (line, file) = line.split_once(" > ").map_or((line, None), |(line, file)| (line, Some(file)));
    let all = words(place, line);
    let args: Vec<&str> = all.iter().skip(1).map(String::as_str).collect();
    if all[0] == "python3" {
        let ran = Command::new("python3").args(&args).current_dir(place.path()).output().unwrap();
        let [stdout, stderr] = [ran.stdout, ran.stderr].map(|bytes| String::from_utf8(bytes).unwrap());
        return Ran { stdout, stderr, code: ran.status.code().unwrap() };
    }
    assert_eq!(all[0], "trucewatch", "{line}");
    let ran = place.run(&with_ledger(&args));
    if let Some(file) = file {
        place.file(file, &ran.stdout);
    }
    ran
}

/// The folder in which the story is played, with what the page says is copied there.
fn stage() -> Place {
    let place = Place::new();
    let copied = [
        "packs/vesk-orlava/missions/line-mission-2031.toml",
        "packs/vesk-orlava/borders/vesk-orlava.toml",
        "samples/line/sites.toml",
        "samples/line/border-vesk.geojson",
        "samples/line/border-orlava.geojson",
        "samples/line/border-joint.geojson",
        "docs/verify_proof.py",
    ];
    for file in copied {
        let name = file.rsplit('/').next().unwrap();
        place.file(name, fs::read(root().join(file)).unwrap());
    }
    place.file("vesk.csv", VESK).file("orlava.csv", ORLAVA);
    place
}

/// Whether Python is there with the package by which the script checks signatures.
fn has_python() -> bool {
    let found = Command::new("python3").args(["-c", "import cryptography"]).output();
    found.is_ok_and(|ran| ran.status.success())
}

#[test]
fn the_story_prints_what_it_shows() {
    let place = stage();
    let has_python = has_python();
    if !has_python {
        eprintln!("left out: lines of python3 (no Python with `cryptography` is there)");
    }
    let page = fs::read_to_string(root().join("docs/walkthrough.md")).unwrap();
    let mut ids = BTreeMap::new();
    let mut printed: Vec<String> = Vec::new();
    let (mut commands, mut skips) = (0, false);
    for block in page.split("\n```\n").skip(1).step_by(2) {
        for line in block.lines() {
            if let Some(command) = line.strip_prefix("$ ").or_else(|| line.strip_prefix("$! ")) {
                if command.starts_with("python3") && !has_python {
                    skips = true;
                    continue;
                }
                skips = false;
                let ran = play(&place, &filled(command, &ids));
                let fails = line.starts_with("$! ");
                assert_eq!(ran.code != 0, fails, "{command}\n{}", ran.seen());
                let all = if fails { ran.stderr } else { ran.stdout };
                printed = all.lines().map(str::to_owned).collect();
                commands += 1;
                continue;
            }
            if skips {
                continue;
            }
            let found = printed.iter().position(|p| is_shown(line, p, &mut ids));
            let at = found.unwrap_or_else(|| panic!("not printed: {line}\n{}", printed.join("\n")));
            printed.drain(..=at);
        }
    }
    assert!(commands > 90, "the page was played: {commands}");
}
