//! The reports that were named, read in parallel and handed on in order.

use std::io;
use std::path::{Path, PathBuf};

use intake::files::{Named, Shelf, reports};
use intake::{IntakeError, Received};
use rayon::prelude::*;

use crate::args::{Input, Intake};
use crate::failure::{Exit, Failure};
use crate::progress::Progress;

/// Documents that are held at a time, whatever the number of threads.
const BATCH: usize = 128;
/// Stack of a reading thread.
const STACK: usize = 16 << 20;

/// A report that is still to be opened, or a document that came from a stream.
enum Ticket {
    Closed(Named),
    Open(Box<Result<Received, IntakeError>>),
}

type Tickets = Box<dyn Iterator<Item = Ticket>>;

/// All reports that were named.
pub(crate) struct Documents {
    shelf: Shelf,
    threads: usize,
    tickets: Tickets,
    count: Option<usize>,
}

impl Documents {
    /// Lists what the paths hold; standard input where there is none.
    pub(crate) fn named(paths: &[PathBuf], args: &Intake) -> Result<Documents, Failure> {
        let shelf = Shelf { max_bytes: args.max_bytes, date: args.date };
        let (tickets, count) = match args.input {
            Input::Txt if is_stdin(paths) => (stdin_report(shelf), Some(1)),
            Input::Txt => listed(paths),
            Input::Jsonl => (lines(paths, shelf)?, None),
        };
        Ok(Documents { shelf, threads: args.threads.unwrap_or(0), tickets, count })
    }

    /// Calls `work` for every document on all cores and `then` with the results, in order. What cannot be read is
    /// told and passed over; the exit code says so.
    pub(crate) fn each<T: Send>(
        self,
        work: impl Fn(Received) -> T + Sync,
        mut then: impl FnMut(T) -> Result<(), Failure>,
    ) -> Result<Exit, Failure> {
        let Documents { shelf, threads, mut tickets, count } = self;
        let pool = pool(threads)?;
        let mut tally = Tally::default();
        let progress = Progress::new(count);
        loop {
            let batch: Vec<Ticket> = tickets.by_ref().take(BATCH).collect();
            if batch.is_empty() {
                break;
            }
            let one = |ticket: Ticket| {
                let done = ticket.open(shelf).map(&work);
                progress.step();
                done
            };
            let results: Vec<_> = pool.install(|| batch.into_par_iter().map(one).collect());
            for result in results {
                match result {
                    Ok(value) => {
                        tally.read += 1;
                        progress.aside(|| then(value))?;
                    }
                    Err(error) => {
                        tally.failed += 1;
                        progress.aside(|| Failure::from(error).report());
                    }
                }
            }
        }
        progress.finish();
        tally.exit()
    }
}

/// How many documents were read and how many could not be.
#[derive(Default)]
struct Tally {
    read: usize,
    failed: usize,
}

impl Tally {
    fn exit(&self) -> Result<Exit, Failure> {
        match (self.read, self.failed) {
            (0, 0) => Err(Failure::nothing_to_read(
                "there is nothing to read in what was named",
                "a folder is read for its .txt files; name files of other endings themselves",
            )),
            (0, _) => Ok(Exit::Error),
            (_, 0) => Ok(Exit::Done),
            _ => Ok(Exit::Partly),
        }
    }
}

impl Ticket {
    fn open(self, shelf: Shelf) -> Result<Received, IntakeError> {
        match self {
            Ticket::Closed(named) => shelf.report(&named),
            Ticket::Open(document) => *document,
        }
    }
}

fn pool(threads: usize) -> Result<rayon::ThreadPool, Failure> {
    let builder = rayon::ThreadPoolBuilder::new().num_threads(threads).stack_size(STACK);
    builder.build().map_err(|e| Failure::new(format!("no threads to read with: {e}"), "try --threads 1"))
}

fn is_stdin(paths: &[PathBuf]) -> bool {
    paths.is_empty() || paths == [Path::new("-")]
}

fn stdin_report(shelf: Shelf) -> Tickets {
    let read = move || Ticket::Open(Box::new(shelf.stream("standard input", io::stdin().lock())));
    Box::new(std::iter::once_with(read))
}

fn listed(paths: &[PathBuf]) -> (Tickets, Option<usize>) {
    let mut tickets = Vec::new();
    for path in paths {
        let (found, wrong) = reports(path);
        tickets.extend(found.into_iter().map(Ticket::Closed));
        tickets.extend(wrong.into_iter().map(|e| Ticket::Open(Box::new(Err(e)))));
    }
    let count = tickets.len();
    (Box::new(tickets.into_iter()), Some(count))
}

fn lines(paths: &[PathBuf], shelf: Shelf) -> Result<Tickets, Failure> {
    let open = |document| Ticket::Open(Box::new(document));
    if is_stdin(paths) {
        let stdin = io::BufReader::new(io::stdin());
        return Ok(Box::new(shelf.lines_of(Path::new("standard input"), stdin).map(open)));
    }
    let files: Result<Vec<_>, _> = paths.iter().map(|path| shelf.lines(path)).collect();
    Ok(Box::new(files?.into_iter().flatten().map(open)))
}
