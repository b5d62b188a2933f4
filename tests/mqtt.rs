//! Brokers: the one in memory passes the same tests as a real one.

#![allow(clippy::unwrap_used, reason = "a test may panic")]

#[path = "mqtt/conformance.rs"]
mod conformance;
#[path = "support/mosquitto.rs"]
#[allow(dead_code, reason = "shared with tests that need other parts")]
mod mosquitto;
#[path = "support/part.rs"]
#[allow(dead_code, reason = "shared with tests that need other parts")]
mod part;
#[path = "mqtt/trouble.rs"]
mod trouble;
