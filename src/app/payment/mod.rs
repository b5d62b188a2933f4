//! Finds payments by their ids, and imports statements.

pub mod find;
pub mod import;
pub mod outcome;

pub use outcome::Told;
