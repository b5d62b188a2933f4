//! The bridge: messages that come in and activities that go out, whatever is killed in between.

#![cfg(unix)]
#![allow(clippy::unwrap_used, reason = "a test may panic")]

#[path = "bridge/backlog.rs"]
mod backlog;
#[path = "door/home.rs"]
#[allow(dead_code, reason = "shared with the tests of the door")]
mod home;
#[path = "bridge/journals.rs"]
mod journals;
#[path = "bridge/killed.rs"]
mod killed;
#[path = "support/part.rs"]
#[allow(dead_code, reason = "shared with tests that need other parts")]
mod part;
#[path = "bridge/process.rs"]
mod process;
#[path = "support/python.rs"]
mod python;
#[path = "bridge/receiving.rs"]
mod receiving;
#[path = "support/running.rs"]
mod running;
#[path = "bridge/sending.rs"]
mod sending;
#[path = "queue/server.rs"]
#[allow(dead_code, reason = "shared with the tests of the queues")]
mod server;
#[path = "bridge/sqs.rs"]
mod sqs;
#[path = "door/support.rs"]
#[allow(dead_code, reason = "shared with the tests of the door")]
mod support;
#[path = "bridge/world.rs"]
mod world;
