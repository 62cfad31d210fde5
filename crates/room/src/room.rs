//! What all requests share.

use std::collections::{BTreeMap, BTreeSet};
use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use desk::keep::Fresh;
use desk::packs::{OwnPacks, Proposal};
use desk::{Failure, SystemWorld, WorldOptions};
use ledger::{Ledger, Moment};
use trucewatch::pack::Knowledge;

use crate::accounts::{Accounts, Part};
use crate::books::{Books, Shelf, Wanted};
use crate::drafts::Drafts;
use crate::error::Refusal;
use crate::follow::Following;
use crate::limiter::Limiter;
use crate::missions::{Held, Sight};
use crate::reread::Rereading;
use crate::searches::Searches;
use crate::tiles::Tiles;
use crate::visitor::Visitor;

/// Ledgers that are held open for reading.
const OPEN: usize = 8;

/// How a room is run.
#[derive(Debug, Clone)]
pub struct Options {
    /// Where to listen.
    pub listen: SocketAddr,
    /// Whether reading needs an account on loopback too.
    pub require_login: bool,
    /// The ledger's file.
    pub ledger: PathBuf,
    /// What is known beyond the reports.
    pub world: WorldOptions,
    /// Whether links and webhooks may lead to private and local addresses.
    pub allow_local: bool,
    /// The operator's own map, as MBTiles with pictures.
    pub tiles: Option<PathBuf>,
    /// The list of feeds; the one beside the ledger where none is named.
    pub feeds: Option<PathBuf>,
}

impl Options {
    /// Over a ledger, on loopback, with all else as it is by default.
    #[must_use]
    pub fn over(ledger: PathBuf) -> Options {
        let listen = SocketAddr::new(IpAddr::V4(Ipv4Addr::LOCALHOST), 8731);
        Options {
            listen,
            require_login: false,
            ledger,
            world: WorldOptions::default(),
            allow_local: false,
            tiles: None,
            feeds: None,
        }
    }

    /// Whether only this machine can reach it, so that plain HTTP is no danger.
    #[must_use]
    pub fn is_loopback(&self) -> bool {
        self.listen.ip().is_loopback()
    }
}

/// What all requests share: the ledger, what was recalled from it, the accounts.
pub struct Room {
    pub(crate) options: Options,
    pub(crate) accounts: Accounts,
    pub(crate) limiter: Limiter,
    pub(crate) drafts: Drafts<Vec<Fresh>>,
    pub(crate) proposals: Drafts<Proposal>,
    pub(crate) rereading: Rereading,
    pub(crate) missions: Held,
    pub(crate) searches: Searches,
    tiles: Option<Tiles>,
    shelf: Shelf,
    /// The moment up to which webhooks were told of what was found.
    told: Mutex<Moment>,
    readers: Mutex<Vec<Ledger>>,
    world: Mutex<Option<Arc<SystemWorld>>>,
    packs: Mutex<BTreeMap<Vec<String>, Arc<Knowledge>>>,
    /// Held while own packs are changed.
    pub(crate) keeping_packs: Mutex<()>,
    /// Held while a backup is made: one at a time.
    pub(crate) backing_up: Mutex<()>,
    pub(crate) following: Following,
}

impl Room {
    /// Opens the ledger, which is made where none is there, and the accounts beside it.
    ///
    /// # Errors
    /// Where one of them cannot be opened.
    pub fn open(options: Options) -> Result<Arc<Room>, Failure> {
        Ledger::open_or_make(&options.ledger)?;
        let tiles = options.tiles.as_deref().map(Tiles::open).transpose()?;
        let path = beside(&options.ledger);
        let wrong = |e: crate::accounts::AccountsError| {
            Failure::new(format!("{}: {e}", path.display()), "check that its folder can be written to")
        };
        let accounts = Accounts::open(&path).map_err(wrong)?;
        Ok(Room::over(options, accounts, tiles))
    }

    /// A room with accounts that are at hand; without a background of its own for the maps.
    #[must_use]
    pub fn with(options: Options, accounts: Accounts) -> Arc<Room> {
        Room::over(options, accounts, None)
    }

    fn over(mut options: Options, accounts: Accounts, tiles: Option<Tiles>) -> Arc<Room> {
        options.world = options.world.over(&options.ledger);
        let (shelf, readers, world, packs) = Default::default();
        Arc::new(Room {
            options,
            accounts,
            limiter: Limiter::default(),
            drafts: Drafts::default(),
            proposals: Drafts::default(),
            rereading: Rereading::default(),
            missions: Held::default(),
            searches: Searches::default(),
            tiles,
            shelf,
            told: Mutex::new(Moment(0)),
            readers,
            world,
            packs,
            keeping_packs: Mutex::default(),
            backing_up: Mutex::default(),
            following: Following::default(),
        })
    }

    /// The operator's own background of the maps, where there is one.
    pub(crate) fn tiles(&self) -> Option<&Tiles> {
        self.tiles.as_ref()
    }

    /// The accounts.
    #[must_use]
    pub fn accounts(&self) -> &Accounts {
        &self.accounts
    }

