//! How a transaction is part of a batch, which a bank books as one entry.

use crate::domain::model::Money;

/// How a transaction is part of a batch.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Batch {
    /// It is a whole batch, whose transactions the bank does not list with their amounts.
    Whole,
    /// It is one transaction of a batch.
    Part {
        /// The bank's id of the whole batch.
        id: Option<String>,
        /// The amount of the whole batch, in minor units.
        amount: Money,
    },
}
