//! The records that a report uses, and the review of a month.

pub mod day;
pub mod review;
