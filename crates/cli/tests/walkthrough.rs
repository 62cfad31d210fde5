//! Plays `docs/walkthrough.md`: what is shown there is what is printed.

#![expect(clippy::unwrap_used, reason = "a test")]

mod common;

use std::collections::BTreeMap;
use std::fs;

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
    let Some((before, rest)) = shown.split_once('<') else { return printed == shown };
    let Some((name, after)) = rest.split_once('>') else { return printed == shown };
    let Some(id) = printed.strip_prefix(before).and_then(|p| p.strip_suffix(after)) else { return false };
    let is_id = id.len() == 12 && id.chars().all(|c| c.is_ascii_hexdigit());
    if is_id {
        ids.insert(name.to_owned(), id.to_owned());
    }
    is_id
}

/// Runs a line; its output goes to a file where it says so.
fn play(place: &Place, line: &str) -> Ran {
    let (line, file) = line.split_once(" > ").map_or((line, None), |(line, file)| (line, Some(file)));
    let args = words(place, line);
    let args: Vec<&str> = args.iter().skip(1).map(String::as_str).collect();
    let ran = place.run(&with_ledger(&args));
    if let Some(file) = file {
        place.file(file, &ran.stdout);
    }
    ran
}

#[test]
fn the_story_prints_what_it_shows() {
    let place = Place::new();
    let mandate = root().join("packs/vesk-orlava/missions/line-mission-2031.toml");
    place.file("line-mission-2031.toml", fs::read(mandate).unwrap()).file("vesk.csv", VESK).file("orlava.csv", ORLAVA);
    let page = fs::read_to_string(root().join("docs/walkthrough.md")).unwrap();
    let mut ids = BTreeMap::new();
    let mut printed: Vec<String> = Vec::new();
    let mut commands = 0;
    for block in page.split("\n```\n").skip(1).step_by(2) {
        for line in block.lines() {
            if let Some(command) = line.strip_prefix("$ ").or_else(|| line.strip_prefix("$! ")) {
                let ran = play(&place, &filled(command, &ids));
                let fails = line.starts_with("$! ");
                assert_eq!(ran.code != 0, fails, "{command}\n{}", ran.seen());
                let all = if fails { ran.stderr } else { ran.stdout };
                printed = all.lines().map(str::to_owned).collect();
                commands += 1;
                continue;
            }
            let found = printed.iter().position(|p| is_shown(line, p, &mut ids));
            let at = found.unwrap_or_else(|| panic!("not printed: {line}\n{}", printed.join("\n")));
            printed.drain(..=at);
        }
    }
    assert!(commands > 40, "the page was played");
}
