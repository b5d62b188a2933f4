//! What happens at the doors, as their journals say.

use std::{io, path::PathBuf, sync::Arc, time::Duration};

use super::Inbox;
use crate::{
    building::{Input, Seen},
    clock,
    domain::{
        model::{Activity, Record, RecordPath},
        people::Presence,
    },
    store::{
        Store,
        journal::{Filter, Tail},
    },
};

/// How often the journals are looked at.
const PERIOD: Duration = Duration::from_secs(1);

/// Starts to follow the journals. With `names`, members are looked up.
pub(super) fn start(
    inbox: Inbox,
    folder: PathBuf,
    store: Arc<Store>,
    names: bool,
) -> io::Result<()> {
    super::start("journals", move || {
        let started = inbox.now();
        let from = Some(Presence::since(started));
        let mut tail = Tail::new(folder, Filter { from, ..Filter::default() });
        while !inbox.is_ending() {
            let (activities, trouble) = match tail.poll() {
                Ok((activities, _)) => (activities, None),
                Err(error) => (Vec::new(), Some(format!("the journals: {error}"))),
            };
            let seen: Vec<Seen> = activities
                .into_iter()
                .map(|activity| Seen {
                    name: if names { name(&store, &activity) } else { None },
                    earlier: activity.time < started,
                    activity,
                })
                .collect();
            if !seen.is_empty() && !inbox.tell(Input::Activities(seen)) {
                return;
            }
            if !inbox.tell(Input::Trouble("journals", trouble)) {
                return;
            }
            clock::pause(PERIOD);
        }
    })
}

/// Returns what a member is called; nothing if that cannot be read.
fn name(store: &Store, activity: &Activity) -> Option<String> {
    let revision = store.read(store.head().ok()?).ok()?;
    match revision.record(&RecordPath::Member(activity.member?)) {
        Ok(Some(Record::Member(member))) => Some(member.name),
        _ => None,
    }
}
