//! What happened at the doors: files of JSON lines beside the history, one a process and month.
//!
//! Each process that decides appends to a journal of its own ([`Journal`]); whoever reads merges
//! all of them by time ([`Tail`]). Old months can be compressed ([`compress`]), and are read all
//! the same.
//!
//! An activity is written in two steps: into the system's memory first, where a killed process
//! loses nothing, then to the disk, where a power cut loses nothing. One thread takes each step, so
//! that no activity waits for the disk to be written.

pub mod compress;
pub mod expire;
mod filter;
mod flusher;
mod last;
mod line;
mod month_file;
mod outbox;
mod paper;
mod scan;
mod sheet;
mod state;
mod tail;
mod write;
mod writer;

pub use filter::Filter;
pub use last::last_unknown;
pub use line::folder;
pub use state::{State, Trouble};
pub use tail::Tail;
pub use write::Journal;
