//! A stretch of time in which a member may open a facility.

use jiff::Timestamp;
use schemars::JsonSchema;
use serde::Serialize;

use crate::domain::model::Priority;

/// A stretch of time with one priority.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, JsonSchema)]
pub struct Stretch {
    /// The highest priority that a grant gives in it.
    pub priority: Priority,
    /// The first instant of it.
    pub from: Timestamp,
    /// The first instant after it; `None` if it does not end.
    pub until: Option<Timestamp>,
}

impl Stretch {
    /// Returns the first instant after it; the last instant of all if it does not end.
    #[must_use]
    pub fn end(&self) -> Timestamp {
        self.until.unwrap_or(Timestamp::MAX)
    }

    /// Tells whether some stretches, sorted, leave out an instant of others, also sorted, before a
    /// moment.
    #[must_use]
    pub fn leave_out(some: &[Self], others: &[Self], before: Timestamp) -> bool {
        others.iter().filter(|it| it.from < before).any(|other| {
            let (mut at, end) = (other.from, other.end().min(before));
            for one in some {
                if one.from <= at && at < one.end() {
                    at = one.end();
                }
            }
            at < end
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn stretches(all: &[(i64, i64)]) -> Vec<Stretch> {
        let at = |second| Timestamp::from_second(second).unwrap();
        let one = |(from, until): &(i64, i64)| Stretch {
            priority: 1,
            from: at(*from),
            until: Some(at(*until)),
        };
        all.iter().map(one).collect()
    }

    #[test]
    fn a_gap_of_any_length_is_noticed_before_the_moment() {
        for (some, others, left_out) in [
            (&[(0, 10)][..], &[(0, 10)][..], false),
            (&[(0, 5), (5, 10)], &[(0, 10)], false),
            (&[(0, 5), (6, 10)], &[(0, 10)], true),
            (&[(1, 10)], &[(0, 10)], true),
            (&[], &[(0, 10)], true),
            (&[], &[], false),
            (&[(0, 90)], &[(0, 100)], false),
            (&[(0, 20)], &[(80, 100)], false),
        ] {
            let (some, others) = (stretches(some), stretches(others));
            let moment = Timestamp::from_second(50).unwrap();
            assert_eq!(Stretch::leave_out(&some, &others, moment), left_out, "{some:?} {others:?}");
        }
    }
}
