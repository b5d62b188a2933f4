//! What happens at the doors, as their journals say.

use std::{io, path::PathBuf, time::Duration};

use jiff::SignedDuration;

use super::Inbox;
use crate::service::start_thread as thread;
use crate::{
    chat::Input,
    clock,
    domain::model::Reason,
    store::journal::{Filter, Tail},
};

/// How often the journals are looked at.
const PERIOD: Duration = Duration::from_millis(200);

/// How far back is looked at the start: what happened while this program did not run.
const BACK: SignedDuration = SignedDuration::from_hours(2);

/// Starts to follow the journals.
pub(super) fn start(inbox: Inbox, folder: PathBuf) -> io::Result<()> {
    thread("journals", move || {
        let from = inbox.now().checked_sub(BACK).ok();
        let mut tail = Tail::new(folder, Filter { from, ..Filter::default() });
        while !inbox.is_ending() {
            let (mut activities, trouble) = match tail.poll() {
                Ok((activities, _)) => (activities, None),
                Err(error) => (Vec::new(), Some(error.to_string())),
            };
            activities.retain(|it| matches!(it.reason, Reason::ForcedOpen | Reason::HeldOpen));
            if !activities.is_empty() && !inbox.tell(Input::Activities(activities)) {
                return;
            }
            if !inbox.tell(Input::Trouble("journals".into(), trouble)) {
                return;
            }
            clock::pause(PERIOD);
        }
    })
}
