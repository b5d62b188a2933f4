//! The data repository and plain git: hooks, remotes, pulls, a second admin.

#![allow(clippy::unwrap_used, reason = "a test may panic")]

#[path = "support/part.rs"]
#[allow(dead_code, reason = "shared with tests that need other parts")]
mod part;
#[cfg(target_os = "linux")]
#[path = "support/sshd.rs"]
mod sshd;

mod git {
    #[cfg(target_os = "linux")]
    mod as_owner;
    mod backup;
    mod clones;
    mod concurrency;
    #[cfg(target_os = "linux")]
    mod doctor;
    mod folders;
    mod history;
    mod hooks;
    mod in_force;
    mod lines;
    #[cfg(target_os = "linux")]
    mod mirror;
    mod remotes;
    mod secrets;
    mod support;
    mod sync;
    #[cfg(target_os = "linux")]
    mod transfers;
}
