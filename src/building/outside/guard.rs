//! The guard of the furnace, as far as its file says.

use std::{io, path::PathBuf, time::Duration};

use super::Inbox;
use crate::{building::Input, clock, config::GuardState};

/// How often its file is read.
const PERIOD: Duration = Duration::from_secs(2);

/// Starts to look.
pub(super) fn start(inbox: Inbox, path: PathBuf) -> io::Result<()> {
    super::start("guard", move || {
        let mut before = None;
        while !inbox.is_ending() {
            let (state, trouble) = match GuardState::read(&path) {
                Ok(state) => (state, None),
                Err(error) => (None, Some(format!("cannot read {}: {error}", path.display()))),
            };
            if before.as_ref() != Some(&(state.clone(), trouble.clone())) {
                before = Some((state.clone(), trouble.clone()));
                if trouble.is_none() && !inbox.tell(Input::Guard(state)) {
                    return;
                }
                inbox.tell(Input::Trouble("guard", trouble));
            }
            clock::pause(PERIOD);
        }
    })
}
