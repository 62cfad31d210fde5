//! `trucewatch incidents`: what happened, by whose account.

use std::io::Write;
use std::path::Path;

use desk::timeline;
use publish::{chart, geojson, v1};
use trucewatch::incident::{Incident, Stance};
use trucewatch::pack::Knowledge;
use trucewatch::when::Interval;

use super::table::Table;
use super::{filter, print};
use crate::args::judge::{self, Format, MapFormat};
use crate::failure::{Exit, Failure, note};
use crate::output::Paint;

/// Gathers, filters and prints.
pub(super) fn run(args: &judge::Incidents, ledger: Option<&Path>, out: &mut dyn Write) -> Result<Exit, Failure> {
    let table = Table::lay(&args.over, ledger)?;
    let record = table.record();
    let (incidents, _) = filter::judged(&args.filter, &table, &record)?;
    if args.format == MapFormat::Svg {
        out.write_all(
            chart::bars("Incidents a day, by the reports that were read", &timeline::a_day(&incidents)).as_bytes(),
        )?;
        return Ok(table.exit);
    }
    let page = print::page(incidents, |i| i.id.as_str(), &args.paging)?;
    let paint = Paint::of_stdout();
    match args.format {
        MapFormat::Geojson => writeln!(out, "{}", geojson(&page.items))?,
        MapFormat::Text => {
            if page.items.is_empty() {
                note("no incident is as was asked");
            }
            page.items.iter().try_for_each(|i| out.write_all(text(i, table.knowledge(), paint).as_bytes()))?;
            page.next.iter().try_for_each(|next| writeln!(out, "more follow: --after {next}"))?;
        }
        MapFormat::Json => print::list(&wire(&page), Format::Json, |_| String::new(), out)?,
        MapFormat::Csv | MapFormat::Svg => print::list(&wire(&page), Format::Csv, |_| String::new(), out)?,
    }
    Ok(table.exit)
}

fn wire(page: &v1::Page<Incident>) -> v1::Page<v1::Incident> {
    v1::Page { items: page.items.iter().map(v1::Incident::new).collect(), next: page.next.clone() }
}

/// An incident for people: its head, and who says what of it.
fn text(incident: &Incident, knowledge: &Knowledge, paint: Paint) -> String {
    let voice = |v: &trucewatch::incident::Voice| format!("{} {}", knowledge.title(&v.party), v.stance.as_str());
    let (heard, silent): (Vec<_>, Vec<_>) = incident.voices.iter().partition(|v| v.stance != Stance::Silent);
    let voices: Vec<String> = heard.into_iter().chain(silent).map(voice).collect();
    let counts = format!("{}, {}", many(incident.members.len(), "claim"), many(incident.origins.len(), "origin"));
    format!("{}\n    {}  {}\n", head(incident, paint), voices.join("; "), paint.faint(&counts))
}

/// Day, type, place, standing and id of an incident.
pub(super) fn head(incident: &Incident, paint: Paint) -> String {
    let date = incident.date.map_or_else(|| "undated".to_owned(), Interval::in_words);
    let place = incident.place.as_ref().map_or("place unknown", |p| p.name.as_str());
    let kind = paint.key(incident.kind.as_str());
    let standing = paint.name(incident.standing.as_str());
    format!("{date}  {kind}  {place}  {standing}  {}", paint.faint(&incident.id))
}

/// A count with its noun.
pub(super) fn many(count: usize, noun: &str) -> String {
    if count == 1 { format!("1 {noun}") } else { format!("{count} {noun}s") }
}
