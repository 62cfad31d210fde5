//! Arguments of the commands of those who run a mission: keys, signing, mandate and consent.

use std::path::PathBuf;

use clap::{Subcommand, ValueEnum};
use jiff::Timestamp;
use jiff::civil::Date;

use super::books::{AsOf, Format};

/// Who states something, and how it is handed in.
#[derive(Debug, Clone, clap::Args)]
#[command(next_help_heading = "Who states it")]
pub(crate) struct Author {
    /// Who
    #[arg(long, value_name = "NAME", env = "TRUCEWATCH_BY", hide_env_values = true, default_value = "")]
    pub(crate) by: String,
    /// In which part [default: liaison where --party is given, else chief]
    #[arg(long, value_enum)]
    pub(crate) role: Option<Role>,
    /// For which party, by its id
    #[arg(long, value_name = "PARTY")]
    pub(crate) party: Option<String>,
    /// Sign it with the key in this file
    #[arg(long, value_name = "FILE")]
    pub(crate) key: Option<PathBuf>,
    /// Only print it, to be signed elsewhere; the ledger need not be at hand
    #[arg(long, conflicts_with = "key")]
    pub(crate) draft: bool,
    /// Of which mission [default: the only one in the ledger]
    #[arg(long, value_name = "ID")]
    pub(crate) mission: Option<String>,
    /// When it was drawn up [default: now]
    #[arg(long, value_name = "TIME", value_parser = super::moments::time)]
    pub(crate) at: Option<Timestamp>,
}

/// The part that somebody has.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Role {
    /// Speaks for a party
    Liaison,
    /// Stands between the parties
    Mediator,
    /// Reports what is seen
    Observer,
    /// Finds out what is true of an allegation
    Verifier,
    /// Answers for the mission
    Chief,
}

impl Role {
    /// As the mission's books have it.
    pub(crate) fn plain(self) -> mission::Role {
        match self {
            Role::Liaison => mission::Role::Liaison,
            Role::Mediator => mission::Role::Mediator,
            Role::Observer => mission::Role::Observer,
            Role::Verifier => mission::Role::Verifier,
            Role::Chief => mission::Role::Chief,
        }
    }
}

/// Keys by which parties and people of the mission sign what they state.
#[derive(Debug, clap::Args)]
pub(crate) struct Keys {
    #[command(subcommand)]
    pub(crate) command: KeysCommand,
}

/// What to do with keys.
#[derive(Debug, Subcommand)]
pub(crate) enum KeysCommand {
    /// Make a key; its public half is printed, the file is for its owner alone
    #[command(after_help = "\
Examples:
  trucewatch keys new vesk
  trucewatch keys new vesk --out /media/stick/vesk.key")]
    New {
        /// Name under which it signs, without blanks: the party's id, or the name of a person
        name: String,
        /// File to write to; one that is there is never overwritten [default: NAME.key]
        #[arg(long, value_name = "FILE")]
        out: Option<PathBuf>,
    },
    /// Register a key in the ledger: what is signed by it is taken from then on
    Register {
        /// The key's public half, or a file with it
        #[arg(value_name = "KEY|FILE")]
        key: String,
        /// In which part its holder signs
        #[arg(long, value_enum, default_value_t = Role::Liaison)]
        role: Role,
        /// For which party, by its id; a liaison's is one's
        #[arg(long, value_name = "PARTY")]
        party: Option<String>,
        /// Who registers it: the chief, or whoever keeps the books
        #[arg(long, value_name = "NAME", env = "TRUCEWATCH_BY", hide_env_values = true, default_value = "")]
        by: String,
    },
    /// Note that a key is no longer good; what it signed before stays
    Withdraw {
        /// The key's public half, a file with it, or its name where one key only has it
        #[arg(value_name = "KEY|FILE|NAME")]
        key: String,
        /// Why
        #[arg(long, value_name = "WORDS", default_value = "")]
        why: String,
        /// Who says so
        #[arg(long, value_name = "NAME", env = "TRUCEWATCH_BY", hide_env_values = true, default_value = "")]
        by: String,
    },
    /// List the keys that are registered
    List {
        /// How to print them
        #[arg(long, value_enum, default_value_t)]
        format: Format,
        #[command(flatten)]
        as_of: AsOf,
    },
}

