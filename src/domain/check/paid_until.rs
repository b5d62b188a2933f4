//! Checks that `paid_until`, which the door uses, agrees with the member's payments.

use super::finding_collector::FindingCollector;
use crate::domain::{
    model::{Advice, FindingCode, Member, MemberId, Record, RecordPath},
    payments,
};

/// Reports a `paid_until` that differs from the result of the payments. Reports nothing if there
/// are no payments, or if one of them cannot be read.
pub(super) fn check(id: MemberId, member: &Member, findings: &mut FindingCollector<'_>) {
    let mut payments: Vec<_> = Vec::new();
    for path in findings.records.within(id) {
        let RecordPath::Payment(_, name) = &path else { continue };
        match findings.records.record(&path) {
            Some(Record::Payment(payment)) => payments.push((name.clone(), payment)),
            _ => return,
        }
    }
    if payments.is_empty() {
        return;
    }
    let expected = payments::paid_until(&payments);
    if expected != member.paid_until {
        let shown = |day: Option<jiff::civil::Date>| {
            day.map_or_else(|| "null".to_owned(), |day| format!("\"{day}\""))
        };
        findings.error_with(
            FindingCode::PaidUntil,
            format!(
                "`paid_until` is {}, but the payments reach to {}",
                shown(member.paid_until),
                shown(expected)
            ),
            Advice::SettlePayments(id),
        );
    }
}
