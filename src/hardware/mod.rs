//! Things on wires: readers and strikes.
//!
//! [`Reader`] and [`Strike`] are the two halves of a door's hardware; [`simulator`] is both, and
//! an ordinary choice.

mod reader;
pub mod simulator;
mod strike;

pub use reader::{Reader, Scan};
pub use strike::{Strike, StrikeError};
