//! `trucewatch field`: reports of observers, by command and from tables.

use std::fs;
use std::io::{Read, Write};
use std::path::Path;

use desk::WorldOptions;
use desk::decide::flat;
use desk::field::{FieldDesk, keep, kind, of_mission};
use ledger::{Added, Ledger};
use mission::field::row::{self, Row, Wrong};
use mission::field::sector::Sector;
use mission::field::tell::tell;
use mission::field::{Report, sheet, xlsform};
use mission::{Mandate, Viewer};
use serde_json::{Value, json};

use crate::args::books::AsOf;
use crate::args::field::{Field, FieldCommand, How, ListFormat};
use crate::failure::{Exit, Failure};

const HINT: &str = "`trucewatch field form --as csv` lists the fields";

/// Does what was asked of field reports.
pub(super) fn run(args: Field, named: Option<&Path>, out: &mut dyn Write) -> Result<Exit, Failure> {
    let Field { command, mission, packs_dir } = args;
    let path = desk::ledger_path(named)?;
    let options = WorldOptions { packs_dir, ..WorldOptions::default() }.over(&path);
    let desk = || FieldDesk::open(&Ledger::open(&path)?, mission.as_deref(), &options);
    match command {
        FieldCommand::Add { values, how } => add(&path, &desk()?, &values, &how, out),
        FieldCommand::Import { file, how } => import(&path, &desk()?, &file, &how, out),
        FieldCommand::Form { out: file, .. } => form(&desk()?.mandate, file.as_deref(), out),
        FieldCommand::List { format, viewer, as_of } => list(&path, &desk()?.mandate, format, (&viewer.0, as_of), out),
    }
}

fn add(path: &Path, desk: &FieldDesk, values: &[String], how: &How, out: &mut dyn Write) -> Result<Exit, Failure> {
    let mut row = Row::new();
    for value in values {
        let (field, value) =
            value.split_once('=').ok_or_else(|| Failure::new(format!("`{value}` is no FIELD=VALUE"), HINT))?;
        if row.insert(field.to_owned(), value.to_owned()).is_some() {
            return Err(Failure::new(format!("{field}: is given twice"), HINT));
        }
    }
    let strays = row::strays(&row);
    let read = if strays.is_empty() { row::read(&row, &desk.mandate) } else { Err(strays) };
    let report = read.map_err(|wrong| Failure::new(together(&wrong), HINT))?;
    kept(path, desk, vec![report], how, out)
}

fn together(wrong: &[Wrong]) -> String {
    wrong.iter().map(ToString::to_string).collect::<Vec<_>>().join("; ")
}

fn import(path: &Path, desk: &FieldDesk, file: &Path, how: &How, out: &mut dyn Write) -> Result<Exit, Failure> {
    let name = file.display();
    let rows = sheet::rows(&bytes(file)?);
    let rows = rows.map_err(|e| Failure::new(format!("{name}: {e}"), "give an export as CSV or XLSX"))?;
    let (mut reports, mut wrong) = (Vec::new(), 0);
    for (number, row) in &rows {
        match row::read(row, &desk.mandate) {
            Ok(report) => reports.push(report),
            Err(problems) => {
                wrong += 1;
                for problem in problems {
                    Failure::new(problem.to_string(), HINT).at(format!("{name}: row {number}")).report();
                }
            }
        }
    }
    let (all, good) = (rows.len(), reports.len());
    if good > 0 {
        kept(path, desk, reports, how, out)?;
    }
    writeln!(out, "{good} of {all} rows taken")?;
    Ok(match (good, wrong) {
        (0, 0) => return Err(Failure::nothing_to_read(format!("{name}: has no rows"), HINT)),
        (0, _) => Exit::Error,
        (_, 0) => Exit::Done,
        _ => Exit::Partly,
    })
}

fn bytes(file: &Path) -> Result<Vec<u8>, Failure> {
    if file == Path::new("-") {
        let mut all = Vec::new();
        std::io::stdin().read_to_end(&mut all)?;
        return Ok(all);
    }
    let hint = "check that it is there and that you may read it";
    fs::read(file).map_err(|e| Failure::new(format!("{}: cannot be read: {e}", file.display()), hint))
}

/// Keeps reports, or tells how they would be told.
fn kept(
    path: &Path,
    desk: &FieldDesk,
    mut reports: Vec<Report>,
    how: &How,
    out: &mut dyn Write,
) -> Result<Exit, Failure> {
    reports.iter_mut().try_for_each(|r| hashed(r, how.media.as_deref()))?;
    if how.dry_run {
        for report in &reports {
            writeln!(out, "{}\n", tell(report, &desk.mandate, desk).document.text())?;
        }
        return Ok(Exit::Done);
    }
    let mut ledger = Ledger::open_to_write(path)?;
    let added = keep(&mut ledger, desk, &reports, &how.by)?;
    for (report, added) in reports.iter().zip(added) {
        let number = flat(&report.number);
        match added {
            Added::New(entry) => writeln!(out, "report {number}  {}  entry {}", kind(report), entry + 2)?,
            Added::Known(_) => writeln!(out, "report {number}  {}  there already", kind(report))?,
        }
    }
    Ok(Exit::Done)
}

