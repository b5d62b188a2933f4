//! Mail with real servers: every way of sending passes the same tests, and server failures are
//! tested both at the mailer and at the command.

#![allow(clippy::unwrap_used, reason = "a test may panic")]

#[path = "mail/at_once.rs"]
mod at_once;
#[path = "mail/conformance.rs"]
mod conformance;
#[path = "mail/joining.rs"]
mod joining;
#[path = "mail/killed.rs"]
mod killed;
#[path = "support/part.rs"]
#[allow(dead_code, reason = "shared with tests that need other parts")]
mod part;
#[path = "mail/process.rs"]
mod process;
#[path = "support/python.rs"]
mod python;
#[path = "mail/refusals.rs"]
mod refusals;
#[path = "mail/server.rs"]
mod server;
