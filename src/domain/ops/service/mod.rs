//! What is recorded about accounts at outside services.

mod failed;
mod link;
mod payout;
mod receive;

pub use link::link;
pub use receive::{Received, receive};
