//! Finds payments by their ids, and imports statements.

pub mod find;
pub mod import;
pub mod imported_line;
pub mod list;
pub mod profile;

pub use imported_line::ImportedLine;
