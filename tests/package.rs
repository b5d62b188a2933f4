//! The Debian package: what is in it, and its life on a machine that was set up a minute ago.
//!
//! It is made around the program that is tested here, so nothing is compiled for it.

#![cfg(target_os = "linux")]
#![allow(clippy::unwrap_used, reason = "a test may panic")]

#[path = "package/bad_day.rs"]
mod bad_day;
#[path = "package/contents.rs"]
mod contents;
#[path = "package/desk.rs"]
mod desk;
#[path = "package/life.rs"]
mod life;
#[path = "package/machine.rs"]
mod machine;
#[path = "package/made.rs"]
mod made;
#[path = "support/part.rs"]
mod part;
#[path = "package/setup.rs"]
mod setup;
#[path = "support/sshd.rs"]
mod sshd;
#[path = "package/traces.rs"]
mod traces;
#[path = "support/units.rs"]
mod units;
