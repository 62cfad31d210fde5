//! Arguments of the commands over a ledger.

use std::path::PathBuf;

use clap::{Subcommand, ValueEnum};
use jiff::Timestamp;
use jiff::civil::Date;

use super::{Intake, World};

/// Reads reports as `read` does and keeps them, with what was read in them, in the ledger. A report whose text is
/// there already is not added again. A report is told as added once it is on the disk.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  trucewatch add reports/
  trucewatch add --ledger books.ledger report.txt
  trucewatch add --input jsonl - < documents.jsonl")]
pub(crate) struct Add {
    /// Files or folders; `-` for standard input
    #[arg(value_name = "FILE", required = true)]
    pub(crate) paths: Vec<PathBuf>,
    /// Tell only how many
    #[arg(long, short)]
    pub(crate) quiet: bool,
    #[command(flatten)]
    pub(crate) intake: Intake,
    #[command(flatten)]
    pub(crate) world: World,
}

/// Visits the feeds of a list in turn, each at its interval, fetches what is new, and reads and keeps it as `add` does. A
/// watch that was stopped goes on where it was.
#[derive(Debug, clap::Args)]
pub(crate) struct Watch {
    /// The list: an address a line, or TOML with a table "feed" for each (docs/intake.md) [default: LEDGER.feeds.toml
    /// beside the ledger, which the room's page Feeds writes]
    #[arg(value_name = "FILE")]
    pub(crate) list: Option<PathBuf>,
    /// Visit what is due now, and end
    #[arg(long)]
    pub(crate) once: bool,
    /// Fetch from private and local addresses too
    #[arg(long)]
    pub(crate) allow_local: bool,
    #[command(flatten)]
    pub(crate) intake: Intake,
    #[command(flatten)]
    pub(crate) world: World,
}

/// Reads the documents of the ledger again with this version, its packs and its model, where they were last read with
/// others. Earlier readings stay, and decisions hold.
#[derive(Debug, clap::Args)]
pub(crate) struct Reread {
    /// Documents, by id or name [default: all that were last read otherwise]
    #[arg(value_name = "DOCUMENT")]
    pub(crate) documents: Vec<String>,
    /// Threads to read with [default: all cores]
    #[arg(long, value_name = "N")]
    pub(crate) threads: Option<usize>,
    #[command(flatten)]
    pub(crate) world: World,
}

/// When the ledger is looked at.
#[derive(Debug, Clone, Copy, clap::Args)]
pub(crate) struct AsOf {
    /// What was known at this time, with the decisions of then, such as 2031-03-08T12:00Z [default: now]
    #[arg(long, value_name = "TIME", value_parser = super::moments::time)]
    pub(crate) as_of: Option<Timestamp>,
}

/// Finds documents by their words and by where their claims are.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  trucewatch search shelled Hollin
  trucewatch search '\"line of contact\"' --from 2031-03-01 --to 2031-03-07
  trucewatch search --near 40.25,46.50,20")]
pub(crate) struct Search {
    /// Words that must all be there, in any form; words in quotation marks in this order
    #[arg(value_name = "WORDS", required_unless_present = "near")]
    pub(crate) words: Vec<String>,
    /// Only documents with a claim this near to a point: degrees north and east, kilometres
    #[arg(long, value_name = "LAT,LON,KM", allow_hyphen_values = true)]
    pub(crate) near: Option<Near>,
    /// Only documents published on this day or later
    #[arg(long, value_name = "DAY", value_parser = super::moments::day)]
    pub(crate) from: Option<Date>,
    /// Only documents published on this day or earlier
    #[arg(long, value_name = "DAY", value_parser = super::moments::day)]
    pub(crate) to: Option<Date>,
    /// Most documents to show
    #[arg(long, value_name = "N", default_value_t = 20)]
    pub(crate) limit: u32,
    /// How to print what was found
    #[arg(long, value_enum, default_value_t)]
    pub(crate) format: Format,
    #[command(flatten)]
    pub(crate) as_of: AsOf,
}

/// A circle on the map.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Near {
    pub(crate) lat: f64,
    pub(crate) lon: f64,
    pub(crate) km: f64,
}

impl std::str::FromStr for Near {
    type Err = String;
    fn from_str(text: &str) -> Result<Near, String> {
        let numbers: Vec<f64> = text.split(',').map_while(|n| n.trim().parse().ok()).collect();
        match numbers.as_slice() {
            [lat, lon, km] if lat.abs() <= 90.0 && lon.abs() <= 180.0 && (0.0..=20_000.0).contains(km) => {
                Ok(Near { lat: *lat, lon: *lon, km: *km })
            }
            _ => Err("give degrees north, degrees east and kilometres, such as 40.25,46.50,20".to_owned()),
        }
    }
}

