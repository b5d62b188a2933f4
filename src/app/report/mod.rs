//! The records that a report uses, and its tables and pictures.

pub mod activity;
pub mod day;
pub mod dues;
pub mod history;
pub mod income;
pub mod members;
mod output;
pub mod processor;
pub mod register;
pub mod resources;
pub mod review;
mod svg;

pub use output::ReportOutput;
pub use svg::{Course, Strip, course, strips};
