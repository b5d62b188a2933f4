//! Changes who belongs to a channel of a chat, and what is posted there.

use crate::domain::{
    model::{Change, Group, PostKind, Record, RecordPath, Slug, Subject},
    ops::{Field, Planned, changed_fields::ChangedFields, look_up},
    records::Records,
};

/// The new value of each field.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
#[expect(missing_docs, reason = "each field is named like the field of the record")]
pub struct Edit {
    pub chat: Option<Slug>,
    pub channel: Field<String>,
    pub groups: Option<Vec<Group>>,
    /// What is posted from now on, with words of its own if it has them, or no longer.
    pub posts: Vec<(PostKind, Option<Option<String>>)>,
}

/// Changes the record of a channel.
///
/// # Errors
/// Refuses if there is no such record, or if nothing would change.
pub fn edit(records: &dyn Records, name: &Slug, request: Edit) -> Planned {
    let mut channel = look_up::channel(records, name)?;
    let mut edits = ChangedFields::default();
    edits.set("chat", request.chat, &mut channel.chat);
    edits.field("channel", request.channel, &mut channel.channel);
    edits.set("groups", request.groups, &mut channel.groups);
    edits.entries("posts", request.posts, &mut channel.posts);
    let subject = Subject::new("channel: edit").and(name).aside(edits.names(name.as_str())?);
    let change = Change::new(subject, format!("channel.edit {name}"));
    Ok(change.put(RecordPath::Channel(name.clone()), Record::Channel(channel)).into())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{
        model::Channel,
        ops::{
            channel,
            fixture::{refused, run, slug, space},
        },
    };

    #[test]
    fn a_channel_is_added_changed_and_removed() {
        let (mut all, name) = (space(), slug("laser"));
        let laser = Channel {
            chat: slug("slack"),
            channel: None,
            groups: vec![Group::GoodStanding],
            posts: [(PostKind::Alarm, None)].into(),
        };
        let (subject, _) = run(&mut all, |all| channel::add(all, &name, laser.clone()));
        assert_eq!(subject, "channel: add laser");
        assert!(refused(channel::add(&all, &name, laser)).contains("already"));
        let posts =
            vec![(PostKind::Alarm, None), (PostKind::Review, Some(Some("{{ words }}".into())))];
        let request = Edit { posts, groups: Some(vec![]), ..Edit::default() };
        let (subject, _) = run(&mut all, |all| edit(all, &name, request.clone()));
        assert_eq!(subject, "channel: edit laser (groups, posts)");
        assert!(refused(edit(&all, &name, request)).contains("nothing to do"));
        let now = look_up::channel(&all, &name).unwrap();
        assert_eq!(now.posts.into_keys().collect::<Vec<_>>(), [PostKind::Review]);
        let (subject, _) = run(&mut all, |all| channel::remove(all, &name));
        assert_eq!(subject, "channel: remove laser");
        assert!(refused(channel::remove(&all, &name)).contains("no channel laser"));
    }
}
