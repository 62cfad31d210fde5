//! Briefs of the ledger: which days, and as of when.

use jiff::ToSpan;
use jiff::civil::Date;
use ledger::{Ledger, Moment};
use trucewatch::brief::{Brief, Period};

use crate::args;
use crate::commands::brief;
use crate::evidence::{Evidence, ordered};
use crate::failure::Failure;

/// The brief of some days as they stood at a moment.
pub(super) fn draw(ledger: &Ledger, args: &args::World, period: Period, moment: Moment) -> Result<Brief, Failure> {
    Ok(brief::draw(&Evidence::recall(ledger, args, Some(period), moment)?))
}

/// The days to cover: as given, else the last day on which a report was published and the day before, of which it
/// tells.
pub(super) fn period(ledger: &Ledger, moment: Moment, from: Option<Date>, to: Option<Date>) -> Result<Period, Failure> {
    let none = || {
        let hint = "`trucewatch add` puts reports into the ledger; --from and --to name days";
        Failure::nothing_to_read("the ledger holds no report with a day", hint)
    };
    let to = match (from, to) {
        (_, Some(to)) => to,
        (from, None) => ledger.last_day(moment)?.into_iter().chain(from).max().ok_or_else(none)?,
    };
    ordered(from.unwrap_or_else(|| to.checked_sub(1.day()).unwrap_or(to)), to)
}
