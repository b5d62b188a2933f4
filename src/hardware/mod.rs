//! Things on wires: a device's [`Reader`] reports [`DeviceReport`]s, and its [`Strike`] carries out
//! [`DeviceCommand`]s.
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
pub use report::{DeviceCommand, DeviceReport, Feedback};
pub use strike::Strike;
