//! `trucewatch keys`, `sign` and `submit`: who signs, and what was signed.

use std::io::Write;
use std::path::{Path, PathBuf};

use jiff::Timestamp;
use ledger::statement::{Handed, KeyRecord, PartyKey};
use ledger::{Ledger, Verifier, signing};
use mission::Statement;
use serde_json::json;

use super::{hand_in, text};
use crate::args::books::Format;
use crate::args::mission::{KeysCommand, Role, Sign, Submit};
use crate::failure::{Exit, Failure};

/// Does what was asked of keys.
pub(in crate::commands) fn run(
    command: KeysCommand,
    ledger: Option<&Path>,
    out: &mut dyn Write,
) -> Result<Exit, Failure> {
    match command {
        KeysCommand::New { name, out: file } => new(&name, file, out),
        KeysCommand::Register { key, role, party, by } => register(&key, role, party, by, ledger, out),
        KeysCommand::Withdraw { key, why, by } => withdraw(&key, why, by, ledger, out),
        KeysCommand::List { format, as_of } => {
            let ledger = Ledger::open(&desk::ledger_path(ledger)?)?;
            list(&ledger.party_keys(ledger.moment(as_of.as_of)?)?, format, out)
        }
    }
}

fn new(name: &str, file: Option<PathBuf>, out: &mut dyn Write) -> Result<Exit, Failure> {
    let file = file.unwrap_or_else(|| PathBuf::from(format!("{}.key", name.replace('/', "-"))));
    let public = signing::make_key(&file, name)?;
    writeln!(out, "{public}")?;
    told_where(&file);
    Ok(Exit::Done)
}

/// Tells where the secret half of a key is, below its public half.
pub(in crate::commands) fn told_where(file: &Path) {
    crate::failure::note(&format!(
        "the key is in {}: keep it to yourself; the line above is for others",
        file.display()
    ));
}

fn register(
    key: &str,
    role: Role,
    party: Option<String>,
    by: String,
    ledger: Option<&Path>,
    out: &mut dyn Write,
) -> Result<Exit, Failure> {
    named(&by)?;
    if (role == Role::Liaison) != party.is_some() {
        let hint = "--party names it, for a liaison and for nobody else";
        return Err(Failure::new("a liaison signs for a party, and nobody else does", hint));
    }
    let verifier = verifier(key)?;
    let (role, why) = (role.plain(), String::new());
    let record = KeyRecord { key: verifier.to_string(), role: role.to_string(), party, holds: true, by, why };
    let entry = Ledger::open_or_make(&desk::ledger_path(ledger)?)?.record_key(Timestamp::now(), &record)?;
    writeln!(
        out,
        "key `{}` registered for {}  entry {entry}",
        verifier.name(),
        part(&record.role, record.party.as_deref())
    )?;
    Ok(Exit::Done)
}

fn withdraw(key: &str, why: String, by: String, ledger: Option<&Path>, out: &mut dyn Write) -> Result<Exit, Failure> {
    named(&by)?;
    let mut ledger = Ledger::open_to_write(&desk::ledger_path(ledger)?)?;
    let good = ledger.party_keys(ledger.moment(None)?)?.into_iter().filter(|k| k.until.is_none());
    let wanted = verifier(key).map(|v| v.to_string()).ok();
    let is_meant = |k: &PartyKey| wanted.as_ref().map_or_else(|| name_of(k) == key, |wanted| k.key == *wanted);
    let mut found = good.filter(is_meant);
    let hint = "`trucewatch keys list` shows them";
    let (Some(PartyKey { key, role, party, .. }), None) = (found.next(), found.next()) else {
        return Err(Failure::new(format!("`{key}` is not one key that is registered and good"), hint));
    };
    let entry = ledger.record_key(Timestamp::now(), &KeyRecord { key, role, party, holds: false, by, why })?;
    writeln!(out, "withdrawn  entry {entry}")?;
    Ok(Exit::Done)
}

