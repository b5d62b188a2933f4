//! Puts names beside the numbers of members, when something is shown.

use super::Records;
use crate::domain::model::{MemberId, Record, RecordPath, Subject, text};

/// Returns the name of a member, if there is a readable record.
#[must_use]
pub fn name(records: &dyn Records, id: MemberId) -> Option<String> {
    match records.record(&RecordPath::Member(id)) {
        Some(Record::Member(member)) => Some(member.name),
        _ => None,
    }
}

/// Returns a member's number and name, `0042 Ada Lovelace`; the number alone if there is no name.
#[must_use]
pub fn who(records: &dyn Records, id: MemberId) -> String {
    match name(records, id) {
        Some(name) => format!("{id} {}", text::shown(&name)),
        None => id.to_string(),
    }
}

/// Returns a subject with the name beside each member's number.
#[must_use]
pub fn in_words(records: &dyn Records, subject: &Subject) -> String {
    subject.with(|id| who(records, id))
}
