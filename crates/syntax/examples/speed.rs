//! Measures words per second over a folder of texts, on one thread, and where the time goes.
//!
//! `cargo run --release -p syntax --example speed -- MODEL_FOLDER TEXT_FOLDER [PASSES]`
//!
//! Texts are the `.txt` files under the folder, cut into paragraphs at blank lines. The first pass starts with nothing
//! remembered; later passes see the same text again.

#![expect(clippy::print_stdout, reason = "printing is what the program does")]

use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use syntax::{Model, StageTimes};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let args: Vec<String> = std::env::args().collect();
    let [_, model, folder, rest @ ..] = args.as_slice() else {
        return Err("usage: speed MODEL_FOLDER TEXT_FOLDER [PASSES]".into());
    };
    let passes: usize = rest.first().map_or(Ok(3), |p| p.parse())?;
    let start = Instant::now();
    let model = Model::load(Path::new(model))?;
    println!("{} {} loaded in {:.0} ms{}", model.name(), model.version(), millis(start.elapsed()), peak());

    let files = texts(Path::new(folder))?;
    let paragraphs: Vec<Vec<&str>> = files.iter().map(|f| paragraphs(f)).collect();
    let words: usize = files.iter().map(|f| f.split_whitespace().count()).sum();
    println!("{} files, {} paragraphs, {words} words", files.len(), paragraphs.iter().map(Vec::len).sum::<usize>());
    for pass in 1..=passes {
        report(pass, words, run(&model, &paragraphs));
    }
    println!("after all passes{}", peak());
    Ok(())
}

/// Parses file by file; gives the number of tokens, the time, and the time of each stage.
fn run(model: &Model, files: &[Vec<&str>]) -> (usize, Duration, StageTimes) {
    let (start, mut tokens, mut sum) = (Instant::now(), 0, StageTimes::default());
    for file in files {
        let (parses, times) = model.parse_timed(file);
        tokens += parses.iter().map(syntax::Parse::len).sum::<usize>();
        sum += times;
    }
    (tokens, start.elapsed(), sum)
}

fn report(pass: usize, words: usize, (tokens, time, times): (usize, Duration, StageTimes)) {
    let rate = words as f64 / time.as_secs_f64();
    println!("pass {pass}: {:.0} ms, {rate:.0} words/s, {tokens} tokens; microseconds a token:", millis(time));
    for (stage, time) in times.stages() {
        println!("  {stage:17} {:6.2}", time.as_secs_f64() * 1e6 / tokens as f64);
    }
}

fn millis(time: Duration) -> f64 {
    time.as_secs_f64() * 1e3
}

fn texts(folder: &Path) -> std::io::Result<Vec<String>> {
    let mut entries: Vec<PathBuf> =
        std::fs::read_dir(folder)?.map(|e| Ok(e?.path())).collect::<std::io::Result<_>>()?;
    entries.sort();
    let mut found = Vec::new();
    for path in entries {
        if path.is_dir() {
            found.extend(texts(&path)?);
        } else if path.extension().is_some_and(|e| e == "txt") {
            found.push(std::fs::read_to_string(&path)?);
        }
    }
    Ok(found)
}

fn paragraphs(text: &str) -> Vec<&str> {
    text.split("\n\n").map(str::trim).filter(|p| !p.is_empty()).collect()
}

/// Peak memory, where the system tells.
fn peak() -> String {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let kilobytes =
        status.lines().find_map(|l| l.strip_prefix("VmHWM:")?.trim().strip_suffix(" kB")?.trim().parse().ok());
    kilobytes.map_or(String::new(), |kb: f64| format!(", peak memory {:.0} MB", kb / 1024.0))
}
