//! Things on wires: readers and strikes.
//!
//! A device says [`Report`]s and is told [`Want`]s. [`Reader`] and [`Strike`] are the two halves of a door's hardware; [`simulator`] is both, and
//! an ordinary choice.

mod reader;
mod report;
pub mod simulator;
mod strike;

pub use reader::{Reader, Scan};
pub use report::{Feedback, Report, Want};
pub use strike::{Strike, StrikeError};
