//! The room where people work: the web server over a ledger, its pages and its API.
//!
//! [`Room`] holds what all requests share; [`router`] gives its addresses, each with what it needs in one table
//! ([`table::TABLE`]); [`serve()`] binds and listens. Pages are rendered here and work without script. What is judged is
//! recalled from the ledger and kept until an entry is added ([`books`]). Every change of the books is an entry of the
//! ledger with its author; accounts, sessions and tokens lie in a file of their own beside it, for hashes of passwords
//! do not belong into a log that is never changed.

pub mod accounts;
mod api;
mod assets;
pub mod books;
mod drafts;
mod error;
mod feeds;
mod filter;
pub mod follow;
mod form;
mod frame;
mod guard;
pub mod hooks;
mod limiter;
mod logs;
mod missions;
mod pages;
mod reread;
mod room;
mod searches;
mod serve;
pub mod table;
mod tiles;
mod visitor;

pub use accounts::{Accounts, Role};
pub use error::Refusal;
pub use logs::log_to;
pub use room::{Options, Room};
pub use serve::{Listening, serve};
pub use table::router;
