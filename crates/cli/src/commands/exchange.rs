//! `trucewatch exchange`: sealed lists, who is who on them, handovers, public counts.

use std::io::Write;
use std::path::Path;

use jiff::Timestamp;
use ledger::statement::Handed;
use ledger::{Ledger, signing};
use mission::book::{Mission, short};
use mission::exchange::matching::pairs;
use mission::exchange::{Balance, Category, Handover, Person, Sealed, counts, people, seal};
use mission::{Act, StatementError};
use serde_json::{Value, json};

use super::mission::{hand_in, only_mission, replayed, state, statement, text};
use crate::args::books::{AsOf, Format};
use crate::args::exchange::{ExchangeCommand, HandOver, What};
use crate::args::mission::Author;
use crate::failure::{Exit, Failure};

/// Does what was asked of an exchange.
pub(super) fn run(command: ExchangeCommand, named: Option<&Path>, out: &mut dyn Write) -> Result<Exit, Failure> {
    match command {
        ExchangeCommand::NewKey { file } => new_key(&file, out),
        ExchangeCommand::Give { file, seal_for, author } => give(&file, seal_for, &author, named, out),
        ExchangeCommand::Open { list, identity, why, author } => open(&list, &identity, why, &author, named, out),
        ExchangeCommand::Match { first, second, identity, format, author } => {
            matched([&first, &second], &identity, format, &author, named, out)
        }
        ExchangeCommand::HandOver(args) => hand_over(args, named, out),
        ExchangeCommand::Status { format, as_of } => status(format, as_of, named, out),
        ExchangeCommand::Log { format, as_of } => log(format, as_of, named, out),
    }
}

fn told(error: &StatementError, hint: &str) -> Failure {
    Failure::new(error.to_string(), hint)
}

fn new_key(file: &Path, out: &mut dyn Write) -> Result<Exit, Failure> {
    let (secret, public) = seal::new_key();
    signing::write_new(file, format!("# public key: {public}\n{secret}\n").as_bytes())?;
    writeln!(out, "{public}")?;
    super::mission::keys::told_where(file);
    Ok(Exit::Done)
}

fn give(
    file: &Path,
    keys: Vec<String>,
    author: &Author,
    named: Option<&Path>,
    out: &mut dyn Write,
) -> Result<Exit, Failure> {
    let side = author.party.clone();
    let side = side.ok_or_else(|| Failure::new("a list is a side's", "name it with --party"))?;
    if author.draft {
        return Err(Failure::new("a list is not drafted", "give the key with --key, where the list lies"));
    }
    let salt = seal::salt();
    let list = people(&text(file)?, &side, &salt);
    let list = list.map_err(|e| told(&e, "`trucewatch exchange give --help` shows the table").at(file.display()))?;
    let sealed = seal::seal(&list, &keys).map_err(|e| told(&e, "`trucewatch exchange new-key` makes one"))?;
    let counts = counts(&list);
    let act = Act::List(Sealed { counts, keys, sha256: mission::sha256(&sealed) });
    let said = statement(author, act, named)?.to_text();
    let note = author.key.as_ref().map_or(Ok(said.clone()), |key| signing::sign(key, &said))?;
    hand_in("list", Handed { note: &note, sealed: Some(&sealed), by: &author.by }, named, out)
}

/// The people of a list, once it is noted that it is opened.
fn opened(
    list: &str,
    identity: &Path,
    why: &str,
    author: &Author,
    named: Option<&Path>,
    out: &mut dyn Write,
) -> Result<Vec<Person>, Failure> {
    let secret = text(identity)?;
    let ledger = Ledger::open(&desk::ledger_path(named)?)?;
    let mission = mission_of(author.mission.as_deref(), AsOf { as_of: None }, named)?;
    let found = mission.list_of(list).map_err(|e| Failure::new(e, "`trucewatch exchange status` lists them"))?;
    let sealed = ledger.sealed(found.entry)?;
    let gone = || Failure::new("what was sealed was removed by policy", "ask the side that gave it");
    let sealed = sealed.ok_or_else(gone)?;
    let (sha256, id) = (found.sealed.sha256.clone(), found.id.clone());
    drop(ledger);
    if mission::sha256(&sealed) != sha256 {
        return Err(Failure::not_in_order(
            "the sealed list is not the one that was signed for",
            "`trucewatch verify` checks the ledger",
        ));
    }
    // It is noted before anything is opened, so that whoever reads a list has left a trace.
    state(author, Act::Open { list: id, why: why.to_owned() }, named, out)?;
    seal::open(&sealed, &secret).map_err(|e| told(&e, "give the secret half of a key that the list is sealed for"))
}

fn open(
    list: &str,
    identity: &Path,
    why: String,
    author: &Author,
    named: Option<&Path>,
    out: &mut dyn Write,
) -> Result<Exit, Failure> {
    let mut noted = Vec::new();
    let list = opened(list, identity, &why, author, named, &mut noted)?;
    crate::failure::note(String::from_utf8_lossy(&noted).trim());
    let mut table = csv::Writer::from_writer(out);
    table.write_record(["number", "category", "name", "also", "born", "place", "note"])?;
    for person in list {
        let Person { number, category, name, also, born, place, note } = person;
        let born = born.map(|b| b.to_string()).unwrap_or_default();
        table.write_record([&number, category.as_str(), &name, &also.join("|"), &born, &place, &note])?;
    }
    table.flush()?;
    Ok(Exit::Done)
}

