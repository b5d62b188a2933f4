//! Checks of payments and of unmatched transactions.

use super::finding_collector::FindingCollector;
use crate::domain::model::{
    FindingCode, Money, Payer, Payment, RecordPath, Returned, Tag, Transaction,
};

/// The maximum number of months that a payment may buy: a hundred years.
const MOST_MONTHS: u16 = 1200;

pub(super) fn payment(name: &Tag, payment: &Payment, notes: &mut FindingCollector<'_>) {
    // Gifts, and records of where payments begin, have no amount.
    if !matches!(payment.source.as_deref(), Some(Payment::OPENING | Payment::GIFT)) {
        amount(payment.amount, notes);
    }
    notes.date("date", payment.date);
    if let Some(from) = payment.from {
        notes.date("from", from);
    }
    notes.optional_text("source", payment.source.as_deref());
    if let Some(returned) = &payment.returned {
        back(payment, returned, notes);
    }
    if !payment.text.is_empty() {
        notes.text("text", &payment.text);
    }
    if payment.months > MOST_MONTHS {
        notes.error(
            FindingCode::NumberOutOfRange,
            format!("`months` is {}: write at most {MOST_MONTHS}", payment.months),
        );
    }
    if !name.as_str().starts_with(&format!("{}-", payment.date)) {
        notes.error(
            FindingCode::WrongName,
            format!(
                "`date` is {0}: name the file {0}-<id>.json, or correct the date",
                payment.date
            ),
        );
    }
}

fn back(payment: &Payment, returned: &Returned, notes: &mut FindingCollector<'_>) {
    notes.date("returned.on", returned.on);
    notes.text("returned.reason", &returned.reason);
    for (field, back, most) in [
        ("returned.months", i64::from(returned.months), i64::from(payment.months)),
        ("returned.amount", returned.amount, payment.amount),
    ] {
        if !(0..=most.max(0)).contains(&back) {
            notes.error(
                FindingCode::NumberOutOfRange,
                format!("`{field}` is {back}: write 0 up to {most}, which is what was paid"),
            );
        }
    }
}

/// Checks that a payer is remembered for an existing member.
pub(super) fn payer(payer: &Payer, notes: &mut FindingCollector<'_>) {
    notes.text("payer", &payer.payer);
    if !notes.all.exists(&RecordPath::Member(payer.member)) {
        notes.warning(
            FindingCode::UnknownMember,
            format!(
                "`member` names {}, who is not a member: correct the number, or remove the file",
                payer.member
            ),
        );
    }
}

pub(super) fn unmatched(year: i16, transaction: &Transaction, notes: &mut FindingCollector<'_>) {
    amount(transaction.amount, notes);
    notes.date("date", transaction.date);
    notes.optional_text("source", transaction.source.as_deref());
    notes.optional_text("payer", transaction.payer.as_deref());
    notes.text("reason", &transaction.reason);
    if !transaction.text.is_empty() {
        notes.text("text", &transaction.text);
    }
    if transaction.date.year() != year {
        notes.error(
            FindingCode::WrongName,
            format!(
                "`date` is {}: move the file to unmatched/{}, or correct the date",
                transaction.date,
                transaction.date.year()
            ),
        );
    }
}

fn amount(amount: Money, notes: &mut FindingCollector<'_>) {
    if amount == 0 {
        notes.error(
            FindingCode::ZeroAmount,
            "`amount` is 0: write an amount in minor units, positive or negative",
        );
    }
}
