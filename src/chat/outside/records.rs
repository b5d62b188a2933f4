//! The records: the channels, and who became a member, kept in step with the branch.

use std::{
    collections::BTreeMap,
    sync::{Arc, PoisonError, RwLock},
};

use jiff::{Timestamp, tz::TimeZone};

use super::Inbox;
use crate::{
    app::chat::channels,
    chat::{Happened, Input, Known},
    domain::{
        model::{CommitId, PostKind, Record, RecordPath},
        posts::PostFacts,
    },
    store::{
        Revision, Store, StoreError,
        follow::{Follower, Following, News},
    },
    time_zones,
};

/// What is in force, for all threads.
#[derive(Clone, Default)]
pub(in crate::chat) struct InForce(Arc<RwLock<Option<TimeZone>>>);

impl InForce {
    /// Returns the time zone of the space; UTC until it is known.
    pub(super) fn zone(&self) -> TimeZone {
        self.0.read().unwrap_or_else(PoisonError::into_inner).clone().unwrap_or(TimeZone::UTC)
    }

    /// Tells whether the records were read.
    pub(super) fn is_known(&self) -> bool {
        self.0.read().unwrap_or_else(PoisonError::into_inner).is_some()
    }

    fn put(&self, zone: TimeZone) {
        *self.0.write().unwrap_or_else(PoisonError::into_inner) = Some(zone);
    }
}

/// Follows the branch; newcomers are looked for from a commit on.
pub(in crate::chat) fn follow(
    inbox: Inbox,
    store: Arc<Store>,
    in_force: InForce,
    mut last: Option<CommitId>,
    now: impl Fn() -> Timestamp + Send + 'static,
) -> Following {
    Follower::new(Arc::clone(&store)).follow(now, move |news| match news {
        News::InForce { index, .. } => {
            let commit = index.commit();
            let read = store.read(commit).and_then(|head| {
                let (known, zone) = known(&head);
                Ok((known, zone, newcomers(&store, &head, last)?))
            });
            let trouble = match read {
                Ok((known, zone, happened)) => {
                    in_force.put(zone);
                    let inputs =
                        [Input::Known(Arc::new(known)), Input::Newcomers { commit, happened }];
                    if !inputs.into_iter().all(|it| inbox.tell(it)) {
                        return false;
                    }
                    last = Some(commit);
                    None
                }
                Err(error) => Some(error.to_string()),
            };
            inbox.tell(Input::Trouble("records".into(), trouble))
        }
        News::Trouble(note) => inbox.tell(Input::Trouble("records".into(), Some(note.text))),
        News::CloneState(_) | News::Heard(_) => true,
    })
}

/// Reads what a commit says; what cannot be read is left out.
fn known(head: &Revision<'_>) -> (Known, TimeZone) {
    let (basis, _) = head.basis();
    let space = basis.space.get();
    let zone = space.and_then(|it| time_zones::find(&it.time_zone)).unwrap_or(TimeZone::UTC);
    let facilities = basis.facilities.iter();
    let facilities: BTreeMap<_, _> = facilities
        .filter_map(|(name, it)| Some((name.clone(), it.facility.get()?.name.clone())))
        .collect();
    let (channels, _) = channels(head);
    let known = Known {
        commit: head.id(),
        space: space.map(|it| it.name.clone()).unwrap_or_default(),
        channels: channels.into_iter().collect(),
        facilities,
    };
    (known, zone)
}

/// Returns who became a member since a commit and agreed to be named. If that commit is not known, or is
/// gone, it begins anew: nobody who has been here for long is welcomed.
fn newcomers(
    store: &Store,
    head: &Revision<'_>,
    last: Option<CommitId>,
) -> Result<Vec<Happened>, StoreError> {
    let Some(before) = last.filter(|it| *it != head.id()).and_then(|it| store.read(it).ok()) else {
        return Ok(Vec::new());
    };
    let mut happened = Vec::new();
    for changed in head.changes_since(before.id())? {
        // The member may come first and the contact data with their consent in a later commit.
        let Some(id) = changed.record_path.as_ref().and_then(RecordPath::member) else { continue };
        let key = format!("newcomer:{id}");
        if happened.iter().any(|it: &Happened| it.key == key) {
            continue;
        }
        let path = RecordPath::Member(id);
        let was = matches!(before.record(&path), Ok(Some(_)) | Err(_));
        let (Ok(Some(Record::Member(member))), Ok(Some(Record::Contact(contact)))) =
            (head.record(&path), head.record(&RecordPath::Contact(id)))
        else {
            continue;
        };
        if !was && contact.named && member.left.is_none() {
            let facts = PostFacts { name: member.name, ..PostFacts::default() };
            happened.push(Happened { key, kind: PostKind::Newcomer, facts });
        }
    }
    Ok(happened)
}
