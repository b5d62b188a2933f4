//! The history: commits in words, and how to undo one.

mod lineage;
mod log;
mod reflog;
mod steps;
mod undo;
mod walk;

pub use log::{LogEntry, LogScope, Query};
