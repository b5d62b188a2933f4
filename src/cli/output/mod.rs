//! How commands answer: tables, files and JSON, a sign of life, and what went wrong.

pub(super) mod csv;
pub(super) mod error;
pub(super) mod file;
mod progress;
pub(super) mod table;

pub(super) use progress::Progress;
