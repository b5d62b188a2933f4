//! What this machine remembers about the money that a service took: kept apart from what is remembered about
//! comparing, since somebody may compare while money is recorded.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::part::Part;
use crate::domain::follow::Happening;

/// What is remembered about the money that a service took.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Inbox {
    /// From where to ask the next time what happened.
    pub cursor: Option<String>,
    /// When somebody asked for that last.
    pub received: Option<Timestamp>,
    /// What happened and waits for a person, in sentences; the newest ones.
    pub held: Vec<String>,
    /// What is about payments that are not recorded yet.
    pub early: Vec<Happening>,
    /// Why nothing could be recorded, since it could the last time.
    pub trouble: Option<String>,
}

impl Part for Inbox {
    const NAME: &str = "received";
}
