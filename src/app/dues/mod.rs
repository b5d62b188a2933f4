//! What members owe, and how a change of prices affects that.

pub mod members;
pub mod preview;

pub use members::Owing;
