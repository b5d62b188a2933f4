//! A day of a room, a furnace and a guard, at many times the speed, under attack.

mod attack;
mod day;
mod room;

pub use attack::Attack;
pub use day::{Day, Happening, Moment, Plan, play};
pub use room::Season;
