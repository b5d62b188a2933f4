//! Brings this clone and the repository that it came from to the same commit.

mod answer;
mod mend;
mod merge_file;
mod run;

pub use answer::{Answer, answer};
pub use mend::mend;
pub use merge_file::merge_file;
pub use run::{Options, Synced, is_automatic, sync};
