//! The channels of the records.

use crate::{
    domain::{
        model::{Channel, Finding, Record, RecordPath, Slug},
        records::Records as _,
    },
    store::Revision,
};

/// Returns the channels of all chats by name, and what is wrong with those that cannot be read.
#[must_use]
pub fn channels(head: &Revision<'_>) -> (Vec<(Slug, Channel)>, Vec<Finding>) {
    let (mut channels, mut findings) = (Vec::new(), Vec::new());
    for name in head.channels() {
        match head.record(&RecordPath::Channel(name.clone())) {
            Ok(Some(Record::Channel(channel))) => channels.push((name, channel)),
            Ok(_) => {}
            Err(finding) => findings.push(finding),
        }
    }
    (channels, findings)
}
