//! Removes the record of a channel of a chat.

use crate::domain::{
    model::{Change, RecordPath, Slug, Subject},
    ops::{Planned, look_up},
    records::Records,
};

/// Removes a channel.
///
/// # Errors
/// Refuses if there is none.
pub fn remove(records: &dyn Records, name: &Slug) -> Planned {
    let path = RecordPath::Channel(name.clone());
    if !records.exists(&path) {
        look_up::channel(records, name)?;
    }
    let change =
        Change::new(Subject::new("channel: remove").and(name), format!("channel.remove {name}"));
    Ok(change.remove(path).into())
}
