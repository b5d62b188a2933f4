//! Adds a channel of a chat.

use crate::domain::{
    model::{Change, Channel, Record, RecordPath, Slug, Subject},
    ops::{Planned, Refusal},
    records::Records,
};

/// Adds a channel of a chat.
///
/// # Errors
/// Refuses if the name is taken.
pub fn add(records: &dyn Records, name: &Slug, channel: Channel) -> Planned {
    let path = RecordPath::Channel(name.clone());
    if records.exists(&path) {
        return Err(Refusal::new(format!("there is already a channel {name}")));
    }
    let change = Change::new(Subject::new("channel: add").and(name), format!("channel.add {name}"));
    Ok(change.put(path, Record::Channel(channel)).into())
}

#[cfg(test)]
pub(in crate::domain::ops) mod tests {
    use super::*;
    use crate::domain::{
        model::{Group, PostKind},
        ops::{Field, channel::Edit},
    };

    /// A channel in whose record somebody is named.
    pub(in crate::domain::ops) fn news(said: &str) -> Channel {
        Channel {
            chat: "slack".parse().unwrap(),
            channel: Some(said.to_owned()),
            groups: vec![Group::Members],
            posts: [(PostKind::Alarm, Some(said.to_owned()))].into(),
        }
    }

    /// A change that takes everything out of it.
    pub(in crate::domain::ops) fn silent() -> Edit {
        let posts = vec![(PostKind::Alarm, None)];
        Edit { posts, groups: Some(vec![]), channel: Field::Clear, ..Edit::default() }
    }
}
