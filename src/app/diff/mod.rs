//! What changes between two states of the records: in words, in access, and in dues.

mod between;
mod text;

pub use between::{Difference, DuesDifference, between};
pub use text::{Style, text};
