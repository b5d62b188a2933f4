//! Answers the requests from the socket.

use std::io::Write;

use serde::Serialize;
use serde_json::{Value, json};

use super::{
    answers::{DoorsMoved, FullStatus, Looking, Tried},
    event::Event,
    wires::Wires,
};
use crate::{control::Request, domain::model::Slug};

/// An answer, or why there is none.
pub(super) struct Answer(Result<Value, String>);

/// How a request is answered.
pub(super) enum Reply {
    /// At once.
    Now(Answer),
    /// Once the devices of these doors have confirmed their commands.
    Once(Vec<Slug>),
}

impl Answer {
    /// Carries out a request.
    pub(super) fn carry_out<W: Write>(
        wires: &mut Wires<W>,
        request: &Request,
        user: &str,
    ) -> Reply {
        let Some((door, by, order)) = request.order() else {
            return Reply::Now(Self(Self::answer_now(wires, request, user)));
        };
        let doors = wires.machine.doors_named(door);
        if doors.is_empty() {
            return Reply::Now(Self(Err(not_served(wires))));
        }
        if let Some(why) = wires.machine.refusal(door, order, wires.clock.now()) {
            return Reply::Now(Self(Err(why)));
        }
        // The name in a request can be made up, so the user according to the system is added.
        let by = if by == user { by.to_owned() } else { format!("{by} ({user})") };
        wires.handle(Event::Order(door.clone(), order, by));
        Reply::Once(doors)
    }

    /// Says which doors have carried out their order.
    pub(super) fn done(doors: &[Slug]) -> Self {
        Self(Ok(to_json(&DoorsMoved { doors: doors.to_vec() })))
    }

    /// Says which doors may not have moved, because a device has not confirmed it.
    pub(super) fn unconfirmed(doors: &[Slug]) -> Self {
        let doors: Vec<_> = doors.iter().map(Slug::as_str).collect();
        Self(Err(format!(
            "the strike of {} does not answer, so the door may not have moved; \
             check its device and try again",
            doors.join(", ")
        )))
    }

    fn answer_now<W: Write>(
        wires: &mut Wires<W>,
        request: &Request,
        user: &str,
    ) -> Result<Value, String> {
        match request {
            Request::Try(reading) => match wires.try_reading(reading, user) {
                Ok(activity) => {
                    let held = wires.machine.is_held(&reading.facility);
                    Ok(to_json(&Tried { activity, held }))
                }
                Err(until) => {
                    Err(format!("too many unknown codes were asked for; try again after {until}"))
                }
            },
            Request::Read(_) if !wires.simulated => Err(
                "this door takes readings from its devices only, and no simulator is among them"
                    .to_owned(),
            ),
            Request::Read(reading) => {
                wires.read(reading.clone()).map(|it| to_json(&it)).ok_or_else(|| not_served(wires))
            }
            Request::TrustClock { by } => {
                let by = if by == user { by.clone() } else { format!("{by} ({user})") };
                let trusted = wires.trust_clock(&by);
                trusted.map(|(shows, aside)| json!({ "shows": shows, "aside": aside }))
            }
            Request::Reload {} => {
                wires.poll_now();
                Ok(to_json(&Looking { looking: true }))
            }
            _ => Ok(to_json(&FullStatus {
                status: wires.machine.status(wires.clock.now()),
                in_force: wires.in_force_now(),
                clone: wires.clone.clone(),
                journal: wires.journal.state(),
            })),
        }
    }

    /// Formats it as a line without its line break.
    pub(super) fn line(self) -> String {
        self.0.unwrap_or_else(|why| json!({ "error": why })).to_string()
    }
}

fn to_json(it: &impl Serialize) -> Value {
    serde_json::to_value(it).unwrap_or_default()
}

fn not_served<W: Write>(wires: &Wires<W>) -> String {
    let doors: Vec<_> = wires.machine.doors().map(Slug::as_str).collect();
    format!("this facility is not served here; served are: {}", doors.join(", "))
}
