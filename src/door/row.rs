//! What happens at the doors, for programs: one JSON object per line.

use jiff::Timestamp;
use serde::Serialize;

use super::{
    event::{Holder, Line},
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
pub(super) fn write(time: Timestamp, line: &Line) -> String {
    let row = match line {
        Line::Reading(activity) => Row::Reading(activity),
        Line::NotServed(facility) => Row::NotServed { time, facility },
        Line::Happened(activity) => Row::Activity(activity),
        Line::Noise(reader, message, more) => {
            Row::Noise { time, reader: reader.to_string(), message, more: *more }
        }
        Line::Unlocked(door) => Row::Unlocked { time, door },
        Line::Held(door, holder, until) => {
            let until = (*until != Timestamp::MAX).then_some(*until);
            let (requirement, by) = match holder {
                Holder::Requirement(tag) => (Some(tag), None),
                Holder::Person(by) => (None, Some(by.as_str())),
            };
            Row::Held { time, door, requirement, by, until }
        }
        Line::Locked(door) => Row::Locked { time, door },
        Line::Connected(device, message) => Row::Connected { time, device, message },
        Line::Clock(doubt) => Row::Clock { time, doubt: *doubt },
        Line::InForce(commit, findings) => Row::InForce { time, commit: *commit, findings },
        Line::Trouble(message) => Row::Trouble { time, message },
        Line::Note(message) => Row::Note { time, message },
        Line::Stopped => Row::Stopped { time },
    };
    let mut text = serde_json::to_string(&row).expect("a line is plain data");
    text.push('\n');
    text
}
