//! The reports that were named, read in parallel and handed on in order.

use std::io;
use std::path::{Path, PathBuf};

use intake::files::{Named, Shelf, reports};
use intake::{Columns, IntakeError, Limits, Received};
use rayon::prelude::*;

use trucewatch::when::Interval;

use crate::failure::Failure;

/// Documents that are held at a time, whatever the number of threads.
const BATCH: usize = 128;
/// Stack of a reading thread.
const STACK: usize = 16 << 20;
/// What standard input is called.
const STDIN: &str = "standard input";

/// How reports come in.
#[derive(Debug, Clone)]
pub struct Intake {
    /// Whether a line is a report: `{"id", "text", "dct"?}`; else what a file holds is told from it.
    pub lines: bool,
    /// Day or interval of publication of documents that come without one.
    pub date: Option<Interval>,
    /// Bytes of the largest text, page, row or line that is read.
    pub max_bytes: u64,
    /// Other limits, such as `depth=400`.
    pub limits: Vec<String>,
    /// Which column of a table holds what, such as `text=notes,published=event_date`.
    pub columns: Option<String>,
    /// Threads to read with; all cores where none are named.
    pub threads: Option<usize>,
}

impl Default for Intake {
    fn default() -> Intake {
        let (date, limits, columns, threads) = Default::default();
        Intake { lines: false, date, max_bytes: intake::MAX_BYTES, limits, columns, threads }
    }
}

/// Who is told how reading goes on. Nobody, by default.
pub trait Observer: Sync {
    /// Reading begins, of so many reports where that is known.
    fn begins(&self, _count: Option<usize>) {}
    /// One report more is read.
    fn step(&self) {}
    /// Something could not be read and is passed over.
    fn refuses(&self, _failure: Failure) {}
    /// Reading is over.
    fn ends(&self) {}
}

impl Observer for () {}

/// How much of what was named could be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Extent {
    /// All of it.
    All,
    /// Some of it.
    Some,
    /// Nothing.
    Nothing,
}

/// A report that is still to be opened, or a document that came from a stream.
enum Ticket {
    Closed(Named),
    Open(Box<Result<Received, IntakeError>>),
}

type Tickets = Box<dyn Iterator<Item = Ticket>>;

/// All reports that were named.
pub struct Documents {
    shelf: Shelf,
    threads: usize,
    tickets: Tickets,
    count: Option<usize>,
}

impl Documents {
    /// Lists what the paths hold; standard input where there is none.
    ///
    /// # Errors
    /// Where a limit or the columns make no sense.
    pub fn named(paths: &[PathBuf], args: &Intake) -> Result<Documents, Failure> {
        let shelf = shelf(args)?;
        let (tickets, count) = match args.lines {
            true => (lines(paths, &shelf), None),
            false if is_stdin(paths) => (opened(shelf.stream(STDIN, io::stdin())), None),
            false => listed(paths, &shelf),
        };
        Ok(Documents { shelf, threads: args.threads.unwrap_or(0), tickets, count })
    }

    /// Documents that are at hand already.
    #[must_use]
    pub fn held(received: Vec<Received>, threads: Option<usize>) -> Documents {
        let count = received.len();
        let tickets = received.into_iter().map(|one| Ticket::Open(Box::new(Ok(one))));
        let (threads, tickets) = (threads.unwrap_or(0), Box::new(tickets));
        Documents { shelf: Shelf::default(), threads, tickets, count: Some(count) }
    }

    /// Calls `work` for every document on all cores and `then` with the results, in order. What cannot be read is
    /// told and passed over.
    ///
    /// # Errors
    /// Where nothing was named that could be read, there are no threads, or `then` fails.
    pub fn each<T: Send, E: From<Failure>>(
        self,
        observer: &dyn Observer,
        work: impl Fn(Received) -> T + Sync,
        mut then: impl FnMut(T) -> Result<(), E>,
    ) -> Result<Extent, E> {
        let Documents { shelf, threads, mut tickets, count } = self;
        let pool = pool(threads)?;
        let mut tally = Tally::default();
        observer.begins(count);
        loop {
            let batch: Vec<Ticket> = tickets.by_ref().take(BATCH).collect();
            if batch.is_empty() {
                break;
            }
            let one = |ticket: Ticket| {
                let done: Vec<_> = ticket.open(&shelf).into_iter().map(|d| d.map(&work)).collect();
                observer.step();
                done
            };
            let results: Vec<_> = pool.install(|| batch.into_par_iter().map(one).collect());
            for result in results.into_iter().flatten() {
                match result {
                    Ok(value) => {
                        tally.read += 1;
                        then(value)?;
                    }
                    Err(error) => {
                        tally.failed += 1;
                        observer.refuses(error.into());
                    }
                }
            }
        }
        observer.ends();
        Ok(tally.extent()?)
    }
}

