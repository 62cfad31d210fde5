//! Where a border is: lines as they are proposed, set side by side, and in coordinates.

pub mod annex;
pub mod change;
pub mod compare;
pub mod deviation;
pub mod drawn;
pub mod layers;
pub mod side_by_side;
pub mod sketch;

pub use compare::{Comparison, Enclave, Incomparable, Proposal, compare};
pub use drawn::{Drawn, DrawnEnclave, Undrawable};
pub use side_by_side::{Apart, Named, Near, SideBySide};
