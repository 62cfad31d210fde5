//! `trucewatch watch`: feeds are followed, and what they bring is read and kept.

use std::io::Write;
use std::path::Path;
use std::time::Duration;

use desk::SystemWorld;
use desk::documents::shelf;
use desk::feeds::Feeds;
use desk::keep::{Keeper, one};
use intake::watch::{Manner, Trouble, Watch, Watched, feeds};
use jiff::Timestamp;
use ledger::Ledger;

use super::add::tell;
use super::check::text;
use crate::args::books;
use crate::failure::{Exit, Failure};

/// Visits feed after feed as each is due; with `--once`, each that is due now.
pub(super) fn run(args: &books::Watch, path: &Path, out: &mut dyn Write) -> Result<Exit, Failure> {
    let beside = Feeds::of(path, None);
    let listed = listed(args.list.as_deref(), &beside)?;
    let mut ledger = Ledger::open_or_make(path)?;
    let world = SystemWorld::open(&args.world.options().over(path))?;
    let manner =
        Manner { limits: shelf(&args.intake.options())?.limits, allow_local: args.allow_local, ..Manner::default() };
    let mut watch = Watch::new(listed, manner, beside.state()?);
    let mut exit = Exit::Done;
    while let Some((feed, wait)) = watch.next(Timestamp::now().as_second()) {
        if wait > 0 && args.once {
            break;
        }
        std::thread::sleep(Duration::from_secs(wait));
        if !visit(&mut watch, feed, &mut ledger, &world, out)? {
            exit = Exit::Partly;
        }
        beside.save(&watch.state)?;
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

/// The feeds of the list that was named, else of the one beside the ledger.
fn listed(named: Option<&Path>, beside: &Feeds) -> Result<Vec<Watched>, Failure> {
    let path = named.unwrap_or_else(|| beside.path());
    if named.is_none() && !path.is_file() {
        let hint = "name a list of feeds, or add feeds on the room's page Feeds";
        return Err(Failure::new(format!("{}: there is no list of feeds", path.display()), hint));
    }
    feeds(&text(path)?).map_err(|e| {
        Failure::new(format!("{}: {e}", path.display()), "a line is an address, or a [[feed]] with its url")
    })
}
