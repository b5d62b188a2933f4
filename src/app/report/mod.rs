//! By which records a report is made, and the review of a month.

pub mod day;
pub mod review;
