//! `trucewatch packs`: what is at hand, and whether it holds together.

use std::io::Write;
use std::path::{Path, PathBuf};

use desk::WorldOptions;
use desk::packs::{borders as borders_in, missions as missions_in, problems};
use desk::world::{self, Shelved, at_hand, pack_in};
use trucewatch::pack::{Knowledge, Pack, PackError};

use crate::args::{self, PacksCommand};
use crate::failure::{Exit, Failure};

/// Lists packs, or checks them.
pub(super) fn run(args: &args::Packs, ledger: Option<&Path>, out: &mut dyn Write) -> Result<Exit, Failure> {
    let options = |packs_dir: &Option<PathBuf>| {
        let options = WorldOptions { packs_dir: packs_dir.clone(), ..WorldOptions::default() };
        // Who has no ledger has no own packs either.
        desk::ledger_path(ledger).map_or(options.clone(), |path| options.over(&path))
    };
    match &args.command {
        Some(PacksCommand::Check { path, packs_dir }) => check(path.as_deref(), &options(packs_dir), out),
        None => list(&options(&args.packs_dir), out),
    }
}

fn list(options: &WorldOptions, out: &mut dyn Write) -> Result<Exit, Failure> {
    let all = packs(options)?;
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

fn packs(options: &WorldOptions) -> Result<Vec<Shelved>, Failure> {
    let all = at_hand(options)?;
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

fn check(path: Option<&Path>, options: &WorldOptions, out: &mut dyn Write) -> Result<Exit, Failure> {
    let others = at_hand(options)?;
    let named = path.map(|p| pack_in(p).map(|pack| vec![Shelved { folder: p.to_path_buf(), pack }])).transpose()?;
    let checked = named.as_ref().unwrap_or(&others);
    if checked.is_empty() {
        packs(options)?;
    }
    let mut exit = Exit::Done;
    for shelved in checked {
        let known = others.iter().map(|s| &s.pack).chain([&shelved.pack]);
        let knowledge = Knowledge::new(known.cloned().collect());
        let folder = shelved.folder.display();
        let read = world::files(&shelved.folder).map_err(|e| unread(&shelved.folder, &e))?;
        let mut mistakes = problems(&shelved.pack, &read, &knowledge);
        let (handed, others) = handed(shelved, &knowledge)?;
        mistakes.extend(others);
        for mistake in &mistakes {
            writeln!(out, "{folder}/{}\n  hint: {}", mistake, mistake.hint)?;
        }
        if mistakes.is_empty() {
            writeln!(out, "{folder}: in order ({}{handed})", counts(&shelved.pack))?;
        } else {
            exit = Exit::Error;
        }
    }
    Ok(exit)
}

/// How many missions and borders a pack holds, in words, and what is wrong with them.
fn handed(shelved: &Shelved, knowledge: &Knowledge) -> Result<(String, Vec<PackError>), Failure> {
    let read =
        |folder: &str| world::handed(&shelved.folder, folder).map_err(|e| unread(&shelved.folder.join(folder), &e));
    let (missions, borders) = (read("missions")?, read("borders")?);
    let mut mistakes = missions_in(&missions, &shelved.pack, knowledge);
    mistakes.extend(borders_in(&borders));
    let counts = [(missions.len(), "missions"), (borders.len(), "borders")];
    let some = counts.iter().filter(|(n, _)| *n > 0).map(|(n, what)| format!(", {n} {what}"));
    Ok((some.collect(), mistakes))
}

fn unread(folder: &Path, e: &std::io::Error) -> Failure {
    let hint = "check that its files are texts in UTF-8, and that you may read them";
    Failure::new(format!("{}: cannot be read: {e}", folder.display()), hint)
}
