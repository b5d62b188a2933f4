//! The alarms of the building, as far as its file says.

use std::{
    fs, io,
    path::PathBuf,
    time::{Duration, SystemTime},
};

use super::Inbox;
use crate::service::start_thread as thread;
use crate::{chat::Input, clock, config::BuildingState};

/// How often its file is looked at.
const PERIOD: Duration = Duration::from_millis(200);

/// Starts to look. A program that does not run says nothing about alarms: they are as they were.
pub(super) fn start(inbox: Inbox, path: PathBuf) -> io::Result<()> {
    thread("building", move || {
        let mut before: Option<SystemTime> = None;
        while !inbox.is_ending() {
            let changed = fs::metadata(&path).and_then(|it| it.modified()).ok();
            if changed.is_some() && changed != before {
                let (alarms, trouble) = match BuildingState::read(&path) {
                    Ok(state) => (state, None),
                    Err(error) => (None, Some(format!("cannot read {}: {error}", path.display()))),
                };
                if trouble.is_none() {
                    before = changed;
                }
                if let Some(state) = alarms.filter(|it| it.is_alive(inbox.now()))
                    && !inbox.tell(Input::Alarms(state.alarms))
                {
                    return;
                }
                inbox.tell(Input::Trouble("building".into(), trouble));
            }
            clock::pause(PERIOD);
        }
    })
}
