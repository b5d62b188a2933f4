//! The state of the guard, in a file for whoever wants to see it.

use std::{io, path::Path};

use jiff::{SignedDuration, Timestamp};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::config::state_file;

/// After this time without a sign of life, the guard does not run.
const ALIVE: SignedDuration = SignedDuration::from_secs(30);

/// The state of the guard.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize, JsonSchema)]
pub struct GuardState {
    /// `starting`, `allowed` or `cut`.
    pub state: String,
    /// Why heat is cut, if it is.
    pub reason: Option<String>,
    /// When the state or its reason last changed.
    pub since: Timestamp,
    /// `open` or `closed`.
    pub relay: String,
    /// Whether heat is asked for.
    pub asked: bool,
    /// From which temperature on heat is cut, in degrees Celsius.
    pub limit: f64,
    /// What each thermometer says.
    pub thermometers: Vec<Measured>,
    /// When this was written.
    pub updated: Timestamp,
}

/// What a thermometer says.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize, JsonSchema)]
pub struct Measured {
    /// Which one.
    pub name: String,
    /// `good`, `silent`, `implausible`, `too-fast` or `frozen`.
    pub verdict: String,
    /// Its temperature if it is fresh and plausible, in degrees Celsius.
    pub temperature: Option<f64>,
    /// Why it says nothing, as far as is known.
    pub why: Option<String>,
}

impl GuardState {
    /// Reads the file; `None` if there is none.
    ///
    /// # Errors
    /// It cannot be read, or is not from a guard.
    pub fn read(path: &Path) -> io::Result<Option<Self>> {
        state_file::read(path)
    }

    /// Tells whether a guard was running a moment ago.
    #[must_use]
    pub fn is_alive(&self, now: Timestamp) -> bool {
        now.duration_since(self.updated).abs() <= ALIVE
    }

    /// Returns the sentence for the reason of a cut.
    #[must_use]
    pub fn words(reason: &str) -> &str {
        match reason {
            "too-warm" => "cut: it is too warm",
            "no-reading" => "cut: too few thermometers say something plausible",
            "disagree" => "cut: the thermometers disagree",
            "too-fast" => "cut: a temperature moves faster than that of a room can",
            "frozen" => "cut: a thermometer has said the same for too long",
            "on-too-long" => "cut: heat was on for the longest time allowed",
            other => other,
        }
    }

    /// Replaces the file, for all to read.
    ///
    /// # Errors
    /// It cannot be written.
    pub(crate) fn write(&self, path: &Path) -> io::Result<()> {
        state_file::write(self, path)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::guard::Reason;

    #[test]
    fn every_reason_has_a_sentence() {
        for reason in Reason::ALL {
            assert!(GuardState::words(reason.as_str()).starts_with("cut: "), "{reason:?}");
        }
    }

    fn state() -> GuardState {
        let at = Timestamp::UNIX_EPOCH;
        GuardState {
            state: "cut".into(),
            reason: Some("too-warm".into()),
            since: at,
            relay: "open".into(),
            asked: true,
            limit: 27.0,
            thermometers: vec![],
            updated: at,
        }
    }

    #[test]
    fn it_is_alive_for_half_a_minute_by_whatever_clock() {
        let at = Timestamp::UNIX_EPOCH;
        for (seconds, alive) in [(0, true), (30, true), (31, false), (-31, false)] {
            assert_eq!(state().is_alive(at + SignedDuration::from_secs(seconds)), alive);
        }
    }
}