fn matched(
    lists: [&str; 2],
    identity: &Path,
    format: Format,
    author: &Author,
    named: Option<&Path>,
    out: &mut dyn Write,
) -> Result<Exit, Failure> {
    let mut noted = Vec::new();
    let one = |list: &str, noted: &mut Vec<u8>| opened(list, identity, "to match two lists", author, named, noted);
    let (first, second) = (one(lists[0], &mut noted)?, one(lists[1], &mut noted)?);
    for line in String::from_utf8_lossy(&noted).lines() {
        crate::failure::note(line);
    }
    let pairs = pairs(&first, &second);
    if format == Format::Json {
        let pair = |p: &mission::exchange::matching::Pair| json!({"first": p.first, "second": p.second, "reasons": p.reasons, "sole": p.sole});
        writeln!(out, "{:#}", json!({"pairs": pairs.iter().map(pair).collect::<Vec<_>>()}))?;
        return Ok(Exit::Done);
    }
    for pair in &pairs {
        let doubt = if pair.sole { "" } else { "  (others fit as well)" };
        writeln!(out, "{} = {}  {}{doubt}", pair.first, pair.second, pair.reasons.join(", "))?;
    }
    let sole = pairs.iter().filter(|p| p.sole).count();
    writeln!(out, "{} pairs, {sole} without a rival; {} and {} people", pairs.len(), first.len(), second.len())?;
    Ok(Exit::Done)
}

fn hand_over(args: HandOver, named: Option<&Path>, out: &mut dyn Write) -> Result<Exit, Failure> {
    let HandOver { exchange, side, what, count, through, numbers, author } = args;
    let category = match what {
        What::Held => Category::Held,
        What::Remains => Category::Remains,
    };
    let handover = Handover { proposal: exchange, side, category, count, through, numbers };
    state(&author, Act::HandOver(handover), named, out)
}

/// The mission that is named, or the only one.
fn mission_of(id: Option<&str>, as_of: AsOf, named: Option<&Path>) -> Result<Mission, Failure> {
    let id = id.map_or_else(|| only_mission(named), |id| Ok(id.to_owned()))?;
    Ok(desk::mission::chosen(replayed(as_of, named)?, Some(&id))?.1)
}

fn status(format: Format, as_of: AsOf, named: Option<&Path>, out: &mut dyn Write) -> Result<Exit, Failure> {
    let mission = mission_of(None, as_of, named)?;
    if format == Format::Json {
        writeln!(out, "{:#}", status_json(&mission))?;
        return Ok(Exit::Done);
    }
    for list in &mission.lists {
        let counts: Vec<String> = list.sealed.counts.iter().map(|(c, n)| format!("{n} {}", c.as_str())).collect();
        writeln!(out, "list {}  {}  entry {}: {}", short(&list.id), list.side, list.entry, counts.join(", "))?;
    }
    for (entry, at, h) in &mission.handovers {
        let Handover { proposal, side, category, count, through, .. } = h;
        let day = at.strftime("%Y-%m-%d");
        writeln!(
            out,
            "handed over  {day}  {side}: {count} {}, through {through}  entry {entry}, exchange {}",
            category.as_str(),
            short(proposal)
        )?;
    }
    for category in [Category::Held, Category::Remains] {
        let left: Vec<(String, usize)> = mission.left(category).into_iter().collect();
        let [(a, first), (b, second)] = left.as_slice() else { continue };
        let balance = Balance { first: *first, second: *second };
        let word = category.as_str();
        writeln!(
            out,
            "left, {word}: {a} {first}, {b} {second}; all for all {first} for {second}, one for one {} each",
            balance.one_for_one()
        )?;
    }
    if mission.lists.is_empty() && mission.handovers.is_empty() {
        writeln!(out, "no lists and no handovers")?;
    }
    Ok(Exit::Done)
}

fn status_json(mission: &Mission) -> Value {
    let list = |l: &mission::exchange::List| json!({"id": l.id, "entry": l.entry, "at": l.at, "side": l.side, "counts": l.sealed.counts});
    let handover = |(entry, at, h): &(u64, Timestamp, Handover)| json!({"entry": entry, "at": at, "exchange": h.proposal, "side": h.side, "category": h.category, "count": h.count, "through": h.through});
    json!({
        "lists": mission.lists.iter().map(list).collect::<Vec<_>>(),
        "handovers": mission.handovers.iter().map(handover).collect::<Vec<_>>(),
        "left": {"held": mission.left(Category::Held), "remains": mission.left(Category::Remains)},
    })
}

fn log(format: Format, as_of: AsOf, named: Option<&Path>, out: &mut dyn Write) -> Result<Exit, Failure> {
    let mission = mission_of(None, as_of, named)?;
    if format == Format::Json {
        let one = |o: &mission::exchange::Opened| json!({"entry": o.entry, "at": o.at, "by": o.by, "list": o.list, "why": o.why});
        writeln!(out, "{:#}", json!({"items": mission.opened.iter().map(one).collect::<Vec<_>>()}))?;
        return Ok(Exit::Done);
    }
    for opened in &mission.opened {
        let at = opened.at.strftime("%Y-%m-%d %H:%M");
        writeln!(out, "entry {}  {at}  {}  list {}: {}", opened.entry, opened.by, short(&opened.list), opened.why)?;
    }
    if mission.opened.is_empty() {
        writeln!(out, "no list was opened")?;
    }
    Ok(Exit::Done)
}
