//! The examples inside agreements' files, run as tests over every pack in `packs/`.

#![expect(clippy::unwrap_used, reason = "a test")]

use std::fs;
use std::path::{Path, PathBuf};

use trucewatch::finding::{Case, scope};
use trucewatch::pack::{Agreement, Example, Knowledge, Pack, PackFile, Term};

#[test]
fn examples_get_the_answer_that_they_state() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../packs");
    let Ok(entries) = fs::read_dir(&folder) else {
        return skip("there is no folder packs/");
    };
    let mut folders: Vec<PathBuf> =
        entries.map(|e| e.unwrap().path()).filter(|p| p.join("pack.toml").exists()).collect();
    folders.sort();
    let knowledge = Knowledge::new(folders.iter().map(|f| pack(f)).collect());
    let mut wrong = Vec::new();
    let mut run = 0;
    for agreement in knowledge.agreements() {
        for (term, example) in agreement.terms.iter().flat_map(|t| t.examples.iter().map(move |e| (t, e))) {
            run += 1;
            wrong.extend(differs(agreement, term, example, &knowledge));
        }
    }
    assert!(wrong.is_empty(), "{} of {run} examples differ:\n{}", wrong.len(), wrong.join("\n"));
}

#[expect(clippy::print_stderr, reason = "a skipped test says so")]
fn skip(why: &str) {
    eprintln!("skipped: {why}");
}

fn differs(agreement: &Agreement, term: &Term, example: &Example, knowledge: &Knowledge) -> Option<String> {
    let case = Case::of_example(example, knowledge).unwrap();
    let answer = scope(&case, agreement, term, knowledge);
    let told = format!("{} {}: {example:?} gets {answer:?}", agreement.id, term.number);
    (answer.as_str() != example.answer).then_some(told)
}

fn pack(folder: &Path) -> Pack {
    let mut files = Vec::new();
    for inner in [folder.to_path_buf(), folder.join("agreements")] {
        for path in fs::read_dir(inner).into_iter().flatten().map(|e| e.unwrap().path()).filter(|p| p.is_file()) {
            let relative = path.strip_prefix(folder).unwrap().to_string_lossy().replace('\\', "/");
            files.extend(fs::read_to_string(&path).ok().map(|content| PackFile { path: relative, content }));
        }
    }
    files.sort_by(|a, b| a.path.cmp(&b.path));
    Pack::read(&files).unwrap()
}
