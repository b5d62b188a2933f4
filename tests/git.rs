//! The data repository and plain git: hooks, remotes, pulls, a second admin.

#![allow(clippy::unwrap_used, reason = "a test may panic")]

mod git {
    mod clones;
    mod concurrency;
    mod folders;
    mod history;
    mod hooks;
    mod in_force;
    mod remotes;
    mod secrets;
    mod support;
}
