//! When a requirement is active: `always`, or the events of an iCalendar (RFC 5545).
//!
//! Any text is either read correctly or refused with an explanation before it guards a door.

mod component;
mod compose;
mod content_line;
mod date_or_time;
mod decompose;
mod event;
mod interval;
mod length;
mod parse_context;
mod part;
mod pattern;
#[cfg(not(feature = "rrule"))]
#[path = "no_plain.rs"]
mod plain;
#[cfg(feature = "rrule")]
mod plain;
mod rule;
mod rule_text;
mod series;
mod skips;
mod steps;
mod text;
mod timespec;
mod timespec_error;
mod transition;
mod vevent;
mod vtimezone;
mod windows_zones;
mod zone;
mod zones;

pub use compose::{Days, compose};
pub use decompose::decompose;
pub use interval::{Interval, Window};
pub use text::text_of;
pub use timespec::Timespec;
pub use timespec_error::TimespecError;
pub use transition::Transition;
