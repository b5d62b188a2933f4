//! Brings this clone and the repository that it came from to the same commit.

mod answer;
mod run;

pub use answer::{Answer, answer};
pub use run::{Options, Synced, sync};
