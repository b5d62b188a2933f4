//! What a meter said in a quarter of an hour, in a few numbers.
//!
//! A quarter, because the offset of every time zone is a multiple of it: hours, days and months of any
//! zone are made of whole ones.

use std::collections::BTreeMap;

use jiff::Timestamp;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// The length of a slice, in milliseconds.
pub const LENGTH: i64 = 900_000;

/// The longest time over which use is spread, in milliseconds: five years.
pub(super) const LONGEST: i64 = 5 * 366 * 96 * LENGTH;

/// What a meter said in a quarter of an hour, in thousandths of the base unit.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Serialize, Deserialize, JsonSchema)]
pub struct Slice {
    /// How many measurements there are.
    pub count: u32,
    /// What was used, by a counter.
    pub used: i64,
    /// For how many milliseconds there is a value.
    pub covered: i64,
    /// The sum of values, each times the milliseconds for which it counts.
    pub sum: i64,
    /// The least and the greatest value, if there is one.
    pub range: Option<(i64, i64)>,
}

/// The slices of a meter, by their number since 1970.
pub type Slices = BTreeMap<i64, Slice>;

/// Returns the number of the slice in which a moment lies, in milliseconds.
#[must_use]
pub const fn number(millis: i64) -> i64 {
    millis.div_euclid(LENGTH)
}

/// Returns when a slice begins.
#[must_use]
pub fn begin(number: i64) -> Timestamp {
    let millis = number.checked_mul(LENGTH);
    millis.and_then(|it| Timestamp::from_millisecond(it).ok()).unwrap_or(Timestamp::UNIX_EPOCH)
}

impl Slice {
    /// Adds what another one says about the same time.
    pub fn add(&mut self, other: &Self) {
        self.count = self.count.saturating_add(other.count);
        self.used = self.used.saturating_add(other.used);
        self.covered = self.covered.saturating_add(other.covered);
        self.sum = self.sum.saturating_add(other.sum);
        if let Some((least, most)) = other.range {
            self.see(least);
            self.see(most);
        }
    }

    /// Takes note of a value.
    pub(super) fn see(&mut self, value: i64) {
        let (least, most) = self.range.unwrap_or((value, value));
        self.range = Some((least.min(value), most.max(value)));
    }

    /// Returns the mean over the time for which there is a value, in base units. Of a single value, which
    /// has not counted for any time yet, it is that value.
    #[must_use]
    pub fn mean(&self) -> Option<f64> {
        match self.range {
            _ if self.covered > 0 => Some(self.sum as f64 / self.covered as f64 / 1e3),
            Some((least, most)) if least == most => Some(least as f64 / 1e3),
            _ => None,
        }
    }
}

/// Passes on the part of a span that lies in each slice: the slice, and the part's milliseconds.
pub(super) fn each(from: i64, until: i64, mut f: impl FnMut(i64, i64)) {
    let mut at = from;
    while at < until {
        let slice = number(at);
        let end = ((slice + 1) * LENGTH).min(until);
        f(slice, end - at);
        at = end;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_span_is_cut_where_quarters_end() {
        let cut = |from, until| {
            let mut parts = Vec::new();
            each(from, until, |slice, length| parts.push((slice, length)));
            parts
        };
        assert_eq!(cut(0, 0), []);
        assert_eq!(cut(899_999, 900_001), [(0, 1), (1, 1)]);
        assert_eq!(cut(-1, 1_800_000), [(-1, 1), (0, LENGTH), (1, LENGTH)]);
    }
}
