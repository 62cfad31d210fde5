//! Stating something: as a draft, or into the ledger, signed or not.

use std::io::Write;
use std::path::Path;

use desk::mission::{book, chosen};
use jiff::Timestamp;
use ledger::statement::{Handed, Taken};
use ledger::{Ledger, signing};
use mission::{Act, Book, Role, Statement};

use crate::args::books::AsOf;
use crate::args::mission::Author;
use crate::failure::{Exit, Failure};

/// States something.
pub(in crate::commands) fn state(
    author: &Author,
    act: Act,
    ledger: Option<&Path>,
    out: &mut dyn Write,
) -> Result<Exit, Failure> {
    let what = act.as_str();
    let text = statement(author, act, ledger)?.to_text();
    if author.draft {
        out.write_all(text.as_bytes())?;
        return Ok(Exit::Done);
    }
    let note = match &author.key {
        Some(key) => signing::sign(key, &text)?,
        None => text,
    };
    hand_in(what, Handed { note: &note, sealed: None, by: &author.by }, ledger, out)
}

/// The statement that somebody makes.
pub(in crate::commands) fn statement(author: &Author, act: Act, ledger: Option<&Path>) -> Result<Statement, Failure> {
    let Author { by, role, party, mission, at, .. } = author.clone();
    if by.trim().is_empty() {
        let hint = "name who states it with --by, or in TRUCEWATCH_BY";
        return Err(Failure::new("a statement says who makes it", hint));
    }
    let usual = if party.is_some() { Role::Liaison } else { Role::Chief };
    let role = role.map_or(usual, crate::args::mission::Role::plain);
    let mission = mission.map_or_else(|| only_mission(ledger), Ok)?;
    Ok(Statement { mission, at: at.unwrap_or_else(Timestamp::now), by, role, party, act })
}

/// The state of all missions of the ledger at a time.
pub(in crate::commands) fn replayed(as_of: AsOf, ledger: Option<&Path>) -> Result<Book, Failure> {
    let ledger = Ledger::open(&desk::ledger_path(ledger)?)?;
    Ok(book(&ledger, ledger.moment(as_of.as_of)?)?)
}

/// The mission of the ledger, where there is one.
pub(in crate::commands) fn only_mission(ledger: Option<&Path>) -> Result<String, Failure> {
    Ok(chosen(replayed(AsOf { as_of: None }, ledger)?, None)?.0)
}

/// Takes a statement in, and tells its entry.
pub(in crate::commands) fn hand_in(
    what: &str,
    handed: Handed<'_>,
    ledger: Option<&Path>,
    out: &mut dyn Write,
) -> Result<Exit, Failure> {
    let path = desk::ledger_path(ledger)?;
    let mut ledger = Ledger::open_or_make(&path)?;
    let taken = desk::mission::hand_in(&mut ledger, Timestamp::now(), handed)?;
    let (text, signed) = signing::said(handed.note);
    let id = mission::sha256(text.as_bytes());
    let id = mission::book::short(&id);
    let signed = if signed { ", signed" } else { "" };
    match taken {
        Taken::New(entry) => writeln!(out, "{what}  {id}  entry {entry}{signed}")?,
        Taken::Known(entry) => writeln!(out, "{what}  {id}  entry {entry}, there already")?,
    }
    Ok(Exit::Done)
}