/// How lists are printed.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, ValueEnum)]
pub(crate) enum Format {
    /// For people
    #[default]
    Text,
    /// One JSON object
    Json,
}

/// Lists what waits for somebody: decisions that no longer fit what is read, documents that were read by an earlier
/// version or not at all, claims that are doubtful and not decided on.
#[derive(Debug, clap::Args)]
pub(crate) struct Review {
    /// Claims that the reader is less sure of than this wait
    #[arg(long, value_name = "0-1", default_value_t = 0.5)]
    pub(crate) below: f64,
    /// Most claims to show
    #[arg(long, value_name = "N", default_value_t = 20)]
    pub(crate) limit: usize,
    #[command(flatten)]
    pub(crate) as_of: AsOf,
}

/// Records a decision. It changes nothing that was kept; `decide undo` takes it back by another entry.
#[derive(Debug, clap::Args)]
pub(crate) struct Decide {
    #[command(subcommand)]
    pub(crate) what: What,
    /// Who decides
    #[arg(long, value_name = "NAME", env = "TRUCEWATCH_BY", hide_env_values = true, global = true, default_value = "")]
    pub(crate) by: String,
    /// Why
    #[arg(long, value_name = "WORDS", global = true, default_value = "")]
    pub(crate) why: String,
}

/// What is decided. Claims go by their id or its first characters.
#[derive(Debug, Clone, Subcommand)]
pub(crate) enum What {
    /// The claim is there as it was read
    Accept {
        /// Id of the claim
        claim: String,
    },
    /// The document does not say this
    Reject {
        /// Id of the claim
        claim: String,
    },
    /// The document says something that was not read
    #[command(after_help = "\
Fields: aspect, speaker-party, actors, targets, place, date, figures
Example:
  trucewatch decide add report.txt 'shells fell near the school' --type shelling --speaker 'a resident' \\
    --field place=Hollin --field date=2031-03-07 --by Orn --why 'the reader missed it'")]
    Add {
        /// Id or name of the document
        document: String,
        /// Its words, enough of them that they stand in it once only
        words: String,
        /// Type of the codebook
        #[arg(long = "type", value_name = "TYPE")]
        kind: String,
        /// Mode of the codebook
        #[arg(long, value_name = "MODE", default_value = "asserted")]
        mode: String,
        /// Who is on record [default: the outlet itself]
        #[arg(long, value_name = "NAME", default_value = "", hide_default_value = true)]
        speaker: String,
        /// Another field with its value; may be given more than once
        #[arg(long = "field", value_name = "NAME=VALUE", value_parser = named)]
        fields: Vec<(String, String)>,
    },
    /// A field of a claim is another
    #[command(after_help = "\
Fields: type, mode, aspect, speaker, speaker-party, actors, targets, place, date, figures, garbled
Examples:
  trucewatch decide correct 3f2a9c date 2031-03-07 --by Orn --why 'the ministry gave the day'
  trucewatch decide correct 3f2a9c place 'Hollin @ 40.25, 46.50'
  trucewatch decide correct 3f2a9c figures 'killed 2..2 civilian of vesk; wounded 7..'")]
    Correct {
        /// Id of the claim
        claim: String,
        /// Which field
        field: String,
        /// Its value; '' for nothing
        value: String,
    },
    /// The incidents of these claims are one
    Merge {
        /// Ids of incidents, or of claims in them
        #[arg(required = true, num_args = 2..)]
        incidents: Vec<String>,
    },
    /// These claims tell of another incident than the rest of theirs
    Split {
        /// Ids of claims
        #[arg(required = true)]
        claims: Vec<String>,
    },
    /// How reliable a source is, whatever it says
    GradeSource {
        /// Name of the outlet or speaker
        source: String,
        /// A (reliable) to F (cannot be judged), or `unknown`
        grade: String,
    },
    /// How credible a claim is, whoever says it
    GradeClaim {
        /// Id of the claim
        claim: String,
        /// 1 (confirmed) to 6 (cannot be judged), or `unknown`
        grade: String,
    },
    /// A remark on a claim or a document
    Note {
        /// Id of the claim, or id or name of the document
        on: String,
        /// What
        words: String,
    },
    /// The brief of these days was read and is stood by
    SignOff {
        /// First day
        #[arg(long, value_name = "DAY", value_parser = super::moments::day)]
        from: Date,
        /// Last day
        #[arg(long, value_name = "DAY", value_parser = super::moments::day)]
        to: Date,
        /// An erratum: the hash of the issued brief in whose place it stands, or its first characters
        #[arg(long, value_name = "SHA256")]
        replaces: Option<String>,
    },
    /// An earlier decision holds no longer
    Undo {
        /// Number of its entry
        #[arg(value_parser = super::moments::entry)]
        entry: u64,
    },
}

