//! `trucewatch publish`: what was judged, in a form that others can open.

use std::io::Write;
use std::path::Path;

use exports::{About, Format, Matter};
use ledger::{Ledger, written};
use tempfile::NamedTempFile;
use trucewatch::brief::Period;

use super::filter;
use super::incidents::many;
use super::table::Table;
use crate::args::judge::{AsOf, Filter};
use crate::args::publish::Publish;
use crate::failure::{Exit, Failure, note};

/// Gathers, filters and writes.
pub(super) fn run(args: &Publish, ledger: Option<&Path>, out: &mut dyn Write) -> Result<Exit, Failure> {
    let target = Target::of(args)?;
    let table = Table::lay(&args.over, ledger)?;
    let record = table.record();
    let (incidents, findings) = filter::judged(&args.filter, &table, &record)?;
    let from_files = !args.over.paths.is_empty() || !args.over.claims.is_empty();
    let ledger = if from_files { None } else { Some(Ledger::open(&desk::ledger_path(ledger)?)?) };
    let about = about(args, &table, ledger.as_ref())?;
    let mut matter =
        Matter::new(&record, incidents.iter().collect(), findings.iter().collect(), &table.evidence().marks, about);
    matter.period = days(&args.filter, table.evidence().period);
    matter.ledger = ledger.as_ref();
    let bytes = args.format.write(&matter).map_err(unwritten)?;
    let counts = format!("{}, {}", many(incidents.len(), "incident"), matter.about.review);
    target.put(&bytes, &counts, out)?;
    Ok(table.exit)
}

fn unwritten(error: exports::ExportError) -> Failure {
    let hint = match error {
        exports::ExportError::NoLedger(_) => "leave the files out to write what the ledger holds",
        _ => "check that the folder for temporary files may be written to",
    };
    Failure::new(error.to_string(), hint)
}

/// The days to cover: as asked, else those of the record.
fn days(filter: &Filter, period: Option<Period>) -> Option<Period> {
    let (from, to) = (filter.from.or(period.map(|p| p.from))?, filter.to.or(period.map(|p| p.to))?);
    Some(Period { from, to })
}

/// What is said inside the file.
fn about(args: &Publish, table: &Table, ledger: Option<&Ledger>) -> Result<About, Failure> {
    let mut about = About { filter: asked(args), ..About::with(table.knowledge()) };
    about.days = days(&args.filter, table.evidence().period).map(|p| (p.from.to_string(), p.to.to_string()));
    about.cut_off = table.today.map(|day| day.to_string());
    if let Some(ledger) = ledger {
        let moment = ledger.moment(args.over.as_of.map(|AsOf(time)| time))?;
        let last = moment.0.checked_sub(1).map(|last| ledger.header(last)).transpose()?;
        about.cut_off = last.map(|header| written(header.at));
        about.entries = Some(moment.0);
    }
    Ok(about)
}

/// The filter as it was typed.
fn asked(args: &Publish) -> Vec<(String, String)> {
    let Filter { from, to, place, party, kind, standing, term } = args.filter.clone();
    let as_of = args.over.as_of.map(|AsOf(time)| time.to_string());
    let day = |d: Option<jiff::civil::Date>| d.map(|d| d.to_string());
    let all = [
        ("from", day(from)),
        ("to", day(to)),
        ("place", place),
        ("party", party),
        ("type", kind),
        ("standing", standing),
        ("term", term),
        ("as_of", as_of),
    ];
    all.into_iter().filter_map(|(name, value)| Some((name.to_owned(), value?))).collect()
}

/// Where it goes.
enum Target<'a> {
    Out,
    File { path: &'a Path, force: bool },
}

impl<'a> Target<'a> {
    fn of(args: &'a Publish) -> Result<Target<'a>, Failure> {
        let path = args.out.as_deref().filter(|p| *p != Path::new("-"));
        match path {
            None if args.format.is_text() => Ok(Target::Out),
            None => Err(no_text(args.format)),
            Some(path) if path.exists() && !args.force => Err(there(path)),
            Some(path) => Ok(Target::File { path, force: args.force }),
        }
    }

    /// Writes all of it or, where that fails, nothing: first beside the file, then in its place.
    fn put(&self, bytes: &[u8], counts: &str, out: &mut dyn Write) -> Result<(), Failure> {
        let Target::File { path, force } = *self else { return Ok(out.write_all(bytes)?) };
        let unwritten = |e: std::io::Error| {
            Failure::new(format!("{}: cannot be written: {e}", path.display()), "check that you may write there")
        };
        let folder = path.parent().filter(|p| !p.as_os_str().is_empty()).unwrap_or(Path::new("."));
        let mut file = NamedTempFile::new_in(folder).map_err(unwritten)?;
        file.write_all(bytes).and_then(|()| file.as_file().sync_all()).map_err(unwritten)?;
        let put = if force { file.persist(path) } else { file.persist_noclobber(path) };
        put.map_err(|e| {
            if e.error.kind() == std::io::ErrorKind::AlreadyExists { there(path) } else { unwritten(e.error) }
        })?;
        note(&format!("{}: {counts}, {} bytes", path.display(), bytes.len()));
        Ok(())
    }
}

fn no_text(format: Format) -> Failure {
    let message = format!("`{}` is no text, and is not printed", format.as_str());
    Failure::new(message, format!("name a file, such as --out {}", format.file_name()))
}

fn there(path: &Path) -> Failure {
    Failure::new(format!("{}: is there already", path.display()), "--force writes over it")
}
