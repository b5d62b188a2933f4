//! Devices on wires: a [`Reader`] sends [`Report`]s, a [`Strike`] takes [`Want`]s.
//!
//! `accx` is a board on a serial port. [`simulator`] is a device without wires, chosen like any
//! other.

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
