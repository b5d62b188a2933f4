//! How commands answer: tables, files, JSON, progress, and errors.

pub(super) mod answer;
pub(super) mod command;
pub(super) mod error;
pub(super) mod file;
mod listing;
mod progress;
pub(super) mod table;
pub(super) mod written;

pub(super) use answer::AnswerSchema;
pub(super) use listing::Listing;
pub(super) use progress::{Progress, Waiting};
