//! Checks of payments and of transactions that nobody was credited with.

use super::notes::Notes;
use crate::domain::model::{Money, Payment, Tag, Transaction};

/// No payment buys more than a hundred years.
const MOST_MONTHS: u16 = 1200;

pub(super) fn payment(name: &Tag, payment: &Payment, notes: &mut Notes<'_>) {
    amount(payment.amount, notes);
    notes.date("date", payment.date);
    notes.optional_text("source", payment.source.as_deref());
    if !payment.text.is_empty() {
        notes.text("text", &payment.text);
    }
    if payment.months > MOST_MONTHS {
        notes.error(
            "number-out-of-range",
            format!("`months` is {}: write at most {MOST_MONTHS}", payment.months),
        );
    }
    if !name.as_str().starts_with(&format!("{}-", payment.date)) {
        notes.error(
            "wrong-name",
            format!(
                "`date` is {0}: name the file {0}-<id>.json, or correct the date",
                payment.date
            ),
        );
    }
}

pub(super) fn unmatched(year: i16, transaction: &Transaction, notes: &mut Notes<'_>) {
    amount(transaction.amount, notes);
    notes.date("date", transaction.date);
    notes.optional_text("source", transaction.source.as_deref());
    notes.text("reason", &transaction.reason);
    if !transaction.text.is_empty() {
        notes.text("text", &transaction.text);
    }
    if transaction.date.year() != year {
        notes.error(
            "wrong-name",
            format!(
                "`date` is {}: it belongs into unmatched/{}, or correct the date",
                transaction.date,
                transaction.date.year()
            ),
        );
    }
}

fn amount(amount: Money, notes: &mut Notes<'_>) {
    if amount == 0 {
        notes.error("zero-amount", "`amount` is 0: write minor units, above or below zero");
    }
}
