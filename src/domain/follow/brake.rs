//! Stops a plan that would take away too much, or that rests on an answer that cannot be right.

use std::fmt;

use super::{Found, Plan};
use crate::domain::model::Brake;

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
        /// How many accounts have something.
        of: usize,
        /// The share that may lose something at once, in percent.
        percent: u8,
    },
    /// It leaves too few who administer the service.
    FewAdministrators {
        /// How many would be left.
        left: usize,
    },
}

/// What somebody says is meant. Nobody says anything if nobody is there to ask.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Confirmed {
    /// So many may lose something.
    pub removals: Option<usize>,
    /// The service has as little as it tells, however much it had the last time.
    pub smaller: bool,
}

/// Returns everything that stops a plan; nothing if it may be carried out. `last` is how many
/// accounts had something when a plan was last carried out.
///
/// A service that tells nothing, or much less than before, is not believed: what it had before would
/// be given a second time. Somebody who looked there may say that it is so.
#[must_use]
pub fn stops<T>(
    rules: Brake,
    plan: &Plan<T>,
    found: &Found<T>,
    last: Option<usize>,
    confirmed: Confirmed,
) -> Vec<Braked> {
    let mut why = Vec::new();
    if !found.complete {
        why.push(Braked::Incomplete);
    }
    let (of, removals) = (found.having(), plan.removals());
    if let Some(before) = last.filter(|before| of < before.div_ceil(2) && !confirmed.smaller) {
        why.push(Braked::Shrunk { before, now: of });
    }
    if rules.holds(removals, of) && confirmed.removals.is_none_or(|confirmed| confirmed < removals)
    {
        why.push(Braked::TooMany { removals, of, percent: rules.percent });
    }
    why
}

impl fmt::Display for Braked {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Incomplete => f.write_str("the service did not tell everything it has"),
            Self::Shrunk { before, now } => write!(
                f,
                "the service tells of {now} accounts that have something, and of {before} the last \
                 time: find out what happened there"
            ),
            Self::FewAdministrators { left } => write!(
                f,
                "it would leave {left} administrators there, and two are the least: let another one \
                 in first"
            ),
            Self::TooMany { removals, of, percent } => write!(
                f,
                "it takes something away from {removals} of {of} accounts, more than the {percent} % \
                 that may lose it at once"
            ),
        }
    }
}
