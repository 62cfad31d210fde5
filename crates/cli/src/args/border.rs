//! Arguments of the commands about borders.

use std::path::PathBuf;

use clap::{Subcommand, ValueEnum};
use desk::WorldOptions;
use jiff::Timestamp;

use super::judge::AsOf;
use super::mission::{Author, Step, Viewer};

/// What to do with a border.
#[derive(Debug, Subcommand)]
pub(crate) enum Border {
    /// Set two proposals for one stretch of border side by side
    Compare(Compare),
    /// Say how far each segment has come, and what it waits for
    Status(Status),
    /// Write the coordinates of a segment's line as a table
    Annex(Annex),
    /// Turn a line of a file into an entry of a register that proposes it
    Import(Import),
    /// Write the versions of all segments into a file for maps
    Export(Export),
    /// Open the segments of a list in the ledger, so that lines can be proposed for them
    Open(Open),
    /// Propose a line of a file for a segment of the ledger
    Propose(Propose),
    /// State that something is done that a segment waits for
    Confirm(Confirm),
    /// Take such a confirmation back
    Retract(Confirm),
    /// Lay an agreed line down in coordinates
    Delimit(Step),
    /// Record a numbered pillar on a delimited line
    Pillar(SetPillar),
    /// Declare a delimited line marked by its pillars
    Demarcate(Step),
}

/// Which state of the books is looked at.
#[derive(Debug, Clone, Default, clap::Args)]
pub(crate) struct Books {
    /// Only what was recorded by then: a day or a time
    #[arg(long, value_name = "TIME")]
    pub(crate) as_of: Option<AsOf>,
    /// Which mission of the ledger [default: the only one]
    #[arg(long, value_name = "ID")]
    pub(crate) mission: Option<String>,
    /// As somebody sees the ledger: chief, mediator, observer, verifier, public, or liaison:PARTY [default: all of it]
    #[arg(long = "as", value_name = "ROLE")]
    pub(crate) viewer: Option<Viewer>,
}

/// Opens each segment of a list (TOML, docs/line.md; packs keep them in `borders/`), or the one that is named, as an entry
/// of the ledger. Whose consents its lines need is the mandate's to say.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  trucewatch border open packs/vesk-orlava/borders/line.toml --by Mira --role mediator
  trucewatch border open line.toml#south --by Mira --role mediator")]
pub(crate) struct Open {
    /// The list; FILE#ID for one of its segments
    #[arg(value_name = "FILE")]
    pub(crate) list: String,
    #[command(flatten)]
    pub(crate) author: Author,
}

/// Proposes a line of a GeoJSON or GeoPackage file for a segment that is open in the ledger: its next version, to which each
/// party then answers (`trucewatch mission answer`). Files in other coordinates than EPSG:4326 are refused.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  trucewatch border propose vesk.geojson --segment south --party vesk --by Tarn --key vesk.key
  trucewatch border propose ridge.geojson --segment south --map 'Joint sheet 3 (2031)' --instead-of 3f2a9c --by Mira --role mediator")]
pub(crate) struct Propose {
    /// The file; FILE#ID where it holds several lines
    #[arg(value_name = "FILE")]
    pub(crate) file: String,
    /// Id of the segment
    #[arg(long, value_name = "ID")]
    pub(crate) segment: String,
    /// In a few words [default: the map]
    #[arg(long, value_name = "TEXT")]
    pub(crate) title: Option<String>,
    /// On which map [default: the line's property `map`]
    #[arg(long, value_name = "TEXT")]
    pub(crate) map: Option<String>,
    /// In full
    #[arg(long, value_name = "WORDS", default_value = "")]
    pub(crate) words: String,
    /// Id of an earlier proposal in whose place this one is
    #[arg(long, value_name = "ID")]
    pub(crate) instead_of: Option<String>,
    #[command(flatten)]
    pub(crate) author: Author,
}

/// Confirms a precondition of a segment, or takes that back: a party's liaison in its name, the chief or a verifier in the
/// mission's.
#[derive(Debug, clap::Args)]
pub(crate) struct Confirm {
    /// Id of the segment
    pub(crate) segment: String,
    /// Id of the precondition
    pub(crate) precondition: String,
    /// In words
    #[arg(default_value = "")]
    pub(crate) words: String,
    /// Number of a field report that shows it; may be repeated
    #[arg(long = "report", value_name = "NUMBER")]
    pub(crate) reports: Vec<String>,
    /// When it was seen [default: when it is stated]
    #[arg(long, value_name = "TIME", value_parser = super::moments::time)]
    pub(crate) on: Option<Timestamp>,
    #[command(flatten)]
    pub(crate) author: Author,
}

