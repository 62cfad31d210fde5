//! Arguments of the commands on allegations and what was found of them.

use clap::{Subcommand, ValueEnum};
use jiff::Timestamp;
use jiff::civil::Date;

use super::books::{AsOf, Format};
use super::mission::Author;

/// Allegations and what was found of them: who was sent, who was kept away, the finding with its field reports, what each
/// party says of it, and the mission's daily and weekly report.
#[derive(Debug, clap::Args)]
pub(crate) struct Verification {
    #[command(subcommand)]
    pub(crate) command: VerificationCommand,
}

/// What to do with an allegation.
#[derive(Debug, Subcommand)]
pub(crate) enum VerificationCommand {
    /// Put an allegation forward: a party's, signed, or one that the mission took from reports
    Allege {
        /// What is alleged
        words: String,
        /// The incident that it is about, by its id
        #[arg(long, value_name = "INCIDENT")]
        incident: Option<String>,
        /// Where
        #[arg(long, value_name = "PLACE")]
        place: Option<String>,
        /// Against which party
        #[arg(long, value_name = "PARTY")]
        against: Option<String>,
        #[command(flatten)]
        author: Author,
    },
    /// Send somebody
    Assign {
        /// Id of the allegation, or its first characters
        allegation: String,
        /// Who
        to: String,
        /// By when it is to be found out
        #[arg(long, value_name = "TIME", value_parser = super::moments::time)]
        due: Option<Timestamp>,
        #[command(flatten)]
        author: Author,
    },
    /// Note that the place was visited
    Visit(Note),
    /// Note that a party kept the mission away
    Deny {
        #[command(flatten)]
        note: Note,
        /// Which
        #[arg(long = "denied-by", value_name = "PARTY")]
        denied_by: Option<String>,
    },
    /// Let it rest, for a reason
    Suspend(Note),
    /// Let it go on
    Resume(Note),
    /// State what was found, and on which field reports it rests
    Find(Find),
    /// Say, for a party, what it makes of a finding
    Comment(Note),
    /// Sign a finding off
    Sign(Note),
    /// List allegations: where each stands, who waits for whom
    List {
        /// As somebody sees it: chief, mediator, observer, verifier, public, or liaison:PARTY
        #[arg(long = "as", value_name = "ROLE", default_value = "chief")]
        viewer: super::mission::Viewer,
        /// How to print it
        #[arg(long, value_enum, default_value_t)]
        format: Format,
        #[command(flatten)]
        as_of: AsOf,
    },
    /// Write the mission's daily or weekly report, as Markdown
    Report {
        /// The day on whose cut-off hour it ends [default: today]
        #[arg(long, value_name = "DAY", value_parser = super::moments::day)]
        day: Option<Date>,
        /// Of seven days rather than one
        #[arg(long)]
        weekly: bool,
        /// Of which mission [default: the only one in the ledger]
        #[arg(long, value_name = "ID")]
        mission: Option<String>,
        /// Folder of packs, looked in first
        #[arg(long, value_name = "FOLDER", env = "TRUCEWATCH_PACKS", hide_env_values = true)]
        packs_dir: Option<std::path::PathBuf>,
        #[command(flatten)]
        as_of: AsOf,
    },
}

/// A step on an allegation.
#[derive(Debug, clap::Args)]
pub(crate) struct Note {
    /// Id of the allegation, or its first characters
    pub(crate) allegation: String,
    /// In words: what was done, the reason, the comment
    #[arg(default_value = "")]
    pub(crate) words: String,
    /// When it happened [default: when it is stated]
    #[arg(long, value_name = "TIME", value_parser = super::moments::time)]
    pub(crate) on: Option<Timestamp>,
    #[command(flatten)]
    pub(crate) author: Author,
}

/// What was found.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  trucewatch verification find 3f2a9c in-part 'Nine fresh craters; who fired was not seen' --report P3-61 --by Orn")]
pub(crate) struct Find {
    /// Id of the allegation, or its first characters
    pub(crate) allegation: String,
    /// What was found of it
    #[arg(value_enum)]
    pub(crate) found: Found,
    /// In words
    pub(crate) words: String,
    /// A field report that it rests on, by its number or the id of its document; may be repeated
    #[arg(long = "report", value_name = "REPORT")]
    pub(crate) reports: Vec<String>,
    /// Until when the parties may comment on it
    #[arg(long, value_name = "TIME", value_parser = super::moments::time)]
    pub(crate) comments_due: Option<Timestamp>,
    #[command(flatten)]
    pub(crate) author: Author,
}

/// What was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Found {
    /// It is as was alleged, as far as observers saw
    Confirmed,
    /// A part of it is
    InPart,
    /// It is not
    NotConfirmed,
    /// It cannot be told
    Undetermined,
}

impl Found {
    /// As the mission's books have it.
    pub(crate) fn plain(self) -> mission::verification::Found {
        match self {
            Found::Confirmed => mission::verification::Found::Confirmed,
            Found::InPart => mission::verification::Found::InPart,
            Found::NotConfirmed => mission::verification::Found::NotConfirmed,
            Found::Undetermined => mission::verification::Found::Undetermined,
        }
    }
}
