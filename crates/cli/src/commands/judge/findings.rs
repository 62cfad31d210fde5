//! `trucewatch findings`: incidents set against the terms of agreements.

use std::io::Write;
use std::path::Path;

use publish::v1;
use trucewatch::incident::{Incident, Record};

use super::table::Table;
use super::{filter, incidents, print};
use crate::args::judge;
use crate::failure::{Exit, Failure};
use crate::output::Paint;

/// Checks, filters and prints.
pub(super) fn run(args: &judge::Findings, ledger: Option<&Path>, out: &mut dyn Write) -> Result<Exit, Failure> {
    let table = Table::lay(&args.over, ledger)?;
    let record = table.record();
    let (incidents, findings) = filter::judged(&args.filter, &table, &record)?;
    let mut items: Vec<v1::Finding> = findings.iter().map(v1::Finding::new).collect();
    items.retain(|f| args.answer.is_none_or(|a| a.as_str() == f.answer));
    let page = print::page(items, |f| f.id.as_str(), &args.paging)?;
    let paint = Paint::of_stdout();
    print::list(&page, args.format, |f| text(f, &incidents, &record, paint), out)?;
    Ok(table.exit)
}

/// A finding for people: the incident, the term, what is alleged, answered and missing.
fn text(finding: &v1::Finding, all: &[Incident], record: &Record<'_>, paint: Paint) -> String {
    let knowledge = record.knowledge();
    let title = |id: &str| knowledge.title(&trucewatch::pack::PartyId::new(id)).to_owned();
    let titles = |ids: &[String]| ids.iter().map(|id| title(id)).collect::<Vec<_>>().join(", ");
    let agreement = knowledge.agreements().find(|a| a.id == finding.agreement);
    let term = agreement.and_then(|a| a.terms.iter().find(|t| t.number == finding.term));
    let named = agreement.map_or(finding.agreement.as_str(), |a| a.title.as_str());
    let state = finding.state.as_ref().map(|s| format!(", {s}")).unwrap_or_default();
    let mut lines = vec![format!("{}{state}  {}", paint.key(&finding.answer), paint.faint(&finding.id))];
    lines.extend(all.iter().find(|i| i.id == finding.incident).map(|i| incidents::head(i, paint)));
    lines.push(format!("{named}, term {}: {}", finding.term, term.map_or("", |t| t.text.as_str())));
    lines.extend(finding.reason.iter().map(|why| format!("because {why}")));
    lines.extend((!finding.missing.is_empty()).then(|| format!("missing: {}", finding.missing.join("; "))));
    lines.extend((!finding.alleged_by.is_empty()).then(|| format!("alleged by {}", titles(&finding.alleged_by))));
    lines.extend(finding.accused.iter().map(|a| format!("{}: {}", title(&a.party), a.answers)));
    lines.extend((!finding.confirmed_by.is_empty()).then(|| format!("confirmed by {}", titles(&finding.confirmed_by))));
    lines.extend((!finding.disputed_by.is_empty()).then(|| format!("disputed by {}", titles(&finding.disputed_by))));
    lines.extend(finding.facts.iter().cloned());
    lines.push(paint.faint(&format!("rests on {}", finding.claims.join(", "))));
    lines.join("\n    ") + "\n"
}
