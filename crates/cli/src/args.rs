//! Arguments: what may be typed, with the help that is shown for it. Nothing here does anything.

pub(crate) mod books;
pub(crate) mod border;
pub(crate) mod counts;
pub(crate) mod exchange;
pub(crate) mod field;
pub(crate) mod judge;
pub(crate) mod line;
pub(crate) mod mission;
mod moments;
pub(crate) mod publish;
pub(crate) mod serve;
pub(crate) mod verification;

use std::path::PathBuf;

use clap::builder::styling::{AnsiColor, Styles};
use clap::{Parser, Subcommand, ValueEnum};
use clap_complete::Shell;
use desk::WorldOptions;
use jiff::civil::Date;
use trucewatch::when::Interval;

const STYLES: Styles = Styles::styled()
    .header(AnsiColor::Green.on_default().bold())
    .usage(AnsiColor::Green.on_default().bold())
    .literal(AnsiColor::Cyan.on_default().bold())
    .placeholder(AnsiColor::Cyan.on_default());

const EXIT_CODES: &str = "\
Exit codes:
  0  done
  1  error, nothing was done
  2  wrong arguments
  3  nothing to read in what was named
  4  done, but some of what was named could not be read (each is told on standard error)
  5  what was checked is not in order (verify, verify-proof)";

/// The books of a ceasefire: reads reports, records who claims what, sets it against what was agreed.
#[derive(Debug, Parser)]
#[command(name = "trucewatch", version, styles = STYLES, max_term_width = 100)]
#[command(propagate_version = true, subcommand_required = true, arg_required_else_help = true)]
#[command(after_help = EXIT_CODES)]
pub(crate) struct Args {
    #[command(subcommand)]
    pub(crate) command: Command,
    /// File of the ledger [default: books.ledger in the user's data folder]
    #[arg(long, value_name = "PATH", env = "TRUCEWATCH_LEDGER", hide_env_values = true, global = true)]
    pub(crate) ledger: Option<PathBuf>,
}

/// What to do.
#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Read reports and print their claims
    Read(Read),
    /// Write the brief of the ledger, or of a folder of reports
    Brief(Brief),
    /// Show where a claim comes from: its sentence, the parse, and the rule behind each field
    Explain(Explain),
    /// List what happened: by whose account, denied by whom
    Incidents(judge::Incidents),
    /// Show one incident with everything behind it
    Incident(judge::Incident),
    /// Set what happened against what was agreed
    Findings(judge::Findings),
    /// List what was agreed, and whether it holds
    Agreements(judge::Agreements),
    /// Say what was read of which days and areas, and what was not
    Coverage(judge::Coverage),
    /// Put incidents, agreements and what is due in the order of days
    Timeline(judge::Timeline),
    /// List figures of the dead, the wounded and the like, by who says them
    Tolls(counts::Tolls),
    /// Follow promised steps: where each stands, by whose word, what is due
    Promises(counts::Promises),
    /// Where a border is: set proposals side by side, follow segments to their pillars
    #[command(subcommand)]
    Border(border::Border),
    /// Who watches which stretch of a line, what a post sees, where posts should stand
    #[command(subcommand)]
    Line(line::Line),
    /// Write incidents, claims or the brief in a form that others can open
    Publish(publish::Publish),
    /// Open the room: pages and an API over the ledger, for this machine or for many
    Serve(serve::Serve),
    /// Read reports and keep them in the ledger
    Add(books::Add),
    /// Follow feeds and keep what they bring in the ledger
    Watch(books::Watch),
    /// Read the ledger's documents again, where another version read them last
    Reread(books::Reread),
    /// Find documents of the ledger by words and places
    Search(books::Search),
    /// List what waits for somebody's decision
    Review(books::Review),
    /// Record a decision on a claim, an incident, a source or a brief
    Decide(books::Decide),
    /// Show everything that was recorded about a claim or an incident
    History(books::History),
    /// Say what changed in the brief between two times, and why
    Diff(books::Diff),
    /// Print a brief as it was issued, or list all that were
    Issued(books::Issued),
    /// Check that nothing in the ledger was changed
    Verify(books::Verify),
    /// Write a proof that an entry is in the ledger
    Prove(books::Prove),
    /// Check such a proof, without the ledger
    VerifyProof(books::VerifyProof),
    /// Record and print a signed checkpoint of the ledger, to be kept elsewhere
    Checkpoint,
    /// Print the key by which others check the ledger's signatures
    Key,
    /// Build again what is derived from the entries
    Rebuild,
    /// Copy the ledger, while it is in use, to a file that is not there yet
    Backup {
        /// The file
        to: PathBuf,
    },
    /// Make the ledger of a backup, where none is yet
    Restore {
        /// The backup
        from: PathBuf,
    },
    /// Print the whole ledger with its history as lines of JSON
    Export,
    /// Make the ledger of an export, where none is yet: its log has the same root
    Import {
        /// The export, or a bundle that `publish zip` made; `-` for standard input
        from: PathBuf,
    },
    /// Remove what a document held, by policy; its hash and the reason stay
    Remove(books::Remove),
    /// Run a mission: its mandate, what is proposed, who consents to what
    Mission(mission::Mission),
    /// Add, import and list field reports, and write their form
    Field(field::Field),
    /// Follow allegations to findings, and write the mission's reports
    Verification(verification::Verification),
    /// Give sealed lists of prisoners, missing and dead; match them; note handovers
    Exchange(exchange::Exchange),
    /// Make, register and list the keys by which parties sign what they state
    Keys(mission::Keys),
    /// Sign a statement, without the ledger
    Sign(mission::Sign),
    /// Take signed statements into the ledger
    Submit(mission::Submit),
    /// List the packs at hand, or check one
    Packs(Packs),
    /// Print the completions of a shell
    Completions {
        /// Which shell
        shell: Shell,
    },
    /// Write the manual pages into a folder
    Man {
        /// Folder to write to; it is made if it is not there
        folder: PathBuf,
    },
}

