//! An open house: from when to when a door is held unlocked.

use jiff::Timestamp;

use crate::domain::model::{Requirement, Tag};

/// An open house that was announced.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct House {
    pub(super) tag: Tag,
    pub(super) door: usize,
    pub(super) start: Timestamp,
    pub(super) end: Timestamp,
}

impl House {
    /// Returns the requirement that says so.
    pub(super) fn requirement(&self) -> Requirement {
        let at = |moment: Timestamp| moment.strftime("%Y%m%dT%H%M%SZ");
        let timespec = format!(
            "BEGIN:VCALENDAR\nVERSION:2.0\nPRODID:-//Simulation//EN\nBEGIN:VEVENT\nUID:{}\n\
             DTSTAMP:20260101T000000Z\nDTSTART:{}\nDTEND:{}\nEND:VEVENT\nEND:VCALENDAR\n",
            self.tag,
            at(self.start),
            at(self.end)
        );
        Requirement { priority: -1, description: None, arm: None, timespec }
    }
}
