//! The bridge: messages that come in and activities that go out, whatever is killed in between.

#![allow(clippy::unwrap_used, reason = "a test may panic")]

#[path = "bridge/backlog.rs"]
mod backlog;
#[path = "bridge/journals.rs"]
mod journals;
