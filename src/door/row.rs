//! What happens at the doors, for programs: one JSON object a line.

use jiff::Timestamp;
use serde::Serialize;

use super::event::Line;
use crate::domain::model::{Activity, CommitId, Finding, Slug, Tag};

#[derive(Serialize)]
#[serde(tag = "event", rename_all = "kebab-case")]
enum Row<'a> {
    Reading(&'a Activity),
    NotServed { time: Timestamp, facility: &'a Slug },
    Unlocked { time: Timestamp, facility: &'a Slug },
    Held { time: Timestamp, facility: &'a Slug, requirement: &'a Tag, until: Option<Timestamp> },
    Locked { time: Timestamp, facility: &'a Slug },
    InForce { time: Timestamp, commit: CommitId, findings: &'a [Finding] },
    Trouble { time: Timestamp, message: &'a str },
    Note { time: Timestamp, message: &'a str },
    Stopped { time: Timestamp },
}

/// Writes a line with its end.
pub(super) fn write(time: Timestamp, line: &Line) -> String {
    let row = match line {
        Line::Reading(activity) => Row::Reading(activity),
        Line::NotServed(facility) => Row::NotServed { time, facility },
        Line::Unlocked(facility) => Row::Unlocked { time, facility },
        Line::Held(facility, requirement, until) => {
            let until = (*until != Timestamp::MAX).then_some(*until);
            Row::Held { time, facility, requirement, until }
        }
        Line::Locked(facility) => Row::Locked { time, facility },
        Line::InForce(commit, findings) => Row::InForce { time, commit: *commit, findings },
        Line::Trouble(message) => Row::Trouble { time, message },
        Line::Note(message) => Row::Note { time, message },
        Line::Stopped => Row::Stopped { time },
    };
    let mut text = serde_json::to_string(&row).expect("a line is plain data");
    text.push('\n');
    text
}
