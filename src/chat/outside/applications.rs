//! The applications that wait for somebody of the space.

use std::{collections::BTreeSet, io, sync::Arc, time::Duration};

use super::Inbox;
use crate::service::start_thread as thread;
use crate::{
    app::joining,
    chat::{Happened, Input},
    clock,
    domain::{
        model::{PostKind, Stage},
        posts::PostFacts,
    },
    store::Store,
};

/// How often they are looked at.
const PERIOD: Duration = Duration::from_millis(500);

/// Starts to look.
pub(super) fn start(inbox: Inbox, store: Arc<Store>) -> io::Result<()> {
    thread("applications", move || {
        let all = joining::applications(&store);
        let mut before: BTreeSet<String> = BTreeSet::new();
        while !inbox.is_ending() {
            let waiting = all.all(inbox.now()).into_iter();
            let waiting: BTreeSet<String> =
                waiting.filter(|it| it.stage == Stage::Admin).map(|it| it.id).collect();
            let number = waiting.len() as u64;
            for id in waiting.difference(&before) {
                let facts = PostFacts { number, ..PostFacts::default() };
                let (key, kind) = (format!("application:{id}"), PostKind::Application);
                if !inbox.tell(Input::Happened(Happened { key, kind, facts })) {
                    return;
                }
            }
            before = waiting;
            clock::pause(PERIOD);
        }
    })
}
