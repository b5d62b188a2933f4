//! What was: the commits in words, and the way back from one.

mod lineage;
mod log;
mod undo;

pub use log::{About, Entry, Query};