/// How many documents were read and how many could not be.
#[derive(Default)]
struct Tally {
    read: usize,
    failed: usize,
}

impl Tally {
    fn extent(&self) -> Result<Extent, Failure> {
        match (self.read, self.failed) {
            (0, 0) => Err(Failure::nothing_to_read(
                "there is nothing to read in what was named",
                "a folder is read for text, pages, feeds, mail, DOCX, PDF, JSONL and web archives; name other files themselves",
            )),
            (0, _) => Ok(Extent::Nothing),
            (_, 0) => Ok(Extent::All),
            _ => Ok(Extent::Some),
        }
    }
}

impl Ticket {
    fn open(self, shelf: &Shelf) -> Vec<Result<Received, IntakeError>> {
        match self {
            Ticket::Closed(named) => shelf.open(&named).collect(),
            Ticket::Open(document) => vec![*document],
        }
    }
}

/// The limits and the columns that were asked for.
///
/// # Errors
/// Where one of them makes no sense.
pub fn shelf(args: &Intake) -> Result<Shelf, Failure> {
    let mut limits = Limits { bytes: args.max_bytes, ..Limits::default() };
    for words in &args.limits {
        limits
            .set(words)
            .map_err(|e| Failure::new(format!("--limit {words}: {e}"), "write it as --limit depth=400"))?;
    }
    let columns = args.columns.as_deref().map(Columns::parse).transpose();
    let wrong = |e| Failure::new(format!("--columns: {e}"), "write it as --columns text=notes,published=event_date");
    Ok(Shelf { limits, date: args.date, columns: columns.map_err(wrong)?.unwrap_or_default() })
}

fn pool(threads: usize) -> Result<rayon::ThreadPool, Failure> {
    let builder = rayon::ThreadPoolBuilder::new().num_threads(threads).stack_size(STACK);
    builder.build().map_err(|e| Failure::new(format!("no threads to read with: {e}"), "try --threads 1"))
}

fn is_stdin(paths: &[PathBuf]) -> bool {
    paths.is_empty() || paths == [Path::new("-")]
}

fn opened(documents: intake::files::Documents) -> Tickets {
    Box::new(documents.map(|document| Ticket::Open(Box::new(document))))
}

/// Files of one document are opened on all cores; those of many are read one after another, as they are asked for.
fn listed(paths: &[PathBuf], shelf: &Shelf) -> (Tickets, Option<usize>) {
    let (mut found, mut wrong) = (Vec::new(), Vec::new());
    for path in paths {
        let (reports, errors) = reports(path);
        found.extend(reports);
        wrong.extend(errors);
    }
    let count = found.iter().all(|n| !n.is_container()).then_some(found.len() + wrong.len());
    let shelf = shelf.clone();
    let tickets = found.into_iter().flat_map(move |named| -> Tickets {
        match named.is_container() {
            true => opened(shelf.open(&named)),
            false => Box::new(std::iter::once(Ticket::Closed(named))),
        }
    });
    let wrong = wrong.into_iter().map(|e| Ticket::Open(Box::new(Err(e))));
    (Box::new(tickets.chain(wrong)), count)
}

fn lines(paths: &[PathBuf], shelf: &Shelf) -> Tickets {
    if is_stdin(paths) {
        return opened(shelf.lines_of(Path::new(STDIN), io::stdin()));
    }
    let shelf = shelf.clone();
    let paths = paths.to_vec();
    Box::new(paths.into_iter().flat_map(move |path| opened(shelf.lines(&path))))
}
