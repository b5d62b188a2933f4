//! The running doors: which of them stand unlocked.

use std::{io, path::PathBuf, time::Duration};

use jiff::{Timestamp, tz::TimeZone};
use serde_json::Value;

use super::{InForce, Inbox};
use crate::service::start_thread as thread;
use crate::{
    chat::{DoorSeen, Input},
    clock,
    control::{self, Request},
};

/// How often the doors are asked.
const PERIOD: Duration = Duration::from_millis(500);

/// Starts to ask.
pub(super) fn start(inbox: Inbox, sockets: Vec<PathBuf>, in_force: InForce) -> io::Result<()> {
    thread("doors", move || {
        let mut before = None;
        while !inbox.is_ending() {
            let zone = in_force.zone();
            let (mut doors, mut trouble) = (Vec::new(), None);
            for socket in &sockets {
                match control::ask(socket, &Request::Status {}) {
                    Ok(status) => {
                        let rows = status["doors"].as_array().into_iter().flatten();
                        doors.extend(rows.filter_map(|row| door(row, &zone)));
                    }
                    Err(error) => trouble = Some(error.to_string()),
                }
            }
            let now = (doors, trouble);
            if before.as_ref() != Some(&now) {
                let (doors, trouble) = now.clone();
                before = Some(now);
                if !inbox.tell(Input::Doors(doors))
                    || !inbox.tell(Input::Trouble("doors".into(), trouble))
                {
                    return;
                }
            }
            clock::pause(PERIOD);
        }
    })
}

fn door(row: &Value, zone: &TimeZone) -> Option<DoorSeen> {
    let until = row["until"].as_str().and_then(|it| it.parse::<Timestamp>().ok());
    let until = until.map(|it| it.to_zoned(zone.clone()).strftime("%H:%M").to_string());
    Some(DoorSeen {
        facility: row["facility"].as_str()?.parse().ok()?,
        held: row["state"].as_str()? == "held",
        until: until.unwrap_or_default(),
    })
}
