//! Decides: the state that follows, and whether the relay is closed in it.

use super::{Fault, Phase, Reason};

/// How warm it is.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Temperature {
    /// A reading is at or above the limit.
    TooWarm,
    /// Below the limit, but not by enough to begin to heat.
    Warm,
    /// Further below the limit, or unknown.
    Cool,
}

/// What there is to know at a moment.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Seen {
    /// How warm it is.
    pub temperature: Temperature,
    /// Why the thermometers cannot be believed, if so.
    pub fault: Option<Fault>,
    /// Whether readings have been good for long enough.
    pub settled: bool,
    /// Whether heat has been off for the minimum time.
    pub rested: bool,
    /// Whether heat has been on for the maximum time.
    pub overrun: bool,
    /// Whether heat is asked for.
    pub asked: bool,
}

/// Returns the state that follows.
#[must_use]
pub const fn next(phase: Phase, seen: Seen) -> Phase {
    match (phase, seen.temperature, seen.fault) {
        (_, Temperature::TooWarm, _) => Phase::Cut(Reason::TooWarm),
        (Phase::Starting, _, Some(Fault::NoReading)) => Phase::Starting,
        (_, _, Some(fault)) => Phase::Cut(Reason::Sensor(fault)),
        (Phase::Allowed, _, None) if seen.overrun => Phase::Cut(Reason::OnTooLong),
        (Phase::Allowed, _, None) => Phase::Allowed,
        (_, Temperature::Cool, None) if seen.settled && seen.rested => Phase::Allowed,
        (_, _, None) => phase,
    }
}

/// Tells whether the relay is to be closed in a state; `closed` says whether it was before.
#[must_use]
pub const fn is_closed(phase: Phase, seen: Seen, closed: bool) -> bool {
    matches!(phase, Phase::Allowed) && seen.asked && (closed || seen.rested)
}
