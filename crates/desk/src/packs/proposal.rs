//! A change of the own packs that somebody looks at before it is kept.

use std::collections::{BTreeMap, BTreeSet};

use trucewatch::pack::{Knowledge, Pack, PackError, PackFile};

use super::own::{listed, read};
use super::{Files, OwnPacks, handed, problems};
use crate::failure::Failure;
use crate::world::{WorldOptions, at_hand};

/// Own packs, at most.
const PACKS: usize = 20;
/// Bytes of all own packs together.
const BYTES: usize = 32 << 20;
/// Lines of a file's change that are shown.
const SHOWN: usize = 200;

/// The own packs as they are to be.
#[derive(Debug, Clone)]
pub struct Proposal {
    /// The version on which it was made.
    pub base: Option<u64>,
    /// All packs, by their ids.
    pub packs: BTreeMap<String, Files>,
    /// What is changed, in words.
    pub what: String,
}

/// Something that is wrong in a pack.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// The pack's id.
    pub pack: String,
    /// What is wrong, where, and what to do.
    pub error: PackError,
}

/// How a file would change.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FileChange {
    /// The pack and the file.
    pub file: String,
    /// Lines that would go.
    pub gone: Vec<String>,
    /// Lines that would come.
    pub new: Vec<String>,
    /// Lines that are not shown.
    pub more: usize,
}

/// What a look at a proposal found.
#[derive(Debug)]
pub struct Looked {
    /// What is wrong; a proposal is kept only where nothing is.
    pub findings: Vec<Finding>,
    /// What would change, by file.
    pub changes: Vec<FileChange>,
    /// All packs as they are.
    pub before: Vec<Pack>,
    /// All packs as they would be; none where one cannot be read.
    pub after: Vec<Pack>,
}

impl Proposal {
    /// The own packs as they are, to be changed.
    ///
    /// # Errors
    /// Where they cannot be read.
    pub fn on(own: &OwnPacks, what: &str) -> Result<Proposal, Failure> {
        Ok(Proposal { base: own.current()?, packs: own.packs()?, what: what.to_owned() })
    }

    /// The own packs as they were in an earlier version; none where its number is nought. A pack that came later stays by name, with nothing in it, for
    /// readings name it.
    ///
    /// # Errors
    /// Where there is no such version.
    pub fn back_to(own: &OwnPacks, number: u64) -> Result<Proposal, Failure> {
        let mut proposal = Proposal::on(own, &format!("back to version {number}"))?;
        let then = if number == 0 { BTreeMap::new() } else { own.packs_of(number)? };
        for (id, files) in &mut proposal.packs {
            match then.get(id) {
                Some(old) => *files = old.clone(),
                None => files.retain(|path, _| path == "pack.toml"),
            }
        }
        Ok(proposal)
    }

    /// Looks at it: what is wrong, and what would change.
    ///
    /// # Errors
    /// Where packs at hand, or the own ones as they are, cannot be read.
    pub fn look(&self, own: &OwnPacks, options: &WorldOptions) -> Result<Looked, Failure> {
        let without = WorldOptions { own: None, ..options.clone() };
        let shipped: Vec<Pack> = at_hand(&without)?.into_iter().map(|s| s.pack).collect();
        let now = own.packs()?;
        let changes = changes(&now, &self.packs);
        let before = laid_over(&shipped, now.values().filter_map(|files| read(files).ok()).collect());
        let mut findings = self.unfit(&shipped);
        let mut packs = Vec::new();
        for (id, files) in &self.packs {
            match read(files) {
                Ok(pack) => packs.push(pack),
                Err(error) => findings.push(Finding { pack: id.clone(), error }),
            }
        }
        if packs.len() < self.packs.len() || !findings.is_empty() {
            return Ok(Looked { findings, changes, before, after: Vec::new() });
        }
        let after = laid_over(&shipped, packs);
        findings.extend(self.problems(&after));
        Ok(Looked { findings, changes, before, after })
    }

