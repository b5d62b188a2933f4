//! The calendars of the demonstration, relative to now.

use jiff::{SignedDuration, Timestamp, Unit, civil::DateTime, tz::TimeZone};

/// How long ago the class began and how soon it ends, in minutes.
const CLASS_MINUTES: (i64, i64) = (30, 120);

/// Returns a class that is on now.
pub(super) fn class(now: Timestamp) -> String {
    let minutes = SignedDuration::from_mins;
    let at = |moment: Timestamp| format!("{}Z", written(TimeZone::UTC.to_datetime(moment)));
    let start = now.saturating_add(-minutes(CLASS_MINUTES.0)).unwrap_or(now);
    let end = now.saturating_add(minutes(CLASS_MINUTES.1)).unwrap_or(now);
    calendar("class", &format!(":{}", at(start)), &format!(":{}", at(end)), "")
}

/// Returns a weekly open house, the next one in two to three hours.
pub(super) fn open_house(now: Timestamp, zone: &TimeZone) -> String {
    let local = zone.to_datetime(now);
    let hour = local
        .round(jiff::civil::DateTimeRound::new().smallest(Unit::Hour).mode(jiff::RoundMode::Ceil));
    let start = hour.unwrap_or(local).saturating_add(SignedDuration::from_hours(2));
    let end = start.saturating_add(SignedDuration::from_hours(3));
    let name = zone.iana_name().unwrap_or("UTC");
    let at = |moment: DateTime| format!(";TZID={name}:{}", written(moment));
    calendar("open-house", &at(start), &at(end), "RRULE:FREQ=WEEKLY\n")
}

fn written(at: DateTime) -> String {
    at.strftime("%Y%m%dT%H%M%S").to_string()
}

fn calendar(uid: &str, start: &str, end: &str, rule: &str) -> String {
    format!(
        "BEGIN:VCALENDAR\nVERSION:2.0\nPRODID:-//Demonstration//EN\nBEGIN:VEVENT\n\
         UID:{uid}@example.org\nDTSTAMP:20260101T000000Z\nDTSTART{start}\nDTEND{end}\n{rule}\
         END:VEVENT\nEND:VCALENDAR\n"
    )
}
