//! Reading stored reports again after packs were changed: those that would be read otherwise, in steps, while the room
//! goes on. Earlier readings stay in the ledger, and decisions hold.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use desk::keep;
use desk::packs::Affected;
use jiff::Timestamp;
use ledger::Ledger;

use crate::error::Refusal;
use crate::room::{Room, aside};

/// Readings that are written to the disk together.
const STEP: usize = 32;

/// How far it has come.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Progress {
    /// Who asked for it.
    pub(crate) by: String,
    /// Reports that there are, and that were looked at.
    pub(crate) of: usize,
    pub(crate) looked: usize,
    /// Reports that were read again.
    pub(crate) again: usize,
    /// Whether it has ended.
    pub(crate) is_done: bool,
    /// Why it broke off, where it did.
    pub(crate) error: Option<String>,
}

/// The one that is under way, or was last.
#[derive(Default)]
pub(crate) struct Rereading {
    progress: Mutex<Option<Progress>>,
    stop: AtomicBool,
}

impl Rereading {
    /// How far it has come.
    pub(crate) fn progress(&self) -> Option<Progress> {
        self.held().clone()
    }

    /// Has it end after the step that is under way.
    pub(crate) fn stop(&self) {
        self.stop.store(true, Ordering::Relaxed);
    }

    fn held(&self) -> std::sync::MutexGuard<'_, Option<Progress>> {
        self.progress.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn note(&self, change: impl FnOnce(&mut Progress)) {
        self.held().as_mut().map(change);
    }

    fn is_stopped(&self) -> bool {
        self.stop.load(Ordering::Relaxed)
    }

    /// Takes the place of the one under way, of which there is one at a time.
    fn begin(&self, by: &str) -> Result<(), Refusal> {
        let mut held = self.held();
        if held.as_ref().is_some_and(|p| !p.is_done) {
            return Err(Refusal::wrong("reports are being read again already").hint("wait until that is done"));
        }
        *held = Some(Progress { by: by.to_owned(), ..Progress::default() });
        Ok(())
    }
}

/// Begins to read again; what comes of it is told by [`Rereading::progress`].
///
/// # Errors
/// Where it is under way already.
pub(crate) fn begin(room: &Arc<Room>, by: &str) -> Result<(), Refusal> {
    room.rereading.begin(by)?;
    let (room, by) = (Arc::clone(room), by.to_owned());
    tokio::spawn(aside(move || {
        let done = read_again(&room);
        let error = done.err().map(|e| e.message);
        room.rereading.note(|p| (p.is_done, p.error) = (true, error.clone()));
        let again = room.rereading.progress().map_or(0, |p| p.again);
        tracing::info!(by, again, error, "reports were read again");
        Ok(())
    }));
    Ok(())
}

fn read_again(room: &Room) -> Result<(), Refusal> {
    let (world, own) = (room.world()?, room.own_packs());
    let mut ledger = Ledger::open_to_write(&room.options.ledger)?;
    let last_read = ledger.last_read()?;
    room.rereading.note(|p| p.of = last_read.len());
    let mut affected = Affected::new(&world, &own);
    let mut readings = Vec::new();
    for (id, reader) in last_read {
        if room.rereading.is_stopped() {
            break;
        }
        // What was removed by policy is not there to be read.
        if let Ok(received) = keep::received(&ledger, &id)
            && affected.is(&reader, received.document.text())?
        {
            let read = world.read(received)?;
            readings.push((id, keep::reading(&world, &read)));
        }
        if readings.len() >= STEP {
            write(room, &mut ledger, &mut readings)?;
        }
        room.rereading.note(|p| p.looked += 1);
    }
    write(room, &mut ledger, &mut readings)
}

fn write(
    room: &Room,
    ledger: &mut Ledger,
    readings: &mut Vec<(String, ledger::entry::ReadingRecord)>,
) -> Result<(), Refusal> {
    if !readings.is_empty() {
        ledger.add_readings(Timestamp::now(), readings)?;
        room.rereading.note(|p| p.again += readings.len());
        readings.clear();
    }
    Ok(())
}
