//! What happened at the doors: files of JSON lines beside the history, one per process and month.
//!
//! Each process that decides appends to its own journal ([`Journal`]); readers merge all of them
//! by time ([`Tail`]), or their ends only ([`newest`]). What happened can be handed over to somebody outside, each activity once or
//! again until it was taken ([`Backlog`]). Old months can be compressed ([`compress`]) and stay readable.
//!
//! An activity is written in two steps: first into the system's memory, where it survives a killed
//! process, then to the disk, where it survives a power cut. Each step has its own thread, so that
//! no activity waits for the disk.

mod aside;
mod backlog;
mod backwards;
pub mod compress;
mod cursor;
mod each;
pub mod expire;
mod filter;
mod flusher;
mod journal_file;
mod last;
mod line;
mod month_file;
mod newest;
mod outbox;
mod place;
mod read_settled;
mod scan;
mod shared_file;
mod state;
mod tail;
mod write;
mod writer;

pub use aside::Aside;
pub use backlog::{Backlog, Waiting, WaitingCount};
pub use backwards::Skipped;
pub use each::each;
pub use filter::Filter;
pub use last::{is_unknown_fob, last_unknown};
pub use line::folder;
pub use newest::{Limits, Page, newest};
pub use place::Place;
pub use state::{JournalState, JournalTrouble};
pub use tail::Tail;
pub use write::Journal;
