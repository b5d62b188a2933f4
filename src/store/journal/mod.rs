//! What happened at the doors: files of JSON lines beside the history, one a process and month.
//!
//! Each process that decides appends to a journal of its own ([`Journal`]); whoever reads merges
//! all of them by time ([`Tail`]).

mod line;
mod read;
mod write;

pub use line::folder;
pub use read::{Filter, Tail, last_unknown};
pub use write::Journal;
