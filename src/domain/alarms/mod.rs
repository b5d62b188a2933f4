//! Alarms of the building: what is wrong now, and what of it somebody still has to hear of.
//!
//! [`conditions`] says what is wrong, from what is known at a moment. [`Board`] remembers: each alarm
//! is told once, after it has been true for a while, and has an end.

mod board;
mod conditions;
mod seen;
#[cfg(test)]
mod tests;

pub use board::{Alarm, AlarmChange, AlarmId, Board, DueLetter};
pub use conditions::{Conditions, conditions};
pub use seen::{DoorSeen, GuardSeen, MeterSeen, Seen, ZoneSeen};
