//! What meters said: files beside the history, one per meter and month, which only grow.
//!
//! [`Recorder`] collects measurements and writes them at most once a minute, with one flush for all.
//! [`each`] reads them in the order of time, however late they came, each moment once; [`newest`] looks
//! at the end only.
//!
//! A file is a sequence of blocks, each with a checksum of its own (`block.rs`). Whatever a crash leaves
//! of one, those before and after it are read.

mod block;
mod each;
mod month_file;
mod newest;
mod recorder;

pub use each::{Damage, each};
pub use month_file::folder;
pub use newest::newest;
pub use recorder::Recorder;
