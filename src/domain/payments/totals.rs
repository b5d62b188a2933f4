//! Every line and every amount of an import, accounted for.

use super::{LineOutcome, TransactionStatus};

/// So many lines, and the money that came in by them, in minor units.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Share {
    /// How many lines.
    pub lines: u64,
    /// How much came in.
    pub money: i128,
}

impl Share {
    fn add(&mut self, outcome: &LineOutcome) {
        self.lines += 1;
        let came_in = outcome.line.as_ref().map_or(0, |line| i128::from(line.amount.max(0)));
        self.money += came_in;
    }
}

/// How the lines of an import fare; the four parts are all of them.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
#[expect(missing_docs, reason = "each part is named like the fate")]
pub struct Totals {
    pub all: Share,
    pub credited: Share,
    pub known: Share,
    pub unmatched: Share,
    pub ignored: Share,
}

impl Totals {
    /// Adds up.
    #[must_use]
    pub fn of(outcomes: &[LineOutcome]) -> Self {
        let mut totals = Self::default();
        for outcome in outcomes {
            totals.all.add(outcome);
            match &outcome.fate {
                TransactionStatus::Credited { .. } => totals.credited.add(outcome),
                TransactionStatus::Known(_) => totals.known.add(outcome),
                TransactionStatus::Unmatched(_) => totals.unmatched.add(outcome),
                TransactionStatus::Ignored(_) => totals.ignored.add(outcome),
            }
        }
        totals
    }
}
