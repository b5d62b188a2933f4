//! The totals of an import, which account for every line and amount.

use schemars::JsonSchema;
use serde::Serialize;

use super::{LineOutcome, TransactionStatus};

/// A number of lines, and their incoming money in minor units.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Serialize, JsonSchema)]
pub struct LineTotal {
    /// The number of lines.
    pub lines: u64,
    /// The incoming money.
    pub money: i128,
}

impl LineTotal {
    fn add(&mut self, outcome: &LineOutcome) {
        self.lines += 1;
        let came_in = outcome.line.as_ref().map_or(0, |line| i128::from(line.amount.max(0)));
        self.money += came_in;
    }
}

/// The totals of an import by outcome; the four parts cover all lines.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Serialize, JsonSchema)]
#[expect(missing_docs, reason = "each part is named like the status")]
pub struct Totals {
    pub all: LineTotal,
    pub credited: LineTotal,
    pub known: LineTotal,
    pub unmatched: LineTotal,
    pub ignored: LineTotal,
}

impl Totals {
    /// Adds up the outcomes.
    #[must_use]
    pub fn of(outcomes: &[LineOutcome]) -> Self {
        let mut totals = Self::default();
        for outcome in outcomes {
            totals.all.add(outcome);
            match &outcome.status {
                TransactionStatus::Credited { .. } => totals.credited.add(outcome),
                TransactionStatus::Known(_) => totals.known.add(outcome),
                TransactionStatus::Unmatched(_) => totals.unmatched.add(outcome),
                TransactionStatus::Ignored(_) => totals.ignored.add(outcome),
            }
        }
        totals
    }
}
