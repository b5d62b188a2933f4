//! What members owe, and what a change of prices makes of that.

pub mod members;
pub mod preview;

pub use members::Owing;
