//! The furnace guard as a pure machine: time and readings in, relay and state out.
//!
//! [`Guard::step`] is asked once a period. It consists of three parts, each small enough to be
//! examined by itself: [`Probe`] judges one thermometer, [`next`] and [`is_closed`] decide, over
//! values so few that a test goes through all of them, and [`Guard`] joins them with the timers.
//!
//! Nothing in here allocates, uses a fraction, reads a clock or needs more than `core`, so that it can
//! move to a microcontroller as it is; a test compiles it that way.

mod bound;
mod decision;
mod joint;
mod limits;
mod machine;
mod phase;
mod probe;
#[cfg(test)]
mod tests;

pub use bound::{BOUNDS, Bound};
pub use decision::{Seen, Temperature, is_closed, next};
pub use joint::joint;
pub use limits::Limits;
pub use machine::{Guard, Output};
pub use phase::{Fault, Phase, Reason};
pub use probe::{Probe, Verdict};

/// A temperature in thousandths of a degree Celsius.
pub type Millidegrees = i32;

/// Milliseconds by a clock that only goes forward, from any beginning.
pub type Millis = u64;

/// The largest number of thermometers.
pub const MOST: usize = 4;

/// What a thermometer said, and when it was asked.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Reading {
    /// The temperature.
    pub value: Millidegrees,
    /// When the measurement began.
    pub at: Millis,
}

/// The latest reading of each thermometer, as far as there is one.
pub type Readings = [Option<Reading>; MOST];
