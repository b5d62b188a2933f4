//! The furnace guard: its rules without a library, its parts, its process, and whoever is against it.

#![cfg(unix)]
#![allow(clippy::unwrap_used, reason = "a test may panic")]

#[path = "guard/attackers.rs"]
mod attackers;
#[path = "guard/conformance.rs"]
mod conformance;
#[path = "support/part.rs"]
#[allow(dead_code, reason = "shared with tests that need other parts")]
mod part;
#[path = "guard/process.rs"]
mod process;
#[path = "guard/rules.rs"]
mod rules;
#[path = "support/running.rs"]
mod running;
#[path = "guard/small.rs"]
mod small;
#[path = "guard/world.rs"]
mod world;
