//! What is wrong with the files of a pack that people hand to commands: mandates of missions, lists of border segments.

use std::path::Path;

use mission::Mandate;
use mission::border::list;
use trucewatch::pack::{Knowledge, Pack, PackError, PackFile, PartyId};

/// What is wrong with the mandates in `missions/`.
#[must_use]
pub fn missions(files: &[PackFile], pack: &Pack, knowledge: &Knowledge) -> Vec<PackError> {
    files.iter().flat_map(|file| mission(file, pack, knowledge)).collect()
}

/// What is wrong with the lists in `borders/`.
#[must_use]
pub fn borders(files: &[PackFile]) -> Vec<PackError> {
    let hint = "docs/line.md shows a list: [[segments]] with segment, title and preconditions";
    files.iter().filter_map(|file| Some(mistake(file, &list(&file.content).err()?.to_string(), hint))).collect()
}

fn mission(file: &PackFile, pack: &Pack, knowledge: &Knowledge) -> Vec<PackError> {
    let mandate = match Mandate::parse(&file.content) {
        Ok(mandate) => mandate,
        Err(e) => return vec![mistake(file, &e.to_string(), "docs/mission.md shows a mandate's fields")],
    };
    let mut found = Vec::new();
    let mut wrong = |message: String, hint: &str| found.push(mistake(file, &message, hint));
    let stem = Path::new(&file.path).file_stem().unwrap_or_default().to_string_lossy();
    if *stem != mandate.id {
        wrong(format!("the id `{}` is not the name of the file", mandate.id), "give the file and the mission one name");
    }
    if mandate.pack != pack.manifest.id {
        let message = format!("its pack is `{}`, and it lies in `{}`", mandate.pack, pack.manifest.id);
        wrong(message, "name the pack that knows its parties and places, and lay it there");
    }
    let is_party = |id: &str| knowledge.parties().any(|p| p.id == PartyId::new(id));
    for party in mandate.parties.iter().chain([&mandate.party]).filter(|p| !is_party(p)) {
        wrong(format!("no pack defines the party `{party}`"), "`parties.toml` lists the ids of parties");
    }
    let agreements = || pack.agreements.iter().map(|a| a.id.as_str());
    if let Some(id) = mandate.agreement.as_deref().filter(|id| agreements().all(|a| a != *id)) {
        let hint = format!("agreements are {}", agreements().collect::<Vec<_>>().join(", "));
        wrong(format!("the pack has no agreement `{id}`"), &hint);
    }
    let is_place = |name: &str| pack.places.iter().any(|p| p.id == name || p.name == name);
    for place in mandate.area.iter().filter(|name| !is_place(name)) {
        wrong(format!("the pack lists no place `{place}`"), "name a place of `places.csv` by its id or its name");
    }
    found
}

/// A mistake with its line: the one that the message begins with, else the first that holds the value it names.
fn mistake(file: &PackFile, message: &str, hint: &str) -> PackError {
    let told = message.strip_prefix("line ").and_then(|rest| rest.split_once(": "));
    let told = told.and_then(|(number, rest)| Some((number.parse::<usize>().ok()?, rest)));
    let (number, message) =
        told.map_or_else(|| (line(&file.content, message), message), |(number, rest)| (Some(number), rest));
    PackError { file: file.path.clone(), line: number, message: message.to_owned(), hint: hint.to_owned() }
}

/// The first line of a file that holds the value that a message names.
pub(super) fn line(content: &str, message: &str) -> Option<usize> {
    let value = message.split('`').nth(1)?;
    content.lines().position(|l| !l.starts_with('#') && l.contains(value)).map(|i| i + 1)
}
