//! Indexes of only those members that a question is about.

pub mod asking;
pub mod few;
