//! Arguments of `serve`.

use std::net::SocketAddr;
use std::path::PathBuf;

use super::{Intake, World};

/// Opens the room over the ledger: pages and an API for people and programs, until it is stopped with Ctrl-C. It prints
/// its address and, as long as nobody has an account, a link by which the first one is made, once.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  trucewatch serve
  trucewatch serve --reports reports/ --ledger books.ledger
  trucewatch serve --tiles region.mbtiles
  trucewatch serve --listen 0.0.0.0:8731")]
pub(crate) struct Serve {
    /// Where to listen; on other addresses than loopback all but the public view needs an account, and a server that
    /// speaks TLS has to stand before it
    #[arg(long, value_name = "ADDRESS:PORT", default_value = "127.0.0.1:8731", value_parser = super::moments::address)]
    pub(crate) listen: SocketAddr,
    /// Ask for an account on loopback too, for reading
    #[arg(long)]
    pub(crate) require_login: bool,
    /// Files or folders to add to the ledger first, where they are not there yet
    #[arg(long, value_name = "FILE", num_args = 1..)]
    pub(crate) reports: Vec<PathBuf>,
    /// Write a line of JSON for each request to a file, or to standard error for `-`
    #[arg(long, value_name = "FILE|-")]
    pub(crate) log: Option<PathBuf>,
    /// Let links and webhooks lead to private and local addresses too
    #[arg(long)]
    pub(crate) allow_local: bool,
    /// Own background of the maps: a file of MBTiles with pictures
    #[arg(long, value_name = "FILE")]
    pub(crate) tiles: Option<PathBuf>,
    /// List of feeds that the page Feeds shows [default: LEDGER.feeds.toml beside the ledger]
    #[arg(long, value_name = "FILE")]
    pub(crate) feeds: Option<PathBuf>,
    #[command(flatten)]
    pub(crate) intake: Intake,
    #[command(flatten)]
    pub(crate) world: World,
}
