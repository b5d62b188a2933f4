//! What no configuration can exceed.

use super::{Limits, MOST, Millidegrees};

/// The range of one of the limits.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Bound {
    /// The name of the limit, as in [`Limits`].
    pub name: &'static str,
    /// Its least value.
    pub least: u32,
    /// Its greatest value.
    pub most: u32,
}

const MINUTE: u32 = 60_000;

/// The limit is never above this, whatever the configuration says.
const HOTTEST: Millidegrees = 35_000;

/// The ranges of all limits: temperatures in thousandths of a degree, times in milliseconds.
pub const BOUNDS: [Bound; 11] = [
    Bound { name: "limit", least: 5_000, most: HOTTEST.unsigned_abs() },
    Bound { name: "hysteresis", least: 500, most: 10_000 },
    Bound { name: "tolerance", least: 500, most: 5_000 },
    Bound { name: "quorum", least: 1, most: MOST as u32 },
    Bound { name: "fresh", least: 3_000, most: 30_000 },
    // Together below 3 degrees a minute, so that a lie of that speed is never believed.
    Bound { name: "slope", least: 500, most: 2_000 },
    Bound { name: "noise", least: 100, most: 900 },
    Bound { name: "frozen", least: 5 * MINUTE, most: 120 * MINUTE },
    Bound { name: "settle", least: 10_000, most: 10 * MINUTE },
    Bound { name: "least_off", least: MINUTE, most: 60 * MINUTE },
    Bound { name: "most_on", least: 10 * MINUTE, most: 12 * 60 * MINUTE },
];

impl Limits {
    /// Returns the values in the order of [`BOUNDS`]; what is negative is below every range.
    const fn values(&self) -> [u64; BOUNDS.len()] {
        const fn temperature(value: Millidegrees) -> u64 {
            if value < 0 { 0 } else { value.unsigned_abs() as u64 }
        }
        [
            temperature(self.limit),
            temperature(self.hysteresis),
            temperature(self.tolerance),
            self.quorum as u64,
            self.fresh,
            temperature(self.slope),
            temperature(self.noise),
            self.frozen,
            self.settle,
            self.least_off,
            self.most_on,
        ]
    }

    /// Returns the ranges that the limits are outside of.
    pub fn exceeded(&self) -> impl Iterator<Item = Bound> {
        BOUNDS.into_iter().zip(self.values()).filter_map(|(bound, value)| {
            let fits = u64::from(bound.least) <= value && value <= u64::from(bound.most);
            (!fits).then_some(bound)
        })
    }
}
