//! The requests, as written on the socket.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::domain::{access::Reading, model::Slug};

/// What a running door can be asked: `{"unlock":{"door":"frontdoor","by":"Ada"}}`.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub enum Request {
    /// Report the status.
    Status {},
    /// Decide on a reading without moving or recording anything.
    Try(Reading),
    /// Handle a reading as if a reader had reported it. Only available with a simulator.
    Read(Reading),
    /// Unlock for a moment.
    Unlock {
        /// The door; a facility means all of its doors.
        door: Slug,
        /// Who asks, in their own words.
        by: String,
        /// For how long, in seconds; by default as long as a grant.
        #[serde(default)]
        seconds: Option<u32>,
    },
    /// Hold unlocked until released.
    Hold {
        /// The door; a facility means all of its doors.
        door: Slug,
        /// Who asks, in their own words.
        by: String,
        /// The latest end of the hold.
        #[serde(default)]
        until: Option<Timestamp>,
    },
    /// Lock now, whatever holds it unlocked; members still get in.
    Lock {
        /// The door; a facility means all of its doors.
        door: Slug,
        /// Who asks, in their own words.
        by: String,
    },
    /// Undo a hold or a lock: the requirements apply again.
    Release {
        /// The door; a facility means all of its doors.
        door: Slug,
        /// Who asks, in their own words.
        by: String,
    },
    /// Read the repository now.
    Reload {},
    /// Trust the clock, whatever later moments are remembered.
    TrustClock {
        /// Who says that it is right, in their own words.
        by: String,
    },
}

/// How to operate a door by hand.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Order {
    /// Unlock for a number of seconds.
    Unlock(Option<u32>),
    /// Hold unlocked, at most until the given time.
    Hold(Option<Timestamp>),
    /// Lock.
    Lock,
    /// Let the requirements apply again.
    Release,
}

impl Request {
    /// Returns the door, the person and the order, if this request is one.
    #[must_use]
    pub fn order(&self) -> Option<(&Slug, &str, Order)> {
        Some(match self {
            Self::Unlock { door, by, seconds } => (door, by, Order::Unlock(*seconds)),
            Self::Hold { door, by, until } => (door, by, Order::Hold(*until)),
            Self::Lock { door, by } => (door, by, Order::Lock),
            Self::Release { door, by } => (door, by, Order::Release),
            Self::Status {}
            | Self::Try(_)
            | Self::Read(_)
            | Self::Reload {}
            | Self::TrustClock { .. } => {
                return None;
            }
        })
    }

    /// Parses a line.
    ///
    /// # Errors
    /// A sentence that lists the requests; it repeats nothing, since the line may contain a
    /// passcode.
    pub fn parse(line: &[u8]) -> Result<Self, String> {
        serde_json::from_slice(line).map_err(|error| {
            format!(
                "column {}: send {{\"status\":{{}}}}, {{\"reload\":{{}}}}, \
                 {{\"trust-clock\":{{\"by\":…}}}}, \
                 {{\"try\" or \"read\":{{\"facility\":…,\"type\":\"fob\" or \"passcode\",\
                 \"code\":\"…\",\"reader\":\"entry\" or \"exit\"}}}}, or {{\"unlock\", \"hold\", \
                 \"lock\" or \"release\":{{\"door\":…,\"by\":…}}}}",
                error.column()
            )
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{access::Side, model::Code};

    #[test]
    fn a_request_is_written_and_read() {
        let (door, by): (Slug, _) = ("frontdoor".parse().unwrap(), "Ada".to_owned());
        let code = Code::fob("15408774").unwrap();
        let reading = Reading { facility: door.clone(), side: Side::Exit, code };
        let until = "2026-01-31T18:00:00Z".parse().ok();
        for request in [
            Request::Status {},
            Request::Reload {},
            Request::Try(reading.clone()),
            Request::Read(reading),
            Request::Unlock { door: door.clone(), by: by.clone(), seconds: Some(30) },
            Request::Hold { door: door.clone(), by: by.clone(), until },
            Request::Lock { door: door.clone(), by: by.clone() },
            Request::Release { door, by: by.clone() },
            Request::TrustClock { by },
        ] {
            let line = serde_json::to_vec(&request).unwrap();
            assert_eq!(Request::parse(&line), Ok(request));
        }
        let short = br#"{"unlock":{"door":"frontdoor","by":"Ada"}}"#;
        assert!(matches!(Request::parse(short), Ok(Request::Unlock { seconds: None, .. })));
    }

    #[test]
    fn a_refusal_repeats_no_passcode() {
        for text in [
            r#"{"read":{"facility":"frontdoor","type":"passcode","code":4455661}}"#,
            r#"{"try":{"facility":"frontdoor","type":"passcode","code":"44x55661"}}"#,
            r#"{"read":{"facility":"frontdoor","type":"passcode","code":"4455661","door":1}}"#,
            r#"{"read":{"facility":"frontdoor","code":"4455661"}}"#,
            r#"{"open":4455661}"#,
            r#"4455661"#,
        ] {
            let why = Request::parse(text.as_bytes()).unwrap_err();
            assert!(!why.contains("55661"), "{why}");
        }
    }
}
