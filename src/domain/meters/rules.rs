//! How the numbers of a meter are to be understood.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::domain::model::{Base, Meter};

/// No space draws more than 200 kW, or 100 m³ in an hour: a counter that seems to is another counter. In
/// thousandths of the base unit in an hour.
const FASTEST_ENERGY: i64 = 200_000_000;
const FASTEST_VOLUME: i64 = 100_000_000;

/// For how long a value counts if the meter says nothing more, in milliseconds: some report each hour, or
/// only what has changed.
const HOLD: i64 = 3_600_000;

/// What is on or off says so when it changes, and once a day at least.
const HOLD_FLAG: i64 = 24 * HOLD;

/// How the numbers of a meter are to be understood, in thousandths of the base unit.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
pub struct Rules {
    /// Whether the difference of two readings is what was used.
    pub counted: bool,
    /// The number at which the counter begins again.
    pub wraps_at: Option<i64>,
    /// The most that can be used in an hour.
    pub most_per_hour: i64,
    /// For how many milliseconds a value counts.
    pub hold: i64,
}

impl Rules {
    /// Takes them from the record of a meter.
    #[must_use]
    pub fn of(meter: &Meter) -> Self {
        let base = meter.unit.base();
        let counted = meter.measures.is_counted();
        let wraps_at = meter.wraps_at.filter(|_| counted);
        let wraps_at = wraps_at.map(|it| (meter.unit.to_base(it.as_f64()) * 1e3).round() as i64);
        Self {
            counted,
            wraps_at: wraps_at.filter(|it| *it > 0),
            most_per_hour: if base == Base::Litre { FASTEST_VOLUME } else { FASTEST_ENERGY },
            hold: if meter.measures.is_flag() { HOLD_FLAG } else { HOLD },
        }
    }

    /// Returns the most that can be used in some milliseconds. Meters report in steps, so that there is
    /// always an hour's worth.
    pub(super) fn most_in(&self, millis: i64) -> i64 {
        let hours = millis.max(3_600_000) as f64 / 3_600_000.0;
        (self.most_per_hour as f64 * hours) as i64
    }
}
