//! Arguments of the commands that judge: what to look at, what of it to show, and how.

use std::path::PathBuf;
use std::str::FromStr;

use clap::ValueEnum;
use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;

use super::{Intake, World};

/// Lists what happened by the reports: who says so, who denies it, and what the voices amount to.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  trucewatch incidents --from 2031-03-07 --standing contested
  trucewatch incidents reports/ --party vesk --type shelling --format csv > shellings.csv
  trucewatch incidents --claims coded/ --format json
  trucewatch incidents --format geojson > incidents.geojson
  trucewatch incidents --format svg > days.svg")]
pub(crate) struct Incidents {
    #[command(flatten)]
    pub(crate) over: Over,
    #[command(flatten)]
    pub(crate) filter: Filter,
    #[command(flatten)]
    pub(crate) paging: Paging,
    /// How to print them; svg draws how many there are a day
    #[arg(long, value_enum, default_value_t)]
    pub(crate) format: MapFormat,
}

/// Shows one incident: each party's voice in its own words, the separate sources, why each claim is in it, and the
/// terms that it falls under.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  trucewatch incident i-3f2a9c
  trucewatch incident i-3f2a9c reports/ --format json")]
pub(crate) struct Incident {
    /// Id of the incident, or its first characters
    #[arg(value_name = "INCIDENT-ID")]
    pub(crate) id: String,
    #[command(flatten)]
    pub(crate) over: Over,
    /// How to print it
    #[arg(long, value_enum, default_value_t)]
    pub(crate) format: OneFormat,
}

/// Sets incidents against the terms of the agreements in force then and there: in scope, out of scope, or undetermined
/// for want of a named fact; who alleges it, what the accused answers. It finds nobody guilty.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  trucewatch findings --answer in-scope --from 2031-03-07
  trucewatch findings --term halmora-2031:4
  trucewatch findings reports/ --party vesk --format json")]
pub(crate) struct Findings {
    #[command(flatten)]
    pub(crate) over: Over,
    #[command(flatten)]
    pub(crate) filter: Filter,
    /// Only findings with this answer
    #[arg(long, value_enum, value_name = "ANSWER")]
    pub(crate) answer: Option<Answer>,
    #[command(flatten)]
    pub(crate) paging: Paging,
    /// How to print them
    #[arg(long, value_enum, default_value_t)]
    pub(crate) format: Format,
}

/// Lists the agreements of the packs in use: who is bound, since when, whether they hold, and how many incidents fall
/// under each term. Without reports and without a ledger, those of all packs at hand.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  trucewatch agreements --as-of 2031-03-08
  trucewatch agreements --agreement halmora-2031
  trucewatch agreements reports/ --format csv")]
pub(crate) struct Agreements {
    /// Only this one, with its terms
    #[arg(long, value_name = "ID")]
    pub(crate) agreement: Option<String>,
    #[command(flatten)]
    pub(crate) over: Over,
    #[command(flatten)]
    pub(crate) paging: Paging,
    /// How to print them
    #[arg(long, value_enum, default_value_t)]
    pub(crate) format: Format,
}

/// Says what was read of which days and areas, by the side of the outlet, and which incidents rest on one side's outlets
/// alone. What nothing was read of is not covered, which is not the same as quiet.
#[derive(Debug, clap::Args)]
pub(crate) struct Coverage {
    #[command(flatten)]
    pub(crate) over: Over,
    #[command(flatten)]
    pub(crate) filter: Filter,
    #[command(flatten)]
    pub(crate) paging: Paging,
    /// How to print it
    #[arg(long, value_enum, default_value_t)]
    pub(crate) format: Format,
}

/// Puts incidents, agreements and what is due in the order of their days.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  trucewatch timeline --from 2031-03-01 --to 2031-03-12
  trucewatch timeline reports/ --format svg > days.svg")]
pub(crate) struct Timeline {
    #[command(flatten)]
    pub(crate) over: Over,
    #[command(flatten)]
    pub(crate) filter: Filter,
    #[command(flatten)]
    pub(crate) paging: Paging,
    /// How to print it; svg draws how many incidents there are a day
    #[arg(long, value_enum, default_value_t)]
    pub(crate) format: ChartFormat,
}

/// What a finding answers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Answer {
    /// The term covers it, if it happened as alleged
    InScope,
    /// The term does not cover it
    OutOfScope,
    /// It cannot be told, for want of a fact
    Undetermined,
}

impl Answer {
    /// The word for it.
    pub(crate) fn as_str(self) -> &'static str {
        match self {
            Answer::InScope => "in-scope",
            Answer::OutOfScope => "out-of-scope",
            Answer::Undetermined => "undetermined",
        }
    }
}

