//! What lies on the table: claims and their documents, from wherever they come, with the packs that they call for.

use std::collections::BTreeSet;
use std::fs::{self, File};
use std::io::BufReader;
use std::path::{Path, PathBuf};

use desk::{Asked, Evidence, world};
use jiff::civil::Date;
use publish::v1;
use trucewatch::finding::{self, Finding};
use trucewatch::incident::{Incident, Record, Source};
use trucewatch::pack::Knowledge;

use crate::args::judge::{AsOf, Over};
use crate::failure::{Exit, Failure};
use crate::progress::Progress;

/// Claims and documents with the packs that they call for.
pub(super) struct Table {
    evidence: Evidence,
    /// The day at which things are looked at: as asked, else the last one on which a document was published.
    pub(super) today: Option<Date>,
    /// How the program ends, where all else goes well.
    pub(super) exit: Exit,
}

impl Table {
    /// Lays out what was named: reports, ready claims or the ledger.
    pub(super) fn lay(over: &Over, ledger: Option<&Path>) -> Result<Table, Failure> {
        let mut evidence = if over.claims.is_empty() { gathered(over, ledger)? } else { from_claims(over)? };
        let asked = over.as_of.map(AsOf::day);
        asked.into_iter().for_each(|day| forget_after(&mut evidence, day));
        let published = || evidence.sources.iter().filter_map(|s| s.published?.last_day()).max();
        let (today, exit) = (asked.or_else(published), evidence.extent.into());
        Ok(Table { evidence, today, exit })
    }

    /// What lies on it.
    pub(super) fn evidence(&self) -> &Evidence {
        &self.evidence
    }

    /// What is known beyond the documents.
    pub(super) fn knowledge(&self) -> &Knowledge {
        &self.evidence.knowledge
    }

    /// The claims and documents side by side.
    pub(super) fn record(&self) -> Record<'_> {
        self.evidence.record()
    }

    /// The incidents, by day.
    pub(super) fn incidents(&self, record: &Record<'_>) -> Vec<Incident> {
        self.evidence.incidents(record)
    }

    /// The findings on some incidents, in their order.
    pub(super) fn findings(&self, record: &Record<'_>, incidents: &[Incident]) -> Vec<Finding> {
        finding::check(record, incidents, self.today)
    }
}

/// Reports that are read, or what the ledger knew. Of reports, [`forget_after`] leaves those that there were by then.
fn gathered(over: &Over, ledger: Option<&Path>) -> Result<Evidence, Failure> {
    let Over { paths, claims: _, as_of, intake, world } = over;
    let as_of = as_of.filter(|_| paths.is_empty()).map(|AsOf(time)| time);
    let (intake, world, observer) = (&intake.options(), &world.options(), &Progress::new());
    Ok(Evidence::gather(&Asked { paths, intake, world, ledger, from: None, to: None, as_of, observer })?)
}

/// Takes away what was published after a day.
fn forget_after(evidence: &mut Evidence, day: Date) {
    let late = |s: &Source| s.published.and_then(|p| p.first_day()).is_some_and(|first| first > day);
    evidence.sources.retain(|s| !late(s));
    let there: BTreeSet<&str> = evidence.sources.iter().map(|s| s.id.as_str()).collect();
    evidence.claims.retain(|c| there.contains(c.document.as_str()));
}

fn from_claims(over: &Over) -> Result<Evidence, Failure> {
    let (mut coded, mut claims, mut sources) = (Vec::new(), Vec::new(), Vec::<Source>::new());
    for named in &over.claims {
        if named.is_dir() {
            coded.extend(coded_in(named)?);
        } else {
            let lines = File::open(named).map_err(|e| wrong(named, e.to_string()))?;
            let read = exports::read_jsonl(BufReader::new(lines)).map_err(|e| wrong(named, e.to_string()))?;
            claims.extend(read.claims);
            sources.extend(read.sources);
        }
    }
    if coded.is_empty() && sources.is_empty() {
        let hint = "each document `name.txt` has its claims in `name.json` beside it";
        return Err(Failure::nothing_to_read("no document with claims is in what was named", hint));
    }
    let texts = coded.iter().map(|(_, text, _)| text.as_str()).chain(sources.iter().map(|s| &*s.text));
    let knowledge = world::called_for(&over.world.options(), texts)?;
    // What `publish jsonl` wrote says already which document is a copy of which.
    let has_coded = !coded.is_empty();
    for (path, text, wire) in coded {
        let stem = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
        let one = v1::Coded::new(&stem, &text, wire, &knowledge).map_err(|e| wrong(&path, e.to_string()))?;
        claims.extend(one.claims);
        sources.push(one.source);
    }
    if has_coded {
        intake::copies::mark(&mut sources);
    }
    Ok(Evidence::ready(claims, sources, knowledge))
}

/// Documents with claims beside them in a folder and its subfolders, by path.
fn coded_in(folder: &Path) -> Result<Vec<(PathBuf, String, v1::Document)>, Failure> {
    let entries = fs::read_dir(folder).map_err(|e| wrong(folder, e.to_string()))?;
    let mut paths: Vec<PathBuf> = entries.flatten().map(|e| e.path()).collect();
    paths.sort();
    let mut found = Vec::new();
    for path in paths {
        let claims = path.with_extension("json");
        if path.is_dir() {
            found.extend(coded_in(&path)?);
        } else if path.extension().is_some_and(|e| e == "txt") && claims.is_file() {
            let text = fs::read_to_string(&path).map_err(|e| wrong(&path, e.to_string()))?;
            let json = fs::read_to_string(&claims).map_err(|e| wrong(&claims, e.to_string()))?;
            let wire = serde_json::from_str(&json).map_err(|e| wrong(&claims, e.to_string()))?;
            found.push((path, text, wire));
        }
    }
    Ok(found)
}

fn wrong(path: &Path, why: String) -> Failure {
    Failure::new(
        format!("{}: {why}", path.display()),
        "claims are written as `trucewatch read --format json` or `publish jsonl` writes them",
    )
}