    /// Reads from the ledger, on a thread that may wait.
    pub(crate) async fn read<T: Send + 'static>(
        self: &Arc<Room>,
        work: impl FnOnce(&Ledger) -> Result<T, Refusal> + Send + 'static,
    ) -> Result<T, Refusal> {
        let room = Arc::clone(self);
        aside(move || room.with_ledger(work)).await
    }

    /// Reads from the ledger, on a thread that may wait already.
    pub(crate) fn with_ledger<T>(&self, work: impl FnOnce(&Ledger) -> Result<T, Refusal>) -> Result<T, Refusal> {
        let ledger = self.reader()?;
        let done = work(&ledger);
        self.give_back(ledger);
        done
    }

    /// Writes to the ledger, on a thread that may wait.
    pub(crate) async fn write<T: Send + 'static>(
        self: &Arc<Room>,
        work: impl FnOnce(&mut Ledger) -> Result<T, Refusal> + Send + 'static,
    ) -> Result<T, Refusal> {
        let room = Arc::clone(self);
        aside(move || work(&mut Ledger::open_to_write(&room.options.ledger)?)).await
    }

    /// What somebody may see of missions, in the log and among the documents.
    pub(crate) fn sight_in(&self, ledger: &Ledger, visitor: &Visitor) -> Result<Sight, Refusal> {
        Ok(Sight::new(self.missions_in(ledger)?, visitor.part()))
    }

    /// What somebody wants to look at, as far as their part in a mission lets them, recalled and judged: from the shelf,
    /// where no entry was added since.
    pub(crate) async fn books(self: &Arc<Room>, part: Option<&Part>, wanted: Wanted) -> Result<Arc<Books>, Refusal> {
        let (room, part) = (Arc::clone(self), part.cloned());
        let key = self.read(move |ledger| {
            let kept = room.missions_in(ledger)?.kept_from(part.as_ref());
            wanted.key(ledger, kept)
        });
        let key = key.await?;
        let ((place, before), room) = (self.shelf.place(&key), Arc::clone(self));
        let recall = move || async move {
            let held = Arc::clone(&room);
            let judged = move |ledger: &Ledger| {
                let books = Arc::new(Books::recall(ledger, &held, key, before.as_deref())?);
                before.iter().for_each(|b| held.shelf.clear(&b.key));
                Ok(books)
            };
            room.read(judged).await
        };
        place.get_or_try_init(recall).await.cloned()
    }

    /// The model and the packs, loaded at the first need. Takes a second or two: not for the threads that serve.
    pub(crate) fn world(&self) -> Result<Arc<SystemWorld>, Refusal> {
        let mut held = self.world.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(world) = held.as_ref() {
            return Ok(Arc::clone(world));
        }
        let world = Arc::new(SystemWorld::open(&self.options.world)?);
        *held = Some(Arc::clone(&world));
        Ok(world)
    }

    /// Forgets packs and all that was judged with them: own packs were changed. What is under way ends with the old ones.
    pub(crate) fn forget_packs(&self) {
        *self.world.lock().unwrap_or_else(PoisonError::into_inner) = None;
        self.packs.lock().unwrap_or_else(PoisonError::into_inner).clear();
        self.shelf.clear_all();
    }

    /// The own packs beside the ledger.
    pub(crate) fn own_packs(&self) -> OwnPacks {
        OwnPacks::at(self.options.world.own.as_deref().unwrap_or(Path::new("")))
    }

    /// The packs with which a document was read, loaded once.
    pub(crate) fn knowledge(&self, ids: &BTreeSet<&str>) -> Result<Arc<Knowledge>, Failure> {
        let key: Vec<String> = ids.iter().map(|id| (*id).to_owned()).collect();
        let held = || self.packs.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(known) = held().get(&key) {
            return Ok(Arc::clone(known));
        }
        let loaded = Arc::new(desk::world::knowledge(&self.options.world, ids)?);
        held().insert(key, Arc::clone(&loaded));
        Ok(loaded)
    }

    /// The moment up to which webhooks were told of what was found, since the room was opened.
    pub(crate) fn told_up_to(&self) -> Moment {
        *self.told.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Notes that they were told.
    pub(crate) fn set_told(&self, moment: Moment) {
        *self.told.lock().unwrap_or_else(PoisonError::into_inner) = moment;
    }

    fn reader(&self) -> Result<Ledger, Refusal> {
        let held = self.readers.lock().unwrap_or_else(PoisonError::into_inner).pop();
        held.map_or_else(|| Ok(Ledger::open(&self.options.ledger)?), Ok)
    }

    fn give_back(&self, ledger: Ledger) {
        let mut held = self.readers.lock().unwrap_or_else(PoisonError::into_inner);
        if held.len() < OPEN {
            held.push(ledger);
        }
    }
}

/// Does work on a thread that may wait.
pub(crate) async fn aside<T: Send + 'static>(
    work: impl FnOnce() -> Result<T, Refusal> + Send + 'static,
) -> Result<T, Refusal> {
    let done = tokio::task::spawn_blocking(work).await;
    done.unwrap_or_else(|e| Err(Refusal::broken(format!("the work was broken off: {e}"))))
}

/// The file of accounts of a ledger.
fn beside(ledger: &Path) -> PathBuf {
    let mut name = ledger.as_os_str().to_owned();
    name.push(".accounts");
    PathBuf::from(name)
}
