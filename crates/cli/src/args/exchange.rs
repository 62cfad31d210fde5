//! Arguments of the commands for exchanges of prisoners, the missing and the dead.

use std::path::PathBuf;

use clap::{Subcommand, ValueEnum};

use super::books::{AsOf, Format};
use super::mission::Author;

/// Lists of people, sealed for the keys that are named and known outside by numbers only; who on one list is who on another;
/// handovers; public counts. An exchange itself is proposed and answered as anything else: `trucewatch mission propose
/// exchange`.
#[derive(Debug, clap::Args)]
pub(crate) struct Exchange {
    #[command(subcommand)]
    pub(crate) command: ExchangeCommand,
}

/// What to do in an exchange.
#[derive(Debug, Subcommand)]
pub(crate) enum ExchangeCommand {
    /// Make a key for which lists can be sealed; the public half is printed
    NewKey {
        /// File to write to; one that is there is never overwritten
        file: PathBuf,
    },
    /// Give a side's list, sealed: what is kept holds no name
    #[command(after_help = "\
The table is CSV with the heads category (held, missing, remains), name, also (other spellings, separated by |), born,
place, note. It is read from where it lies and not copied.

Examples:
  trucewatch exchange give list.csv --seal-for age1… --party vesk --by Tarn --key vesk.key")]
    Give {
        /// The table; `-` for standard input
        file: PathBuf,
        /// A public key that can open it; may be repeated
        #[arg(long, value_name = "AGE-KEY", required = true)]
        seal_for: Vec<String>,
        #[command(flatten)]
        author: Author,
    },
    /// Open a list and print it; that it was opened is an entry first
    Open {
        /// Id of the list, or its first characters
        list: String,
        /// File with the secret half of a key that it is sealed for
        #[arg(long, value_name = "FILE")]
        identity: PathBuf,
        /// Why it is opened
        #[arg(long, value_name = "WORDS", default_value = "")]
        why: String,
        #[command(flatten)]
        author: Author,
    },
    /// Lay two lists beside each other: who may be who, by numbers, with the reasons; that they were opened is an entry each
    Match {
        /// Id of the first list
        first: String,
        /// Id of the second list
        second: String,
        /// File with the secret half of a key that both are sealed for
        #[arg(long, value_name = "FILE")]
        identity: PathBuf,
        /// How to print it
        #[arg(long, value_enum, default_value_t)]
        format: Format,
        #[command(flatten)]
        author: Author,
    },
    /// Note that people were handed over, under an exchange that is agreed
    HandOver(HandOver),
    /// Show what is public: lists by their counts, handovers, what each side could still hand over
    Status {
        /// How to print it
        #[arg(long, value_enum, default_value_t)]
        format: Format,
        #[command(flatten)]
        as_of: AsOf,
    },
    /// List who opened which list, and why
    Log {
        /// How to print it
        #[arg(long, value_enum, default_value_t)]
        format: Format,
        #[command(flatten)]
        as_of: AsOf,
    },
}

/// People handed over.
#[derive(Debug, clap::Args)]
pub(crate) struct HandOver {
    /// Id of the exchange, or its first characters
    pub(crate) exchange: String,
    /// The side that hands them over
    #[arg(long, value_name = "PARTY")]
    pub(crate) side: String,
    /// The living or the dead
    #[arg(long, value_enum)]
    pub(crate) what: What,
    /// How many
    #[arg(long, value_name = "N")]
    pub(crate) count: usize,
    /// Through whom
    #[arg(long, value_name = "NAME")]
    pub(crate) through: String,
    /// Their numbers on the lists; may be repeated
    #[arg(long = "number", value_name = "NUMBER")]
    pub(crate) numbers: Vec<String>,
    #[command(flatten)]
    pub(crate) author: Author,
}

/// The living or the dead.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum What {
    /// The living
    Held,
    /// The dead
    Remains,
}
