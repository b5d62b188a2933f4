//! What happens at the doors, for programs: one JSON object per line.

use jiff::Timestamp;
use serde::Serialize;

use super::{
    event::{HeldBy, ScreenLine},
    timekeeper::Doubt,
};
use crate::domain::model::{Activity, CommitId, Finding, Slug, Tag};

#[derive(Serialize)]
#[serde(tag = "event", rename_all = "kebab-case")]
enum Row<'a> {
    Reading(&'a Activity),
    Activity(&'a Activity),
    NotServed {
        time: Timestamp,
        facility: &'a Slug,
    },
    Noise {
        time: Timestamp,
        reader: String,
        message: &'a str,
        more: u32,
    },
    Unlocked {
        time: Timestamp,
        door: &'a Slug,
    },
    Held {
        time: Timestamp,
        door: &'a Slug,
        requirement: Option<&'a Tag>,
        by: Option<&'a str>,
        until: Option<Timestamp>,
    },
    Locked {
        time: Timestamp,
        door: &'a Slug,
    },
    Connected {
        time: Timestamp,
        device: &'a Slug,
        message: &'a str,
    },
    Clock {
        time: Timestamp,
        doubt: Option<Doubt>,
    },
    InForce {
        time: Timestamp,
        commit: CommitId,
        findings: &'a [Finding],
    },
    Trouble {
        time: Timestamp,
        message: &'a str,
    },
    Note {
        time: Timestamp,
        message: &'a str,
    },
    Stopped {
        time: Timestamp,
    },
}

/// Formats a line with its line break.
pub(super) fn write(time: Timestamp, line: &ScreenLine) -> String {
    let row = match line {
        ScreenLine::Reading(activity) => Row::Reading(activity),
        ScreenLine::NotServed(facility) => Row::NotServed { time, facility },
        ScreenLine::Activity(activity) => Row::Activity(activity),
        ScreenLine::Noise(reader, message, more) => {
            Row::Noise { time, reader: reader.to_string(), message, more: *more }
        }
        ScreenLine::Unlocked(door) => Row::Unlocked { time, door },
        ScreenLine::Held(door, holder, until) => {
            let until = (*until != Timestamp::MAX).then_some(*until);
            let (requirement, by) = match holder {
                HeldBy::Requirement(tag) => (Some(tag), None),
                HeldBy::Person(by) => (None, Some(by.as_str())),
            };
            Row::Held { time, door, requirement, by, until }
        }
        ScreenLine::Locked(door) => Row::Locked { time, door },
        ScreenLine::Connected(device, message) => Row::Connected { time, device, message },
        ScreenLine::Clock(doubt) => Row::Clock { time, doubt: *doubt },
        ScreenLine::InForce(commit, findings) => Row::InForce { time, commit: *commit, findings },
        ScreenLine::Trouble(message) => Row::Trouble { time, message },
        ScreenLine::Note(message) => Row::Note { time, message },
        ScreenLine::Stopped => Row::Stopped { time },
    };
    let mut text = serde_json::to_string(&row).expect("a line is plain data");
    text.push('\n');
    text
}
