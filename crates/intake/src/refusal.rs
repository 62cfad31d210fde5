//! Why some bytes are no document that can be read.

/// What keeps bytes from being read, and what to do about it.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{message}")]
pub struct Refusal {
    /// What is wrong, as the end of a sentence that begins with the file's name.
    pub message: String,
    /// What to do about it.
    pub hint: String,
}

impl Refusal {
    pub(crate) fn new(message: impl Into<String>, hint: &str) -> Refusal {
        Refusal { message: message.into(), hint: hint.to_owned() }
    }

    /// Something is over a limit, which is named so that it can be raised.
    pub(crate) fn over(message: impl Into<String>, limit: &str) -> Refusal {
        let hint = match limit {
            "bytes" => "cut it into its reports, or raise the limit with --max-bytes".to_owned(),
            _ => format!("if you trust it, raise the limit with --limit {limit}=…"),
        };
        Refusal { message: message.into(), hint }
    }
}