/// Notes the hashes of a report's attachments.
fn hashed(report: &mut Report, media: Option<&Path>) -> Result<(), Failure> {
    let Some(folder) = media else { return Ok(()) };
    for attachment in &mut report.attachments {
        let is_plain = Path::new(&attachment.name).components().count() == 1;
        let file = folder.join(&attachment.name);
        if !is_plain || !file.is_file() {
            let hint = "give the folder that holds the files that the reports name";
            return Err(Failure::new(format!("{}: is no file there", file.display()), hint));
        }
        let content = bytes(&file)?;
        attachment.sha256 = Some(mission::sha256(&content));
        attachment.bytes = u64::try_from(content.len()).ok();
    }
    Ok(())
}

fn form(mandate: &Mandate, file: Option<&Path>, out: &mut dyn Write) -> Result<Exit, Failure> {
    let Some(file) = file else {
        for (name, rows) in xlsform::sheets(mandate) {
            writeln!(out, "# {name}")?;
            for row in rows {
                let cells: Vec<String> = row.iter().map(|c| quoted(c)).collect();
                writeln!(out, "{}", cells.join(","))?;
            }
        }
        return Ok(Exit::Done);
    };
    let bytes = xlsform::xlsx(mandate).map_err(|e| Failure::new(format!("the form: {e}"), "name another file"))?;
    let hint = "name a file that is not there yet";
    let written = fs::File::create_new(file).and_then(|mut f| f.write_all(&bytes));
    written.map_err(|e| Failure::new(format!("{}: cannot be written: {e}", file.display()), hint))?;
    writeln!(out, "{}", file.display())?;
    Ok(Exit::Done)
}

fn quoted(cell: &str) -> String {
    if cell.contains([',', '"']) { format!("\"{}\"", cell.replace('"', "\"\"")) } else { cell.to_owned() }
}

fn list(
    path: &Path,
    mandate: &Mandate,
    format: ListFormat,
    (viewer, as_of): (&Viewer, AsOf),
    out: &mut dyn Write,
) -> Result<Exit, Failure> {
    let ledger = Ledger::open(path)?;
    let moment = ledger.moment(as_of.as_of)?;
    let (_, mission) = desk::mission::chosen(desk::mission::book(&ledger, moment)?, Some(&mandate.id))?;
    let mut reports = of_mission(&ledger.field_reports(moment)?, &mandate.id);
    reports.retain(|(_, document, _)| mission.sight(viewer).report(document));
    match format {
        ListFormat::Text => {
            for (entry, document, report) in &reports {
                let at = report.local(report.from).strftime("%Y-%m-%d %H:%M").to_string();
                let who = flat(&report.observer);
                let id = document.get(..12).unwrap_or(document);
                writeln!(out, "{at}  {}  {who}  {}  entry {entry}, document {id}", flat(&report.number), kind(report))?;
            }
            if reports.is_empty() {
                writeln!(out, "no reports")?;
            }
        }
        ListFormat::Json => {
            let one = |(entry, document, report): &(u64, String, Report)| json!({"entry": entry, "document": document, "report": report, "sector": Sector::of(report).map(|s| s.geojson())});
            writeln!(out, "{:#}", json!({"items": reports.iter().map(one).collect::<Vec<_>>()}))?;
        }
        ListFormat::Geojson => {
            let features: Vec<Value> =
                reports.iter().filter_map(|(entry, _, report)| feature(*entry, report)).collect();
            writeln!(out, "{:#}", json!({"type": "FeatureCollection", "features": features}))?;
        }
    }
    Ok(Exit::Done)
}

/// Where a report's thing was; where its observers were, if that is all that is known.
fn feature(entry: u64, report: &Report) -> Option<Value> {
    let point = || report.position.point.map(|[lat, lon]| json!({"type": "Point", "coordinates": [lon, lat]}));
    let shape = Sector::of(report).map(|s| s.geojson());
    let what = if shape.is_some() { "sector" } else { "position" };
    let properties = json!({
        "entry": entry,
        "number": report.number,
        "observer": report.observer,
        "kind": kind(report),
        "from": report.from,
        "until": report.until,
        "shape": what,
        "thing": report.observation().map(|o| o.thing.clone()),
    });
    Some(json!({"type": "Feature", "properties": properties, "geometry": shape.or_else(point)?}))
}