/// Signs a statement with a key and prints it as a signed note, without the ledger and without a network.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  trucewatch mission answer 3f2a9c81d0b4 consents --party vesk --mission line-2031 --by Tarn --draft > answer.txt
  trucewatch sign answer.txt --key vesk.key > answer.signed")]
pub(crate) struct Sign {
    /// The statement; `-` for standard input
    #[arg(value_name = "FILE")]
    pub(crate) file: PathBuf,
    /// File of the key
    #[arg(long, value_name = "FILE")]
    pub(crate) key: PathBuf,
}

/// Takes statements into the ledger, if each is signed by a good key (or needs no signature) and fits what was stated
/// before. One that is there already is not taken in again.
#[derive(Debug, clap::Args)]
pub(crate) struct Submit {
    /// Statements, signed or not; `-` for standard input
    #[arg(value_name = "FILE", required = true)]
    pub(crate) files: Vec<PathBuf>,
    /// Who hands them in
    #[arg(long, value_name = "NAME", env = "TRUCEWATCH_BY", hide_env_values = true, default_value = "")]
    pub(crate) by: String,
}

/// A mission's mandate, what is proposed under it, and who consents. Each is an entry of the ledger; nothing is agreed
/// without every consent that the mandate names.
#[derive(Debug, clap::Args)]
pub(crate) struct Mission {
    #[command(subcommand)]
    pub(crate) command: MissionCommand,
}

/// What to do in a mission.
#[derive(Debug, Subcommand)]
pub(crate) enum MissionCommand {
    /// Put a mandate forward: the first, or one in place of an earlier
    Mandate {
        /// The mandate (TOML, docs/mission.md)
        file: PathBuf,
        #[command(flatten)]
        author: Author,
    },
    /// Propose something that needs consent
    #[command(after_help = "\
Examples:
  trucewatch mission propose deployment 'Observers at Hollin' --strength 12 --from 2031-03-10 --by Orn
  trucewatch mission propose post 'Post 9' --host orlava --watch posts.toml#post-9 --by Orn
  trucewatch mission propose deployment 'Posts along the line' --plan 3f2a9c81d0b4 --by Orn
  trucewatch mission propose visit 'Upper street of Dubrel' --place Dubrel --host orlava --by Orn")]
    Propose(Propose),
    /// Answer what was proposed, for a party
    Answer {
        /// Id of what was proposed, or its first characters
        proposal: String,
        /// What the party answers
        #[arg(value_enum)]
        answer: Answer,
        /// In its words: the condition, the reason
        #[arg(default_value = "")]
        words: String,
        #[command(flatten)]
        author: Author,
    },
    /// Note that what was agreed is carried out
    Execute(Step),
    /// Note that what was carried out is at an end
    End(Step),
    /// Take back what was proposed and not carried out
    Drop(Step),
    /// Put a party's own words on record
    Say {
        /// What
        words: String,
        /// On what, by its id
        #[arg(long, value_name = "ID")]
        about: Option<String>,
        /// To which party; may be repeated [default: all]
        #[arg(long, value_name = "PARTY")]
        to: Vec<String>,
        #[command(flatten)]
        author: Author,
    },
    /// Remark something, for the mission alone
    Note {
        /// What
        words: String,
        /// On what, by its id
        #[arg(long, value_name = "ID")]
        about: Option<String>,
        #[command(flatten)]
        author: Author,
    },
    /// Make field reports, findings, and what was agreed public; that is not taken back
    Publish {
        /// Numbers of field reports, or ids of documents, allegations and proposals
        #[arg(value_name = "REPORT|ID", required = true)]
        what: Vec<String>,
        #[command(flatten)]
        author: Author,
    },
    /// Show the mission: what stands, what is missing, who waits for whom
    Status {
        /// As somebody sees it: chief, mediator, observer, verifier, public, or liaison:PARTY
        #[arg(long = "as", value_name = "ROLE", default_value = "chief")]
        viewer: Viewer,
        /// How to print it
        #[arg(long, value_enum, default_value_t)]
        format: Format,
        #[command(flatten)]
        as_of: AsOf,
    },
}

