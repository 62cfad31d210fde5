//! A world for tests: the repository's packs, its English model, a fixed day.

#![allow(dead_code, unreachable_pub, clippy::allow_attributes, reason = "each test file uses its own part of it")]

use std::fs;
use std::path::{Path, PathBuf};

use jiff::civil::{Date, date};
use syntax::Model;
use trucewatch::pack::{Knowledge, Pack, PackFile};
use trucewatch::party::Names;
use trucewatch::place::Gazetteer;
use trucewatch::{World, prepare};

/// Some packs with the English model, on 13 March 2031.
pub struct TestWorld {
    model: Model,
    knowledge: Knowledge,
    names: Names,
    gazetteer: Gazetteer,
}

impl TestWorld {
    /// A world of some packs; none, with a printed line, where there is no model, unless `TRUCEWATCH_REQUIRE_MODEL`
    /// is set.
    pub fn open(packs: &[&str]) -> Option<TestWorld> {
        TestWorld::of(packs.iter().map(|p| pack(&root().join("packs").join(p))).collect())
    }

    /// The same with packs that are read already.
    pub fn of(packs: Vec<Pack>) -> Option<TestWorld> {
        let Some(folder) = model() else {
            let required = std::env::var_os("TRUCEWATCH_REQUIRE_MODEL").is_some_and(|v| v == "1");
            assert!(!required, "no English model; `make model` fetches it");
            eprintln!("skipped: no English model (`make model` fetches it)");
            return None;
        };
        let mut model = Model::load(&folder).unwrap();
        prepare(&mut model, &packs);
        let knowledge = Knowledge::new(packs);
        let names = Names::new(&knowledge);
        let gazetteer = Gazetteer::new(&knowledge, None);
        Some(TestWorld { model, knowledge, names, gazetteer })
    }
}

impl World for TestWorld {
    fn today(&self) -> Date {
        date(2031, 3, 13)
    }

    fn model(&self) -> &Model {
        &self.model
    }

    fn knowledge(&self) -> &Knowledge {
        &self.knowledge
    }

    fn names(&self) -> &Names {
        &self.names
    }

    fn gazetteer(&self) -> &Gazetteer {
        &self.gazetteer
    }
}

/// The repository.
pub fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

fn model() -> Option<PathBuf> {
    let named = std::env::var_os("TRUCEWATCH_MODEL").map(PathBuf::from);
    let kept = fs::read_dir(root().join("models")).into_iter().flatten().flatten().map(|e| e.path());
    named.into_iter().chain(kept).filter(|p| p.join("meta.json").is_file()).max()
}

/// The pack in a folder.
pub fn pack(folder: &Path) -> Pack {
    Pack::read(&files(folder)).unwrap()
}

/// The files of a pack.
pub fn files(folder: &Path) -> Vec<PackFile> {
    let mut files = Vec::new();
    for (inside, prefix) in [(folder.to_path_buf(), ""), (folder.join("agreements"), "agreements/")] {
        let entries = fs::read_dir(inside).into_iter().flatten().flatten().map(|e| e.path());
        for path in entries.filter(|p| p.is_file()) {
            let name = path.file_name().unwrap().to_string_lossy().into_owned();
            files.push(PackFile { path: format!("{prefix}{name}"), content: fs::read_to_string(&path).unwrap() });
        }
    }
    files.sort_by(|a, b| a.path.cmp(&b.path));
    files
}
