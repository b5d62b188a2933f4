//! How messages name members and lists of things.

use crate::domain::{
    model::{MemberId, Record, RecordPath, text},
    records::Records,
};

/// Returns a member's number and name: `0042 Ada Lovelace`.
pub(super) fn who(records: &dyn Records, id: MemberId) -> String {
    match records.record(&RecordPath::Member(id)) {
        Some(Record::Member(member)) => format!("{id} {}", text::shown(&member.name)),
        _ => id.to_string(),
    }
}

/// Joins names to a list of at most three, `0001 Ada, 0002 Bob, 0003 Eve and others`.
pub(super) fn join_names(names: &[String]) -> String {
    let shown = names.iter().take(3).map(String::as_str).collect::<Vec<_>>().join(", ");
    if names.len() > 3 { format!("{shown} and others") } else { shown }
}
