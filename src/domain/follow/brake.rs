//! Stops a plan that would take away too much, or that rests on an answer that cannot be right.

use std::fmt;

use super::{Found, Having, Plan};

/// The number of people who look after a service that have to remain.
const ADMINISTRATORS: usize = 2;

/// How much a plan may take away.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Brake {
    /// The share of all accounts that have something, in percent.
    pub percent: u8,
    /// The number of accounts, however many there are.
    pub number: usize,
}

impl Default for Brake {
    fn default() -> Self {
        Self { percent: 10, number: 10 }
    }
}

/// Why a plan is not carried out.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Braked {
    /// The service did not tell everything.
    Incomplete,
    /// The service has much less than the last time.
    Shrunk {
        /// How many accounts had something the last time.
        before: usize,
        /// How many have something now.
        now: usize,
    },
    /// It takes away too much.
    TooMany {
        /// From how many accounts it takes something away.
        removals: usize,
        /// From how many it may.
        most: usize,
    },
    /// Too few people would look after the service.
    TooFewAdministrators {
        /// How many would remain.
        left: usize,
    },
}

impl Brake {
    /// Returns from how many accounts a plan may take something away: always from one, so that a small
    /// space gets on.
    #[must_use]
    pub fn most(&self, having: usize) -> usize {
        let share = having.saturating_mul(usize::from(self.percent)) / 100;
        share.min(self.number).max(1)
    }

    /// Returns everything that stops a plan; nothing if it may be carried out. `last` is how many
    /// accounts had something when a plan was last carried out.
    ///
    /// A service that tells nothing, or much less than before, is not believed: what it had before would
    /// be given a second time.
    #[must_use]
    pub fn stops<T: Having>(
        &self,
        plan: &Plan<T>,
        found: &Found<T>,
        last: Option<usize>,
    ) -> Vec<Braked> {
        let mut why = Vec::new();
        if !found.complete {
            why.push(Braked::Incomplete);
        }
        let (now, removals) = (found.having(), plan.removals());
        if let Some(before) = last.filter(|before| now < before.div_ceil(2)) {
            why.push(Braked::Shrunk { before, now });
        }
        let most = self.most(now);
        if removals > most {
            why.push(Braked::TooMany { removals, most });
        }
        let left = plan.after(found).administrators();
        if left < ADMINISTRATORS && left < found.administrators() {
            why.push(Braked::TooFewAdministrators { left });
        }
        why
    }
}

impl fmt::Display for Braked {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Incomplete => f.write_str("the service did not tell everything"),
            Self::Shrunk { before, now } => {
                write!(f, "the service tells of {now} accounts, and of {before} the last time")
            }
            Self::TooMany { removals, most } => write!(
                f,
                "it would take something away from {removals} accounts, and from {most} at most is \
                 allowed"
            ),
            Self::TooFewAdministrators { left } => {
                write!(f, "{left} people would be left who look after the service")
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_small_space_may_lose_one_and_a_large_one_a_few() {
        let brake = Brake::default();
        for (having, most) in [(0, 1), (5, 1), (20, 2), (100, 10), (1_000, 10)] {
            assert_eq!(brake.most(having), most, "{having}");
        }
    }
}