/// Something to propose.
#[derive(Debug, clap::Args)]
pub(crate) struct Propose {
    /// What kind of thing: deployment, post, patrol-route, camera, visit, exchange, or one of the mandate's own; a line of a
    /// border is proposed by `trucewatch border propose`
    pub(crate) subject: String,
    /// In a few words
    pub(crate) title: String,
    /// In full
    #[arg(long, value_name = "WORDS", default_value = "")]
    pub(crate) words: String,
    /// Where
    #[arg(long, value_name = "PLACE")]
    pub(crate) place: Option<String>,
    /// The party that controls the place
    #[arg(long, value_name = "PARTY")]
    pub(crate) host: Option<String>,
    /// A party that is asked beside those that the mandate names; may be repeated
    #[arg(long, value_name = "PARTY")]
    pub(crate) asks: Vec<String>,
    /// How many people
    #[arg(long, value_name = "N")]
    pub(crate) strength: Option<u32>,
    /// First day
    #[arg(long, value_name = "DAY", value_parser = super::moments::day)]
    pub(crate) from: Option<Date>,
    /// Last day
    #[arg(long, value_name = "DAY", value_parser = super::moments::day)]
    pub(crate) until: Option<Date>,
    /// Id of an earlier proposal in whose place this one is
    #[arg(long, value_name = "ID")]
    pub(crate) instead_of: Option<String>,
    /// GeoJSON file of its shape on the map
    #[arg(long, value_name = "FILE")]
    pub(crate) shape: Option<PathBuf>,
    /// Posts, patrols and cameras, as docs/line.md shows them; FILE#ID for one of them
    #[arg(long, value_name = "FILE")]
    pub(crate) watch: Option<String>,
    /// The posts of a plan that is on record, by its id
    #[arg(long, value_name = "ID", conflicts_with = "watch")]
    pub(crate) plan: Option<String>,
    #[command(flatten)]
    pub(crate) author: Author,
}

/// A step on what was proposed.
#[derive(Debug, clap::Args)]
pub(crate) struct Step {
    /// Id of what was proposed, or its first characters
    pub(crate) proposal: String,
    /// How, or why
    #[arg(default_value = "")]
    pub(crate) words: String,
    /// When it happened [default: when it is stated]
    #[arg(long, value_name = "TIME", value_parser = super::moments::time)]
    pub(crate) on: Option<Timestamp>,
    #[command(flatten)]
    pub(crate) author: Author,
}

/// What a party answers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Answer {
    /// Yes
    Consents,
    /// No
    Refuses,
    /// Yes, if something is so
    OnCondition,
    /// No longer
    Withdraws,
}

impl Answer {
    /// As the mission's books have it.
    pub(crate) fn plain(self) -> mission::consent::Answer {
        match self {
            Answer::Consents => mission::consent::Answer::Consents,
            Answer::Refuses => mission::consent::Answer::Refuses,
            Answer::OnCondition => mission::consent::Answer::OnCondition,
            Answer::Withdraws => mission::consent::Answer::Withdraws,
        }
    }
}

/// As whom something is looked at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Viewer(pub(crate) mission::Viewer);

impl std::str::FromStr for Viewer {
    type Err = String;
    fn from_str(text: &str) -> Result<Viewer, String> {
        let none = || "give chief, mediator, observer, verifier, public, or liaison:PARTY".to_owned();
        if text == "public" {
            return Ok(Viewer(mission::Viewer::Public));
        }
        let (role, party) = text.split_once(':').map_or((text, None), |(role, party)| (role, Some(party)));
        let role = mission::Role::parse(role).ok_or_else(none)?;
        mission::Viewer::new(role, party.filter(|p| !p.is_empty())).map(Viewer).ok_or_else(none)
    }
}