/// Records a pillar, no further than 100 m from the line that it marks.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  trucewatch border pillar 3f2a9c81d0b4 1 -45.48 -124.92 --by Mira --role mediator")]
pub(crate) struct SetPillar {
    /// Id of the proposal of the line, or its first characters
    pub(crate) proposal: String,
    /// Its number, from 1 along the line
    pub(crate) number: u32,
    /// Degrees north
    #[arg(allow_negative_numbers = true)]
    pub(crate) lat: f64,
    /// Degrees east
    #[arg(allow_negative_numbers = true)]
    pub(crate) lon: f64,
    /// In words
    #[arg(default_value = "")]
    pub(crate) words: String,
    /// When it was set [default: when it is stated]
    #[arg(long, value_name = "TIME", value_parser = super::moments::time)]
    pub(crate) on: Option<Timestamp>,
    #[command(flatten)]
    pub(crate) author: Author,
}

/// Sets two proposals side by side: lengths, areas that would change hands either way, how far the lines run from each
/// other, and what lies between and near them. A proposal is a line of a GeoJSON or GeoPackage file in degrees (EPSG:4326),
/// with areas of the same file that have a `holder` as its enclaves; or a version of a register or of the ledger. Lines that cross or touch
/// each other, or are drawn from opposite ends, are compared; lines that meet themselves, or do not begin and end at the
/// same places, are refused.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  trucewatch border compare vesk.geojson orlava.geojson
  trucewatch border compare border.jsonl#south/1 border.jsonl#south/2 --pack vesk-orlava --near 5
  trucewatch border compare south/1 south/2 --ledger books.ledger
  trucewatch border compare maps.gpkg#map-1976 maps.gpkg#map-1992 --layer roads.geojson --format geojson > between.geojson")]
pub(crate) struct Compare {
    /// File of the first proposal; FILE#ID where the file holds several, REGISTER#SEGMENT/VERSION for a version of a
    /// register, SEGMENT/VERSION for one of the ledger
    #[arg(value_name = "FIRST")]
    pub(crate) first: String,
    /// The second
    #[arg(value_name = "SECOND")]
    pub(crate) second: String,
    /// Join ends that lie no further apart than this
    #[arg(long, value_name = "METRES", default_value_t = 100.0)]
    pub(crate) join: f64,
    /// List what lies no further than this from either line
    #[arg(long, value_name = "KM", default_value_t = 5.0)]
    pub(crate) near: f64,
    /// Layer of points (settlements, posts) or lines (roads), as GeoJSON or GeoPackage; may be repeated
    #[arg(long = "layer", value_name = "FILE")]
    pub(crate) layers: Vec<PathBuf>,
    /// Incidents, as `trucewatch incidents --format json` or geojson prints them
    #[arg(long, value_name = "FILE")]
    pub(crate) incidents: Option<PathBuf>,
    /// How to print it
    #[arg(long, value_enum, default_value_t)]
    pub(crate) format: Format,
    #[command(flatten)]
    pub(crate) books: Books,
    #[command(flatten)]
    pub(crate) packs: PacksInUse,
}

/// Replays the ledger, or a register (lines of JSON, an entry each; docs/line.md), and says how far each segment has come:
/// undefined, proposed, disputed, agreed, delimited or demarcated, by what stands now. Nothing is agreed without every
/// consent that the segment needs. Ends with code 5 where an entry of a register breaks the rules; it changes nothing.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  trucewatch border status
  trucewatch border status border.jsonl --as-of 2031-06-01 --format json")]
pub(crate) struct Status {
    /// The register [default: the ledger]
    #[arg(value_name = "REGISTER")]
    pub(crate) register: Option<PathBuf>,
    #[command(flatten)]
    pub(crate) books: Books,
    /// How to print it
    #[arg(long, value_enum, default_value_t)]
    pub(crate) format: Format,
}

