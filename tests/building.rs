//! The building as the system runs it: with a real broker, and beside a real door.

#![allow(clippy::unwrap_used, reason = "a test may panic")]

#[path = "support/mosquitto.rs"]
#[allow(dead_code, reason = "shared with tests that need other parts")]
mod mosquitto;
#[path = "support/part.rs"]
#[allow(dead_code, reason = "shared with tests that need other parts")]
mod part;
#[path = "building/process.rs"]
mod process;
#[path = "support/running.rs"]
mod running;
#[path = "building/world.rs"]
mod world;
