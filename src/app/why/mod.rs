//! Explains who may open what: by the rules, and by the commits that led to it.

mod answer;
mod index;
mod one;
mod question;
pub mod remedy;
mod steps;

pub use answer::{Answer, DecidingCommit};
pub use index::{index_all, index_members};
pub use question::Question;
pub use steps::Step;
