//! Where a border is: proposals set side by side, and the register of what was proposed, answered, agreed and marked on
//! the ground.

pub mod annex;
pub mod change;
pub mod compare;
pub mod deviation;
pub mod layers;
pub mod progress;
pub mod register;
pub mod state;

pub use compare::{Comparison, Enclave, Incomparable, Proposal, compare};
pub use register::{Entry, Register};
pub use state::State;
