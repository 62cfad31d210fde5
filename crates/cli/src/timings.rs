//! Where the time goes, for `read --timings`: the English pipeline stage by stage, and all that follows it.

use std::io::{self, Write};
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

use desk::{Failure, Read, SystemWorld};
use trucewatch::document::{Document, ParagraphKind};

/// Times over all documents, in seconds of one thread.
pub(crate) struct Timings {
    start_up: Duration,
    sums: Mutex<Sums>,
}

#[derive(Default)]
struct Sums {
    documents: usize,
    words: usize,
    stages: Vec<(&'static str, Duration)>,
    parse: Duration,
    read: Duration,
}

impl Timings {
    /// Begins to count, once the world is open.
    pub(crate) fn new(start_up: Duration) -> Timings {
        Timings { start_up, sums: Mutex::default() }
    }

    /// Reads a document, and parses it once more to see how much of the time that is.
    pub(crate) fn read(&self, world: &SystemWorld, received: intake::Received) -> Result<Read, Failure> {
        let begun = Instant::now();
        let read = world.read(received)?;
        let spent = begun.elapsed();
        self.add(world, &read, spent);
        Ok(read)
    }

    fn add(&self, world: &SystemWorld, read: &Read, spent: Duration) {
        let document: &Document = &read.received.document;
        let paragraphs = document.paragraphs().iter().filter(|p| p.kind != ParagraphKind::Furniture);
        let texts: Vec<&str> = paragraphs.map(|p| document.slice(p.span)).collect();
        let begun = Instant::now();
        let (_, times) = world.model().parse_timed(&texts);
        let parse = begun.elapsed();
        let mut sums = self.sums.lock().unwrap_or_else(PoisonError::into_inner);
        sums.documents += 1;
        sums.words += document.text().split_whitespace().count();
        sums.parse += parse;
        sums.read += spent;
        for (i, (name, time)) in times.stages().enumerate() {
            match sums.stages.get_mut(i) {
                Some((_, sum)) => *sum += time,
                None => sums.stages.push((name, time)),
            }
        }
    }

    /// Tells what was counted.
    pub(crate) fn tell(&self) -> io::Result<()> {
        let sums = self.sums.lock().unwrap_or_else(PoisonError::into_inner);
        let all = sums.read.as_secs_f64().max(f64::MIN_POSITIVE);
        let share = |time: Duration| 100.0 * time.as_secs_f64() / all;
        let mut err = io::stderr().lock();
        let Sums { documents, words, .. } = &*sums;
        let rate = sums.words as f64 / all;
        writeln!(err, "start-up {:.3} s", self.start_up.as_secs_f64())?;
        writeln!(err, "{documents} documents, {words} words in {all:.3} s of one thread, {rate:.0} words/s")?;
        for (name, time) in &sums.stages {
            writeln!(err, "  {name:<18} {:>7.3} s {:>5.1} %", time.as_secs_f64(), share(*time))?;
        }
        let rest = sums.read.saturating_sub(sums.parse);
        writeln!(err, "  {:<18} {:>7.3} s {:>5.1} %", "parse to claims", rest.as_secs_f64(), share(rest))
    }
}
