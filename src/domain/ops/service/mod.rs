//! What is recorded about accounts at outside services.

mod link;

pub use link::link;
