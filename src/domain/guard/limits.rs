//! The numbers that a guard goes by.

use super::{Millidegrees, Millis};

/// The numbers that a guard goes by. [`super::BOUNDS`] says what they may be.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Limits {
    /// The temperature from which on heat is cut.
    pub limit: Millidegrees,
    /// How far below the limit the temperature has to be before heat is allowed again.
    pub hysteresis: Millidegrees,
    /// By how much thermometers may differ.
    pub tolerance: Millidegrees,
    /// How many thermometers have to give plausible readings.
    pub quorum: u8,
    /// How long a reading counts.
    pub fresh: Millis,
    /// How far the temperature of a room can move within a minute.
    pub slope: Millidegrees,
    /// How far a reading may be from the truth, in addition.
    pub noise: Millidegrees,
    /// After which time without any change a value is not believed.
    pub frozen: Millis,
    /// How long readings have to be good after the start and after each fault.
    pub settle: Millis,
    /// How long heat stays off, at least.
    pub least_off: Millis,
    /// How long heat stays on, at most.
    pub most_on: Millis,
}

impl Limits {
    /// What applies unless something else is configured: 27 °C, and the times of a house.
    pub const DEFAULT: Self = Self {
        limit: 27_000,
        hysteresis: 2_000,
        tolerance: 3_000,
        quorum: 1,
        fresh: 5_000,
        slope: 2_000,
        noise: 500,
        frozen: 30 * 60_000,
        settle: 30_000,
        least_off: 3 * 60_000,
        most_on: 4 * 60 * 60_000,
    };
}

impl Default for Limits {
    fn default() -> Self {
        Self::DEFAULT
    }
}