    /// What is wrong with the packs beside what they hold: their ids and sizes.
    fn unfit(&self, shipped: &[Pack]) -> Vec<Finding> {
        let mut found = Vec::new();
        let mut wrong = |id: &str, message: String, hint: &str| {
            let error = PackError { file: "pack.toml".to_owned(), line: None, message, hint: hint.to_owned() };
            found.push(Finding { pack: id.to_owned(), error });
        };
        for (id, files) in &self.packs {
            if !is_id(id) {
                wrong(
                    id,
                    format!("`{id}` is no id for a pack"),
                    "an id has small letters, digits and hyphens, 40 at most",
                );
            }
            if read(files).is_ok_and(|p| p.manifest.id != *id) {
                wrong(id, format!("the id is not `{id}`"), "a pack keeps its id; another one is another pack");
            }
            if shipped.iter().any(|p| p.manifest.always && p.manifest.id == *id) {
                wrong(id, format!("every reading uses `{id}`, and nothing stands in its place"), "give it another id");
            }
        }
        let bytes: usize = self.packs.values().flat_map(BTreeMap::values).map(String::len).sum();
        if self.packs.len() > PACKS || bytes > BYTES {
            let limit = format!("there are {PACKS} own packs with {} MiB at most", BYTES >> 20);
            wrong("", "these are more packs, or larger ones, than are kept".to_owned(), &limit);
        }
        found
    }

    /// What does not hold together, in own packs and in those that stand on them.
    fn problems(&self, after: &[Pack]) -> Vec<Finding> {
        let knowledge = Knowledge::new(after.to_vec());
        let mut found = Vec::new();
        for pack in after {
            let id = &pack.manifest.id;
            let files = self.packs.get(id).map(listed).unwrap_or_default();
            let mut errors = problems(pack, &files, &knowledge);
            let of = |folder: &str| -> Vec<PackFile> {
                let inside = self.packs.get(id).into_iter().flatten().filter(|(path, _)| path.starts_with(folder));
                inside.map(|(path, content)| PackFile { path: path.clone(), content: content.clone() }).collect()
            };
            errors.extend(handed::missions(&of("missions/"), pack, &knowledge));
            errors.extend(handed::borders(&of("borders/")));
            found.extend(errors.into_iter().map(|error| Finding { pack: id.clone(), error }));
        }
        found
    }
}

/// Packs with own ones in the place of those of the same id.
fn laid_over(shipped: &[Pack], own: Vec<Pack>) -> Vec<Pack> {
    let ids: BTreeSet<&str> = own.iter().map(|p| p.manifest.id.as_str()).collect();
    let others = shipped.iter().filter(|p| !ids.contains(p.manifest.id.as_str())).cloned();
    let mut all: Vec<Pack> = others.collect();
    all.extend(own);
    all.sort_by(|a, b| a.manifest.id.cmp(&b.manifest.id));
    all
}

/// Whether a word may be a pack's id, which is the name of its folder too.
pub(super) fn is_id(id: &str) -> bool {
    let fits = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
    (1..=40).contains(&id.len()) && id.chars().all(fits) && !id.starts_with('-')
}

fn changes(before: &BTreeMap<String, Files>, after: &BTreeMap<String, Files>) -> Vec<FileChange> {
    let paths = |packs: &BTreeMap<String, Files>| -> BTreeSet<(String, String)> {
        packs.iter().flat_map(|(id, files)| files.keys().map(move |path| (id.clone(), path.clone()))).collect()
    };
    let content = |packs: &BTreeMap<String, Files>, (id, path): &(String, String)| -> String {
        packs.get(id).and_then(|files| files.get(path)).cloned().unwrap_or_default()
    };
    let all = paths(before).into_iter().chain(paths(after)).collect::<BTreeSet<_>>();
    let changed = all.into_iter().map(|at| (content(before, &at), content(after, &at), at));
    changed
        .filter(|(old, new, _)| old != new)
        .map(|(old, new, (id, path))| change(format!("{id}/{path}"), &old, &new))
        .collect()
}

/// Lines that only one of two texts has, each as often as it has it more often.
fn change(file: String, old: &str, new: &str) -> FileChange {
    let only = |a: &str, b: &str| -> Vec<String> {
        let mut held: BTreeMap<&str, usize> = BTreeMap::new();
        b.lines().for_each(|l| *held.entry(l).or_default() += 1);
        let is_new = |l: &&str| match held.get_mut(*l) {
            Some(n) if *n > 0 => {
                *n -= 1;
                false
            }
            _ => !l.trim().is_empty(),
        };
        a.lines().filter(is_new).map(str::to_owned).collect()
    };
    let (mut gone, mut new) = (only(old, new), only(new, old));
    let more = gone.len().saturating_sub(SHOWN) + new.len().saturating_sub(SHOWN);
    gone.truncate(SHOWN);
    new.truncate(SHOWN);
    FileChange { file, gone, new, more }
}
