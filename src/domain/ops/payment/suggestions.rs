//! Suggests who may be meant by an unmatched transaction.

use super::ledger::Ledger;
use crate::domain::{
    model::Transaction,
    ops::{Refusal, look_up},
    payments::{self, Suggestion},
    records::Records,
};

/// Returns the members who may be meant by each of some unmatched transactions, likeliest first.
///
/// # Errors
/// Refuses if the settings cannot be read.
pub fn suggestions<'a>(
    records: &dyn Records,
    transactions: impl IntoIterator<Item = &'a Transaction>,
) -> Result<Vec<Vec<Suggestion>>, Refusal> {
    let space = look_up::space(records)?;
    let ledger = Ledger::open(records);
    let one =
        |it: &Transaction| payments::suggestions(&it.text, it.payer.as_deref(), &space, &ledger);
    Ok(transactions.into_iter().map(one).collect())
}
