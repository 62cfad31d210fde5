//! Passwords: argon2id with the parameters that OWASP names (19 MiB, two passes, one lane).

use argon2::password_hash::{PasswordHasher, PasswordVerifier, phc::PasswordHash};
use argon2::{Algorithm, Argon2, Params, Version};

use super::{AccountsError, Result};

/// Characters of the shortest password.
const SHORTEST: usize = 12;
/// Bytes of the longest one: a hash costs time.
const LONGEST: usize = 1024;

/// Why a password is none.
pub(super) fn check(password: &str) -> Result<()> {
    let refused = |why: String| Err(AccountsError::Refused(why));
    if password.chars().count() < SHORTEST {
        return refused(format!("a password has {SHORTEST} characters or more"));
    }
    if password.len() > LONGEST {
        return refused(format!("a password has no more than {LONGEST} bytes"));
    }
    Ok(())
}

/// The hash of a password, with its salt and parameters.
pub(super) fn hash(password: &str) -> Result<String> {
    let hashed = argon2().hash_password(password.as_bytes()).map_err(|e| AccountsError::Hash(e.to_string()))?;
    Ok(hashed.to_string())
}

/// Whether a password is that of a hash. Takes as long where there is no hash.
pub(super) fn fits(password: &str, hashed: Option<&str>) -> bool {
    let given = password.get(..LONGEST).unwrap_or(password);
    let Some(known) = hashed.and_then(|h| PasswordHash::new(h).ok()) else {
        hash(given).ok();
        return false;
    };
    argon2().verify_password(given.as_bytes(), &known).is_ok()
}

fn argon2() -> Argon2<'static> {
    Argon2::new(Algorithm::Argon2id, Version::V0x13, Params::default())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn short_and_endless_passwords_are_none() {
        assert!(check("short").is_err());
        assert!(check(&"x".repeat(2000)).is_err());
    }

    #[test]
    fn only_the_password_fits_its_hash() {
        let hashed = hash("correct horse battery").unwrap();
        assert!(hashed.starts_with("$argon2id$"));
        assert!(!fits("correct horse", Some(&hashed)));
        assert!(!fits("correct horse battery", None));
        assert!(fits("correct horse battery", Some(&hashed)));
    }
}