fn named(by: &str) -> Result<(), Failure> {
    let hint = "name who does with --by, or in TRUCEWATCH_BY";
    if by.trim().is_empty() { Err(Failure::new("a key is registered or withdrawn by somebody", hint)) } else { Ok(()) }
}

/// The key in some words, or in the file that they name.
fn verifier(key: &str) -> Result<Verifier, Failure> {
    let content = if Path::new(key).is_file() { text(Path::new(key))? } else { key.to_owned() };
    let hint = "`trucewatch keys new` prints the public half of the key that it makes";
    if content.trim_start().starts_with("PRIVATE+KEY+") {
        return Err(Failure::new("this is the secret half of a key, which is its owner's alone", hint));
    }
    content.parse().map_err(|e: ledger::LedgerError| Failure::new(e.to_string(), hint))
}

fn name_of(key: &PartyKey) -> String {
    key.key.parse::<Verifier>().map(|v| v.name().to_owned()).unwrap_or_default()
}

fn part(role: &str, party: Option<&str>) -> String {
    party.map_or_else(|| role.to_owned(), |party| format!("{role} of {party}"))
}

fn list(keys: &[PartyKey], format: Format, out: &mut dyn Write) -> Result<Exit, Failure> {
    if format == Format::Json {
        let one = |k: &PartyKey| json!({"entry": k.entry, "until": k.until, "name": name_of(k), "role": k.role, "party": k.party, "key": k.key});
        let items: Vec<_> = keys.iter().map(one).collect();
        writeln!(out, "{:#}", json!({"items": items}))?;
        return Ok(Exit::Done);
    }
    for key in keys {
        let until = key.until.map(|entry| format!(", withdrawn by entry {entry}")).unwrap_or_default();
        let part = part(&key.role, key.party.as_deref());
        writeln!(out, "{}  {part}  entry {}{until}\n  {}", name_of(key), key.entry, key.key)?;
    }
    if keys.is_empty() {
        writeln!(out, "no keys are registered")?;
    }
    Ok(Exit::Done)
}

/// Signs a statement and prints it.
pub(in crate::commands) fn sign(args: &Sign, out: &mut dyn Write) -> Result<Exit, Failure> {
    let text = text(&args.file)?;
    let hint = "`--draft` on the command that states it prints one";
    let parsed = Statement::parse(signing::said(&text).0);
    parsed.map_err(|e| Failure::new(format!("{}: this is no statement: {e}", args.file.display()), hint))?;
    if signing::said(&text).1 {
        return Err(Failure::new(
            format!("{}: is signed already", args.file.display()),
            "sign the statement as it was drafted",
        ));
    }
    out.write_all(signing::sign(&args.key, &text)?.as_bytes())?;
    Ok(Exit::Done)
}

/// Takes statements in, each by itself; those that do not fit are told.
pub(in crate::commands) fn submit(args: &Submit, ledger: Option<&Path>, out: &mut dyn Write) -> Result<Exit, Failure> {
    let mut refused = 0;
    for file in &args.files {
        if let Err(failure) = submit_one(file, &args.by, ledger, out) {
            failure.at(file.display()).report();
            refused += 1;
        }
    }
    match refused {
        0 => Ok(Exit::Done),
        n if n == args.files.len() => Ok(Exit::Error),
        _ => Ok(Exit::Partly),
    }
}

fn submit_one(file: &Path, by: &str, ledger: Option<&Path>, out: &mut dyn Write) -> Result<(), Failure> {
    let note = text(file)?;
    let statement = Statement::parse(signing::said(&note).0);
    let hint = "give what `trucewatch sign` printed";
    let statement = statement.map_err(|e| Failure::new(format!("this is no statement: {e}"), hint))?;
    hand_in(statement.act.as_str(), Handed { note: &note, sealed: None, by }, ledger, out).map(drop)
}
