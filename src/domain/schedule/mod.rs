//! When a requirement is active: `always`, or the events of an iCalendar (RFC 5545).
//!
//! Any text is either read correctly or refused with an explanation before it guards a door.

mod component;
mod compose;
mod event;
mod interval;
mod length;
mod line;
mod part;
mod pattern;
#[cfg(not(feature = "rrule"))]
#[path = "no_plain.rs"]
mod plain;
#[cfg(feature = "rrule")]
mod plain;
mod reading;
mod refusal;
mod rule;
mod rule_text;
mod series;
mod skips;
mod steps;
mod timespec;
mod turn;
mod vevent;
mod vtimezone;
mod windows_zones;
mod written;
mod zone;
mod zones;

pub use compose::{Days, compose};
pub use interval::{Interval, Window};
pub use refusal::Refusal;
pub use timespec::Timespec;
pub use turn::Turn;
