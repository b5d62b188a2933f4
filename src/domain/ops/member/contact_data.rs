//! Reads and writes the contact data of a member, whose file is there only if it says something.

use crate::domain::{
    model::{Change, Contact, MemberId, Note, Record, RecordPath},
    ops::Plan,
    records::Records,
};

/// Returns the contact data, which are empty if there are none; `None` if they cannot be read.
pub(super) fn read(records: &dyn Records, id: MemberId) -> Option<Contact> {
    let path = RecordPath::Contact(id);
    match records.record(&path) {
        Some(Record::Contact(contact)) => Some(contact),
        _ => (!records.exists(&path)).then(Contact::default),
    }
}

/// Writes contact data that differ from those before.
pub(super) fn write(change: Change, id: MemberId, before: &Contact, now: Contact) -> Change {
    let path = RecordPath::Contact(id);
    if now == *before {
        change
    } else if now == Contact::default() {
        change.remove(path)
    } else {
        change.put(path, Record::Contact(now))
    }
}

/// Changes the contact data along with a member who must not have to wait for it: what cannot be
/// read stays as it is, and a note says so.
pub(super) fn edit_along(
    records: &dyn Records,
    id: MemberId,
    change: Change,
    edit: impl FnOnce(&mut Contact),
) -> Plan {
    let Some(before) = read(records, id) else {
        let path = RecordPath::Contact(id);
        return Plan::from(change).note(Note::from(format!(
            "{path} cannot be read, so the reason was left as it is there"
        )));
    };
    let mut contact = before.clone();
    edit(&mut contact);
    write(change, id, &before, contact).into()
}
