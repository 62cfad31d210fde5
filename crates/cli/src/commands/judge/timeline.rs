//! `trucewatch timeline`: incidents, agreements and what is due, day by day.

use std::io::Write;
use std::path::Path;

use desk::timeline;
use publish::{chart, v1};
use trucewatch::when::edtf_in_words;

use super::table::Table;
use super::{filter, print};
use crate::args::judge::{self, ChartFormat, Format};
use crate::failure::{Exit, Failure};
use crate::output::Paint;

/// Puts what has a day in order and prints it.
pub(super) fn run(args: &judge::Timeline, ledger: Option<&Path>, out: &mut dyn Write) -> Result<Exit, Failure> {
    let table = Table::lay(&args.over, ledger)?;
    let record = table.record();
    let (incidents, _) = filter::judged(&args.filter, &table, &record)?;
    let moments = timeline::moments(&incidents, &args.filter.asked(), table.knowledge());
    let format = match args.format {
        ChartFormat::Text => Format::Text,
        ChartFormat::Json => Format::Json,
        ChartFormat::Csv => Format::Csv,
        ChartFormat::Svg => {
            out.write_all(
                chart::bars("Incidents a day, by the reports that were read", &timeline::a_day(&incidents)).as_bytes(),
            )?;
            return Ok(table.exit);
        }
    };
    let page = print::page(moments, |m| m.id.as_str(), &args.paging)?;
    print::list(&page, format, |m| text(m, Paint::of_stdout()), out)?;
    Ok(table.exit)
}

fn text(moment: &v1::Moment, paint: Paint) -> String {
    let v1::Moment { id, date, what, told, place: _, standing } = moment;
    let standing = standing.as_ref().map(|s| format!("  {}", paint.name(s))).unwrap_or_default();
    let date = edtf_in_words(date);
    format!("{date}  {}  {told}{standing}  {}\n", paint.key(what), paint.faint(id))
}