/// Reads files, or all files of folders and their subfolders that are texts, pages, feeds, mail, DOCX, PDF, JSONL or web
/// archives, packed with gzip or not. Beside `name.txt`, a file `name.meta.toml` may give `published`, `outlet`, `url` and
/// `title`.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  trucewatch read report.txt
  trucewatch read reports/ --format jsonl > claims.jsonl
  trucewatch read report.txt --pack armenia-azerbaijan --date 2020-10-11
  trucewatch read --input jsonl --format jsonl --layers < documents.jsonl")]
pub(crate) struct Read {
    /// Files or folders; standard input if none is named
    #[arg(value_name = "FILE")]
    pub(crate) paths: Vec<PathBuf>,
    /// How to print what was read
    #[arg(long, value_enum, default_value_t)]
    pub(crate) format: ReadFormat,
    /// Print statements, times and places as well (json and jsonl)
    #[arg(long)]
    pub(crate) layers: bool,
    /// Tell on standard error where the time goes
    #[arg(long, hide = true)]
    pub(crate) timings: bool,
    #[command(flatten)]
    pub(crate) intake: Intake,
    #[command(flatten)]
    pub(crate) world: World,
}

/// How `read` prints.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, ValueEnum)]
pub(crate) enum ReadFormat {
    /// For people: each claim with its fields and its place
    #[default]
    Text,
    /// One indented JSON object a document
    Json,
    /// One line of JSON a document
    Jsonl,
}

/// Gathers the claims of the ledger's reports of some days, or of all reports of a folder, into incidents, sets them against the agreements of the packs in use, and writes
/// what an analyst would: what is in force, what happened by whose account, tolls, promised steps, what is not covered.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  trucewatch brief
  trucewatch brief --from 2031-03-07 --to 2031-03-08 --as-of 2031-03-08T12:00Z
  trucewatch brief reports/
  trucewatch brief reports/ --from 2020-10-10 --to 2020-10-17 --pack armenia-azerbaijan > brief.md")]
pub(crate) struct Brief {
    /// Folders or files of reports; the ledger if none is named
    #[arg(value_name = "FOLDER")]
    pub(crate) paths: Vec<PathBuf>,
    /// First day to cover [default: the day before the first report was published, over the ledger before the last]
    #[arg(long, value_name = "DAY", value_parser = moments::day)]
    pub(crate) from: Option<Date>,
    /// Last day to cover [default: the day on which the last report was published]
    #[arg(long, value_name = "DAY", value_parser = moments::day)]
    pub(crate) to: Option<Date>,
    /// How to print it
    #[arg(long, value_enum, default_value_t)]
    pub(crate) format: BriefFormat,
    #[command(flatten)]
    pub(crate) as_of: books::AsOf,
    #[command(flatten)]
    pub(crate) intake: Intake,
    #[command(flatten)]
    pub(crate) world: World,
}

/// How `brief` prints.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, ValueEnum)]
pub(crate) enum BriefFormat {
    /// Markdown with footnotes
    #[default]
    Md,
    /// One JSON object
    Json,
}

/// Reads the reports again with the same packs and shows how a claim of theirs came about.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  trucewatch explain 3f2a9c report.txt
  trucewatch explain 3f2a9c reports/ --pack armenia-azerbaijan")]
