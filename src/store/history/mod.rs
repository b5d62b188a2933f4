//! What was: the commits in words, and the way back from one.

mod log;
mod undo;

pub use log::{About, LogEntry, Query};
