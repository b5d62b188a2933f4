//! What was used, by the readings of a counter that may be reset, wrap, be replaced, or lie for once.
//!
//! A reading that does not follow from the one before is judged by the next: if that follows from
//! the last good one, the odd one was a slip; otherwise the counter goes on from the odd one.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{Measurement, Rules};

/// What the readings so far say.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Serialize, Deserialize, JsonSchema)]
pub struct Counter {
    last: Option<Point>,
    odd: Option<Point>,
}

/// A reading: milliseconds and thousandths.
type Point = (i64, i64);

/// What was used between two moments, in milliseconds and thousandths.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) struct Use {
    pub(super) from: i64,
    pub(super) until: i64,
    pub(super) amount: i64,
}

/// What was odd about a counter.
#[derive(
    Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "kebab-case")]
pub enum Oddity {
    /// One reading does not fit those before and after it, and was left out.
    Slip,
    /// The counter began again with zero.
    Reset,
    /// The counter passed its last digit.
    Wrap,
    /// There is another counter now: by what it says, more would have been used than can be.
    Replaced,
}

/// What follows from one more reading.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub(super) struct Step {
    pub(super) used: [Option<Use>; 2],
    pub(super) oddity: Option<Oddity>,
}

impl Counter {
    /// Takes the next reading.
    pub(super) fn step(&mut self, rules: &Rules, next: &Measurement) -> Step {
        let point = (next.millis, next.value);
        let Some(last) = self.last.filter(|_| !next.begins) else {
            let oddity = self.last.map(|_| Oddity::Replaced);
            *self = Self { last: Some(point), odd: None };
            return Step { oddity, ..Step::default() };
        };
        let follows = rise(rules, last, point);
        let Some(odd) = self.odd else {
            match follows {
                Some(_) => self.last = Some(point),
                None => self.odd = Some(point),
            }
            return Step { used: [follows, None], oddity: None };
        };
        let goes_on = rise(rules, odd, point);
        let fell = odd.1 < last.1;
        if follows.is_some() && (fell || goes_on.is_none()) {
            *self = Self { last: Some(point), odd: None };
            return Step { used: [follows, None], oddity: Some(Oddity::Slip) };
        }
        let (between, oddity) = between(rules, last, odd);
        *self = match goes_on {
            Some(_) => Self { last: Some(point), odd: None },
            None => Self { last: Some(odd), odd: Some(point) },
        };
        Step { used: [between, goes_on], oddity: Some(oddity) }
    }
}

/// Returns what was used between two readings if the second can follow the first.
fn rise(rules: &Rules, one: Point, next: Point) -> Option<Use> {
    let amount = next.1.checked_sub(one.1)?;
    possible(rules, one.0, next.0, amount)
}

fn possible(rules: &Rules, from: i64, until: i64, amount: i64) -> Option<Use> {
    let most = rules.most_in(until.saturating_sub(from));
    (0..=most).contains(&amount).then_some(Use { from, until, amount })
}

/// Returns what was used until a reading that does not follow but turned out to be true.
fn between(rules: &Rules, last: Point, odd: Point) -> (Option<Use>, Oddity) {
    if odd.1 >= last.1 {
        return (None, Oddity::Replaced);
    }
    let wrapped = rules.wraps_at.and_then(|end| {
        let amount = end.checked_sub(last.1)?.checked_add(odd.1)?;
        possible(rules, last.0, odd.0, amount).filter(|_| last.1 >= end / 2)
    });
    if wrapped.is_some() {
        return (wrapped, Oddity::Wrap);
    }
    match possible(rules, last.0, odd.0, odd.1) {
        Some(used) => (Some(used), Oddity::Reset),
        None => (None, Oddity::Replaced),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const RULES: Rules =
        Rules { counted: true, wraps_at: Some(100_000), most_per_hour: 1_000, hold: 0 };

    /// One reading an hour; `!` before one begins a new counter.
    fn read(values: &[i64], begins: Option<usize>) -> (i64, Vec<Oddity>) {
        let (mut counter, mut sum, mut odd) = (Counter::default(), 0, Vec::new());
        for (number, value) in values.iter().enumerate() {
            let millis = number as i64 * 3_600_000;
            let begins = begins == Some(number);
            let step = counter.step(&RULES, &Measurement { millis, value: *value, begins });
            sum += step.used.iter().flatten().map(|it| it.amount).sum::<i64>();
            odd.extend(step.oddity);
        }
        (sum, odd)
    }

    #[test]
    fn what_was_used_comes_out_right_whatever_the_counter_does() {
        use Oddity::{Replaced, Reset, Slip, Wrap};
        for (values, used, odd) in [
            (&[][..], 0, vec![]),
            (&[500], 0, vec![]),
            (&[500, 500, 510], 10, vec![]),
            // A single zero, at the beginning of a restart or in between.
            (&[500, 0, 510], 10, vec![Slip]),
            (&[500, 0], 0, vec![]),
            (&[500, 3, 510], 10, vec![Slip]),
            // Restarted: what it says since then was used.
            (&[500, 3, 5], 5, vec![Reset]),
            (&[500, 0, 0, 5], 5, vec![Reset]),
            (&[500, 3, 1, 2], 5, vec![Reset, Reset]),
            // Past the last digit.
            (&[99_900, 100, 150], 250, vec![Wrap]),
            // Another counter, which says more than can have been used since.
            (&[500, 50_000, 50_100], 100, vec![Replaced]),
            (&[90_000, 50_000, 50_100], 100, vec![Replaced]),
            (&[500, 1_000_000_000, 510], 10, vec![Slip]),
            (&[500, 1_000_000_000, 1_000_000_010, 1_000_000_020], 20, vec![Replaced]),
        ] {
            assert_eq!(read(values, None), (used, odd), "{values:?}");
        }
        assert_eq!(read(&[500, 700, 710], Some(1)), (10, vec![Replaced]), "said by hand");
        assert_eq!(read(&[0, 5, 9], None), (9, vec![]), "a new one");
    }

    proptest! {
        /// However odd the readings, use is never negative and never more than can be.
        #[test]
        fn use_is_within_reason(values in proptest::collection::vec(0_i64..200_000, 0..50)) {
            let (used, _) = read(&values, None);
            prop_assert!((0..=1_000 * values.len() as i64 * 2).contains(&used), "{used}");
        }

        /// A slip in the middle of a good series changes nothing but is noticed.
        #[test]
        fn one_slip_changes_nothing(
            rises in proptest::collection::vec(0_i64..400, 3..30),
            place in any::<prop::sample::Index>(),
            low in 0_i64..10_000,
        ) {
            let mut values = vec![20_000];
            for rise in &rises {
                values.push(values.last().unwrap() + rise);
            }
            let expected = rises.iter().sum::<i64>();
            prop_assert_eq!(read(&values, None).0, expected);
            let at = 1 + place.index(values.len() - 2);
            values[at] = low;
            let (used, odd) = read(&values, None);
            prop_assert_eq!(used, expected);
            prop_assert_eq!(odd, [Oddity::Slip]);
        }
    }
}
