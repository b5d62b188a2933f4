//! Payments by their ids, and statements on their way into the records.

pub mod find;
pub mod import;
pub mod imported_line;

pub use imported_line::ImportedLine;
