//! `trucewatch packs`: what is at hand, and whether it holds together.

mod check;
mod handed;

use std::io::Write;
use std::path::Path;

use desk::world::{self, Shelved, at_hand, pack_in};
use trucewatch::pack::{Knowledge, Pack, PackError};

use crate::args::{self, PacksCommand};
use crate::failure::{Exit, Failure};

/// Lists packs, or checks them.
pub(super) fn run(args: &args::Packs, out: &mut dyn Write) -> Result<Exit, Failure> {
    match &args.command {
        Some(PacksCommand::Check { path, packs_dir }) => check(path.as_deref(), packs_dir.as_deref(), out),
        None => list(args.packs_dir.as_deref(), out),
    }
}

fn list(packs_dir: Option<&Path>, out: &mut dyn Write) -> Result<Exit, Failure> {
    let all = packs(packs_dir)?;
    for Shelved { folder, pack } in &all {
        let manifest = &pack.manifest;
        let used = if manifest.always { ", used always" } else { "" };
        writeln!(out, "{}  {}", manifest.id, manifest.title)?;
        writeln!(out, "  version      {}{used}", manifest.version)?;
        writeln!(out, "  knows        {}", counts(pack))?;
        writeln!(out, "  licence      {}", manifest.licence)?;
        writeln!(out, "  fingerprint  {}", pack.fingerprint.get(..16).unwrap_or(&pack.fingerprint))?;
        writeln!(out, "  folder       {}", folder.display())?;
    }
    Ok(Exit::Done)
}

fn packs(packs_dir: Option<&Path>) -> Result<Vec<Shelved>, Failure> {
    let all = at_hand(packs_dir)?;
    if all.is_empty() {
        let hint = "name the folder that holds packs with --packs-dir, or run from a folder with packs/ in it";
        return Err(Failure::nothing_to_read("no pack is at hand", hint));
    }
    Ok(all)
}

fn counts(pack: &Pack) -> String {
    let counts = [
        (pack.parties.len(), "parties"),
        (pack.officials.len(), "officials"),
        (pack.outlets.len(), "outlets"),
        (pack.conflicts.len(), "conflicts"),
        (pack.places.len(), "places"),
        (pack.lines.len(), "lines"),
        (pack.agreements.len(), "agreements"),
    ];
    let some = counts.iter().filter(|(n, _)| *n > 0);
    some.map(|(n, what)| format!("{n} {what}")).collect::<Vec<_>>().join(", ")
}

fn check(path: Option<&Path>, packs_dir: Option<&Path>, out: &mut dyn Write) -> Result<Exit, Failure> {
    let others = at_hand(packs_dir)?;
    let named = path.map(|p| pack_in(p).map(|pack| vec![Shelved { folder: p.to_path_buf(), pack }])).transpose()?;
    let checked = named.as_ref().unwrap_or(&others);
    if checked.is_empty() {
        packs(packs_dir)?;
    }
    let mut exit = Exit::Done;
    for shelved in checked {
        let known = others.iter().map(|s| &s.pack).chain([&shelved.pack]);
        let knowledge = Knowledge::new(known.cloned().collect());
        let folder = shelved.folder.display();
        let problems = check::problems(&shelved.pack, &knowledge);
        for problem in &problems {
            writeln!(out, "{folder}: {problem}")?;
        }
        let (handed, mistakes) = handed(shelved, &knowledge)?;
        for mistake in &mistakes {
            writeln!(out, "{folder}/{}\n  hint: {}", mistake, mistake.hint)?;
        }
        if problems.is_empty() && mistakes.is_empty() {
            writeln!(out, "{folder}: in order ({}{handed})", counts(&shelved.pack))?;
        } else {
            exit = Exit::Error;
        }
    }
    Ok(exit)
}

/// How many missions and borders a pack holds, in words, and what is wrong with them.
fn handed(shelved: &Shelved, knowledge: &Knowledge) -> Result<(String, Vec<PackError>), Failure> {
    let read = |folder: &str| {
        let unread = |e: std::io::Error| {
            let message = format!("{}/{folder}: cannot be read: {e}", shelved.folder.display());
            Failure::new(message, "check that its files are texts in UTF-8, and that you may read them")
        };
        world::handed(&shelved.folder, folder).map_err(unread)
    };
    let (missions, borders) = (read("missions")?, read("borders")?);
    let mut mistakes = handed::missions(&missions, &shelved.pack, knowledge);
    mistakes.extend(handed::borders(&borders));
    let counts = [(missions.len(), "missions"), (borders.len(), "borders")];
    let some = counts.iter().filter(|(n, _)| *n > 0).map(|(n, what)| format!(", {n} {what}"));
    Ok((some.collect(), mistakes))
}
