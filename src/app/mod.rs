//! What all who ask have in common, whichever program they ask through.
//!
//! Nothing here knows the command line or a page: requests come as plain arguments, the time is
//! one of them, and what can be done next is told as [`Advice`](crate::domain::model::Advice).

pub mod carry_out;
pub mod check;
pub mod dues;
pub mod error;
pub mod init;
pub mod journals;
pub mod look_up;
pub mod nearest;
pub mod notice;
pub mod payment;
pub mod progress;
pub mod receive;
pub mod report;
pub mod upkeep;
pub mod view;
pub mod when;
pub mod why;
pub mod zone;

pub use error::AppError;
pub use progress::Progress;
