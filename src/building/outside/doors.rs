//! The running doors: how they are, and what they are asked.

use std::{
    io,
    path::PathBuf,
    sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel},
    time::{Duration, Instant},
};

use serde_json::Value;

use super::{Inbox, start};
use crate::{
    building::{Door, Input},
    control::{self, AskError, Request},
    domain::model::Slug,
};

/// How often the doors are asked how they are.
const PERIOD: Duration = Duration::from_secs(2);

/// How often the machine hears of doors that did not change.
const AGAIN: Duration = Duration::from_secs(60);

/// Whose name the doors' journal has.
const BY: &str = "Home Assistant";

/// Where orders for doors go.
pub(in crate::building) struct Orders(Sender<Slug>);

impl Orders {
    /// Starts to ask the doors.
    pub(in crate::building) fn start(inbox: Inbox, sockets: Vec<PathBuf>) -> io::Result<Self> {
        let (sender, orders) = channel();
        start("doors", move || Doors { inbox, sockets }.run(&orders))?;
        Ok(Self(sender))
    }

    /// Asks a door to unlock; it decides, and journals who asked.
    pub(in crate::building) fn unlock(&self, door: Slug) {
        let _ = self.0.send(door); // at the end, nobody asks any more
    }
}

struct Doors {
    inbox: Inbox,
    sockets: Vec<PathBuf>,
}

impl Doors {
    fn run(&self, orders: &Receiver<Slug>) {
        let mut last: Option<(Vec<Door>, Instant)> = None;
        while !self.inbox.is_ending() {
            let (doors, trouble) = self.look();
            let told = last.as_ref().is_some_and(|(old, at)| *old == doors && at.elapsed() < AGAIN);
            if !told {
                last = Some((doors.clone(), Instant::now()));
                if !self.inbox.tell(Input::Doors(doors))
                    || !self.inbox.tell(Input::Trouble("doors", trouble))
                {
                    return;
                }
            }
            match orders.recv_timeout(PERIOD) {
                Ok(door) => self.unlock(door),
                Err(RecvTimeoutError::Timeout) => {}
                Err(RecvTimeoutError::Disconnected) => return,
            }
        }
    }

    /// Returns the doors, and why some do not answer.
    fn look(&self) -> (Vec<Door>, Option<String>) {
        let (mut doors, mut trouble) = (Vec::new(), None);
        for socket in &self.sockets {
            match control::ask(socket, &Request::Status {}) {
                Ok(status) => {
                    let rows = status["doors"].as_array().into_iter().flatten();
                    doors.extend(rows.filter_map(door));
                }
                Err(error) => trouble = Some(error.to_string()),
            }
        }
        (doors, trouble)
    }

    fn unlock(&self, door: Slug) {
        let request = Request::Unlock { door: door.clone(), by: BY.into(), seconds: None };
        let mut why = None;
        for socket in &self.sockets {
            match control::ask(socket, &request) {
                Ok(_) => return,
                // The one that has the door says more than those that do not.
                Err(error @ AskError::Refused(_)) => why = Some(error),
                Err(error) => why = why.or(Some(error)),
            }
        }
        let words = why.map(|why| format!("door {door} was not unlocked: {why}"));
        self.inbox.tell(Input::Trouble("unlock", words));
    }
}

fn door(row: &Value) -> Option<Door> {
    let state = row["state"].as_str()?;
    let strike = row["strike"].as_str();
    Some(Door {
        name: row["door"].as_str()?.parse().ok()?,
        facility: row["facility"].as_str()?.parse().ok()?,
        locked: match strike {
            Some("locked") => true,
            Some("unlocked") => false,
            _ => matches!(state, "locked" | "locked-by-hand"),
        },
        open: row["open"].as_bool(),
    })
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn a_door_is_what_its_strike_says() {
        let row = |state: &str, strike: &str| {
            let row = json!({"door":"front","facility":"frontdoor","state":state,"strike":strike,"open":true});
            door(&row).unwrap()
        };
        assert!(row("unlocked", "locked").locked && !row("locked", "unlocked").locked);
        assert!(row("locked-by-hand", "unknown").locked && !row("held", "none").locked);
        assert_eq!(row("held", "none").open, Some(true));
        assert_eq!(door(&json!({"door":"Front Door","facility":"x","state":"locked"})), None);
    }
}
