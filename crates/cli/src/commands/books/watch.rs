//! `trucewatch watch`: feeds are followed, and what they bring is read and kept.

use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::time::Duration;

use desk::SystemWorld;
use desk::documents::shelf;
use desk::keep::{Keeper, one};
use intake::watch::{Manner, State, Trouble, Watch, feeds};
use jiff::Timestamp;
use ledger::Ledger;

use super::add::tell;
use super::check::text;
use crate::args::books;
use crate::failure::{Exit, Failure};

/// Visits feed after feed as each is due; with `--once`, each that is due now.
pub(super) fn run(args: &books::Watch, path: &Path, out: &mut dyn Write) -> Result<Exit, Failure> {
    let listed = feeds(&text(&args.list)?).map_err(|e| {
        Failure::new(format!("{}: {e}", args.list.display()), "a line is an address, or a [[feed]] with its url")
    })?;
    let mut ledger = Ledger::open_or_make(path)?;
    let world = SystemWorld::open(&args.world.options())?;
    let remembered = beside(path);
    let manner =
        Manner { limits: shelf(&args.intake.options())?.limits, allow_local: args.allow_local, ..Manner::default() };
    let mut watch = Watch::new(listed, manner, State::load(&remembered).map_err(|e| unkept(&remembered, &e))?);
    let mut exit = Exit::Done;
    while let Some((feed, wait)) = watch.next(Timestamp::now().as_second()) {
        if wait > 0 && args.once {
            break;
        }
        std::thread::sleep(Duration::from_secs(wait));
        if !visit(&mut watch, feed, &mut ledger, &world, out)? {
            exit = Exit::Partly;
        }
        watch.state.save(&remembered).map_err(|e| unkept(&remembered, &e))?;
    }
    Ok(exit)
}

/// Visits a feed; whether all that it named could be read.
fn visit(
    watch: &mut Watch,
    feed: usize,
    ledger: &mut Ledger,
    world: &SystemWorld,
    out: &mut dyn Write,
) -> Result<bool, Failure> {
    let known = ledger.document_ids()?;
    let mut keeper = Keeper::new(ledger);
    let now = Timestamp::now().as_second();
    let visited = watch.visit(feed, now, |received| {
        tell(&keeper.take(one(world, &known, received)?)?, false, out)?;
        tell(&keeper.flush()?, false, out)
    });
    match visited {
        Ok(visit) => {
            visit
                .wrong
                .iter()
                .for_each(|wrong| Failure::new(wrong, "the feed's own words are kept, if it has any").report());
            Ok(visit.wrong.is_empty())
        }
        Err(Trouble::Feed(error)) => {
            Failure::new(error.to_string(), error.hint).report();
            Ok(false)
        }
        Err(Trouble::Keep(failure)) => Err(failure),
    }
}

/// Where it is remembered what was taken in.
fn beside(ledger: &Path) -> PathBuf {
    let mut name = ledger.as_os_str().to_owned();
    name.push(".feeds");
    PathBuf::from(name)
}

fn unkept(path: &Path, error: &io::Error) -> Failure {
    let hint =
        if fs::metadata(path).is_ok() { "remove it to begin anew" } else { "check that its folder can be written to" };
    Failure::new(format!("{}: {error}", path.display()), hint)
}
