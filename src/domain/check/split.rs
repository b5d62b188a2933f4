//! Checks that the parts of a transfer that several members share add up.

use std::collections::BTreeSet;

use super::finding_collector::FindingCollector;
use crate::domain::model::{FindingCode, Member, MemberId, Payment, Record, RecordPath, Tag};

/// Checks a part by itself and against the others. A part that is gone is reported unless its
/// member left: payments of members who left are removed in time, each by itself.
pub(super) fn check(
    member: MemberId,
    name: &Tag,
    payment: &Payment,
    findings: &mut FindingCollector<'_>,
) {
    if payment.split.is_empty() {
        return;
    }
    let mut wrong = |message: String| findings.error(FindingCode::BadSplit, message);
    let members: BTreeSet<MemberId> = payment.split.iter().map(|part| part.member).collect();
    if members.len() < 2 || members.len() != payment.split.len() {
        wrong("`split` must name two or more members, each once".into());
    }
    if let Some(part) = payment.split.iter().find(|part| part.amount <= 0) {
        wrong(format!("`split` has {} for {}: write an amount above 0", part.amount, part.member));
    }
    let own = payment.split.iter().find(|part| part.member == member).map(|part| part.amount);
    match own {
        None => wrong(format!("`split` does not name {member}, whose payment this is")),
        Some(own) if own != payment.amount => wrong(format!(
            "`amount` is {}, but `split` has {own} for {member}: correct one of them",
            payment.amount
        )),
        Some(_) => {}
    }
    for id in members.into_iter().filter(|id| *id != member) {
        let path = RecordPath::Payment(id, name.clone());
        match findings.records.record(&path) {
            Some(Record::Payment(other)) if other.split == payment.split => {}
            Some(Record::Payment(other)) => {
                let message = format!(
                    "`split` differs from the one in {path}, though both are parts of one \
                     transfer: correct one of them"
                );
                // If only one of the two names the other, a change of that other would not show it.
                if other.split.iter().any(|part| part.member == member) {
                    findings.error(FindingCode::BadSplit, message);
                } else {
                    findings.warning(FindingCode::BadSplit, message);
                }
            }
            _ if findings.records.exists(&path) || has_left(id, findings) => {}
            _ => findings.warning(
                FindingCode::BadSplit,
                format!("`split` names a part of {id}, but {path} is missing: restore it"),
            ),
        }
    }
}

/// Tells whether somebody left, or is no longer on record at all.
fn has_left(id: MemberId, findings: &FindingCollector<'_>) -> bool {
    let path = RecordPath::Member(id);
    match findings.records.record(&path) {
        Some(Record::Member(Member { left, .. })) => left.is_some(),
        _ => !findings.records.exists(&path),
    }
}
