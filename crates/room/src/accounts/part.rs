//! The part that an account has in a mission. It is set by an administrator; what it may see and do is the mission's
//! own table of roles ([`mission::may`]), and no rank in the room adds to it.

use mission::{Role as MissionRole, Viewer};
use rusqlite::{Connection, OptionalExtension, Row};

use super::{Account, Accounts, AccountsError, Result, Role};

/// A part in a mission.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Part {
    /// Id of the mission.
    pub mission: String,
    /// Which part.
    pub role: MissionRole,
    /// For which party: a liaison's, and nobody else's.
    pub party: Option<String>,
}

impl Part {
    /// As the table of roles sees it.
    #[must_use]
    pub fn viewer(&self) -> Viewer {
        Viewer::new(self.role, self.party.as_deref()).unwrap_or(Viewer::Public)
    }

    /// The word by which forms name it, such as `liaison:vesk@line-mission-2031`.
    #[must_use]
    pub fn word(&self) -> String {
        let party = self.party.as_ref().map(|p| format!(":{p}")).unwrap_or_default();
        format!("{}{party}@{}", self.role, self.mission)
    }

    /// The part of a word.
    #[must_use]
    pub fn parse(word: &str) -> Option<Part> {
        let (part, mission) = word.split_once('@')?;
        let (role, party) = part.split_once(':').map_or((part, None), |(role, party)| (role, Some(party)));
        let part =
            Part { mission: mission.to_owned(), role: MissionRole::parse(role)?, party: party.map(str::to_owned) };
        (part.fits() && !mission.is_empty()).then_some(part)
    }

    /// In words, such as `liaison of vesk`.
    #[must_use]
    pub fn in_words(&self) -> String {
        self.party.as_ref().map_or_else(|| self.role.to_string(), |party| format!("{} of {party}", self.role))
    }

    fn fits(&self) -> bool {
        (self.role == MissionRole::Liaison) == self.party.as_ref().is_some_and(|p| !p.is_empty())
    }
}

impl Accounts {
    /// Binds an account to a part in a mission, or to none. A liaison is a reader of the room: what its analysts do is
    /// the mission's own matter.
    ///
    /// # Errors
    /// Where there is no such account, or a liaison would be more than a reader.
    pub fn set_part(&self, id: i64, part: Option<&Part>) -> Result<()> {
        let account = self.account(id)?;
        let Some(part) = part else {
            self.database().execute("DELETE FROM part WHERE account = ?1", [id])?;
            return Ok(());
        };
        if !part.fits() {
            return Err(AccountsError::Refused("a liaison speaks for a party, and nobody else does".to_owned()));
        }
        if part.role == MissionRole::Liaison && account.role != Role::Reader {
            return Err(liaisons_read(&account.name));
        }
        let values = (id, &part.mission, part.role.as_str(), &part.party);
        self.database().execute("INSERT OR REPLACE INTO part VALUES (?1, ?2, ?3, ?4)", values)?;
        Ok(())
    }
}

/// That a liaison is a reader of the room.
pub(super) fn liaisons_read(name: &str) -> AccountsError {
    AccountsError::Refused(format!("{name}: a liaison is a reader of the room and no more"))
}

/// An account with the part that it has.
pub(super) fn with_part(db: &Connection, account: Account) -> rusqlite::Result<Account> {
    let query = "SELECT mission, role, party FROM part WHERE account = ?1";
    let found = db.prepare_cached(query)?.query_row([account.id], part).optional()?;
    Ok(Account { part: found.flatten(), ..account })
}

fn part(row: &Row<'_>) -> rusqlite::Result<Option<Part>> {
    let (mission, role, party): (_, String, _) = (row.get(0)?, row.get(1)?, row.get(2)?);
    Ok(MissionRole::parse(&role).map(|role| Part { mission, role, party }).filter(Part::fits))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_of_parts() {
        for wrong in ["", "chief", "chief@", "liaison@m", "chief:vesk@m", "liaison:@m", "guest@m"] {
            assert_eq!(Part::parse(wrong), None, "{wrong}");
        }
        for word in ["liaison:vesk@line-mission-2031", "chief@m"] {
            assert_eq!(Part::parse(word).unwrap().word(), word);
        }
    }

    #[test]
    fn a_liaison_is_a_reader_and_stays_one() {
        let (accounts, now) = (Accounts::in_memory().unwrap(), "2031-03-08T12:00Z".parse().unwrap());
        let link = accounts.first_link(now).unwrap();
        let orn = accounts.accept(link.reveal(), "Orn", "a password of some length", now).unwrap();
        let liaison = Part::parse("liaison:vesk@m").unwrap();
        assert!(accounts.set_part(orn.id, Some(&liaison)).is_err());
        accounts.set_part(orn.id, Part::parse("chief@m").as_ref()).unwrap();
        assert_eq!(accounts.account(orn.id).unwrap().part.unwrap().word(), "chief@m");
        accounts.make("Tarn", Role::Reader, now).unwrap();
        let tarn = accounts.all().unwrap().into_iter().find(|a| a.name == "Tarn").unwrap();
        accounts.set_part(tarn.id, Some(&liaison)).unwrap();
        assert!(accounts.set_role(tarn.id, Role::Analyst).is_err());
        accounts.set_part(tarn.id, None).unwrap();
        accounts.set_role(tarn.id, Role::Analyst).unwrap();
    }
}
