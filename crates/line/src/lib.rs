//! The line on the ground: where a border is proposed and agreed, who watches which stretch, and from where one would
//! see most of it.
//!
//! Pure functions of values: positions and days in, plain data out. Files, the clock and the solver are the caller's; who
//! consents to what is told by `mission`.

pub mod border;
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

pub use course::{Course, Side, Unfit};
