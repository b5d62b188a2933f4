//! Checks of payments and of unmatched transactions.

use super::{finding_collector::FindingCollector, split};
use crate::domain::{
    model::{FindingCode, MemberId, Money, Payer, Payment, RecordPath, Tag, Transaction},
    records::Records,
};

/// The maximum number of months that a payment may buy: a hundred years.
const MAX_MONTHS: u16 = 1200;

pub(super) fn payment(
    member: MemberId,
    name: &Tag,
    payment: &Payment,
    findings: &mut FindingCollector<'_>,
) {
    // Gifts, and records of where payments begin, have no amount.
    if !matches!(payment.source.as_deref(), Some(Payment::OPENING | Payment::GIFT)) {
        amount(payment.amount, findings);
    }
    findings.date("date", payment.date);
    if let Some(from) = payment.from {
        findings.date("from", from);
    }
    findings.optional_text("source", payment.source.as_deref());
    returns(payment, findings);
    split::check(member, name, payment, findings);
    if !payment.text.is_empty() {
        findings.text("text", &payment.text);
    }
    if payment.months > MAX_MONTHS {
        findings.error(
            FindingCode::NumberOutOfRange,
            format!("`months` is {}: write at most {MAX_MONTHS}", payment.months),
        );
    }
    if !name.as_str().starts_with(&format!("{}-", payment.date)) {
        findings.error(
            FindingCode::WrongName,
            format!(
                "`date` is {0}: name the file {0}-<id>.json, or correct the date",
                payment.date
            ),
        );
    }
}

fn returns(payment: &Payment, findings: &mut FindingCollector<'_>) {
    let (mut months, mut amount) = (i64::from(payment.months), payment.amount.max(0));
    for returned in &payment.returned {
        findings.date("returned.on", returned.on);
        findings.text("returned.reason", &returned.reason);
        for (field, value, left) in [
            ("returned.months", i64::from(returned.months), &mut months),
            ("returned.amount", returned.amount, &mut amount),
        ] {
            if (0..=*left).contains(&value) {
                *left -= value;
            } else {
                findings.error(
                    FindingCode::NumberOutOfRange,
                    format!("`{field}` is {value}: write 0 up to {left}, which is what was paid"),
                );
            }
        }
    }
}

/// Checks that a payer is remembered for an existing member.
pub(super) fn payer(payer: &Payer, findings: &mut FindingCollector<'_>) {
    findings.text("payer", &payer.payer);
    if !findings.records.exists(&RecordPath::Member(payer.member)) {
        findings.warning(
            FindingCode::UnknownMember,
            format!(
                "`member` names {}, who is not a member: correct the number, or remove the file",
                payer.member
            ),
        );
    }
}

pub(super) fn unmatched(year: i16, transaction: &Transaction, findings: &mut FindingCollector<'_>) {
    match &transaction.failed {
        None => amount(transaction.amount, findings),
        Some(failed) => findings.text("failed.why", &failed.why),
    }
    findings.date("date", transaction.date);
    findings.optional_text("source", transaction.source.as_deref());
    findings.optional_text("payer", transaction.payer.as_deref());
    findings.text("reason", &transaction.reason);
    if !transaction.text.is_empty() {
        findings.text("text", &transaction.text);
    }
    if let Some(other) = &transaction.same_as
        && !is_recorded(findings.records, other)
    {
        findings.warning(
            FindingCode::UnknownTransaction,
            format!(
                "`same_as` names {other}, which is not on record: correct it, or remove the field"
            ),
        );
    }
    if transaction.date.year() != year {
        findings.error(
            FindingCode::WrongName,
            format!(
                "`date` is {}: move the file to unmatched/{}, or correct the date",
                transaction.date,
                transaction.date.year()
            ),
        );
    }
}

/// Tells whether a payment or an unmatched transaction has an id.
fn is_recorded(records: &dyn Records, id: &Tag) -> bool {
    let of_payment = |name: &Tag| name.as_str().get(11..) == Some(id.as_str());
    records.unmatched().iter().any(|(_, it)| it == id)
        || records.payments().iter().any(|(_, name)| of_payment(name))
}

fn amount(amount: Money, findings: &mut FindingCollector<'_>) {
    if amount == 0 {
        findings.error(
            FindingCode::ZeroAmount,
            "`amount` is 0: write an amount in minor units, positive or negative",
        );
    }
}
