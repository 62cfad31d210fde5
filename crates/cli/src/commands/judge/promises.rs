//! `trucewatch promises`: where each promised step stands, by whose word, and what is due.

use std::io::Write;
use std::path::Path;

use desk::filter::PromiseFilter;
use publish::{csv, v1};
use trucewatch::incident::Record;
use trucewatch::pack::{Knowledge, PartyId};
use trucewatch::when::edtf_in_words;

use super::print;
use super::table::Table;
use crate::args::counts;
use crate::args::judge::Format;
use crate::failure::{Exit, Failure};
use crate::output::text::flat;
use crate::output::{Paint, json};

/// Follows, filters and prints.
pub(super) fn run(args: &counts::Promises, ledger: Option<&Path>, out: &mut dyn Write) -> Result<Exit, Failure> {
    let table = Table::lay(&args.over, ledger)?;
    let record = table.record();
    let filter = PromiseFilter::new(&args.asked(), table.knowledge())?;
    let incidents = table.incidents(&record);
    let findings = table.findings(&record, &incidents);
    let (all, unspoken) = filter.follow(&record, &incidents, &findings, table.today);
    let page = print::page(all, |p| p.id.as_str(), &args.paging)?;
    let items = page.items.iter().map(v1::Promise::new).collect();
    let wire = v1::Promises { items, next: page.next, unspoken: unspoken.iter().map(v1::Due::new).collect() };
    match args.format {
        Format::Json => out.write_all(json::pretty(&wire).as_bytes())?,
        Format::Csv => out.write_all(csv(&wire.items).as_bytes())?,
        Format::Text => text(&wire, &record, out)?,
    }
    Ok(table.exit)
}

fn text(wire: &v1::Promises, record: &Record<'_>, out: &mut dyn Write) -> Result<(), Failure> {
    let paint = Paint::of_stdout();
    for promise in &wire.items {
        out.write_all(head(promise, record.knowledge(), paint).as_bytes())?;
        for step in &promise.steps {
            out.write_all(step_line(step, record, paint).as_bytes())?;
        }
        for consent in promise.consents.iter().filter(|c| c.stand == "unheard") {
            writeln!(out, "    hangs on the word of {}, not heard", consent.party)?;
        }
        promise.due.iter().try_for_each(|due| writeln!(out, "    {}", due_line(due)))?;
    }
    if !wire.unspoken.is_empty() {
        writeln!(out, "{}", paint.name("due, and not spoken of in what was read"))?;
    }
    wire.unspoken.iter().try_for_each(|due| writeln!(out, "    {}", due_line(due)))?;
    wire.next.iter().try_for_each(|next| writeln!(out, "more follow: --after {next}"))?;
    Ok(())
}

/// "exchange  Vesk, Orlava  done  said by vesk, confirmed by orlava, disputed by …  p-…".
fn head(promise: &v1::Promise, knowledge: &Knowledge, paint: Paint) -> String {
    let titles = |ids: &[String]| -> String {
        ids.iter().map(|id| knowledge.title(&PartyId::new(id)).to_owned()).collect::<Vec<_>>().join(", ")
    };
    let what = [promise.force.clone(), promise.route.clone(), promise.agreement.clone()];
    let who = if promise.to.is_empty() {
        titles(&promise.by)
    } else {
        format!("{} for {}", titles(&promise.by), titles(&promise.to))
    };
    let what: Vec<String> = what.into_iter().flatten().chain((!who.is_empty()).then_some(who)).collect();
    let said = [
        ("said by", promise.said_by.iter().cloned().collect::<Vec<_>>()),
        ("confirmed by", promise.confirmed_by.clone()),
        ("disputed by", promise.disputed_by.clone()),
        ("refused by", promise.refused_by.clone()),
    ];
    let said: Vec<String> =
        said.iter().filter(|(_, who)| !who.is_empty()).map(|(how, who)| format!("{how} {}", titles(who))).collect();
    let (kind, state) = (paint.key(&promise.kind), paint.name(&promise.state));
    format!("{kind}  {}  {state}  {}  {}\n", what.join(", "), said.join("; "), paint.faint(&promise.id))
}

fn step_line(step: &v1::Step, record: &Record<'_>, paint: Paint) -> String {
    let words = record.claim(&step.claim).map_or_else(String::new, |c| flat(record.quote(c)));
    let day = edtf_in_words(step.day.as_deref().unwrap_or("no day"));
    let by = step.by.as_deref().unwrap_or("nobody named");
    format!("    {day}  {by} {}: “{words}”  {}\n", step.event, paint.faint(&step.claim))
}

fn due_line(due: &v1::Due) -> String {
    let day = due.day.as_ref().map_or_else(|| "no day".to_owned(), |d| format!("by {}", edtf_in_words(d)));
    format!("{} {}: term {}, {day}, owed by {}", due.owed, due.agreement, due.term, due.by.join(", "))
}
