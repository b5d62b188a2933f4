//! Moments, days, months and times of day as people write them.

mod day;
mod distance;
mod doubt;
mod moment;
mod month;
mod show;
mod time;
mod weekday;

pub use day::{day, past_day};
pub use moment::{moment, past_moment};
pub use month::month;
pub use show::{ago, length, local};
pub use time::time;
