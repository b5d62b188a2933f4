//! Providers that say who somebody is: real ones, the stand-in, and one that lies.

#![cfg(unix)]
#![allow(clippy::unwrap_used, reason = "a test may panic")]

#[path = "identity/browser.rs"]
mod browser;
#[path = "identity/conformance.rs"]
mod conformance;
#[path = "support/part.rs"]
mod part;
#[path = "identity/peers.rs"]
mod peers;
#[path = "support/python.rs"]
mod python;