pub(crate) struct Explain {
    /// Id of the claim, or its first characters, as `read` prints it
    #[arg(value_name = "CLAIM-ID")]
    pub(crate) claim: String,
    /// Files or folders that hold its report
    #[arg(value_name = "FILE", required = true)]
    pub(crate) paths: Vec<PathBuf>,
    #[command(flatten)]
    pub(crate) intake: Intake,
    #[command(flatten)]
    pub(crate) world: World,
}

/// Lists the packs at hand: what each knows, and the fingerprint of its files.
#[derive(Debug, clap::Args)]
#[command(args_conflicts_with_subcommands = true)]
pub(crate) struct Packs {
    #[command(subcommand)]
    pub(crate) command: Option<PacksCommand>,
    /// Folder of packs, looked in first
    #[arg(long, value_name = "FOLDER", env = "TRUCEWATCH_PACKS", hide_env_values = true)]
    pub(crate) packs_dir: Option<PathBuf>,
}

/// What to do with packs.
#[derive(Debug, Subcommand)]
pub(crate) enum PacksCommand {
    /// Check packs: files, ids that nothing defines, ids defined twice
    Check {
        /// Folder of a pack [default: all packs at hand]
        path: Option<PathBuf>,
        /// Folder of packs, looked in first
        #[arg(long, value_name = "FOLDER", env = "TRUCEWATCH_PACKS", hide_env_values = true)]
        packs_dir: Option<PathBuf>,
    },
}

/// How reports come in.
#[derive(Debug, Clone, clap::Args)]
pub(crate) struct Intake {
    /// What the files hold
    #[arg(long, value_enum, default_value_t)]
    pub(crate) input: Input,
    /// Day (or interval, EDTF) of publication of documents that come without one
    #[arg(long, value_name = "DAY")]
    pub(crate) date: Option<Interval>,
    /// Largest text, page, row or line that is read
    #[arg(long, value_name = "BYTES", default_value_t = intake::MAX_BYTES)]
    pub(crate) max_bytes: u64,
    /// Another limit, such as depth=400, file=100MiB or time=60s; may be repeated (docs/intake.md lists them)
    #[arg(long = "limit", value_name = "NAME=VALUE")]
    pub(crate) limits: Vec<String>,
    /// Which column of a table holds what, such as text=notes,published=event_date
    #[arg(long, value_name = "FIELD=COLUMN,…")]
    pub(crate) columns: Option<String>,
    /// Threads to read with [default: all cores]
    #[arg(long, value_name = "N")]
    pub(crate) threads: Option<usize>,
}

impl Intake {
    /// As plain values.
    pub(crate) fn options(&self) -> desk::Intake {
        let Intake { input, date, max_bytes, limits, columns, threads } = self.clone();
        desk::Intake { lines: input == Input::Jsonl, date, max_bytes, limits, columns, threads }
    }
}

/// What files hold.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, ValueEnum)]
pub(crate) enum Input {
    /// Told from the file: text, a page, a feed, mail, DOCX, PDF, a table, JSONL, a web archive
    #[default]
    #[value(alias = "txt")]
    Auto,
    /// A line is a report: {"id", "text", "dct"?}
    Jsonl,
}

/// What is known beyond the reports.
#[derive(Debug, Clone, Default, clap::Args)]
#[command(next_help_heading = "Knowledge")]
pub(crate) struct World {
    /// Pack to use, by name or folder; may be repeated [default: those that a document's names call for]
    #[arg(long = "pack", value_name = "NAME|FOLDER")]
    pub(crate) packs: Vec<String>,
    /// Folder of packs, looked in first
    #[arg(long, value_name = "FOLDER", env = "TRUCEWATCH_PACKS", hide_env_values = true)]
    pub(crate) packs_dir: Option<PathBuf>,
    /// Folder of the English model [default: the user's data folder, then ./models]
    #[arg(long, value_name = "FOLDER", env = "TRUCEWATCH_MODEL", hide_env_values = true)]
    pub(crate) model: Option<PathBuf>,
    /// File of the world gazetteer, or `none` [default: gazetteer.bin in the same places, if it is there]
    #[arg(long, value_name = "FILE|none", env = "TRUCEWATCH_GAZETTEER", hide_env_values = true)]
    pub(crate) gazetteer: Option<PathBuf>,
    /// Read as if on this day; it bounds what undated reports can mean [default: today]
    #[arg(long, value_name = "DAY", value_parser = moments::day)]
    pub(crate) today: Option<Date>,
}

impl World {
    /// As plain values.
    pub(crate) fn options(&self) -> WorldOptions {
        let World { packs, packs_dir, model, gazetteer, today } = self.clone();
        WorldOptions { packs, packs_dir, own: None, model, gazetteer, today }
    }
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    #[test]
    fn arguments_are_consistent() {
        super::Args::command().debug_assert();
    }
}
