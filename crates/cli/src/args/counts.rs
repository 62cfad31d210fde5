//! Arguments of the commands that follow figures and promises.

use clap::ValueEnum;
use jiff::civil::Date;

use super::judge::{ChartFormat, Format, Over, Paging};

/// Lists figures of the dead, the wounded and the like by who says them. Nothing is added up: a later figure takes an
/// earlier one's place only where the same voice counts the same thing.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  trucewatch tolls --since halmora-2031 --by side
  trucewatch tolls reports/ --category dead --party vesk --all
  trucewatch tolls --family fire --format csv > counted.csv
  trucewatch tolls --category wounded --format svg > wounded.svg")]
pub(crate) struct Tolls {
    #[command(flatten)]
    pub(crate) over: Over,
    /// Only what lies in the time since an agreement entered into force, between those whom it binds; by its id
    #[arg(long, value_name = "AGREEMENT", help_heading = "Filters")]
    pub(crate) since: Option<String>,
    /// First day that a figure's time may meet
    #[arg(long, value_name = "DAY", value_parser = super::moments::day, help_heading = "Filters")]
    pub(crate) from: Option<Date>,
    /// Last day that a figure's time may meet
    #[arg(long, value_name = "DAY", value_parser = super::moments::day, help_heading = "Filters")]
    pub(crate) to: Option<Date>,
    /// Reported by a party, or of its people or things; by its id
    #[arg(long, value_name = "PARTY", help_heading = "Filters")]
    pub(crate) party: Option<String>,
    /// Of a place, as written
    #[arg(long, value_name = "PLACE", help_heading = "Filters")]
    pub(crate) place: Option<String>,
    /// Of what is counted, such as dead, wounded, dead-or-missing, captured or violations
    #[arg(long, value_name = "CATEGORY", help_heading = "Filters")]
    pub(crate) category: Option<String>,
    /// Of a kind of thing: people, fire (breaches, shots, explosions, which are no incidents) or things
    #[arg(long, value_enum, help_heading = "Filters")]
    pub(crate) family: Option<Family>,
    /// With the figures whose place a later one has taken
    #[arg(long, help_heading = "Filters")]
    pub(crate) all: bool,
    /// What to sort them by
    #[arg(long, value_enum, default_value_t)]
    pub(crate) by: By,
    #[command(flatten)]
    pub(crate) paging: Paging,
    /// How to print them; svg draws bands from floor to ceiling, one a voice
    #[arg(long, value_enum, default_value_t)]
    pub(crate) format: ChartFormat,
}

impl Tolls {
    /// Which figures are asked for, as plain values.
    pub(crate) fn asked(&self) -> desk::filter::Tolls {
        let Tolls { since, from, to, party, place, category, family, .. } = self;
        desk::filter::Tolls {
            since: since.clone(),
            from: *from,
            to: *to,
            party: party.clone(),
            place: place.clone(),
            category: category.clone(),
            family: family.map(|f| f.as_str().to_owned()),
        }
    }
}

/// What tolls are sorted by.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, ValueEnum)]
pub(crate) enum By {
    /// Who reports them
    #[default]
    Side,
    /// Who suffers
    Harmed,
    /// What is counted
    Category,
    /// Over which time they count
    Window,
}

/// Kinds of things that are counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Family {
    /// People harmed
    People,
    /// Fire and breaches
    Fire,
    /// Things lost
    Things,
}

impl Family {
    /// The word for it.
    fn as_str(self) -> &'static str {
        match self {
            Family::People => "people",
            Family::Fire => "fire",
            Family::Things => "things",
        }
    }
}

/// Follows promised steps: truces, withdrawals, deployments, exchanges, borders, talks, help and access; where each
/// stands, by whose word, what is due and by when. A denial or a refusal moves none of them, a plan is not a deed.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  trucewatch promises --type exchange
  trucewatch promises reports/ --party vesk --owed overdue
  trucewatch promises --format json")]
pub(crate) struct Promises {
    #[command(flatten)]
    pub(crate) over: Over,
    /// Of a kind: truce, withdrawal, exchange, deployment, monitoring, delimitation, access, carrying-out, help, talks
    /// or mediation
    #[arg(long = "type", value_name = "TYPE", help_heading = "Filters")]
    pub(crate) kind: Option<String>,
    /// That a party takes, gains by, speaks of or owes; by its id
    #[arg(long, value_name = "PARTY", help_heading = "Filters")]
    pub(crate) party: Option<String>,
    /// In a state: named, sought, agreed, under-way, restricted, done or ended
    #[arg(long, value_name = "STATE", help_heading = "Filters")]
    pub(crate) state: Option<String>,
    /// Of which an agreement makes something due that stands so: overdue, due, open, not-done, disputed, said-done or
    /// ended
    #[arg(long, value_name = "OWED", help_heading = "Filters")]
    pub(crate) owed: Option<String>,
    /// First day of which a step may speak
    #[arg(long, value_name = "DAY", value_parser = super::moments::day, help_heading = "Filters")]
    pub(crate) from: Option<Date>,
    /// Last day of which a step may speak
    #[arg(long, value_name = "DAY", value_parser = super::moments::day, help_heading = "Filters")]
    pub(crate) to: Option<Date>,
    #[command(flatten)]
    pub(crate) paging: Paging,
    /// How to print them
    #[arg(long, value_enum, default_value_t)]
    pub(crate) format: Format,
}

impl Promises {
    /// Which steps are asked for, as plain values.
    pub(crate) fn asked(&self) -> desk::filter::Promises {
        let Promises { kind, party, state, owed, from, to, .. } = self;
        let (kind, party, state, owed) = (kind.clone(), party.clone(), state.clone(), owed.clone());
        desk::filter::Promises { kind, party, state, owed, from: *from, to: *to }
    }
}
