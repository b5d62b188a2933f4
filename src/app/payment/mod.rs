//! Payments by their ids, and what becomes of the lines of a statement.

pub mod find;
pub mod outcome;

pub use outcome::Told;
