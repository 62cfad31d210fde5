//! `trucewatch tolls`: figures by who says them.

use std::io::Write;
use std::path::Path;

use desk::filter::{TollFilter, drawn};
use publish::v1;
use trucewatch::incident::Record;
use trucewatch::pack::{Knowledge, PartyId};
use trucewatch::toll::{self, Toll};
use trucewatch::when::edtf_in_words;

use super::print;
use super::table::Table;
use crate::args::counts::{self, By};
use crate::args::judge::{ChartFormat, Format};
use crate::failure::{Exit, Failure};
use crate::output::Paint;

/// Gathers, filters and prints.
pub(super) fn run(args: &counts::Tolls, ledger: Option<&Path>, out: &mut dyn Write) -> Result<Exit, Failure> {
    let table = Table::lay(&args.over, ledger)?;
    let record = table.record();
    let asked = args.asked();
    let filter = TollFilter::new(&asked, table.knowledge())?;
    let mut tolls = toll::tolls(&record, &table.incidents(&record));
    tolls.retain(|t| filter.admits(t));
    if args.format == ChartFormat::Svg {
        out.write_all(drawn(&tolls, &asked, table.knowledge()).as_bytes())?;
        return Ok(table.exit);
    }
    let title = filter.since.map(|a| a.title.as_str());
    print_all(args, &record, &tolls, title, out)?;
    Ok(table.exit)
}

fn print_all(
    args: &counts::Tolls,
    record: &Record<'_>,
    tolls: &[Toll],
    since: Option<&str>,
    out: &mut dyn Write,
) -> Result<(), Failure> {
    let mut items = v1::Toll::all(record, tolls);
    items.retain(|t| args.all || !t.superseded);
    items.sort_by_cached_key(|t| group(args.by, t, record.knowledge()));
    let page = print::page(items, |t| t.id.as_str(), &args.paging)?;
    match args.format {
        ChartFormat::Json => print::list(&page, Format::Json, |_| String::new(), out),
        ChartFormat::Csv | ChartFormat::Svg => print::list(&page, Format::Csv, |_| String::new(), out),
        ChartFormat::Text => text(args, &page, since, record.knowledge(), out),
    }
}

/// Figures for people, under a heading a group.
fn text(
    args: &counts::Tolls,
    page: &v1::Page<v1::Toll>,
    since: Option<&str>,
    knowledge: &Knowledge,
    out: &mut dyn Write,
) -> Result<(), Failure> {
    let paint = Paint::of_stdout();
    if let Some(title) = since {
        writeln!(out, "Since the {title}; stated by each voice, added up nowhere")?;
    }
    let mut heading = None;
    for item in &page.items {
        let (_, group) = group(args.by, item, knowledge);
        if heading.as_ref() != Some(&group) {
            writeln!(out, "{}", paint.name(&group))?;
            heading = Some(group);
        }
        write!(out, "{}", line(item, knowledge, paint))?;
    }
    if page.items.is_empty() {
        writeln!(out, "no figure on record; that none was read is not that there was none")?;
    }
    page.next.iter().try_for_each(|next| writeln!(out, "more follow: --after {next}"))?;
    Ok(())
}

/// What a toll is sorted under, parties before outlets, and its heading.
fn group(by: By, toll: &v1::Toll, knowledge: &Knowledge) -> (bool, String) {
    let party = |id: &Option<String>| id.as_ref().map(|id| knowledge.title(&PartyId::new(id)).to_owned());
    match by {
        By::Side => {
            (toll.reporter_party.is_none(), party(&toll.reporter_party).unwrap_or_else(|| toll.reporter.clone()))
        }
        By::Harmed => (toll.side.is_none(), party(&toll.side).unwrap_or_else(|| "whose is not said".to_owned())),
        By::Category => (false, toll.category.clone()),
        By::Window => (false, toll.window.clone()),
    }
}

/// "  1,250 or more dead, civilian, of Vesk  Hollin  2031-02-20/2031-03-09  (war)".
fn line(toll: &v1::Toll, knowledge: &Knowledge, paint: Paint) -> String {
    let who = if toll.who == "any" { String::new() } else { format!(", {}", toll.who) };
    let of = if toll.family == "fire" { "by" } else { "of" };
    let side = toll.side.as_ref().map(|s| format!(", {of} {}", knowledge.title(&PartyId::new(s)))).unwrap_or_default();
    let not = if toll.denied { "denied: " } else { "" };
    let place = toll.place.as_deref().unwrap_or("place not said");
    let time = edtf_in_words(toll.time.as_deref().unwrap_or("time not said"));
    let gone = if toll.superseded { "  superseded" } else { "" };
    let misfit: Vec<&str> = toll.parts_fit.iter().map(String::as_str).filter(|f| *f != "fits").collect();
    let misfit = if misfit.is_empty() { String::new() } else { format!("  {}", misfit.join("; ")) };
    let number = paint.key(&number(toll));
    format!(
        "  {not}{number} {}{who}{side}  {place}  {time} ({}){gone}{misfit}\n      {}\n",
        noun(toll),
        toll.window,
        paint.faint(&format!("{}  {}", toll.reporter, toll.claims.join(" ")))
    )
}

/// "violations", of one "violation".
fn noun(toll: &v1::Toll) -> String {
    let many = toll.category.as_str();
    let one = many.strip_suffix("ies").map(|stem| format!("{stem}y"));
    let one = one.or_else(|| many.strip_suffix('s').map(str::to_owned));
    one.filter(|_| (toll.min, toll.max) == (Some(1), Some(1))).unwrap_or_else(|| many.to_owned())
}

fn number(toll: &v1::Toll) -> String {
    let about = if toll.approx { "about " } else { "" };
    match (toll.min, toll.max) {
        (Some(a), Some(b)) if a == b => format!("{about}{a}"),
        (Some(a), Some(b)) => format!("{a} to {b}"),
        (Some(a), None) => format!("{a} or more"),
        (None, Some(b)) => format!("up to {b}"),
        (None, None) => "an unknown number of".to_owned(),
    }
}
