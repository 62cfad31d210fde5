//! What went wrong, what to do about it, and the code that the program ends with.

use std::io::{self, Write};
use std::process::ExitCode;

use desk::{Extent, Trouble};
use ledger::LedgerError;

/// How the program ends. 2 is for wrong arguments and given by the parser of arguments.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Exit {
    /// All was done.
    Done = 0,
    /// It could not be done.
    Error = 1,
    /// What was named holds no report.
    NothingToRead = 3,
    /// Done, but some of what was named could not be read.
    Partly = 4,
    /// What was checked is not in order.
    NotInOrder = 5,
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> ExitCode {
        ExitCode::from(exit as u8)
    }
}

impl From<Extent> for Exit {
    fn from(extent: Extent) -> Exit {
        match extent {
            Extent::All => Exit::Done,
            Extent::Some => Exit::Partly,
            Extent::Nothing => Exit::Error,
        }
    }
}

/// Something that keeps a command from going on.
#[derive(Debug)]
pub(crate) struct Failure {
    message: String,
    hint: Option<String>,
    exit: Exit,
    broken_pipe: bool,
}

impl Failure {
    /// A failure with its remedy.
    pub(crate) fn new(message: impl Into<String>, hint: impl Into<String>) -> Failure {
        Failure { message: message.into(), hint: Some(hint.into()), exit: Exit::Error, broken_pipe: false }
    }

    /// Nothing to read in what was named.
    pub(crate) fn nothing_to_read(message: impl Into<String>, hint: impl Into<String>) -> Failure {
        Failure { exit: Exit::NothingToRead, ..Failure::new(message, hint) }
    }

    /// What was checked is not in order.
    pub(crate) fn not_in_order(message: impl Into<String>, hint: impl Into<String>) -> Failure {
        Failure { exit: Exit::NotInOrder, ..Failure::new(message, hint) }
    }

    /// The same, with the place where it went wrong.
    pub(crate) fn at(self, place: impl std::fmt::Display) -> Failure {
        Failure { message: format!("{place}: {}", self.message), ..self }
    }

    /// The code to end with.
    pub(crate) fn exit(&self) -> Exit {
        self.exit
    }

    /// Whether the reader of our output went away, which is no failure.
    pub(crate) fn is_broken_pipe(&self) -> bool {
        self.broken_pipe
    }

    /// Tells the user.
    pub(crate) fn report(&self) {
        tell("error", &self.message);
        if let Some(hint) = &self.hint {
            tell("hint", hint);
        }
    }
}

/// Tells the user what is no failure, and no part of the output either.
pub(crate) fn note(message: &str) {
    tell("note", message);
}

/// One line on standard error; nobody is left to tell where that is closed.
fn tell(kind: &str, message: &str) {
    writeln!(io::stderr(), "{kind}: {message}").ok();
}

impl From<io::Error> for Failure {
    fn from(error: io::Error) -> Failure {
        let broken_pipe = error.kind() == io::ErrorKind::BrokenPipe;
        Failure { message: format!("output: {error}"), hint: None, exit: Exit::Error, broken_pipe }
    }
}

impl From<csv::Error> for Failure {
    /// As the error of the output that is under it, so that a pipe that was closed is known as one.
    fn from(error: csv::Error) -> Failure {
        let text = error.to_string();
        match error.into_kind() {
            csv::ErrorKind::Io(error) => error.into(),
            _ => io::Error::other(text).into(),
        }
    }
}

impl From<desk::Failure> for Failure {
    fn from(failure: desk::Failure) -> Failure {
        let desk::Failure { message, hint, trouble } = failure;
        let exit = match trouble {
            Trouble::Error | Trouble::Missing => Exit::Error,
            Trouble::NothingToRead => Exit::NothingToRead,
        };
        Failure { message, hint, exit, broken_pipe: false }
    }
}

impl From<LedgerError> for Failure {
    fn from(error: LedgerError) -> Failure {
        Failure { message: error.to_string(), hint: error.hint(), exit: Exit::Error, broken_pipe: false }
    }
}
