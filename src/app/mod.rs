//! What all who ask have in common, whichever program they ask through.
//!
//! Nothing here knows the command line or a page: requests come as plain arguments, the time is
//! one of them, and what can be done next is told as [`Advice`](crate::domain::model::Advice).

pub mod error;
pub mod view;

pub use error::AppError;
