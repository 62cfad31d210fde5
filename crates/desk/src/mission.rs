//! Missions over a ledger: what was stated, replayed, and handing in more.

use jiff::Timestamp;
use ledger::statement::{Handed, PartyKey, Stated, Taken};
use ledger::{Ledger, Moment, Verifier};
use mission::book::Mission;
use mission::{Book, Heard, Signature, Statement};

use crate::failure::Failure;

/// A statement as the mission's books take it.
///
/// # Errors
/// Why its text is no statement.
pub fn heard(stated: &Stated) -> Result<Heard, String> {
    let text = stated.text.as_deref().ok_or("what it said was removed by policy")?;
    let statement = Statement::parse(text).map_err(|e| e.to_string())?;
    let Stated { entry, at, id, key, .. } = stated;
    Ok(Heard { entry: *entry, at: *at, id: id.clone(), signature: key.as_ref().map(signature), statement })
}

fn signature(key: &PartyKey) -> Signature {
    let name = key.key.parse::<Verifier>().map(|v| v.name().to_owned()).unwrap_or_default();
    Signature { name, role: key.role.clone(), party: key.party.clone() }
}

/// The state of all missions at a moment.
///
/// # Errors
/// Where the ledger cannot be read.
pub fn book(ledger: &Ledger, moment: Moment) -> Result<Book, Failure> {
    Ok(replay(&ledger.statements(moment)?))
}

/// The mission of an id with it or, where none is named, the only one.
///
/// # Errors
/// Where there is no such mission, or none is named and there are several.
pub fn chosen(book: Book, id: Option<&str>) -> Result<(String, Mission), Failure> {
    let mut all = book.missions;
    if let Some(id) = id {
        let none = || Failure::new(format!("there is no mission `{id}`"), "`trucewatch mission status` lists them");
        return all.remove_entry(id).ok_or_else(none);
    }
    match (all.pop_first(), all.is_empty()) {
        (Some(one), true) => Ok(one),
        (None, _) => Err(no_mission()),
        _ => Err(Failure::new("the ledger has several missions", "name one with --mission")),
    }
}

/// That there is no mission.
#[must_use]
pub fn no_mission() -> Failure {
    Failure::new("the ledger has no mission", "`trucewatch mission mandate` begins one")
}

fn replay(stated: &[Stated]) -> Book {
    let heard: Vec<Heard> = stated.iter().filter_map(|s| heard(s).ok()).collect();
    Book::replay(&heard)
}

/// Takes a statement into the ledger, signed or not, if it fits what was stated before.
///
/// # Errors
/// Where it is none, does not fit, is signed by no good key, or the ledger cannot be written to.
pub fn hand_in(ledger: &mut Ledger, now: Timestamp, handed: Handed<'_>) -> Result<Taken, Failure> {
    let taken = ledger.take_statement(now, handed, |before, one| replay(before).check(&heard(one)?));
    taken.map_err(|e| {
        let hint = match &e {
            ledger::LedgerError::Refused(_) => {
                Some("`trucewatch mission status` shows what stands and who waits for whom")
            }
            ledger::LedgerError::Form(_) => Some("`trucewatch keys list` shows which keys are registered and good"),
            _ => None,
        };
        let failure = Failure::from(e);
        Failure { hint: hint.map(str::to_owned).or(failure.hint.clone()), ..failure }
    })
}
