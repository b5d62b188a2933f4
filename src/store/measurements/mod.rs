//! What meters said: files beside the history, one per meter and month, which only grow.
//!
//! [`Recorder`] collects measurements and writes them at most once a minute, with one flush for all.
//! [`each`] reads them in the order of time, however late they came, each moment once; [`newest`] looks
//! at the end only, and [`slices`] adds them up by quarters of an hour, and remembers that.
//!
//! A file is a sequence of blocks, each with a checksum of its own (`block.rs`). Whatever a crash leaves
//! of one, those before and after it are read.

mod block;
mod each;
pub mod expire;
mod month_file;
mod newest;
mod recorder;
mod slices;

pub use each::{Damage, each};
pub use month_file::folder;
pub use newest::newest;
pub use recorder::Recorder;
pub use slices::{MeterSlices, slices};