/// What is looked at: the ledger, a folder of reports, or claims that are ready.
#[derive(Debug, clap::Args)]
#[command(next_help_heading = "What is looked at")]
pub(crate) struct Over {
    /// Folders or files of reports; the ledger if none is named
    #[arg(value_name = "FOLDER")]
    pub(crate) paths: Vec<PathBuf>,
    /// Folder of documents (name.txt) with their claims beside them (name.json), or file of `publish jsonl`, in place of
    /// reports; may be repeated
    #[arg(long, value_name = "FOLDER|FILE", num_args = 1.., conflicts_with = "paths")]
    pub(crate) claims: Vec<PathBuf>,
    /// As it stood at this time or at the end of this day, such as 2031-03-08T12:00Z or 2031-03-08 [default: now]
    #[arg(long, value_name = "TIME|DAY")]
    pub(crate) as_of: Option<AsOf>,
    #[command(flatten)]
    pub(crate) intake: Intake,
    #[command(flatten)]
    pub(crate) world: World,
}

/// A time at which things are looked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct AsOf(pub(crate) Timestamp);

impl AsOf {
    /// The day, in universal time.
    pub(crate) fn day(self) -> Date {
        self.0.to_zoned(TimeZone::UTC).date()
    }
}

impl FromStr for AsOf {
    type Err = String;

    fn from_str(text: &str) -> Result<AsOf, String> {
        let wrong = || format!("`{text}` is neither a time such as 2031-03-08T12:00Z nor a day such as 2031-03-08");
        if let Ok(time) = text.parse::<Timestamp>() {
            return Ok(AsOf(time));
        }
        let day: Date = text.parse().map_err(|_| wrong())?;
        let last = day.at(23, 59, 59, 999_999_999).to_zoned(TimeZone::UTC).map_err(|_| wrong())?;
        if text.len() == day.to_string().len() { Ok(AsOf(last.timestamp())) } else { Err(wrong()) }
    }
}

/// Which incidents are shown.
#[derive(Debug, Clone, Default, clap::Args)]
#[command(next_help_heading = "Filters")]
pub(crate) struct Filter {
    /// First day; what has no day is left out
    #[arg(long, value_name = "DAY", value_parser = super::moments::day)]
    pub(crate) from: Option<Date>,
    /// Last day
    #[arg(long, value_name = "DAY", value_parser = super::moments::day)]
    pub(crate) to: Option<Date>,
    /// At a place or within it, by its name or by its id in the packs
    #[arg(long, value_name = "PLACE")]
    pub(crate) place: Option<String>,
    /// Where a party takes part or is on record, by its id or title
    #[arg(long, value_name = "PARTY")]
    pub(crate) party: Option<String>,
    /// Of a type of the codebook, such as shelling
    #[arg(long = "type", value_name = "TYPE")]
    pub(crate) kind: Option<String>,
    /// Of a standing: contested, mutual, one-sided, uncontested, corroborated or verified
    #[arg(long, value_name = "STANDING")]
    pub(crate) standing: Option<String>,
    /// Under a term, or may be: AGREEMENT, or AGREEMENT:NUMBER
    #[arg(long, value_name = "TERM")]
    pub(crate) term: Option<String>,
}

impl Filter {
    /// As plain values.
    pub(crate) fn asked(&self) -> desk::filter::Incidents {
        let Filter { from, to, place, party, kind, standing, term } = self.clone();
        desk::filter::Incidents { from, to, place, party, kind, standing, term }
    }
}

/// How much of a list is printed at a time.
#[derive(Debug, Default, clap::Args)]
#[command(next_help_heading = "Pages")]
pub(crate) struct Paging {
    /// Items to print, at most [default: all]
    #[arg(long = "max-items", value_name = "N")]
    pub(crate) limit: Option<usize>,
    /// Go on after the item of this id (`next` of the page before)
    #[arg(long, value_name = "ID")]
    pub(crate) after: Option<String>,
}

/// How a list is printed.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, ValueEnum)]
pub(crate) enum Format {
    /// For people
    #[default]
    Text,
    /// {"items": […], "next": …}
    Json,
    /// A table
    Csv,
}

/// How a list of what has days and places is printed.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, ValueEnum)]
pub(crate) enum MapFormat {
    /// For people
    #[default]
    Text,
    /// {"items": […], "next": …}
    Json,
    /// A table
    Csv,
    /// Points on a map, of what has one
    Geojson,
    /// A chart
    Svg,
}

/// How a list of what has days is printed.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, ValueEnum)]
pub(crate) enum ChartFormat {
    /// For people
    #[default]
    Text,
    /// {"items": […], "next": …}
    Json,
    /// A table
    Csv,
    /// A chart
    Svg,
}

/// How one thing is printed.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, ValueEnum)]
pub(crate) enum OneFormat {
    /// For people
    #[default]
    Text,
    /// One JSON object
    Json,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn neither_a_time_nor_a_day() {
        assert!("noon".parse::<AsOf>().is_err());
        assert!("2031-03-08T12:00".parse::<AsOf>().is_err(), "a time without a zone");
    }

    #[test]
    fn a_day_means_its_end() {
        let as_of: AsOf = "2031-03-08".parse().unwrap();
        assert_eq!(as_of.day().to_string(), "2031-03-08");
        assert!(as_of.0 > "2031-03-08T23:59Z".parse().unwrap());
    }
}
