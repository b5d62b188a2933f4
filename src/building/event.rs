//! What the building tells: lines of its log.

use std::fmt;

use serde::Serialize;

use crate::{
    domain::{
        alarms::AlarmId,
        model::{CommitId, Slug},
    },
    service::LogEvent,
};

/// Something that whoever runs the program may want to know.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
#[serde(tag = "event", rename_all = "kebab-case")]
pub enum Event {
    /// The program runs.
    Started {
        /// Which broker it speaks with, if any.
        broker: Option<String>,
    },
    /// These records are in force.
    InForce {
        /// Their commit.
        commit: CommitId,
        /// How many meters there are.
        meters: usize,
        /// How many zones there are.
        zones: usize,
    },
    /// There is a connection with the broker.
    Connected,
    /// There is none.
    Lost {
        /// Why not.
        words: String,
    },
    /// What a meter says cannot be used.
    Meter {
        /// Which one.
        meter: Slug,
        /// What is wrong.
        words: String,
    },
    /// A meter can be used again.
    MeterWorks {
        /// Which one.
        meter: Slug,
    },
    /// An alarm began.
    Alarm {
        /// Which one.
        alarm: AlarmId,
        /// What is wrong.
        words: String,
    },
    /// An alarm ended.
    Over {
        /// Which one.
        alarm: AlarmId,
        /// What was wrong.
        words: String,
    },
    /// Somebody at the broker wants a door to be unlocked.
    Unlocking {
        /// Which one.
        door: String,
    },
    /// An order for a door was refused.
    Refused {
        /// Which one.
        door: String,
        /// Why.
        words: String,
    },
    /// Something does not work.
    Trouble {
        /// What, and why.
        words: String,
    },
    /// The program ends.
    Stopped,
}

impl LogEvent for Event {
    fn gravity(&self) -> u8 {
        match self {
            Self::Alarm { .. } | Self::Trouble { .. } | Self::Lost { .. } => 4,
            Self::Meter { .. } | Self::Refused { .. } | Self::Unlocking { .. } => 5,
            _ => 6,
        }
    }
}

impl fmt::Display for Event {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Started { broker: Some(broker) } => {
                write!(f, "measures the building, with the broker {broker}")
            }
            Self::Started { broker: None } => {
                f.write_str("measures the building, without a broker")
            }
            Self::InForce { commit, meters, zones } => {
                write!(f, "commit {}: {meters} meters, {zones} zones", commit.short())
            }
            Self::Connected => f.write_str("connected with the broker"),
            Self::Lost { words } => write!(f, "no connection with the broker: {words}"),
            Self::Meter { meter, words } => write!(f, "meter {meter}: {words}"),
            Self::MeterWorks { meter } => write!(f, "meter {meter} works again"),
            Self::Alarm { words, .. } => write!(f, "alarm: {words}"),
            Self::Over { words, .. } => write!(f, "over: {words}"),
            Self::Unlocking { door } => write!(f, "door {door} is to be unlocked"),
            Self::Refused { door, words } => write!(f, "an order for door {door}: {words}"),
            Self::Trouble { words } => f.write_str(words),
            Self::Stopped => f.write_str("stopped"),
        }
    }
}
