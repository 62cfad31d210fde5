//! Why a request is refused, in words for whoever asked.

use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use desk::Trouble;

use crate::accounts::AccountsError;

/// Why a request is refused. The guard renders it: as a page, or as the envelope of the API.
#[derive(Debug, Clone)]
pub struct Refusal {
    /// Its status.
    pub status: StatusCode,
    /// A word by which programs tell refusals apart.
    pub code: &'static str,
    /// What is wrong.
    pub message: String,
    /// What to do about it.
    pub hint: Option<String>,
    /// Fields that are wrong, with what is wrong, where it is a form's.
    pub fields: Vec<(String, String)>,
}

impl Refusal {
    /// A refusal.
    pub fn new(status: StatusCode, code: &'static str, message: impl Into<String>) -> Refusal {
        Refusal { status, code, message: message.into(), hint: None, fields: Vec::new() }
    }

    /// With what to do about it.
    #[must_use]
    pub fn hint(self, hint: impl Into<String>) -> Refusal {
        Refusal { hint: Some(hint.into()), ..self }
    }

    /// That something is not there.
    pub fn missing(message: impl Into<String>) -> Refusal {
        Refusal::new(StatusCode::NOT_FOUND, "not-found", message)
    }

    /// That something was asked for in a way that makes no sense.
    pub fn wrong(message: impl Into<String>) -> Refusal {
        Refusal::new(StatusCode::UNPROCESSABLE_ENTITY, "wrong-value", message)
    }

    /// That somebody may not do something.
    pub fn forbidden(message: impl Into<String>) -> Refusal {
        Refusal::new(StatusCode::FORBIDDEN, "forbidden", message)
    }

    /// That something went wrong here.
    pub fn broken(message: impl Into<String>) -> Refusal {
        Refusal::new(StatusCode::INTERNAL_SERVER_ERROR, "broken", message)
    }
}

impl IntoResponse for Refusal {
    fn into_response(self) -> Response {
        let mut response = self.status.into_response();
        response.extensions_mut().insert(self);
        response
    }
}

impl From<desk::Failure> for Refusal {
    fn from(failure: desk::Failure) -> Refusal {
        let desk::Failure { message, hint, trouble } = failure;
        let refusal = match trouble {
            Trouble::Missing => Refusal::missing(message),
            Trouble::Error | Trouble::NothingToRead => Refusal::wrong(message),
        };
        Refusal { hint, ..refusal }
    }
}

impl From<ledger::LedgerError> for Refusal {
    fn from(error: ledger::LedgerError) -> Refusal {
        use ledger::LedgerError::{Form, Locked, Refused, Unknown};
        let (message, hint) = (error.to_string(), error.hint());
        let refusal = match error {
            Unknown(_) => Refusal::missing(message),
            Refused(_) | Form(_) => Refusal::wrong(message),
            Locked => Refusal::new(StatusCode::SERVICE_UNAVAILABLE, "busy", message),
            _ => Refusal::broken(message),
        };
        Refusal { hint, ..refusal }
    }
}

impl From<AccountsError> for Refusal {
    fn from(error: AccountsError) -> Refusal {
        let message = error.to_string();
        match error {
            AccountsError::Refused(_) => Refusal::wrong(message),
            AccountsError::Missing(_) => Refusal::missing(message),
            AccountsError::Database(_) | AccountsError::Hash(_) | AccountsError::Random => Refusal::broken(message),
        }
    }
}
