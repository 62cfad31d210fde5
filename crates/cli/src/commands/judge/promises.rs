//! `trucewatch promises`: where each promised step stands, by whose word, and what is due.

use std::collections::BTreeSet;
use std::io::Write;
use std::path::Path;

use publish::{csv, v1};
use trucewatch::incident::Record;
use trucewatch::pack::{Knowledge, PartyId};
use trucewatch::process::{self, Process, State, Topic};
use trucewatch::when::Interval;

use super::table::Table;
use super::{asked, print};
use crate::args::counts;
use crate::args::judge::Format;
use crate::failure::{Exit, Failure};
use crate::output::text::flat;
use crate::output::{Paint, json};

/// Follows, filters and prints.
pub(super) fn run(args: &counts::Promises, ledger: Option<&Path>, out: &mut dyn Write) -> Result<Exit, Failure> {
    let table = Table::lay(&args.over, ledger)?;
    let record = table.record();
    let filter = Filter::new(args, table.knowledge())?;
    let incidents = table.incidents(&record);
    let findings = table.findings(&record, &incidents);
    let mut all = process::follow(&record, &incidents, &findings, table.today);
    let in_play: BTreeSet<String> = in_play(&all);
    let in_play: BTreeSet<&str> = in_play.iter().map(String::as_str).collect();
    let mut unspoken = process::silent(&record, &all, &in_play, table.today);
    unspoken.retain(|d| filter.party.as_ref().is_none_or(|p| d.by.contains(p)));
    all.retain(|p| filter.admits(p));
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

/// Ids of the agreements that some step is, or falls under.
fn in_play(all: &[Process]) -> BTreeSet<String> {
    let named = all.iter().filter_map(|p| p.thing.agreement.clone());
    named.chain(all.iter().flat_map(|p| &p.due).map(|d| d.agreement.clone())).collect()
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
    let (day, by) = (step.day.as_deref().unwrap_or("no day"), step.by.as_deref().unwrap_or("nobody named"));
    format!("    {day}  {by} {}: “{words}”  {}\n", step.event, paint.faint(&step.claim))
}

fn due_line(due: &v1::Due) -> String {
    let day = due.day.as_ref().map_or_else(|| "no day".to_owned(), |d| format!("by {d}"));
    format!("{} {}: term {}, {day}, owed by {}", due.owed, due.agreement, due.term, due.by.join(", "))
}

/// What was asked for, checked.
struct Filter {
    kind: Option<Topic>,
    party: Option<PartyId>,
    state: Option<State>,
    owed: Option<String>,
    days: Option<Interval>,
}

impl Filter {
    fn new(args: &counts::Promises, knowledge: &Knowledge) -> Result<Filter, Failure> {
        Ok(Filter {
            kind: args.kind.as_deref().map(topic).transpose()?,
            party: args.party.as_deref().map(|p| asked::party(p, knowledge)).transpose()?,
            state: args.state.as_deref().map(state).transpose()?,
            owed: args.owed.as_deref().map(owed).transpose()?,
            days: asked::days(args.from, args.to),
        })
    }

    fn admits(&self, process: &Process) -> bool {
        let part = |p: &PartyId| {
            process.thing.by.contains(p)
                || process.thing.to.contains(p)
                || process.steps.iter().any(|s| s.by.as_ref() == Some(p))
                || process.due.iter().any(|d| d.by.contains(p))
        };
        let in_time = |days: Interval| process.days().is_some_and(|(a, b)| Interval::days(a, b).meets(days));
        self.kind.is_none_or(|k| process.topic == k)
            && self.state.is_none_or(|s| process.state == s)
            && self.party.as_ref().is_none_or(part)
            && self.days.is_none_or(in_time)
            && self.owed.as_ref().is_none_or(|o| process.due.iter().any(|d| d.owed.as_str() == o))
    }
}

fn topic(word: &str) -> Result<Topic, Failure> {
    asked::one_of(word, "no kind of promise", "there", &Topic::ALL, Topic::as_str)
}

fn state(word: &str) -> Result<State, Failure> {
    asked::one_of(word, "no state of a promise", "there", &State::ALL, State::as_str)
}

fn owed(word: &str) -> Result<String, Failure> {
    asked::one_of(word, "no way in which something is owed", "there", &process::Owed::ALL, process::Owed::as_str)
        .map(|o| o.as_str().to_owned())
}
