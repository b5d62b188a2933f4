//! Devices: what all of them do alike, and the board whose former driver left doors open.

#![cfg(unix)]
#![allow(clippy::unwrap_used, reason = "a test may panic")]

#[path = "hardware/bench.rs"]
mod bench;
#[path = "hardware/conformance.rs"]
mod conformance;
#[path = "hardware/driver.rs"]
mod driver;
#[path = "hardware/faults.rs"]
mod faults;
#[path = "hardware/plugged.rs"]
mod plugged;
#[path = "hardware/process.rs"]
mod process;
