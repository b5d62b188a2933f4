//! Answers to what is asked through the socket.

use std::io::Write;

use serde::Serialize;
use serde_json::{Value, json};

use super::{
    event::Event,
    wires::{Copied, InForce, Wires},
};
use crate::{
    control::Request,
    domain::model::{Activity, Slug},
    store::journal::State,
};

/// An answer, or why there is none.
pub(super) struct Answer(Result<Value, String>);

impl Answer {
    /// Does what is asked.
    pub(super) fn to<W: Write>(wires: &mut Wires<W>, request: &Request, user: &str) -> Self {
        if let Some((door, by, order)) = request.order() {
            let meant = wires.machine.meant(door);
            if meant.is_empty() {
                return Self(Err(unserved(wires)));
            }
            // Whoever asks may say any name; the system knows better.
            let by = if by == user { by.to_owned() } else { format!("{by} ({user})") };
            wires.handle(Event::Order(door.clone(), order, by));
            return Self(Ok(json!({ "doors": meant })));
        }
        Self(match request {
            Request::Try(scan) => Ok(value(&Tried {
                activity: wires.machine.try_scan(scan, wires.clock.now()),
                held: wires.machine.is_held(&scan.facility),
            })),
            Request::Read(_) if !wires.simulated => {
                Err("readings are taken from its devices; no simulator is among them".to_owned())
            }
            Request::Read(scan) => {
                wires.read(scan.clone()).map(|it| value(&it)).ok_or_else(|| unserved(wires))
            }
            Request::Reload {} => {
                wires.look();
                Ok(json!({ "looking": true }))
            }
            _ => Ok(value(&Whole {
                status: wires.machine.status(wires.clock.now()),
                in_force: &wires.in_force,
                clone: &wires.clone,
                journal: wires.journal.state(),
            })),
        })
    }

    /// Writes it as a line without its end.
    pub(super) fn line(self) -> String {
        self.0.unwrap_or_else(|why| json!({ "error": why })).to_string()
    }
}

/// The status, with what the machine does not know.
#[derive(Serialize)]
struct Whole<'w> {
    #[serde(flatten)]
    status: super::status::Status,
    in_force: &'w InForce,
    clone: &'w Copied,
    journal: State,
}

/// What a reading would get, and whether it would need to.
#[derive(Serialize)]
struct Tried {
    #[serde(flatten)]
    activity: Activity,
    held: bool,
}

fn value(it: &impl Serialize) -> Value {
    serde_json::to_value(it).unwrap_or_default()
}

fn unserved<W: Write>(wires: &Wires<W>) -> String {
    let doors: Vec<_> = wires.machine.doors().map(Slug::as_str).collect();
    format!("this facility is not served here; {} are", doors.join(", "))
}
