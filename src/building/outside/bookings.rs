//! When facilities are booked, as the records say.

use std::{
    io,
    sync::Arc,
    time::{Duration, Instant},
};

use super::{InForce, Inbox};
use crate::{app::heat, building::Input, clock, domain::schedule::Window, store::Store};

/// How often to look whether the records have changed.
const PERIOD: Duration = Duration::from_secs(2);

/// After which time the bookings are read again: those of a day ahead are known.
const AGAIN: Duration = Duration::from_secs(60 * 60);

/// Starts to read them.
pub(super) fn start(inbox: Inbox, store: Arc<Store>, in_force: InForce) -> io::Result<()> {
    super::start("bookings", move || {
        let mut last = None;
        while !inbox.is_ending() {
            if let Some(plan) = in_force.plan()
                && last.is_none_or(|(commit, at): (_, Instant)| {
                    commit != plan.commit || at.elapsed() >= AGAIN
                })
                && let Ok(head) = store.read(plan.commit)
            {
                last = Some((plan.commit, Instant::now()));
                let window = Window::around(inbox.now());
                let of = |zone| heat::bookings(&head, zone, window, &plan.time_zone);
                let all = plan.zones.iter().map(|(name, zone)| (name.clone(), of(zone)));
                if !inbox.tell(Input::Bookings(all.collect())) {
                    return;
                }
            }
            clock::pause(PERIOD);
        }
    })
}
