//! The line on the ground: where a border is proposed and agreed, who watches which stretch, and from where one would
//! see most of it.
//!
//! Pure functions of values: positions, days and answers in, plain data out. Files, the clock and the solver are the
//! caller's.

pub mod border;
pub mod consent;
pub mod course;
pub mod coverage;
pub mod earth;
pub mod nearest;
pub mod plan;
mod plane;
pub mod shapes;
pub mod sight;
pub mod terrain;
pub mod watch;

pub use consent::{Answer, Consents};
pub use course::{Course, Side, Unfit};
