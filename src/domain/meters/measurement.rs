//! One value of a meter at one moment, in the unit that measurements are kept in.

use jiff::Timestamp;

/// A value, in thousandths of the base unit (`model::Base`).
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Measurement {
    /// When it was measured, in milliseconds since 1970.
    pub millis: i64,
    /// The value, in thousandths of the base unit.
    pub value: i64,
    /// Whether a new counter begins here: nothing is known of what was used before.
    pub begins: bool,
}

impl Measurement {
    /// Makes one from a number of base units, which must be within ±10^15.
    #[must_use]
    pub fn new(at: Timestamp, number: f64) -> Self {
        let value = (number * 1e3).round() as i64;
        Self { millis: at.as_millisecond(), value, begins: false }
    }

    /// Returns when it was measured.
    #[must_use]
    pub fn at(&self) -> Timestamp {
        Timestamp::from_millisecond(self.millis).unwrap_or(Timestamp::UNIX_EPOCH)
    }

    /// Returns the value in base units.
    #[must_use]
    pub fn number(&self) -> f64 {
        self.value as f64 / 1e3
    }
}