/// A name and a value, parted by the first `=`.
fn named(words: &str) -> Result<(String, String), String> {
    let (name, value) = words.split_once('=').ok_or_else(|| format!("`{words}` is no NAME=VALUE"))?;
    Ok((name.trim().to_owned(), value.trim().to_owned()))
}

/// Prints a brief as it was issued, by its hash, or lists all that were issued. They stay as they were signed off, whatever
/// is read, decided or graded later; an erratum is an issue of its own, which names the one that it replaces.
#[derive(Debug, clap::Args)]
pub(crate) struct Issued {
    /// SHA-256 of the brief, or its first six characters or more [default: all, the first first]
    #[arg(value_name = "SHA256")]
    pub(crate) hash: Option<String>,
}

/// Shows everything that was recorded about a claim or an incident, or all decisions, the first first.
#[derive(Debug, clap::Args)]
pub(crate) struct History {
    /// Id of a claim or of an incident, or its first characters [default: all decisions]
    #[arg(value_name = "CLAIM|INCIDENT")]
    pub(crate) of: Option<String>,
    #[command(flatten)]
    pub(crate) as_of: AsOf,
    #[command(flatten)]
    pub(crate) world: World,
}

/// Says what changed in the brief between two times, and why: a new document, a new reading, a decision.
#[derive(Debug, clap::Args)]
pub(crate) struct Diff {
    /// The earlier time
    #[arg(long, value_name = "TIME", value_parser = super::moments::time)]
    pub(crate) from: Timestamp,
    /// The later time [default: now]
    #[arg(long, value_name = "TIME", value_parser = super::moments::time)]
    pub(crate) to: Option<Timestamp>,
    /// First day that the brief covers [default: as for `brief`, at the later time]
    #[arg(long, value_name = "DAY", value_parser = super::moments::day)]
    pub(crate) first: Option<Date>,
    /// Last day that the brief covers
    #[arg(long, value_name = "DAY", value_parser = super::moments::day)]
    pub(crate) last: Option<Date>,
    #[command(flatten)]
    pub(crate) world: World,
}

/// Checks every entry of the ledger against its hash, its place in the log and every signed checkpoint, and names the
/// first that is not in order.
#[derive(Debug, clap::Args)]
pub(crate) struct Verify {
    /// A checkpoint that was kept elsewhere
    #[arg(long, value_name = "FILE")]
    pub(crate) checkpoint: Option<PathBuf>,
    /// The key that must have signed, or a file with it [default: the one that the ledger names]
    #[arg(long, value_name = "KEY|FILE")]
    pub(crate) key: Option<String>,
}

/// Writes a proof that an entry is in the log, which can be checked without the ledger.
#[derive(Debug, clap::Args)]
pub(crate) struct Prove {
    /// Number of the entry, or id or name of a document
    #[arg(value_name = "ENTRY")]
    pub(crate) entry: String,
    /// Prove it under this checkpoint rather than the newest
    #[arg(long, value_name = "FILE")]
    pub(crate) checkpoint: Option<PathBuf>,
}

/// Checks a proof, without the ledger.
#[derive(Debug, clap::Args)]
pub(crate) struct VerifyProof {
    /// The proof; `-` for standard input
    #[arg(value_name = "FILE")]
    pub(crate) proof: PathBuf,
    /// The log's key, or a file with it, as `trucewatch key` prints it
    #[arg(long, value_name = "KEY|FILE")]
    pub(crate) key: String,
    /// A document that must be a part of the entry
    #[arg(long, value_name = "FILE")]
    pub(crate) part: Option<PathBuf>,
}

/// Removes what a document held, by policy. Its hash and the reason stay, and the log can still be checked.
#[derive(Debug, clap::Args)]
pub(crate) struct Remove {
    /// Id or name of the document
    pub(crate) document: String,
    /// By which policy, and why
    #[arg(long, value_name = "WORDS", required = true)]
    pub(crate) why: String,
    /// Who decides
    #[arg(long, value_name = "NAME", env = "TRUCEWATCH_BY", hide_env_values = true, required = true)]
    pub(crate) by: String,
}
