//! Arguments of the commands for field reports.

use std::path::PathBuf;

use clap::{Subcommand, ValueEnum};

use super::books::AsOf;
use super::mission::Viewer;

/// Field reports: what observers heard and saw, or did not, and who kept them from looking. They are kept with a text that
/// tells each in the mission's words; its claims stand beside those of the parties.
#[derive(Debug, clap::Args)]
pub(crate) struct Field {
    #[command(subcommand)]
    pub(crate) command: FieldCommand,
    /// Of which mission [default: the only one in the ledger]
    #[arg(long, value_name = "ID", global = true)]
    pub(crate) mission: Option<String>,
    /// Folder of packs, looked in first
    #[arg(long, value_name = "FOLDER", env = "TRUCEWATCH_PACKS", hide_env_values = true, global = true)]
    pub(crate) packs_dir: Option<PathBuf>,
}

/// What to do with field reports.
#[derive(Debug, Subcommand)]
pub(crate) enum FieldCommand {
    /// Add a report, given as fields with their values
    #[command(after_help = "\
`trucewatch field form --as csv` lists the fields. Ranges may be given as one: count=10-15, bearing=NE or bearing=20-40,
distance_km=7-9. Times without a zone are the mission's local time.

Examples:
  trucewatch field add number=P3-61 observer='Post 3' position_name='Post 3, Hollin' position='-44.8 -124.96 0 50' \\
    at=2031-03-07T19:12 how=heard thing=explosion count=14 bearing=NE distance_km=7-9
  trucewatch field add number=P9-12 observer='Post 9' position_name='Post 9' at=2031-03-07T08:00 kind=nil
  trucewatch field add number=A-4 observer='Patrol A' position_name='Kelmet road' at=2031-03-07T10:20 kind=access \\
    access_what=denied access_by=orlava access_place='Kelmet bridge' access_reason=mines")]
    Add {
        /// Fields with their values
        #[arg(value_name = "FIELD=VALUE", required = true)]
        values: Vec<String>,
        #[command(flatten)]
        how: How,
    },
    /// Add the reports of a table: an export of KoboToolbox or ODK, or any table with the form's fields (CSV, XLSX)
    Import {
        /// The table; `-` for standard input
        file: PathBuf,
        #[command(flatten)]
        how: How,
    },
    /// Write the form for telephones (XLSForm), for KoboToolbox and ODK
    Form {
        /// File to write to, for an XLSX; it must not be there yet
        #[arg(long, value_name = "FILE", required_unless_present = "format")]
        out: Option<PathBuf>,
        /// Print the sheets as tables instead
        #[arg(long = "as", value_enum, conflicts_with = "out")]
        format: Option<FormFormat>,
    },
    /// List the reports
    List {
        /// How to print them; geojson draws where things were, as far as observers could tell
        #[arg(long, value_enum, default_value_t)]
        format: ListFormat,
        /// As somebody sees them: chief, mediator, observer, verifier, public, or liaison:PARTY
        #[arg(long = "as", value_name = "ROLE", default_value = "chief")]
        viewer: Viewer,
        #[command(flatten)]
        as_of: AsOf,
    },
}

/// How reports come in.
#[derive(Debug, Clone, clap::Args)]
pub(crate) struct How {
    /// Who hands them in [default: the observer that each names]
    #[arg(long, value_name = "NAME", env = "TRUCEWATCH_BY", hide_env_values = true, default_value = "")]
    pub(crate) by: String,
    /// Folder that holds the attachments, to note their hashes
    #[arg(long, value_name = "FOLDER")]
    pub(crate) media: Option<PathBuf>,
    /// Only check them, and print how they would be told
    #[arg(long)]
    pub(crate) dry_run: bool,
}

/// How the form is printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum FormFormat {
    /// Comma-separated tables
    Csv,
}

/// How reports are listed.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, ValueEnum)]
pub(crate) enum ListFormat {
    /// For people
    #[default]
    Text,
    /// One JSON object
    Json,
    /// Sectors and positions on the map
    Geojson,
}
