//! What is wrong with the data: every check, each of them collecting instead of stopping.

mod records;

pub use records::Records;
