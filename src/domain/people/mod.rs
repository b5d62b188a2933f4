//! How many people are in, by what happened at the doors; never who.

mod presence;
mod visits;

pub use presence::{People, Presence};
pub use visits::{MonthOfVisits, Visits};
