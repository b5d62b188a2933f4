//! When a requirement is on: `always`, or the events of an iCalendar (RFC 5545).
//!
//! Whatever text arrives comes out right or is refused with a sentence, before it guards a door.

mod interval;
mod refusal;

pub use interval::{Interval, Window};
pub use refusal::Refusal;
