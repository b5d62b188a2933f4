//! Checks that what a member's payments bought is what the door goes by.

use super::finding_collector::FindingCollector;
use crate::domain::{
    model::{Advice, FindingCode, Member, MemberId, Record, RecordPath},
    payments,
};

/// Finds a `paid_until` that differs from what the payments give; says nothing where there are no
/// payments, or where one of them cannot be read.
pub(super) fn check(id: MemberId, member: &Member, notes: &mut FindingCollector<'_>) {
    let mut found: Vec<_> = Vec::new();
    for path in notes.all.within(id) {
        let RecordPath::Payment(_, name) = &path else { continue };
        match notes.all.record(&path) {
            Some(Record::Payment(payment)) => found.push((name.clone(), payment)),
            _ => return,
        }
    }
    if found.is_empty() {
        return;
    }
    let given = payments::paid_until(&found);
    if given != member.paid_until {
        let shown = |day: Option<jiff::civil::Date>| {
            day.map_or_else(|| "null".to_owned(), |day| format!("\"{day}\""))
        };
        notes.error_with(
            FindingCode::PaidUntil,
            format!(
                "`paid_until` is {}, but the payments give {}",
                shown(member.paid_until),
                shown(given)
            ),
            Advice::SettlePayments(id),
        );
    }
}
