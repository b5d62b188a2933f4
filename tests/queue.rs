//! Queues with the other side there: every queue passes the same tests.

#![allow(clippy::unwrap_used, reason = "a test may panic")]

#[path = "queue/conformance.rs"]
mod conformance;
#[path = "queue/folder.rs"]
mod folder;
#[path = "support/part.rs"]
#[allow(dead_code, reason = "shared with tests that need other parts")]
mod part;
#[path = "queue/proxy.rs"]
mod proxy;
#[path = "support/python.rs"]
mod python;
#[path = "queue/random.rs"]
mod random;
#[path = "queue/server.rs"]
mod server;
#[path = "queue/sqs.rs"]
mod sqs;
#[path = "queue/trouble.rs"]
mod trouble;
