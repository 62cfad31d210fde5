//! Sealing lists for the keys that are named, with age (X25519, ChaCha20-Poly1305). What is sealed holds random bytes, so
//! that sealing one list twice gives two texts; it is the one place of this crate where a value does not follow from others.

use age::secrecy::ExposeSecret;
use age::x25519::{Identity, Recipient};

use super::Person;
use crate::statement::StatementError;

/// A new key: its secret half, as age writes it, and its public one.
#[must_use]
pub fn new_key() -> (String, String) {
    let identity = Identity::generate();
    (identity.to_string().expose_secret().to_owned(), identity.to_public().to_string())
}

/// Random bytes for numbering a list.
#[must_use]
pub fn salt() -> Vec<u8> {
    new_key().0.into_bytes()
}

/// Seals people for some keys.
///
/// # Errors
/// Where no key is named, or one is none.
pub fn seal(people: &[Person], keys: &[String]) -> Result<Vec<u8>, StatementError> {
    let wrong = |problem: String| StatementError::value(problem);
    let recipient =
        |key: &String| key.parse::<Recipient>().map_err(|_| wrong(format!("`{key}` is no public key of age")));
    let recipients = keys.iter().map(recipient).collect::<Result<Vec<_>, _>>()?;
    let each = recipients.iter().map(|r| r as &dyn age::Recipient);
    let encryptor =
        age::Encryptor::with_recipients(each).map_err(|_| wrong("a list is sealed for somebody: name a key".into()))?;
    let plain = serde_json::to_vec(people).map_err(|_| wrong("the list cannot be written".into()))?;
    let mut sealed = Vec::new();
    let written = encryptor.wrap_output(&mut sealed).and_then(|mut writer| {
        std::io::Write::write_all(&mut writer, &plain)?;
        writer.finish().map(drop)
    });
    written.map_err(|e| wrong(format!("the list cannot be sealed: {e}")))?;
    Ok(sealed)
}

/// Opens a sealed list with the secret half of a key, as its file has it.
///
/// # Errors
/// Where the file holds no key, or the list is not sealed for it.
pub fn open(sealed: &[u8], key: &str) -> Result<Vec<Person>, StatementError> {
    let wrong = |problem: &str| StatementError::value(problem);
    let line = key.lines().map(str::trim).find(|l| l.starts_with("AGE-SECRET-KEY-"));
    let identity =
        line.and_then(|l| l.parse::<Identity>().ok()).ok_or_else(|| wrong("this is no secret key of age"))?;
    let plain = age::decrypt(&identity, sealed).map_err(|_| wrong("the list is not sealed for this key"))?;
    serde_json::from_slice(&plain).map_err(|_| wrong("what was sealed is no list"))
}

#[cfg(test)]
mod tests {
    use super::super::people;
    use super::super::tests::VESK;
    use super::*;

    #[test]
    fn only_who_is_named_opens_a_list() {
        let list = people(VESK, "vesk", &salt()).unwrap();
        let ((one, public), (two, _)) = (new_key(), new_key());
        assert!(seal(&list, &[]).is_err() && seal(&list, &["age1x".into()]).is_err());
        let sealed = seal(&list, &[public]).unwrap();
        assert!(open(&sealed, &two).is_err() && open(&sealed, "x").is_err() && open(b"x", &one).is_err());
        assert!(open(&sealed, &format!("# a comment\n{one}\n")).unwrap() == list);
        let clear = |name: &str| sealed.windows(name.len()).any(|w| w == name.as_bytes());
        assert!(!clear("Olvesk") && !clear("Dubrel"));
    }
}
