//! Things on wires: a device's [`Reader`] says [`Report`]s, its [`Strike`] is told [`Want`]s.
//!
//! `accx` is a board on a serial port. [`simulator`] is a device without wires, and an ordinary
//! choice.

#[cfg(unix)]
pub mod accx;
pub mod gpio;
pub mod keyboard;
pub mod keypad;
pub mod pause;
mod reader;
mod report;
pub mod simulator;
mod strike;
pub mod wiegand;

pub use reader::Reader;
pub use report::{Feedback, Report, Want};
pub use strike::Strike;
