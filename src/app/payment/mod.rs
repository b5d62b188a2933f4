//! Finds payments by their ids, and imports statements.

pub mod find;
pub mod import;
pub mod imported_line;
pub mod list;
pub mod profile;
mod waiting;
mod written_share;

pub use imported_line::ImportedLine;
pub use list::of_member;
pub use waiting::{Answer, Waiting};
pub use written_share::{WrittenShare, shares};
