//! The program that cuts the furnace when it is too warm, whatever anybody else wants.
//!
//! It reads its thermometers, asks [`crate::domain::guard`], and drives its relay. It has no network, no
//! socket and no repository: it speaks, in a file with its state and one with what changed, and does
//! not listen. [`simulation`] lets it work on a summer's day at many times the speed, under attack.

mod command;
mod error;
mod event;
mod journal;
mod measuring;
mod off;
mod options;
mod run;
pub mod simulation;
mod teller;
mod turns;
mod watchdog;

pub use command::main;
pub use error::GuardError;
pub use event::Event;
pub use off::off;
pub use options::Options;
pub use run::run;
