//! `trucewatch agreements`: what was agreed, whether it holds, and what the reports come to under each term.

use std::fmt::Write as _;
use std::io::Write;
use std::path::Path;

use jiff::civil::Date;
use publish::v1;
use trucewatch::finding::Finding;
use trucewatch::pack::Knowledge;
use trucewatch::when::edtf_in_words;

use super::print;
use super::table::Table;
use crate::args::judge::{self, AsOf};
use crate::failure::{Exit, Failure};
use crate::output::Paint;

/// Lists the agreements of the packs in use.
pub(super) fn run(args: &judge::Agreements, ledger: Option<&Path>, out: &mut dyn Write) -> Result<Exit, Failure> {
    let over = &args.over;
    let bare =
        over.paths.is_empty() && over.claims.is_empty() && ledger.is_none() && !desk::ledger_path(None)?.exists();
    if bare {
        let knowledge = desk::world::all(&over.world.options())?;
        return list(args, &knowledge, &[], over.as_of.map(AsOf::day), Exit::Done, out);
    }
    let table = Table::lay(over, ledger)?;
    let record = table.record();
    let findings = table.findings(&record, &table.incidents(&record));
    list(args, table.knowledge(), &findings, table.today, table.exit, out)
}

fn list(
    args: &judge::Agreements,
    knowledge: &Knowledge,
    findings: &[Finding],
    day: Option<Date>,
    exit: Exit,
    out: &mut dyn Write,
) -> Result<Exit, Failure> {
    let mut known: Vec<_> = knowledge.agreements().collect();
    known.sort_by(|a, b| (a.agreed, &a.id).cmp(&(b.agreed, &b.id)));
    let mut items: Vec<v1::Agreement> = known.into_iter().map(|a| v1::Agreement::new(a, findings, day)).collect();
    if let Some(id) = &args.agreement {
        items.retain(|a| a.id == *id);
    }
    let whole = args.agreement.is_some();
    let page = print::page(items, |a| a.id.as_str(), &args.paging)?;
    print::list(&page, args.format, |a| text(a, whole, Paint::of_stdout()), out)?;
    Ok(exit)
}

/// An agreement for people; with its terms where it alone was asked for.
fn text(agreement: &v1::Agreement, whole: bool, paint: Paint) -> String {
    let v1::Agreement { id, title, agreed, parties, from, until, zone, force, terms, .. } = agreement;
    let parties: Vec<String> = parties.iter().map(|p| format!("{} ({})", p.party, p.part)).collect();
    let until = until.as_ref().map(|u| format!(" until {}", edtf_in_words(u))).unwrap_or_default();
    let (agreed, from) = (edtf_in_words(agreed), edtf_in_words(from));
    let force = force.as_ref().map(|f| format!("; {f}")).unwrap_or_default();
    let mut out = format!("{agreed}  {}  {}\n", paint.name(title), paint.faint(id));
    writeln!(out, "    {}; from {from}{until} ({zone}){force}; {} terms", parties.join(", "), terms.len()).ok();
    for term in terms.iter().filter(|_| whole) {
        let due = term.due.as_ref().map(|d| format!(", due {}", edtf_in_words(d))).unwrap_or_default();
        writeln!(out, "  {}  {}{due}  {}", term.number, paint.key(&term.kind), term.text).ok();
        let counts =
            [(term.in_scope, "in scope"), (term.undetermined, "undetermined"), (term.out_of_scope, "out of scope")];
        let told: Vec<String> = counts.iter().filter(|(n, _)| *n > 0).map(|(n, what)| format!("{n} {what}")).collect();
        if !told.is_empty() {
            writeln!(out, "      incidents: {}", paint.faint(&told.join(", "))).ok();
        }
    }
    out
}
