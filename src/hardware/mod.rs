//! Devices on wires: a [`Reader`] sends [`DeviceReport`]s, a [`Strike`] takes [`DeviceCommand`]s.
//!
//! `accx` is a board on a serial port. [`simulator`] is a device without wires, chosen like any
//! other.
//!
//! A [`relay`] and [`thermometer`]s are for the guard of a furnace, which has no door.

#[cfg(unix)]
pub mod accx;
pub mod gpio;
pub mod keyboard;
pub mod keypad;
pub mod pause;
mod reader;
pub mod relay;
mod report;
pub mod simulator;
mod strike;
pub mod thermometer;
pub mod wiegand;

pub use reader::Reader;
pub use report::{DeviceCommand, DeviceReport, Feedback};
pub use strike::Strike;
