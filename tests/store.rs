//! The promises of the store, tested on real repositories beside git.

#![allow(clippy::unwrap_used, reason = "a test that panics has failed")]

#[path = "store/apply.rs"]
mod apply;
#[path = "store/bad_input.rs"]
mod bad_input;
#[path = "store/cache.rs"]
mod cache;
#[path = "store/faults.rs"]
mod faults;
#[path = "store/history.rs"]
mod history;
#[path = "store/kills.rs"]
mod kills;
#[path = "store/measurements.rs"]
mod measurements;
#[path = "store/mutations.rs"]
mod mutations;
#[path = "support/part.rs"]
#[allow(dead_code, reason = "shared with tests that need other parts")]
mod part;
#[path = "store/read.rs"]
mod read;
#[path = "store/states.rs"]
mod states;
#[path = "store/support.rs"]
mod support;
#[path = "store/threads.rs"]
mod threads;
#[path = "store/together.rs"]
mod together;
#[path = "store/upkeep.rs"]
mod upkeep;
#[path = "store/verdict.rs"]
mod verdict;
#[path = "store/worktree.rs"]
mod worktree;
