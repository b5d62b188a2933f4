//! What is posted in a chat: which facts, and in which words.

mod facts;
mod words;

pub use facts::PostFacts;
pub use words::{render, usual};
