//! Arguments of the commands about lines and those who watch them.

use std::path::PathBuf;

use clap::Subcommand;
use jiff::civil::Date;

use super::border::{Books, Format, PacksInUse};

/// What to do with a line.
#[derive(Debug, Subcommand)]
pub(crate) enum Line {
    /// Say which stretches of a line were watched on which day, and which incidents nobody could see
    Coverage(Coverage),
    /// Say what of a line a post sees
    Sight(Sight),
    /// Find where new posts should stand to see most of a line
    Plan(Plan),
}

/// For each stretch of a line and each day: observed (all of it at all hours), partly (at some hours, or some of it), or not;
/// and for each incident whether anybody could see it. Who watches is told by the ledger that is named, or by a TOML file
/// (docs/line.md). A post to which a party has not plainly consented, or that is not in place, watches nothing. Without a terrain, a post sees as far as its reach.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  trucewatch line coverage line-of-contact --pack vesk-orlava --posts posts.toml --from 2031-03-07 --to 2031-03-09
  trucewatch incidents reports/ --format json > incidents.json
  trucewatch line coverage line-of-contact --posts posts.toml --incidents incidents.json --from 2031-03-07 --to 2031-03-12
  trucewatch line coverage border.geojson#south --posts posts.toml --terrain srtm/ --from 2031-03-07 --format geojson")]
pub(crate) struct Coverage {
    #[command(flatten)]
    pub(crate) on: On,
    /// First day
    #[arg(long, value_name = "DAY", value_parser = super::moments::day)]
    pub(crate) from: Date,
    /// Last day [default: the first]
    #[arg(long, value_name = "DAY", value_parser = super::moments::day)]
    pub(crate) to: Option<Date>,
    /// How to print it; geojson gives a line for each stretch and day
    #[arg(long, value_enum, default_value_t)]
    pub(crate) format: Format,
    #[command(flatten)]
    pub(crate) packs: PacksInUse,
}

/// What of a line a post sees, whatever its hours, days and consents; with a terrain, the ground that it sees as well.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  trucewatch line sight post-5 line-of-contact --posts posts.toml --terrain srtm/
  trucewatch line sight post-5 line-of-contact --posts posts.toml --terrain srtm/ --format geojson > seen.geojson")]
pub(crate) struct Sight {
    /// Id of the post
    #[arg(value_name = "POST")]
    pub(crate) post: String,
    #[command(flatten)]
    pub(crate) on: On,
    /// How to print it
    #[arg(long, value_enum, default_value_t)]
    pub(crate) format: Format,
    #[command(flatten)]
    pub(crate) packs: PacksInUse,
}

/// Finds which of some sites should get posts, so that most of the line is seen beside what today's posts see: metres of the
/// line, and incidents as so many metres each. Sites are entries as posts are; those that lack a consent are left out and
/// told. The plan is proven best by the solver HiGHS, or says how far it may be from the best.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  trucewatch line plan line-of-contact --pack vesk-orlava --posts posts.toml --sites sites.toml --count 3 --apart 5
  trucewatch line plan line-of-contact --sites sites.toml --count 3 --ledger books.ledger --record --by Orn
  trucewatch line plan line-of-contact --sites sites.toml --count 3 --incidents incidents.json --format geojson > plan.geojson")]
pub(crate) struct Plan {
    #[command(flatten)]
    pub(crate) on: On,
    /// Where posts could stand: a file as for --posts
    #[arg(long, value_name = "FILE")]
    pub(crate) sites: PathBuf,
    /// How many new posts
    #[arg(long, value_name = "N")]
    pub(crate) count: usize,
    /// No two posts nearer than this, those of today included
    #[arg(long, value_name = "KM", default_value_t = 0.0)]
    pub(crate) apart: f64,
    /// What seeing the place of an incident is worth, in kilometres of line
    #[arg(long, value_name = "KM", default_value_t = 1.0)]
    pub(crate) incident_km: f64,
    /// Take all consents of the sites as given
    #[arg(long)]
    pub(crate) as_if_agreed: bool,
    /// Seconds after which the solver stops with what it has
    #[arg(long, value_name = "SECONDS", default_value_t = 60)]
    pub(crate) time_limit: u64,
    /// The solver: the program `highs`, or `none` [default: models/highs/bin/highs where `make solver` lays it, else `highs` on the path]
    #[arg(long, value_name = "FILE|none", env = "TRUCEWATCH_HIGHS", hide_env_values = true)]
    pub(crate) solver: Option<PathBuf>,
    /// Put the plan on record in the ledger; `mission propose --plan` proposes its posts
    #[arg(long)]
    pub(crate) record: bool,
    /// Who puts it on record
    #[arg(long, value_name = "NAME", env = "TRUCEWATCH_BY", hide_env_values = true, default_value = "")]
    pub(crate) by: String,
    /// How to print it
    #[arg(long, value_enum, default_value_t)]
    pub(crate) format: Format,
    #[command(flatten)]
    pub(crate) packs: PacksInUse,
}

/// Which line, watched by whom, over which ground.
#[derive(Debug, clap::Args)]
pub(crate) struct On {
    /// Id of a line of the packs, or FILE or FILE#ID of a GeoJSON or GeoPackage file
    #[arg(value_name = "LINE")]
    pub(crate) line: String,
    /// Posts, patrols and cameras of today [default: those of the ledger, where one is named]
    #[arg(long, value_name = "FILE")]
    pub(crate) posts: Option<PathBuf>,
    #[command(flatten)]
    pub(crate) books: Books,
    /// File of a terrain tile, or folder of them (SRTM .hgt, or GeoTIFF in degrees)
    #[arg(long, value_name = "FILE|FOLDER")]
    pub(crate) terrain: Option<PathBuf>,
    /// Incidents, as `trucewatch incidents --format json` or geojson prints them
    #[arg(long, value_name = "FILE")]
    pub(crate) incidents: Option<PathBuf>,
    /// Only incidents no further from the line than this
    #[arg(long, value_name = "KM", default_value_t = 10.0)]
    pub(crate) near: f64,
    /// Longest stretch
    #[arg(long, value_name = "KM", default_value_t = 1.0)]
    pub(crate) stretch: f64,
    /// Metres above the ground of what has to be seen, used with a terrain
    #[arg(long, value_name = "METRES", default_value_t = 2.0)]
    pub(crate) target: f64,
}
