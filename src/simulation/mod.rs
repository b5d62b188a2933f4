//! The whole space in a simulator: real records, real rules and the real machine of the doors, in days
//! that pass in moments.
//!
//! A script says what people do and what goes wrong; it follows from a seed. While it is played, every
//! step is held against what a careful person would expect ([`Broken`]).

mod dice;
mod expected;
mod fault;
mod house;
mod judge;
mod lost;
mod machine;
mod office;
mod play;
mod report;
mod room;
mod script;
mod shrink;
mod step;
mod write_script;

pub use fault::Fault;
pub use play::play;
pub use report::{Broken, Kind, Report, Span, Told};
pub use script::{Plan, Script, Trouble};
pub use shrink::shrink;
pub use step::{Hand, Step};
