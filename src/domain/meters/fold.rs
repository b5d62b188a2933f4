//! Makes slices out of measurements, one after the other.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{
    Measurement, Oddity, Rules, Slice, Slices,
    counter::{Counter, Use},
    slice,
};

/// What has to be known of earlier measurements to go on.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Serialize, Deserialize, JsonSchema)]
pub struct FoldState {
    counter: Counter,
    /// The last value of a meter that does not count, and when it was measured.
    value: Option<(i64, i64)>,
}

/// Slices in the making.
#[derive(Debug)]
pub struct Fold {
    rules: Rules,
    state: FoldState,
    /// The slice that is being filled; the others are found by a search.
    current: (i64, Slice),
    slices: Slices,
    odd: BTreeMap<Oddity, u32>,
}

impl Fold {
    /// Starts, or goes on from a state.
    #[must_use]
    pub fn new(rules: Rules, state: FoldState) -> Self {
        let (slices, odd) = Default::default();
        Self { rules, state, current: (i64::MIN, Slice::default()), slices, odd }
    }

    /// Takes the next measurement; they come in the order of time.
    pub fn add(&mut self, next: Measurement) {
        self.slice(slice::number(next.millis)).count += 1;
        if self.rules.counted {
            let step = self.state.counter.step(&self.rules, &next);
            step.used.into_iter().flatten().for_each(|used| self.spread(used));
            if let Some(oddity) = step.oddity {
                *self.odd.entry(oddity).or_default() += 1;
            }
            return;
        }
        if let Some((since, value)) = self.state.value {
            let until = next.millis.min(since.saturating_add(self.rules.hold));
            self.hold(since, until, value);
        }
        self.slice(slice::number(next.millis)).see(next.value);
        self.state.value = Some((next.millis, next.value));
    }

    /// Returns the slices, the state after them, and what was odd.
    #[must_use]
    pub fn finish(mut self) -> (Slices, FoldState, BTreeMap<Oddity, u32>) {
        self.slice(i64::MIN);
        self.slices.remove(&i64::MIN);
        (self.slices, self.state, self.odd)
    }

    /// Returns a slice to be added to.
    fn slice(&mut self, number: i64) -> &mut Slice {
        if self.current.0 != number {
            let (former, content) =
                std::mem::replace(&mut self.current, (number, Slice::default()));
            self.slices.entry(former).or_default().add(&content);
        }
        &mut self.current.1
    }

    /// Lets a value count for a while.
    fn hold(&mut self, since: i64, until: i64, value: i64) {
        slice::each(since, until, |number, millis| {
            let slice = self.slice(number);
            slice.covered += millis;
            slice.sum = slice.sum.saturating_add(value.saturating_mul(millis));
            slice.see(value);
        });
    }

    /// Spreads what was used evenly over the time between two readings, to the last thousandth.
    fn spread(&mut self, used: Use) {
        let from = used.from.max(used.until.saturating_sub(slice::LONGEST));
        let whole = i128::from(used.until - from);
        if used.amount == 0 || whole <= 0 {
            self.slice(slice::number(from)).used += used.amount;
            return;
        }
        let (mut passed, mut given) = (0, 0);
        slice::each(from, used.until, |number, millis| {
            passed += i128::from(millis);
            let due = (i128::from(used.amount) * passed / whole) as i64;
            self.slice(number).used += due - given;
            given = due;
        });
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn rules(counted: bool) -> Rules {
        Rules { counted, wraps_at: None, most_per_hour: i64::MAX / 4, hold: 3_600_000 }
    }

    fn fold(counted: bool, all: &[(i64, i64)]) -> (Slices, FoldState) {
        let mut fold = Fold::new(rules(counted), FoldState::default());
        for (millis, value) in all {
            fold.add(Measurement { millis: *millis, value: *value, begins: false });
        }
        let (slices, state, _) = fold.finish();
        (slices, state)
    }

    #[test]
    fn use_is_spread_over_the_time_between_two_readings() {
        let (slices, _) = fold(true, &[(0, 0), (2_700_000, 10)]);
        let used: Vec<i64> = slices.values().map(|it| it.used).collect();
        assert_eq!(used, [3, 3, 4, 0], "in the last one there is only the reading");
        let (slices, _) = fold(true, &[(0, 0), (20 * slice::LONGEST, 1_000_000)]);
        assert_eq!(slices.values().map(|it| it.used).sum::<i64>(), 1_000_000);
        assert!(slices.len() < 180_000);
    }

    #[test]
    fn a_value_counts_until_the_next_but_not_for_ever() {
        let (slices, _) = fold(false, &[(0, 20_000), (450_000, 22_000), (86_400_000, 10_000)]);
        let first = &slices[&0];
        assert_eq!(first.mean(), Some(21.0));
        assert_eq!(first.range, Some((20_000, 22_000)));
        let covered: i64 = slices.values().map(|it| it.covered).sum();
        assert_eq!(covered, 450_000 + 3_600_000);
        assert_eq!(slices[&96].range, Some((10_000, 10_000)));
    }

    proptest! {
        /// Where a series is cut into months changes nothing.
        #[test]
        fn a_series_can_be_cut_anywhere(
            steps in proptest::collection::vec((1_i64..4_000_000, 0_i64..5_000), 2..40),
            cut in any::<prop::sample::Index>(),
            counted in any::<bool>(),
        ) {
            let mut at = 0;
            let all: Vec<_> = steps.iter().map(|(step, value)| { at += step; (at, *value) }).collect();
            let (whole, state) = fold(counted, &all);
            let (one, other) = all.split_at(cut.index(all.len()));
            let (mut parts, between) = fold(counted, one);
            let mut rest = Fold::new(rules(counted), between);
            for (millis, value) in other {
                rest.add(Measurement { millis: *millis, value: *value, begins: false });
            }
            let (more, after, _) = rest.finish();
            for (number, slice) in &more {
                parts.entry(*number).or_default().add(slice);
            }
            prop_assert_eq!(parts, whole);
            prop_assert_eq!(after, state);
        }
    }
}
