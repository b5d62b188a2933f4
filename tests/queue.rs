//! Queues with the other side there: every queue passes the same tests.

#![allow(clippy::unwrap_used, reason = "a test may panic")]

#[path = "queue/conformance.rs"]
mod conformance;
#[path = "queue/folder.rs"]
mod folder;
#[path = "support/part.rs"]
#[allow(dead_code, reason = "shared with tests that need other parts")]
mod part;
