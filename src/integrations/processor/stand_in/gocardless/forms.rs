//! The forms that answers, events and days have.

use jiff::{SignedDuration, Timestamp, civil::Date, tz::TimeZone};
use serde_json::{Value, json};

use crate::integrations::processor::stand_in::{
    answered::{Answered, good},
    books::Books,
};

/// Answers with an error.
pub(super) fn failure(status: u16, reason: &str, message: &str) -> Answered {
    let kind = match status {
        500.. => "gocardless",
        401 | 403 | 404 | 429 => "invalid_api_usage",
        409 => "invalid_state",
        _ => "validation_failed",
    };
    let one = json!({ "reason": reason, "message": message });
    let error = json!({
        "message": message, "type": kind, "code": status, "errors": [one], "request_id": "stand-in",
    });
    Answered { status, object: json!({ "error": error }) }
}

pub(super) fn missing() -> Answered {
    failure(404, "resource_not_found", "Resource not found")
}

/// Answers with one object, under the name of its kind.
pub(super) fn one(kind: &str, object: Value) -> Answered {
    good(json!({ kind: object }))
}

pub(super) fn text(value: &Value) -> String {
    value.as_str().unwrap_or_default().to_owned()
}

/// The local day of a moment.
pub(super) fn day(at: Timestamp) -> Date {
    at.to_zoned(TimeZone::UTC).date()
}

/// A number of days later.
pub(super) fn days_after(day: Date, days: i64) -> Date {
    day.saturating_add(SignedDuration::from_hours(24 * days))
}

/// Notes that something happened.
pub(super) fn happened(books: &mut Books, kind: &str, action: &str, id: &str, details: Value) {
    let event = json!({
        "id": books.id("EV"), "created_at": books.now.to_string(), "resource_type": kind,
        "action": action, "links": { kind.trim_end_matches('s'): id }, "details": details,
        "metadata": {},
    });
    books.add("events", event);
}