/// Prints the vertices of a segment's agreed line, or of the version that is named: number, degrees north and east, the
/// same in degrees, minutes and seconds, metres from the start, and distance and direction to the next.
#[derive(Debug, clap::Args)]
#[command(
    allow_missing_positional = true,
    after_help = "\
Examples:
  trucewatch border annex south
  trucewatch border annex border.jsonl south --version-number 2 --format csv > annex.csv
  trucewatch border annex south --format docx --to annex.docx"
)]
pub(crate) struct Annex {
    /// The register [default: the ledger]
    #[arg(value_name = "REGISTER")]
    pub(crate) register: Option<PathBuf>,
    /// Id of the segment
    #[arg(value_name = "SEGMENT")]
    pub(crate) segment: String,
    /// Which version, counted from 1 [default: the one that is agreed]
    #[arg(long, value_name = "N")]
    pub(crate) version_number: Option<u32>,
    /// How to print it
    #[arg(long, value_enum, default_value_t)]
    pub(crate) format: TableFormat,
    /// File to write to [default: standard output]
    #[arg(long, value_name = "FILE")]
    pub(crate) to: Option<PathBuf>,
    #[command(flatten)]
    pub(crate) books: Books,
}

/// Turns a line of a GeoJSON or GeoPackage file into an entry that proposes it, printed as a line of JSON for a register.
/// Files in other coordinates than EPSG:4326 are refused.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  trucewatch border import vesk.geojson --segment south --by vesk --map 'sheet 12, 1976' --at 2031-04-02T10:00Z >> border.jsonl")]
pub(crate) struct Import {
    /// The file; FILE#ID where it holds several lines
    #[arg(value_name = "FILE")]
    pub(crate) file: String,
    /// Id of the segment
    #[arg(long, value_name = "ID")]
    pub(crate) segment: String,
    /// Who proposes it
    #[arg(long, value_name = "PARTY")]
    pub(crate) by: String,
    /// On which map [default: the line's property `map`]
    #[arg(long, value_name = "TEXT")]
    pub(crate) map: Option<String>,
    /// When it was proposed
    #[arg(long, value_name = "TIME", value_parser = super::moments::time)]
    pub(crate) at: Timestamp,
    /// In which words
    #[arg(long, value_name = "TEXT", default_value = "")]
    pub(crate) words: String,
}

/// Writes every version of every segment as a line, with its state, who proposed it, who consents, and its pillars as
/// points; degrees, EPSG:4326.
#[derive(Debug, clap::Args)]
#[command(
    allow_missing_positional = true,
    after_help = "\
Examples:
  trucewatch border export border.gpkg
  trucewatch border export border.jsonl border.geojson"
)]
pub(crate) struct Export {
    /// The register [default: the ledger]
    #[arg(value_name = "REGISTER")]
    pub(crate) register: Option<PathBuf>,
    /// File to write, ending in .geojson or .gpkg; it must not be there yet
    #[arg(value_name = "FILE")]
    pub(crate) to: PathBuf,
    #[command(flatten)]
    pub(crate) books: Books,
}

/// The packs whose lines and places are used.
#[derive(Debug, Clone, Default, clap::Args)]
#[command(next_help_heading = "Knowledge")]
pub(crate) struct PacksInUse {
    /// Pack to use, by name or folder; may be repeated
    #[arg(long = "pack", value_name = "NAME|FOLDER")]
    pub(crate) packs: Vec<String>,
    /// Folder of packs, looked in first
    #[arg(long, value_name = "FOLDER", env = "TRUCEWATCH_PACKS", hide_env_values = true)]
    pub(crate) packs_dir: Option<PathBuf>,
}

impl PacksInUse {
    /// As plain values.
    pub(crate) fn options(&self) -> WorldOptions {
        WorldOptions { packs: self.packs.clone(), packs_dir: self.packs_dir.clone(), ..WorldOptions::default() }
    }
}

/// How maps and lists are printed.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, ValueEnum)]
pub(crate) enum Format {
    /// For people
    #[default]
    Text,
    /// One JSON object
    Json,
    /// A GeoJSON file
    Geojson,
}

/// How tables are printed.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, ValueEnum)]
pub(crate) enum TableFormat {
    /// A table in Markdown
    #[default]
    Md,
    /// A table with a head
    Csv,
    /// A JSON array
    Json,
    /// A document for word processors
    Docx,
}
