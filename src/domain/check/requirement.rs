//! Checks of a requirement: its tag, its timespec, and open houses that open too much.

use jiff::{SignedDuration, Timestamp, tz::TimeZone};

use super::{credential::unique_tag, finding_collector::FindingCollector, schedule};
use crate::domain::{
    model::{FindingCode, Record, RecordPath, Requirement, Slug, Tag, text},
    records::zone,
    schedule::{Interval, Timespec, Window},
};

/// How many days overlaps are looked for, from the day on which both requirements have begun.
const LOOK_AHEAD_DAYS: i64 = 366;

pub(super) fn check(
    facility: &Slug,
    tag: &Tag,
    requirement: &Requirement,
    findings: &mut FindingCollector<'_>,
) {
    unique_tag(tag, findings);
    findings.optional_text("description", requirement.description.as_deref());
    let priority = requirement.priority;
    if requirement.arm.is_some() && priority >= 0 {
        findings.warning(
            FindingCode::PointlessArm,
            format!(
                "`arm` does nothing, since priority {priority} holds nothing unlocked: \
                 write null, or a priority below zero for an open house"
            ),
        );
    }
    if let Some(timespec) = schedule::check("timespec", &requirement.timespec, findings)
        && priority < 0
    {
        overlaps(facility, &timespec, &zone(findings.records), findings);
    }
}

/// Warns if a facility is held unlocked while a requirement above zero is active.
///
/// Priority 1 `always` is exempt: members can normally come in at any time, and the open house is
/// the exception.
fn overlaps(
    facility: &Slug,
    open: &Timespec,
    zone: &TimeZone,
    findings: &mut FindingCollector<'_>,
) {
    for tag in findings.records.requirements(facility) {
        let path = RecordPath::Requirement(facility.clone(), tag.clone());
        let Some(Record::Requirement(other)) = findings.records.record(&path) else { continue };
        let is_default = other.priority == 1 && other.timespec == "always";
        if other.priority <= 0 || is_default {
            continue;
        }
        let Ok(timespec) = Timespec::parse(&other.timespec, zone) else { continue };
        if let Some(at) = first_overlap(open, &timespec) {
            let name = match &other.description {
                Some(description) => format!("{tag} ({})", text::shown(description)),
                None => tag.to_string(),
            };
            let priority = other.priority;
            findings.warning(
                FindingCode::OverlapsOpenHouse,
                format!(
                    "{facility} is held unlocked for everybody while {name} requires priority \
                     {priority}, {}: change one of them unless this is intended",
                    describe_start(at, zone)
                ),
            );
        }
    }
}

/// Returns the first instant at which both are active, within a year after the later one begins.
fn first_overlap(a: &Timespec, b: &Timespec) -> Option<Option<Timestamp>> {
    let Some(from) = a.begins().max(b.begins()) else { return Some(None) };
    let ahead = SignedDuration::from_hours(24 * LOOK_AHEAD_DAYS);
    let window = Window { from, until: from.saturating_add(ahead).unwrap_or(Timestamp::MAX) };
    let (a, b) = (a.intervals(window), b.intervals(window));
    let (mut a, mut b) = (a.iter().peekable(), b.iter().peekable());
    while let (Some(one), Some(other)) = (a.peek(), b.peek()) {
        let both = Interval { start: one.start.max(other.start), end: one.end.min(other.end) };
        if both.start < both.end {
            return Some(Some(both.start));
        }
        if one.end <= other.end {
            a.next()
        } else {
            b.next()
        };
    }
    None
}

fn describe_start(at: Option<Timestamp>, zone: &TimeZone) -> String {
    match at {
        Some(at) => {
            let at = zone.to_datetime(at);
            format!("first on {} at {:02}:{:02}", at.date(), at.hour(), at.minute())
        }
        None => "at all times".to_owned(),
    }
}
