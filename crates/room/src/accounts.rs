//! Who may do what: accounts, sessions, tokens for programs and one-time links, in a SQLite file of their own beside
//! the ledger. Secrets are kept as hashes: of passwords by argon2id, of random tokens by SHA-256.

mod hooks;
mod leases;
mod part;
mod password;
mod secret;
mod sessions;
mod settings;
mod store;
mod tokens;

pub use hooks::{Delivery, Hook, Outcome, SigningKey};
pub use leases::{LEASE_MINUTES, Lease};
pub use part::Part;
pub use secret::Secret;
pub use sessions::Session;
pub use settings::Settings;
pub use store::{Account, Accounts};
pub use tokens::{Scope, Token};

/// What somebody may do; each may do what those before it may.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Role {
    /// Looks.
    Reader,
    /// Adds reports, corrects and groups claims.
    Analyst,
    /// Grades sources, signs briefs off, undoes what others decided.
    Reviewer,
    /// Makes accounts and sets what the public sees.
    Administrator,
}

impl Role {
    /// All of them, the least first.
    pub const ALL: [Role; 4] = [Role::Reader, Role::Analyst, Role::Reviewer, Role::Administrator];

    /// Its word.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Role::Reader => "reader",
            Role::Analyst => "analyst",
            Role::Reviewer => "reviewer",
            Role::Administrator => "administrator",
        }
    }

    /// The role of a word.
    #[must_use]
    pub fn parse(word: &str) -> Option<Role> {
        Role::ALL.into_iter().find(|r| r.as_str() == word)
    }
}

/// Why something could not be done with accounts.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum AccountsError {
    /// What was asked makes no sense.
    #[error("{0}")]
    Refused(String),
    /// There is no such thing.
    #[error("there is no {0}")]
    Missing(String),
    /// The database.
    #[error("the accounts' database: {0}")]
    Database(#[from] rusqlite::Error),
    /// A password could not be hashed.
    #[error("the password could not be hashed: {0}")]
    Hash(String),
    /// The system gives no random bytes.
    #[error("the system gives no random bytes")]
    Random,
}

/// What comes of it.
pub type Result<T> = std::result::Result<T, AccountsError>;
